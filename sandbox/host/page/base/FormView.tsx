import { Button, Toast } from "@douyinfe/semi-ui";
import { useState } from "react";
import { Blank, waiting } from "../Blank.tsx";
import { useWorld } from "../world.tsx";
import { FieldInput } from "./FieldInput.tsx";
import { fillable, type FormMeta, type Place } from "./model.ts";
import { useAct, useRows } from "./rows.ts";

/** A view of the kind form: filled in and sent, a new record each time. */
export function FormView({ place, form }: { place: Place; form: FormMeta }) {
  const { words } = useWorld();
  const { head } = useRows({ ...place, view: "" }, 0, 0);
  const act = useAct(place);
  const [values, setValues] = useState<Record<string, unknown>>({});
  const [round, setRound] = useState(0);
  const [busy, setBusy] = useState(false);
  const lines = form.fields.flatMap((line) => {
    const field = head.data?.fields.find((one) => one.id === line.field_id);
    return line.visible && field && fillable(field) ? [{ line, field }] : [];
  });
  const missing = lines.some(({ line, field }) => line.required && isEmpty(values[field.name]));
  const submit = () => {
    setBusy(true);
    const filled = Object.entries(values).filter(([, value]) => !isEmpty(value));
    act({ do: "form.submit", form: place.view, fields: Object.fromEntries(filled) })
      .then(() => {
        Toast.success(words.submitted);
        setValues({});
        setRound(round + 1);
      })
      .catch((error: Error) => Toast.error(error.message))
      .finally(() => setBusy(false));
  };
  if (!head.data) return waiting(head);
  if (lines.length === 0) return <Blank title={form.name} hint={words.readOnly} />;
  return (
    <div className="form-view" key={round}>
      <h2>{form.name}</h2>
      {form.description !== "" && <p className="dim">{form.description}</p>}
      {lines.map(({ line, field }) => (
        <div key={field.id} className="form-line">
          <div className="record-label">
            {line.title || field.name}
            {line.required && <i title={words.required}>*</i>}
          </div>
          {line.description !== "" && <div className="dim">{line.description}</div>}
          <FieldInput
            place={place}
            field={field}
            label={line.title || field.name}
            value={values[field.name] ?? null}
            change={(value) => setValues((old) => ({ ...old, [field.name]: value }))}
          />
        </div>
      ))}
      <Button theme="solid" disabled={missing} loading={busy} onClick={submit}>
        {words.submit}
      </Button>
    </div>
  );
}

const isEmpty = (value: unknown) =>
  value === undefined || value === null || value === "" || (Array.isArray(value) && value.length === 0);
