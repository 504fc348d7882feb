import { useState } from "react";
import { useTranslation } from "react-i18next";
import { windows } from "#base/options.ts";
import type { LecturerLine } from "#server/services/lecturers/list-lecturers.ts";
import { Facts } from "../../ui/Facts.tsx";
import { useFormat } from "../../ui/format.ts";
import { Tag } from "../../ui/Tag.tsx";
import { Details } from "./Details.tsx";

/** A lecturer in one line; behind it what only admins see and change. */
export function Person({ one, open: first, groups }: { one: LecturerLine; open: boolean; groups: string[] }) {
  const { t } = useTranslation("lecturers");
  const format = useFormat();
  const [open, setOpen] = useState(first);
  const [was, setWas] = useState(first);
  // Another row was selected in the grid.
  if (was !== first) {
    setWas(first);
    setOpen(first);
  }
  const about = [
    groups.join("、"),
    one.next === null ? null : t("nextShort", { day: format.day(one.next) }),
  ].filter(Boolean);
  return (
    <li>
      <details className="person" open={open}>
        {/* Not onToggle: it comes late, and would open again what the next row has closed. */}
        <summary
          onClick={(event) => {
            event.preventDefault();
            setOpen(!open);
          }}
        >
          <span className="row">
            <strong>{one.name}</strong>
            <span className="soft">{t("pointsShort", { points: format.points(one.points) })}</span>
          </span>
          <span className="soft small">{about.join(" · ")}</span>
          {one.state !== "active" && <Tag colour="grey">{t(`state.${one.state}`)}</Tag>}
          {!one.account && one.state === "active" && <span className="wrong small">{t("noAccount")}</span>}
        </summary>
        {open && (
          <>
            <About one={one} />
            <Details id={one.id} name={one.name} />
          </>
        )}
      </details>
    </li>
  );
}

function About({ one }: { one: LecturerLine }) {
  const { t, i18n } = useTranslation("lecturers");
  const format = useFormat();
  const zh = !i18n.language.startsWith("en");
  const parts = one.windows.map((key) => {
    const option = windows[key];
    return zh ? option[0] : option[1];
  });
  const rows: [string, string | null][] = [
    [t("title2"), one.title],
    [t("expertise"), one.expertise.join("、")],
    [t("windows"), one.windowsExact ?? (parts.join("、") || t("always"))],
    [t("away"), one.awayUntil === null ? null : format.date(one.awayUntil)],
    [t("off"), one.datesOff],
    [t("max"), one.maxPerMonth === null ? null : t("times", { count: one.maxPerMonth })],
    [t("turns"), t("times", { count: one.turns })],
    [t("next"), one.next === null ? null : format.when(one.next)],
    [
      t("score"),
      one.score === null
        ? t("scoreWaiting", { count: one.ratings })
        : t("scoreOf", { score: format.number(one.score, 1), count: one.ratings }),
    ],
  ];
  return <Facts rows={rows} />;
}
