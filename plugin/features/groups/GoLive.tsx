import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { ComingMessage } from "#server/services/groups/coming-messages.ts";
import type { GroupView } from "#server/services/groups/list-groups.ts";
import { answer, api } from "../../api.ts";
import { Answered } from "../../ui/Answered.tsx";
import { Button } from "../../ui/Button.ts";
import { useFormat } from "../../ui/format.ts";
import { Said } from "../../ui/Said.tsx";
import { useSaving } from "../../ui/use-saving.ts";

/** Before anyone is told: who gets what in the next seven days, and the one button. */
export function GoLive({ group, onDone }: { group: GroupView; onDone: () => void }) {
  const { t } = useTranslation("groups");
  const coming = useQuery({
    queryKey: ["coming", group.id],
    queryFn: () => answer(api.groups[":id"].coming.$get({ param: { id: group.id } })),
    staleTime: 0,
  });
  const { save, saving, problem } = useSaving(
    () => answer(api.groups[":id"].state.$post({ param: { id: group.id }, json: { to: "live" } })),
    { reads: ["groups", "start", "me"], said: t("isLive", { name: group.name }), done: onDone },
  );
  return (
    <div className="inset">
      <p>
        <strong>{t("week")}</strong>
      </p>
      <Answered of={coming}>
        {(messages) =>
          messages.length === 0 ? (
            <p className="soft">{t("nothingComing")}</p>
          ) : (
            <ul className="plain lines">
              {messages.map((message) => (
                <Line key={`${message.template}${message.session.id}`} message={message} />
              ))}
            </ul>
          )
        }
      </Answered>
      <p className="soft small">{t("alsoOnUpload")}</p>
      <Said problem={problem} />
      <div className="acts">
        <Button theme="solid" loading={saving} disabled={!coming.isSuccess} onClick={() => save()}>
          {t("goLive")}
        </Button>
        <Button onClick={onDone}>{t("notYet")}</Button>
      </div>
    </div>
  );
}

function Line({ message }: { message: ComingMessage }) {
  const { t } = useTranslation("groups");
  const format = useFormat();
  const { to, unless } = message;
  const whom =
    to.kind === "lecturer"
      ? to.name
      : t(to.kind === "learners" ? "to.learners" : "to.attendees", { count: to.count });
  return (
    <li>
      <div className="row">
        <span>
          {t(`gets.${message.template.replaceAll(".", "_")}`)} → {whom}
        </span>
      </div>
      <span className="soft small">
        {format.when(message.at)}
        {unless && ` · ${t(`unless.${unless}`)}`}
      </span>
    </li>
  );
}
