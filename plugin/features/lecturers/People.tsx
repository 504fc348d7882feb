import { useDeferredValue, useState } from "react";
import { useTranslation } from "react-i18next";
import type { GroupView } from "#server/services/groups/list-groups.ts";
import type { LecturerLine } from "#server/services/lecturers/list-lecturers.ts";
import { useLocation } from "../../navigation.ts";
import { Button } from "../../ui/Button.ts";
import { Empty } from "../../ui/Empty.tsx";
import { Field } from "../../ui/Field.tsx";
import { Person } from "./Person.tsx";

const STEP = 30;

/** Everybody, found by name, expertise or group; many rows come in steps. */
export function People({ all, groups }: { all: readonly LecturerLine[]; groups: readonly GroupView[] }) {
  const { t } = useTranslation("lecturers");
  const { params } = useLocation();
  const chosen = params["table"] === "lecturers" ? params["record"] : undefined;
  const [search, setSearch] = useState("");
  const [group, setGroup] = useState("");
  const [shown, setShown] = useState(STEP);
  const wanted = useDeferredValue(search.trim().toLowerCase());
  if (all.length === 0) return <Empty>{t("nobody")}</Empty>;
  const names = new Map(groups.map(({ id, name }) => [id, name]));
  const found = all.filter(
    (one) =>
      (group === "" || one.groups.includes(group)) &&
      (wanted === "" ||
        [one.name, one.title ?? "", ...one.expertise].some((text) => text.toLowerCase().includes(wanted))),
  );
  // Whom the grid has selected stands first.
  const sorted = chosen
    ? [...found].sort((a, b) => Number(b.id === chosen) - Number(a.id === chosen))
    : found;
  return (
    <>
      <Field label={t("search")}>
        <input
          className="control"
          type="search"
          value={search}
          onChange={(event) => {
            setSearch(event.target.value);
            setShown(STEP);
          }}
        />
      </Field>
      {groups.length > 1 && (
        <Field label={t("inGroup")}>
          <select className="control" value={group} onChange={(event) => setGroup(event.target.value)}>
            <option value="">{t("allGroups")}</option>
            {groups.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </select>
        </Field>
      )}
      <p className="soft small" aria-live="polite">
        {t("count", { count: found.length })}
      </p>
      <ul className="plain lines">
        {sorted.slice(0, shown).map((one) => (
          <Person
            key={one.id}
            one={one}
            open={one.id === chosen}
            groups={one.groups.flatMap((id) => names.get(id) ?? [])}
          />
        ))}
      </ul>
      {sorted.length > shown && (
        <Button onClick={() => setShown(shown + STEP)}>{t("more", { count: sorted.length - shown })}</Button>
      )}
    </>
  );
}
