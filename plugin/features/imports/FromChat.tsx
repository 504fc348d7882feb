import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { answer, api } from "../../api.ts";
import { Button } from "../../ui/Button.ts";
import { useGroups } from "../groups/queries.ts";
import { Answered } from "../../ui/Answered.tsx";
import { Field } from "../../ui/Field.tsx";
import { Said } from "../../ui/Said.tsx";
import { useProblem } from "../../ui/use-problem.ts";
import { useSaving } from "../../ui/use-saving.ts";
import { Found } from "./Found.tsx";

/** The members of a group's lecturers' chat become its lecturers. */
export function FromChat() {
  const { t } = useTranslation("imports");
  const groups = useGroups();
  const words = useProblem();
  const [chosen, setChosen] = useState<string | null>(null);
  const input = (id: string) => {
    const chatId = groups.data?.find((group) => group.id === id)?.chat?.id ?? "";
    return { kind: "chat" as const, chatId, groups: [id] };
  };
  const preview = useMutation({
    mutationFn: (id: string) => answer(api.imports.preview.$post({ json: input(id) })),
  });
  const { save, saving, problem } = useSaving(
    (id: string) => answer(api.imports.$post({ json: input(id) })),
    {
      reads: ["lecturers", "imports", "start", "groups"],
      said: t("broughtIn"),
      done: () => preview.reset(),
    },
  );
  return (
    <Answered of={groups}>
      {(all) => {
        const withChat = all.filter(({ chat }) => chat !== null);
        const id = chosen ?? withChat[0]?.id ?? null;
        if (id === null) return <p className="soft">{t("noGroup")}</p>;
        return (
          <>
            <Field label={t("group")}>
              <select
                className="control"
                value={id}
                onChange={(event) => {
                  setChosen(event.target.value);
                  preview.reset();
                }}
              >
                {withChat.map((group) => (
                  <option key={group.id} value={group.id}>
                    {`${group.name}（${group.chat?.name ?? ""}）`}
                  </option>
                ))}
              </select>
            </Field>
            {preview.data && <Found report={preview.data} />}
            <Said problem={preview.error ? words(preview.error) : problem} />
            <div className="acts">
              {preview.data ? (
                <Button
                  theme="solid"
                  loading={saving}
                  disabled={!preview.data.creates["lecturers"]}
                  onClick={() => save(id)}
                >
                  {t("bringIn")}
                </Button>
              ) : (
                <Button theme="solid" loading={preview.isPending} onClick={() => preview.mutate(id)}>
                  {t("look")}
                </Button>
              )}
            </div>
          </>
        );
      }}
    </Answered>
  );
}
