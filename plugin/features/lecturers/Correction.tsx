import type { ComponentProps } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "../../ui/Button.ts";
import { Field } from "../../ui/Field.tsx";
import { Said } from "../../ui/Said.tsx";

export interface Corrected {
  /** As typed; a number, maybe below zero. */
  amount: string;
  reason: string;
}
export const uncorrected: Corrected = { amount: "", reason: "" };

/** The number typed; 0 for none, NaN for what is no number: neither corrects anything. */
export const amountOf = ({ amount }: Corrected): number => Number(amount.replace("，", "."));

interface Props {
  label: string;
  hint: string;
  draft: Corrected;
  onChange: (draft: Corrected) => void;
  saving: boolean;
  problem: ComponentProps<typeof Said>["problem"];
  onSave: () => void;
}

/** By how much and why: no correction without a reason. */
export function Correction({ label, hint, draft, onChange, saving, problem, onSave }: Props) {
  const { t } = useTranslation("lecturers");
  return (
    <>
      <Field label={label} hint={hint}>
        <input
          className="control"
          inputMode="decimal"
          value={draft.amount}
          onChange={(event) => onChange({ ...draft, amount: event.target.value })}
        />
      </Field>
      <Field label={t("reason")}>
        <input
          className="control"
          maxLength={500}
          value={draft.reason}
          onChange={(event) => onChange({ ...draft, reason: event.target.value })}
        />
      </Field>
      <Said problem={problem} />
      <div className="acts">
        <Button loading={saving} disabled={!amountOf(draft) || draft.reason.trim() === ""} onClick={onSave}>
          {t("correct")}
        </Button>
      </div>
    </>
  );
}
