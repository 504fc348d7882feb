import { Button, Popconfirm, Toast } from "@douyinfe/semi-ui";
import { IconDelete, IconPlus, IconSidebar } from "@douyinfe/semi-icons";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { Selection } from "../../bridge/types.ts";
import { get, mine } from "../api.ts";
import { Blank, waiting } from "../Blank.tsx";
import { str } from "../thing.ts";
import { Choice } from "../Choice.tsx";
import { useKept } from "../kept.ts";
import { placeQuery } from "../place.ts";
import { useWorld } from "../world.tsx";
import { Cards } from "./Cards.tsx";
import { FormView } from "./FormView.tsx";
import { Grid, type Mark } from "./Grid.tsx";
import type { Base, Place, Table, View } from "./model.ts";
import { PickRecords } from "./PickRecords.tsx";
import { PluginBar } from "./PluginBar.tsx";
import { RecordSheet } from "./RecordSheet.tsx";
import { useAct, useRows } from "./rows.ts";
import type { Dialog, PageOfPlugin } from "./host-ui.ts";

/** Bases of the person: tables at the left, a view in the middle, the plugin at the right. */
export function BaseScreen() {
  const { person, words, place, go } = useWorld();
  const query = useQuery({
    queryKey: ["bases", person.open_id],
    queryFn: () => get<{ bases: Base[] }>(mine(person.open_id, "bases")),
  });
  // While another part of the client is shown, the Base stays where it was.
  const [last, setLast] = useState("");
  const here = place.join("/");
  if ((place[0] === "base" || here === "") && here !== last) setLast(here);
  const [, token, tableId, viewId] = last.split("/");
  const bases = query.data?.bases ?? [];
  const base = bases.find((one) => one.app_token === token) ?? bases[0];
  const table =
    base?.tables.find((one) => one.id === tableId) ??
    base?.tables.find((one) => one.records > 0) ??
    base?.tables[0];
  const view = table?.views.find((one) => one.id === viewId) ?? table?.views[0];
  if (!query.data) return waiting(query);
  if (!base) return <Blank title={words.noBase} hint={words.noBaseHint} />;
  return (
    <div className="base">
      <aside className="tables">
        <Choice
          className="base-choice"
          label={words.base}
          value={base.app_token}
          onChange={(value) => go("base", str(value))}
          optionList={bases.map((one) => ({ value: one.app_token, label: one.name }))}
        />
        <nav aria-label={words.table}>
          {base.tables.map((one) => (
            <button
              key={one.id}
              type="button"
              className="list-item"
              aria-current={one === table ? "true" : undefined}
              onClick={() => go("base", base.app_token, one.id)}
            >
              {one.name}
            </button>
          ))}
        </nav>
      </aside>
      {table && view ? (
        <OpenBase key={base.app_token} base={base} table={table} view={view} />
      ) : (
        <Blank title={words.noBase} />
      )}
    </div>
  );
}

const NONE: ReadonlySet<string> = new Set();

/** What is marked and ticked, and in which view. */
interface Chosen {
  where: string;
  mark: Mark | null;
  ticked: ReadonlySet<string>;
}

