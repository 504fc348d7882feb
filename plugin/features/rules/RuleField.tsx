import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Field } from "../../ui/Field.tsx";
import { definitionOf, type FormKey } from "./fields.ts";

interface Props {
  name: FormKey;
  value: string | number | null;
  onChange: (value: string | number | null) => void;
}

/** One field of the row, named as the Base names it. */
export function RuleField({ name, value, onChange }: Props) {
  const { t, i18n } = useTranslation("rules");
  const definition = definitionOf(name);
  const word = ({ zh, en }: { zh: string; en: string }) => (i18n.language.startsWith("en") ? en : zh);
  const hint = t(`hint.${name}`, { defaultValue: "" });
  const label = word(definition);
  if (definition.kind === "select")
    return (
      <Field label={label} hint={hint}>
        <select
          className="control"
          value={value ?? ""}
          onChange={(event) => onChange(event.target.value || null)}
        >
          <option value="">{t("none")}</option>
          {definition.options.map((option) => (
            <option key={option.key} value={option.key}>
              {word(option)}
            </option>
          ))}
        </select>
      </Field>
    );
  if (definition.kind === "number")
    return (
      <Field label={label} hint={hint}>
        <Amount value={typeof value === "number" ? value : null} onChange={onChange} />
      </Field>
    );
  return (
    <Field label={label} hint={hint}>
      <input
        className="control"
        value={value ?? ""}
        onChange={(event) => onChange(event.target.value || null)}
      />
    </Field>
  );
}

/** Keeps what is being typed as it is (`0.`), and hands on numbers only. */
function Amount({
  value,
  onChange,
  ...control
}: {
  value: number | null;
  onChange: (value: number | null) => void;
}) {
  const [text, setText] = useState(value === null ? "" : String(value));
  return (
    <input
      {...control}
      className="control"
      inputMode="decimal"
      value={text}
      onChange={(event) => {
        setText(event.target.value);
        const given = event.target.value.trim();
        const number = Number(given);
        if (given === "") onChange(null);
        else if (!Number.isNaN(number)) onChange(number);
      }}
    />
  );
}
