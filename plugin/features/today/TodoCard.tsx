import { useTranslation } from "react-i18next";
import type { TodoView } from "#server/services/todos/list-today.ts";
import { answer, api } from "../../api.ts";
import { go } from "../../navigation.ts";
import { Button } from "../../ui/Button.ts";
import { Facts } from "../../ui/Facts.tsx";
import { useFormat } from "../../ui/format.ts";
import { More } from "../../ui/More.tsx";
import { Section } from "../../ui/Section.tsx";
import { useAct } from "../../ui/use-act.ts";

type Choice = TodoView["choices"][number];

/** Screens on which a matter without a session of its own is settled. */
const SCREENS: Partial<Record<TodoView["kind"], string>> = {
  schedule: "schedule",
  "topic-suggested": "demand",
  "settings-problem": "settings",
  "chat-gone": "lecturers",
};

/** One matter: what it is, since when, and its choices, the likeliest first. */
export function TodoCard({ item }: { item: TodoView }) {
  const { t } = useTranslation("today");
  const { when, day } = useFormat();
  const choose = useAct(
    (choice: Choice) => answer(api.today.choose.$post({ json: { key: item.key, choice } })),
    "today",
    "schedule",
    "session",
  );
  const screen = SCREENS[item.kind];
  return (
    <Section title={t(`kind.${item.kind}`)} extra={<span className="soft small">{day(item.since)}</span>}>
      <p>{item.line}</p>
      {item.start !== null && <p className="soft">{when(item.start)}</p>}
      {item.delivery && <Delivery delivery={item.delivery} uncertain={item.kind === "delivery-uncertain"} />}
      <div className="acts">
        {item.choices.map((choice, n) => (
          <Button
            key={choice}
            theme={n === 0 ? "solid" : "light"}
            loading={choose.isPending && choose.variables === choice}
            disabled={choose.isPending}
            onClick={() => choose.mutate(choice)}
          >
            {t(labelOf(item, choice))}
          </Button>
        ))}
        {item.session !== null && (
          <Button onClick={() => go("schedule", { table: "sessions", record: item.session! })}>
            {t("open")}
          </Button>
        )}
        {screen && item.session === null && <Button onClick={() => go(screen)}>{t("look")}</Button>}
      </div>
    </Section>
  );
}

/** Some words depend on the matter: what is not sent again is left, not done. */
function labelOf({ kind }: TodoView, choice: Choice): string {
  if (choice === "done" && kind.startsWith("delivery-")) return "choice.leave";
  if (choice === "retry" && kind === "delivery-uncertain") return "choice.sendAgain";
  if (choice === "approve" && kind === "topic-suggested") return "choice.takeTopic";
  if (choice === "refuse" && kind === "topic-suggested") return "choice.dropTopic";
  return `choice.${choice}`;
}

function Delivery({
  delivery,
  uncertain,
}: {
  delivery: NonNullable<TodoView["delivery"]>;
  uncertain: boolean;
}) {
  const { t } = useTranslation("today");
  const { when } = useFormat();
  return (
    <>
      <Facts
        rows={[
          [t("what"), delivery.what],
          [t("receiver"), delivery.to],
          [
            t("tried"),
            delivery.triedAt === null
              ? null
              : t("triedAt", { when: when(delivery.triedAt), n: delivery.attempts }),
          ],
        ]}
      />
      {uncertain && <p className="soft small">{t("uncertain")}</p>}
      <More label={t("why")}>
        <p className="soft small">{delivery.why}</p>
      </More>
    </>
  );
}
