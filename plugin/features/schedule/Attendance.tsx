import { useMutation } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { answer, api } from "../../api.ts";
import { Button } from "../../ui/Button.ts";
import { Failed } from "../../ui/Failed.tsx";
import { Field } from "../../ui/Field.tsx";
import { notice } from "../../ui/notice.tsx";
import { refresh } from "../../ui/use-act.ts";
import { useDraft } from "../../ui/use-draft.ts";
import { Panel } from "../../ui/Panel.tsx";

/** 粘贴签到名单: read first, so that names that mean nobody are seen before anything is stored. */
export function Attendance({ session, onDone }: { session: string; onDone: () => void }) {
  const { t } = useTranslation("schedule");
  const [text, setText, clear] = useDraft(`attendance:${session}`, "");
  const place = { param: { id: session }, json: { text } };
  const read = useMutation({ mutationFn: () => answer(api.sessions[":id"].attendance.read.$post(place)) });
  const store = useMutation({
    mutationFn: () => answer(api.sessions[":id"].attendance.$post(place)),
    onSuccess: ({ added }) => {
      notice(t("attendanceStored", { n: added }));
      clear();
      refresh("session", "schedule", "today");
      onDone();
    },
  });
  const found = read.data;
  return (
    <Panel label={t("act.attendance")}>
      <Field label={t("attendanceList")} hint={t("attendanceHint")}>
        <textarea
          className="control"
          rows={5}
          value={text}
          onChange={(event) => {
            setText(event.target.value);
            read.reset();
          }}
        />
      </Field>
      {(read.isError || store.isError) && <Failed error={read.error ?? store.error} />}
      {found && (
        <output className="stack">
          <p>{t("attendanceFound", { n: found.found.length, names: found.found.join(t("and")) })}</p>
          {found.unknown.length > 0 && (
            <p className="wrong">{t("attendanceUnknown", { names: found.unknown.join(t("and")) })}</p>
          )}
          {found.ambiguous.length > 0 && (
            <p className="wrong">{t("attendanceAmbiguous", { names: found.ambiguous.join(t("and")) })}</p>
          )}
        </output>
      )}
      <div className="acts">
        {found && found.found.length > 0 ? (
          <Button theme="solid" loading={store.isPending} onClick={() => store.mutate()}>
            {t("attendanceStore", { n: found.found.length })}
          </Button>
        ) : (
          <Button
            theme="solid"
            disabled={text.trim() === ""}
            loading={read.isPending}
            onClick={() => read.mutate()}
          >
            {t("attendanceRead")}
          </Button>
        )}
        <Button onClick={onDone}>{t("leave")}</Button>
      </div>
    </Panel>
  );
}