function OpenBase({ base, table, view }: { base: Base; table: Table; view: View }) {
  const { person, go, words } = useWorld();
  const [shown, setShown] = useKept<"yes" | "no">("plugin", "yes");
  const [width, setWidth] = useKept<string>("plugin-width", "400");
  const [chosen, setChosen] = useState<Chosen>({ where: "", mark: null, ticked: NONE });
  const [dialog, setDialog] = useState<Dialog | null>(() => asked(table.id));
  const place: Place = { person: person.open_id, token: base.app_token, table: table.id, view: view.id };
  // Another view begins with nothing chosen.
  const where = `${table.id} ${view.id}`;
  const { mark, ticked } = chosen.where === where ? chosen : { mark: null, ticked: NONE };
  const setMark = (next: Mark | null) => setChosen({ where, mark: next, ticked });
  const setTicked = (next: ReadonlySet<string>) => setChosen({ where, mark, ticked: next });
  const selection: Selection = {
    baseId: base.app_token,
    tableId: table.id,
    viewId: view.id,
    fieldId: mark?.fieldId || null,
    recordId: mark?.recordId ?? null,
  };
  const page: PageOfPlugin = {
    go: (to, toView) => go(...["base", base.app_token, to, toView ?? ""].filter((part) => part !== "")),
    show: setDialog,
    state: () => ({ table: table.id, view: view.id, ticked, mark }),
    close: () => setShown("no"),
    resize: (px) => setWidth(String(px)),
  };
  const tick = (record: string) => {
    const next = new Set(ticked);
    if (!next.delete(record)) next.add(record);
    setTicked(next);
  };
  const open = (record: string) => {
    if (mark?.recordId !== record) setMark({ recordId: record, fieldId: mark?.fieldId ?? "" });
    setDialog({ kind: "record", table: table.id, record, fieldIds: null, done: () => undefined });
  };
  const close = (end: () => void) => {
    setDialog(null);
    end();
  };
  return (
    <>
      <section className="table">
        <Tools
          place={place}
          table={table}
          view={view}
          ticked={ticked}
          opened={open}
          cleared={() => setTicked(NONE)}
          plugin={shown === "no" ? () => setShown("yes") : null}
        />
        {view.type === "form" && view.form ? (
          <FormView key={view.id} place={place} form={view.form} />
        ) : view.type === "kanban" || view.type === "gallery" ? (
          <Cards key={`${place.table} ${view.id}`} {...{ place, view, mark, open }} />
        ) : (
          <GridOf {...{ place, view, mark, setMark, ticked, tick, open }} />
        )}
      </section>
      {shown === "yes" && (
        <PluginBar
          key={person.open_id}
          selection={selection}
          page={page}
          width={Number(width)}
          setWidth={(px) => setWidth(String(px))}
          close={() => setShown("no")}
        />
      )}
      {dialog?.kind === "record" && (
        <RecordSheet
          key={dialog.record}
          place={{ ...place, table: dialog.table }}
          record={dialog.record}
          fieldIds={dialog.fieldIds}
          close={(saved) => close(() => dialog.done(saved))}
        />
      )}
      {dialog?.kind === "pick" && (
        <PickRecords
          place={{ ...place, table: dialog.table, view: dialog.view }}
          title={words.pick}
          close={(ids) => close(() => dialog.done(ids))}
        />
      )}
    </>
  );
}

/** A link that names a record opens its card. */
function asked(table: string): Dialog | null {
  const record = placeQuery("record");
  return record ? { kind: "record", table, record, fieldIds: null, done: () => undefined } : null;
}

function GridOf(props: Omit<React.ComponentProps<typeof Grid>, "addRow">) {
  const { place, view } = props;
  const { head } = useRows(place, 0, 0);
  const add = useAddRow(place, props.open);
  return <Grid key={`${place.table} ${view.id}`} {...props} addRow={head.data?.rights.add ? add : null} />;
}

/** A new empty record, its card opened to be filled in. */
function useAddRow(place: Place, opened: (record: string) => void) {
  const act = useAct(place);
  return () =>
    void act({ create: [{ fields: {} }] }).then(
      ({ record_ids: [record] = [] }) => record && opened(record),
      (error: Error) => Toast.error(error.message),
    );
}

interface ToolsProps {
  place: Place;
  table: Table;
  view: View;
  ticked: ReadonlySet<string>;
  opened: (record: string) => void;
  cleared: () => void;
  /** Opens the plugin; null while it is open. */
  plugin: (() => void) | null;
}

/** Views as tabs, and what can be done with the rows. */
function Tools({ place, table, view, ticked, opened, cleared, plugin }: ToolsProps) {
  const { words, go } = useWorld();
  const { head } = useRows(place, 0, 0);
  const act = useAct(place);
  const add = useAddRow(place, opened);
  const rights = head.data?.rights;
  const remove = () =>
    void act({ delete: [...ticked] }).then(cleared, (error: Error) => Toast.error(error.message));
  return (
    <header className="tools">
      <div className="tabs" role="tablist" aria-label={words.view}>
        {table.views.map((one) => (
          <button
            key={one.id}
            type="button"
            role="tab"
            aria-selected={one === view}
            onClick={() => go("base", place.token, table.id, one.id)}
          >
            {one.name}
          </button>
        ))}
      </div>
      <span className="tools-end">
        {head.data && <span className="dim">{words.rows(head.data.total)}</span>}
        {rights && !rights.edit && <span className="dim">{words.readOnly}</span>}
        {rights?.remove && ticked.size > 0 && (
          <Popconfirm
            title={words.deleteRows(ticked.size)}
            content={words.deleteAsk}
            okText={words.ok}
            cancelText={words.cancel}
            okType="danger"
            onConfirm={remove}
          >
            <Button size="small" type="danger" icon={<IconDelete />}>
              {words.deleteRows(ticked.size)}
            </Button>
          </Popconfirm>
        )}
        {rights?.add && view.type !== "form" && (
          <Button size="small" icon={<IconPlus />} onClick={add}>
            {words.addRow}
          </Button>
        )}
        {plugin && (
          <Button size="small" icon={<IconSidebar />} onClick={plugin}>
            {words.showPlugin}
          </Button>
        )}
      </span>
    </header>
  );
}
