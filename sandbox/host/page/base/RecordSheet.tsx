import { Button, Popconfirm, SideSheet, Toast } from "@douyinfe/semi-ui";
import { useState } from "react";
import { Blank, waiting } from "../Blank.tsx";
import { useWorld } from "../world.tsx";
import { textOf } from "./cell.ts";
import { CellView } from "./CellView.tsx";
import { Editor } from "./Editor.tsx";
import { type Field, mayWrite, type Place, type Rights, type Row } from "./model.ts";
import { useAct, useRecord } from "./rows.ts";

interface Props {
  place: Omit<Place, "view">;
  record: string;
  /** Only these fields; null = all. */
  fieldIds: string[] | null;
  close: (saved: boolean) => void;
}

/** A record's card: every field below the other, edited in place. */
export function RecordSheet({ place, record, fieldIds, close }: Props) {
  const { words } = useWorld();
  const query = useRecord({ ...place, view: "" }, record);
  const act = useAct(place);
  const [saved, setSaved] = useState(false);
  const { data } = query;
  const primary = data?.fields.find((field) => field.primary);
  const row = data?.row ?? null;
  const title = primary && row ? textOf(primary, row.cells[primary.id]) : "";
  const remove = () =>
    act({ delete: [record] }).then(
      () => close(true),
      (error: Error) => Toast.error(error.message),
    );
  return (
    <SideSheet
      visible
      width={440}
      title={title || words.unnamed}
      className="record-sheet"
      onCancel={() => close(saved)}
      footer={
        row && data?.rights.remove && !row.fixed && fieldIds === null ? (
          <Popconfirm
            title={words.deleteRow}
            content={words.deleteAsk}
            okText={words.deleteRow}
            cancelText={words.cancel}
            okType="danger"
            onConfirm={() => void remove()}
          >
            <Button type="danger">{words.deleteRow}</Button>
          </Popconfirm>
        ) : null
      }
    >
      {waiting(query)}
      {data && !row && <Blank title={words.recordGone} />}
      {data?.fields
        .filter((field) => fieldIds === null || fieldIds.includes(field.id))
        .map(
          (field) =>
            row && (
              <Line
                key={field.id}
                place={place}
                field={field}
                row={row}
                rights={data.rights}
                saved={() => setSaved(true)}
              />
            ),
        )}
    </SideSheet>
  );
}

function Line(props: { place: Props["place"]; field: Field; row: Row; rights: Rights; saved: () => void }) {
  const { place, field, row, rights, saved } = props;
  const { words } = useWorld();
  const [editing, setEditing] = useState(false);
  const value = row.cells[field.id];
  const end = (changed: boolean) => {
    setEditing(false);
    if (changed) saved();
  };
  return (
    <div className="record-line">
      <div className="record-label">{field.name}</div>
      {editing ? (
        <Editor place={place} row={row} field={field} close={end} />
      ) : (
        <div
          className={mayWrite(field, row, rights) ? "record-value writable" : "record-value"}
          {...(mayWrite(field, row, rights)
            ? {
                role: "button",
                tabIndex: 0,
                "aria-label": field.name,
                onClick: () => setEditing(true),
                onKeyDown: (event: React.KeyboardEvent) => event.key === "Enter" && setEditing(true),
              }
            : {})}
        >
          {value === undefined && field.type !== 7 ? (
            <span className="dim">{words.empty}</span>
          ) : (
            <CellView field={field} value={value} />
          )}
        </div>
      )}
    </div>
  );
}
