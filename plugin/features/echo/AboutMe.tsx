import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { answer, api } from "../../api.ts";
import { Button } from "../../ui/Button.ts";
import { useFormat } from "../../ui/format.ts";
import { Section } from "../../ui/Section.tsx";
import { useAct } from "../../ui/use-act.ts";

/** What a care note said of the lecturer: whom it went to and why, to be objected to. Nothing where there is none. */
export function AboutMe() {
  const { t } = useTranslation("echo");
  const { date } = useFormat();
  const about = useQuery({ queryKey: ["about-me"], queryFn: () => answer(api.care["about-me"].$get()) });
  const say = useAct(
    (json: { care: string; act: "contest" | "opt-out" }) => answer(api.care["about-me"].$post({ json })),
    "about-me",
    "preferences",
  );
  const open = about.data?.notes.filter((note) => note.open) ?? [];
  return open.map(({ key, recipient, reasons, raised }) => (
    <Section key={key} title={t("care.title")} extra={<small className="soft">{date(raised)}</small>}>
      <p>{t("care.text", { name: recipient, reasons })}</p>
      <div className="acts">
        <Button disabled={say.isPending} onClick={() => say.mutate({ care: key, act: "contest" })}>
          {t("care.contest")}
        </Button>
        <Button disabled={say.isPending} onClick={() => say.mutate({ care: key, act: "opt-out" })}>
          {t("care.optOut")}
        </Button>
      </div>
    </Section>
  ));
}
