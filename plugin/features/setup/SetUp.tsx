import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { answer, api } from "../../api.ts";
import { namedBase } from "../../send.ts";
import { Button } from "../../ui/Button.ts";
import { Choice } from "../../ui/Choice.tsx";
import { Field } from "../../ui/Field.tsx";
import { Said } from "../../ui/Said.tsx";
import { Section } from "../../ui/Section.tsx";
import { useProblem } from "../../ui/use-problem.ts";
import { Checked } from "./Checked.tsx";
import { Making } from "./Making.tsx";

type Which = "shared" | "admin";

/** Nobody has set this Base up: which is which, who may, and then it is done. For people without any role yet. */
export default function SetUp() {
  const { t } = useTranslation("setup");
  const base = namedBase() ?? "";
  const [here, setHere] = useState<Which>("shared");
  const [link, setLink] = useState("");
  const words = useProblem();
  const client = useQueryClient();
  const state = useQuery({
    queryKey: ["setup", base],
    queryFn: () => answer(api.setup[":base"].$get({ param: { base } })),
    refetchInterval: ({ state: { data } }) => (data?.state === "running" ? 2000 : false),
  });
  const looked = useMutation({
    mutationFn: async () => {
      const [own, other] = await Promise.all(
        [base, link].map((one) => answer(api.setup.check.$post({ json: { base: one } }))),
      );
      return { own: own!, other: other! };
    },
  });
  const begin = useMutation({
    mutationFn: () => {
      const json = here === "shared" ? { shared: base, admin: link } : { shared: link, admin: base };
      return answer(api.setup.$post({ json }));
    },
    onSuccess: () => client.invalidateQueries({ queryKey: ["setup"] }),
  });
  if (
    state.data &&
    state.data.state !== "none" &&
    state.data.state !== "failed" &&
    state.data.state !== "stopped"
  )
    return <Making state={state.data} />;
  const other: Which = here === "shared" ? "admin" : "shared";
  const found = looked.data;
  const ready = found !== undefined && found.own.next === null && found.other.next === null;
  const problem = begin.error ?? looked.error ?? state.error;
  return (
    <main className="screen">
      <h1>{t("title")}</h1>
      <p>{t("text")}</p>
      {state.data?.left.map((line) => (
        <p key={line} role="alert" className="wrong">
          {line}
        </p>
      ))}
      <Section>
        <Choice
          legend={t("here")}
          options={[
            ["shared", t("which.shared")],
            ["admin", t("which.admin")],
          ]}
          chosen={[here]}
          onChange={([one]) => {
            if (one) setHere(one);
            looked.reset();
          }}
        />
        <Field label={t(`link.${other}`)} hint={t(`linkHint.${other}`)}>
          <input
            className="control"
            type="url"
            inputMode="url"
            value={link}
            onChange={(event) => {
              setLink(event.target.value);
              looked.reset();
            }}
          />
        </Field>
        {!ready && (
          <Button
            theme="solid"
            disabled={link.trim() === ""}
            loading={looked.isPending}
            onClick={() => looked.mutate()}
          >
            {t("check")}
          </Button>
        )}
        {found && (
          <>
            <Checked which={here} rights={found.own} />
            <Checked which={other} rights={found.other} />
          </>
        )}
        {ready && (
          <Button theme="solid" loading={begin.isPending} onClick={() => begin.mutate()}>
            {t("begin")}
          </Button>
        )}
        <Said problem={problem ? words(problem) : null} />
      </Section>
    </main>
  );
}
