/* oxlint-disable jsx-a11y/prefer-tag-over-role -- rows are placed one by one, which a table cannot do */
import { IconExpand, IconPlus } from "@douyinfe/semi-icons";
import { Checkbox } from "@douyinfe/semi-ui";
import { useLayoutEffect, useRef, useState } from "react";
import { Blank, waiting } from "../Blank.tsx";
import { useWorld } from "../world.tsx";
import { CellView } from "./CellView.tsx";
import { Editor } from "./Editor.tsx";
import { type Field, mayWrite, type Place, type Rights, type Row, T, type View } from "./model.ts";
import { useAct, useRows } from "./rows.ts";

const ROW = 36;
const HEAD = 36;
const NUMBER = 76;
/** Rows drawn beyond what is seen. */
const MARGIN = 8;

export interface Mark {
  recordId: string;
  fieldId: string;
}

interface Props {
  place: Place;
  view: View;
  mark: Mark | null;
  setMark: (mark: Mark | null) => void;
  ticked: ReadonlySet<string>;
  tick: (record: string) => void;
  open: (record: string) => void;
  addRow: (() => void) | null;
}

const WIDTHS: Record<number, number> = {
  [T.number]: 110,
  [T.select]: 130,
  [T.date]: 160,
  [T.checkbox]: 80,
  [T.user]: 150,
  [T.attachment]: 200,
  [T.link]: 190,
  [T.duplex]: 190,
  [T.multiSelect]: 190,
};
const widthOf = (field: Field): number => (field.primary ? 240 : (WIDTHS[field.type] ?? 180));

/** What of a long list is in sight. */
function useWindow(total: number) {
  const box = useRef<HTMLDivElement>(null);
  const [{ top, height }, setSeen] = useState({ top: 0, height: 600 });
  useLayoutEffect(() => {
    const node = box.current;
    if (!node) return undefined;
    const look = () => setSeen({ top: node.scrollTop, height: node.clientHeight });
    const watch = new ResizeObserver(look);
    watch.observe(node);
    node.addEventListener("scroll", look, { passive: true });
    look();
    return () => {
      watch.disconnect();
      node.removeEventListener("scroll", look);
    };
  }, []);
  const first = Math.max(0, Math.floor(top / ROW) - MARGIN);
  const last = Math.min(Math.max(0, total - 1), Math.ceil((top + height) / ROW) + MARGIN);
  /** Scrolls so far that the row is seen. */
  const reveal = (row: number) => {
    const node = box.current;
    if (!node) return;
    const y = row * ROW;
    if (y < node.scrollTop) node.scrollTop = y;
    const below = y + ROW + HEAD - node.clientHeight;
    if (below > node.scrollTop) node.scrollTop = below;
  };
  return { box, first, last, reveal };
}

