import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { LecturerDetail } from "#server/services/lecturers/view-lecturer.ts";
import { answer, api } from "../../api.ts";
import { Answered } from "../../ui/Answered.tsx";
import { Button } from "../../ui/Button.ts";
import { Field } from "../../ui/Field.tsx";
import { useFormat } from "../../ui/format.ts";
import { More } from "../../ui/More.tsx";
import { Said } from "../../ui/Said.tsx";
import { useDraft } from "../../ui/use-draft.ts";
import { useSaving } from "../../ui/use-saving.ts";
import { amountOf, Correction, uncorrected } from "./Correction.tsx";
import { Turns } from "./Turns.tsx";

/** The private part of a lecturer: weight and opening turns, and the statement of points with its corrections. */
export function Details({ id, name }: { id: string; name: string }) {
  const { t } = useTranslation("lecturers");
  const detail = useQuery({
    queryKey: ["lecturers", id],
    queryFn: () => answer(api.lecturers[":id"].$get({ param: { id } })),
  });
  return (
    <Answered of={detail}>
      {(found) => (
        <>
          {found.manager !== null && <p className="soft">{t("managedBy", { name: found.manager })}</p>}
          <More label={t("planning")}>
            <Profile key={`${found.weight}${found.credit}${found.note}`} found={found} />
          </More>
          <More label={t("turnsTitle")}>
            <Turns id={id} />
          </More>
          <More label={t("statement")}>
            <Entries found={found} />
            <Correct id={id} name={name} />
          </More>
        </>
      )}
    </Answered>
  );
}

const text = (value: number | null) => (value === null ? "" : String(value));
const number = (value: string) => (value.trim() === "" ? null : Number(value.replace("，", ".")));

function Profile({ found }: { found: LecturerDetail }) {
  const { t } = useTranslation("lecturers");
  const [weight, setWeight] = useState(text(found.weight));
  const [credit, setCredit] = useState(text(found.credit));
  const [note, setNote] = useState(found.note ?? "");
  const { save, saving, problem } = useSaving(
    (_: void, act) =>
      answer(
        api.lecturers[":id"].profile.$post({
          param: { id: found.id },
          json: { weight: number(weight), credit: number(credit), note: note.trim() || null, act },
        }),
      ),
    { reads: ["lecturers"] },
  );
  const wrong = [number(weight), number(credit)].some((value) => Number.isNaN(value));
  return (
    <>
      <Field label={t("weight")} hint={t("weightHint")}>
        <input
          className="control"
          inputMode="decimal"
          placeholder="1"
          value={weight}
          onChange={(event) => setWeight(event.target.value)}
        />
      </Field>
      <Field label={t("credit")} hint={t("creditHint")}>
        <input
          className="control"
          inputMode="numeric"
          placeholder="0"
          value={credit}
          onChange={(event) => setCredit(event.target.value)}
        />
      </Field>
      <Field label={t("note")}>
        <textarea
          className="control"
          rows={2}
          value={note}
          onChange={(event) => setNote(event.target.value)}
        />
      </Field>
      {wrong && <p className="wrong">{t("notANumber")}</p>}
      <Said problem={problem} />
      <div className="acts">
        <Button loading={saving} disabled={wrong} onClick={() => save()}>
          {t("save")}
        </Button>
      </div>
    </>
  );
}

function Entries({ found }: { found: LecturerDetail }) {
  const { t } = useTranslation("lecturers");
  const format = useFormat();
  if (found.entries.length === 0) return <p className="soft">{t("noEntries")}</p>;
  return (
    <ul className="plain lines scroll">
      {found.entries.map((entry) => (
        <li key={entry.key}>
          <span className="row">
            <span>{entry.reason}</span>
            <strong>{format.points(entry.points, true)}</strong>
          </span>
          <span className="soft small">
            {format.period(entry.period)}
            {entry.by !== null && ` · ${entry.by}`}
          </span>
        </li>
      ))}
    </ul>
  );
}

/** A correction is an entry of its own, with reason and name; nothing is overwritten. */
function Correct({ id, name }: { id: string; name: string }) {
  const { t } = useTranslation("lecturers");
  const [draft, setDraft, clear] = useDraft(`correct:${id}`, uncorrected);
  const { save, saving, problem } = useSaving(
    (_: void, act) =>
      answer(
        api.lecturers[":id"].points.$post({
          param: { id },
          json: { points: amountOf(draft), reason: draft.reason, act },
        }),
      ),
    { reads: ["lecturers"], said: t("corrected", { name }), done: clear },
  );
  return (
    <Correction
      label={t("correction")}
      hint={t("correctionHint")}
      draft={draft}
      onChange={setDraft}
      saving={saving}
      problem={problem}
      onSave={() => save()}
    />
  );
}
