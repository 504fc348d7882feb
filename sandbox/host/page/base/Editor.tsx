import { Button, Toast } from "@douyinfe/semi-ui";
import { useEffect, useRef, useState } from "react";
import { useWorld } from "../world.tsx";
import { writeValue } from "./cell.ts";
import { FieldInput } from "./FieldInput.tsx";
import { type Field, type Place, type Row, T } from "./model.ts";
import { useAct } from "./rows.ts";

/** Kinds that say themselves when the person has finished; the others have a button for it. */
const WITH_BUTTON: ReadonlySet<number> = new Set([T.url, T.attachment]);

interface Props {
  place: Omit<Place, "view">;
  row: Row;
  field: Field;
  /** Closed, with or without a change. */
  close: (saved: boolean) => void;
}

/** Writes one cell. What was typed stays in the field until the Base has taken it. */
export function Editor({ place, row, field, close }: Props) {
  const { words } = useWorld();
  const act = useAct(place);
  const before = writeValue(field, row.cells[field.id]);
  const [value, setValue] = useState(before);
  const latest = useRef(before);
  const saving = useRef(false);
  const [busy, setBusy] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    box.current?.querySelector<HTMLElement>("input, textarea")?.focus();
  }, []);

  const change = (next: unknown) => {
    latest.current = next;
    setValue(next);
    if (field.type === T.select || field.type === T.checkbox) void save();
  };
  async function save(): Promise<void> {
    if (saving.current) return;
    if (JSON.stringify(latest.current) === JSON.stringify(before)) return close(false);
    saving.current = true;
    setBusy(true);
    try {
      await act({ update: [{ record_id: row.id, fields: { [field.name]: latest.current } }] });
      close(true);
    } catch (error) {
      Toast.error(error instanceof Error ? error.message : String(error));
      saving.current = false;
      setBusy(false);
    }
  }
  return (
    <div
      ref={box}
      role="presentation"
      className={busy ? "editor busy" : "editor"}
      onKeyDown={(event) => {
        event.stopPropagation();
        if (event.key === "Escape") close(false);
      }}
    >
      <FieldInput place={place} field={field} value={value} change={change} done={() => void save()} />
      {WITH_BUTTON.has(field.type) && (
        <div className="editor-end">
          <Button size="small" onClick={() => close(false)}>
            {words.cancel}
          </Button>
          <Button size="small" theme="solid" loading={busy} onClick={() => void save()}>
            {words.ok}
          </Button>
        </div>
      )}
    </div>
  );
}
