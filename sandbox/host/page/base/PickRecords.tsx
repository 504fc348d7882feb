import { Checkbox, Modal } from "@douyinfe/semi-ui";
import { useState } from "react";
import { waiting } from "../Blank.tsx";
import { useWorld } from "../world.tsx";
import { textOf } from "./cell.ts";
import type { Place } from "./model.ts";
import { useRows } from "./rows.ts";

/** Records to choose from, for a plugin that asks. */
export function PickRecords({
  place,
  title,
  close,
}: {
  place: Place;
  title: string;
  close: (ids: string[]) => void;
}) {
  const { words } = useWorld();
  const { head } = useRows(place, 0, 0);
  const [chosen, setChosen] = useState<string[]>([]);
  const primary = head.data?.fields.find((field) => field.primary);
  return (
    <Modal
      visible
      title={title}
      okText={words.ok}
      cancelText={words.cancel}
      onCancel={() => close([])}
      onOk={() => close(chosen)}
      okButtonProps={{ disabled: chosen.length === 0 }}
    >
      {waiting(head)}
      <Checkbox.Group
        className="pick"
        value={chosen}
        onChange={(ids) => setChosen(ids as string[])}
        options={
          head.data?.rows.map((row) => ({
            value: row.id,
            label: (primary && textOf(primary, row.cells[primary.id])) || words.unnamed,
          })) ?? []
        }
      />
    </Modal>
  );
}
