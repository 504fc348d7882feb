import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { RuleView } from "#server/services/incentive/list-rules.ts";
import { answer, api } from "../../api.ts";
import { Answered } from "../../ui/Answered.tsx";
import { Button } from "../../ui/Button.ts";
import { More } from "../../ui/More.tsx";
import { Screen } from "../../ui/Screen.tsx";
import { Section } from "../../ui/Section.tsx";
import { Tag } from "../../ui/Tag.tsx";
import { useChosen } from "../../ui/use-chosen.ts";
import { RuleForm } from "./RuleForm.tsx";

/** 奖励规则: what each row does, in one sentence; a change shows its effect before it is saved. */
export default function Rules() {
  const { t } = useTranslation("rules");
  const [adding, setAdding] = useState(false);
  const rules = useQuery({
    queryKey: ["rules"],
    queryFn: () => answer(api.rules.$get()),
    refetchInterval: ({ state: { data } }) => (data?.some(({ pending }) => pending) ? 2000 : false),
  });
  return (
    <Screen title={t("title")}>
      <p className="soft">{t("text")}</p>
      <Answered of={rules}>
        {(all) => (
          <>
            {all.map((rule) => (
              <Rule key={rule.id} rule={rule} />
            ))}
          </>
        )}
      </Answered>
      {adding ? (
        <Section title={t("new")}>
          <RuleForm rule={null} onDone={() => setAdding(false)} />
        </Section>
      ) : (
        <div className="acts">
          <Button onClick={() => setAdding(true)}>{t("add")}</Button>
        </div>
      )}
    </Screen>
  );
}

function Rule({ rule }: { rule: RuleView }) {
  const { t } = useTranslation("rules");
  const { open, setOpen, place } = useChosen<HTMLDivElement>(rule.id);
  const { fields, sentence, problem, versions } = rule;
  const status = fields.status ?? "draft";
  return (
    <div ref={place}>
      <Section
        title={fields.name ?? t("unnamed")}
        extra={<Tag colour={status === "active" ? "green" : "grey"}>{t(`status.${status}`)}</Tag>}
      >
        <p>{sentence ?? t("unusable")}</p>
        {problem !== null && <p className="wrong">{problem}</p>}
        {rule.pending && <p className="soft small">{t("pending")}</p>}
        {open ? (
          <RuleForm rule={rule} onDone={() => setOpen(false)} />
        ) : (
          <div className="acts">
            <Button onClick={() => setOpen(true)}>{t("change")}</Button>
          </div>
        )}
        {versions.length > 1 && (
          <More label={t("versions", { count: versions.length })}>
            <ul className="plain lines">
              {versions.map((one) => (
                <Version key={one.version} one={one} />
              ))}
            </ul>
          </More>
        )}
      </Section>
    </div>
  );
}

function Version({ one }: { one: RuleView["versions"][number] }) {
  const { t } = useTranslation("rules");
  const { from, to } = one;
  return (
    <li>
      <span>
        {t("version", { n: one.version })} · {from ?? t("beginning")} – {to ?? t("open")}
        {one.now && ` · ${t("inForce")}`}
      </span>
      <span className="soft small">{one.sentence}</span>
    </li>
  );
}