/** A view as a grid: only rows in sight are drawn; cells are edited in place, by mouse or keyboard. */
export function Grid({ place, view, mark, setMark, ticked, tick, open, addRow }: Props) {
  const { words } = useWorld();
  const [total, setTotal] = useState(0);
  const { box, first, last, reveal } = useWindow(total);
  const { head, rowAt } = useRows(place, first, last);
  const [editing, setEditing] = useState(false);
  const act = useAct(place);
  const data = head.data;
  if (data && data.total !== total) setTotal(data.total);
  const fields = data?.fields.filter((field) => !view.hidden.includes(field.id)) ?? [];
  const width = NUMBER + fields.reduce((sum, field) => sum + widthOf(field), 0) + 60;
  const shown = data
    ? Array.from({ length: Math.max(0, Math.min(last, total - 1) - first + 1) }, (_, at) => first + at)
    : [];

  /** The marked cell's neighbour; the grid scrolls so far that it is seen. */
  function step(rows: number, columns: number): void {
    const at = shown.find((index) => rowAt(index)?.id === mark?.recordId);
    const column = fields.findIndex((field) => field.id === mark?.fieldId);
    if (at === undefined) return;
    const next = rowAt(Math.min(total - 1, Math.max(0, at + rows)));
    const field = fields[Math.min(fields.length - 1, Math.max(0, column + columns))];
    if (!next || !field) return;
    setMark({ recordId: next.id, fieldId: field.id });
    reveal(at + rows);
  }

  function begin(row: Row, field: Field): void {
    if (!data || !mayWrite(field, row, data.rights)) return;
    if (field.type !== T.checkbox) return setEditing(true);
    void act({ update: [{ record_id: row.id, fields: { [field.name]: row.cells[field.id] !== true } }] });
  }

  /** A click marks a cell and ticks a checkbox; a second one edits. */
  function choose(target: EventTarget, twice: boolean): void {
    const cell = target instanceof Element ? target.closest<HTMLElement>("[data-field]") : null;
    const row = shown.map(rowAt).find((one) => one?.id === cell?.dataset["row"]);
    const field = fields.find((one) => one.id === cell?.dataset["field"]);
    if (!row || !field) return;
    const same = mark?.recordId === row.id && mark.fieldId === field.id;
    if (editing && same) return;
    setEditing(false);
    if (!same) setMark({ recordId: row.id, fieldId: field.id });
    const onTick = target instanceof Element && target.closest(".tick") !== null;
    if (field.type === T.checkbox ? onTick && !twice : twice) begin(row, field);
  }

  function key(event: React.KeyboardEvent): void {
    const move = MOVES[event.key];
    const row = shown.map(rowAt).find((one) => one?.id === mark?.recordId);
    const field = fields.find((one) => one.id === mark?.fieldId);
    if (editing || !row || !field) return;
    if (move) step(...move);
    else if (event.key === "Enter") begin(row, field);
    else if (event.key === " ") open(row.id);
    else return;
    event.preventDefault();
  }

  return (
    <div
      className="grid"
      ref={box}
      role="grid"
      aria-rowcount={total + 1}
      aria-label={view.name}
      tabIndex={0}
      onKeyDown={key}
      onClick={(event) => choose(event.target, false)}
      onDoubleClick={(event) => choose(event.target, true)}
    >
      {waiting(head)}
      {data && (
        <div className="grid-inner" style={{ width, height: HEAD + total * ROW + 48 }}>
          <div className="grid-head" role="row">
            <div className="grid-cell grid-number" role="columnheader" style={{ width: NUMBER }}>
              #
            </div>
            {fields.map((field) => (
              <div
                key={field.id}
                role="columnheader"
                className={field.primary ? "grid-cell primary" : "grid-cell"}
                style={{ width: widthOf(field) }}
                title={field.description || field.name}
              >
                {field.name}
              </div>
            ))}
          </div>
          {total === 0 && <Blank title={words.noRows} />}
          {shown.map((at) => {
            const row = rowAt(at);
            return (
              <div key={row?.id ?? at} role="row" className="grid-row" style={{ top: HEAD + at * ROW }}>
                <div className="grid-cell grid-number" role="gridcell" style={{ width: NUMBER }}>
                  {row && (
                    <>
                      <span className="grid-at">{at + 1}</span>
                      <Checkbox
                        aria-label={words.tickRow}
                        checked={ticked.has(row.id)}
                        onChange={() => tick(row.id)}
                      />
                      <button
                        type="button"
                        className="plain"
                        aria-label={words.openRecord}
                        tabIndex={-1}
                        onClick={() => open(row.id)}
                      >
                        <IconExpand size="small" />
                      </button>
                    </>
                  )}
                </div>
                {row &&
                  fields.map((field) => (
                    <Cell
                      key={field.id}
                      place={place}
                      row={row}
                      field={field}
                      rights={data.rights}
                      marked={mark?.recordId === row.id && mark.fieldId === field.id}
                      editing={editing}
                      close={() => {
                        setEditing(false);
                        box.current?.focus();
                      }}
                    />
                  ))}
              </div>
            );
          })}
          {addRow && (
            <button type="button" className="grid-add" style={{ top: HEAD + total * ROW }} onClick={addRow}>
              <IconPlus size="small" /> {words.addRow}
            </button>
          )}
        </div>
      )}
    </div>
  );
}

const MOVES: Record<string, [number, number]> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
};

interface CellProps {
  place: Place;
  row: Row;
  field: Field;
  rights: Rights;
  marked: boolean;
  editing: boolean;
  close: () => void;
}

function Cell({ place, row, field, rights, marked, editing, close }: CellProps) {
  const names = ["grid-cell", field.primary ? "primary" : "", marked ? "marked" : ""];
  const open = marked && editing && mayWrite(field, row, rights);
  return (
    <div
      role="gridcell"
      aria-selected={marked}
      className={names.join(" ")}
      style={{ width: widthOf(field) }}
      data-row={row.id}
      data-field={field.id}
    >
      {open ? (
        <div className="grid-editor">
          <Editor place={place} row={row} field={field} close={close} />
        </div>
      ) : (
        <div className={field.type === T.number ? "grid-value right" : "grid-value"}>
          <CellView field={field} value={row.cells[field.id]} />
        </div>
      )}
    </div>
  );
}
