import { IconClose, IconRefresh } from "@douyinfe/semi-icons";
import { Button, Tooltip } from "@douyinfe/semi-ui";
import { useEffect, useRef } from "react";
import { createBackend } from "../../bridge/backend.ts";
import { hostPlugin } from "../../bridge/host-plugin.ts";
import type { HostedPlugin, Selection } from "../../bridge/types.ts";
import { Blank } from "../Blank.tsx";
import { createHostUi, type PageOfPlugin } from "./host-ui.ts";
import { type World, useWorld } from "../world.tsx";

const LEAST = 280;
const STEP = 20;

interface Props {
  selection: Selection;
  page: PageOfPlugin;
  width: number;
  setWidth: (px: number) => void;
  close: () => void;
}

const LOCALES = { zh: "zh-CN", en: "en-US" } as const;

function surroundings({ theme, language }: World) {
  return { theme: theme === "dark" ? ("DARK" as const) : ("LIGHT" as const), locale: LOCALES[language] };
}

/** The sidebar at the right with a plugin of another origin in it. */
export function PluginBar({ selection, page, width, setWidth, close }: Props) {
  const world = useWorld();
  const { words, settings, person } = world;
  const frame = useRef<HTMLIFrameElement>(null);
  const hosted = useRef<HostedPlugin | null>(null);
  const latest = useRef({ selection, world, page });
  useEffect(() => {
    latest.current = { selection, world, page };
  });
  const base = selection.baseId ?? "";
  const { plugin, tenant_key } = settings;

  useEffect(() => {
    const iframe = frame.current;
    if (!iframe || plugin === null) return undefined;
    const backend = createBackend({ server: "", base, as: person.open_id });
    hosted.current = hostPlugin({
      iframe,
      pluginUrl: plugin,
      backend,
      ui: createHostUi(() => latest.current.page),
      selection: latest.current.selection,
      environment: {
        ...surroundings(latest.current.world),
        product: "feishu",
        tenantKey: tenant_key,
        instanceId: new URL(plugin, location.href).origin,
        urlOf: (place) => addressOf(base, place),
      },
    });
    return () => {
      hosted.current?.close();
      hosted.current = null;
      backend.close();
    };
  }, [plugin, base, person.open_id, tenant_key]);

  useEffect(() => hosted.current?.select(selection), [selection]);
  useEffect(() => hosted.current?.setEnvironment(surroundings(latest.current.world)), [world.theme]);
  const spoken = useRef(world.language);
  useEffect(() => {
    if (spoken.current === world.language) return;
    spoken.current = world.language;
    // As in Feishu, where another language means another page.
    hosted.current?.setEnvironment(surroundings(latest.current.world));
    hosted.current?.reload();
  }, [world.language]);

  return (
    <>
      <Resizer width={width} setWidth={setWidth} />
      <aside className="plugin" style={{ width }} aria-label={words.plugin}>
        <header className="plugin-head">
          <span>{words.plugin}</span>
          <Tooltip content={words.reload}>
            <Button
              size="small"
              theme="borderless"
              type="tertiary"
              aria-label={words.reload}
              icon={<IconRefresh />}
              onClick={() => hosted.current?.reload()}
            />
          </Tooltip>
          <Button
            size="small"
            theme="borderless"
            type="tertiary"
            aria-label={words.hidePlugin}
            icon={<IconClose />}
            onClick={close}
          />
        </header>
        {plugin === null ? (
          <Blank title={words.noPlugin} hint={words.noPluginHint} />
        ) : (
          <iframe key={`${plugin} ${base}`} ref={frame} title={words.plugin} allow="clipboard-write" />
        )}
      </aside>
    </>
  );
}

function addressOf(
  base: string,
  place: {
    tableId?: string | undefined;
    viewId?: string | undefined;
    recordId?: string | undefined;
    fieldId?: string | undefined;
  },
): string {
  const query = new URLSearchParams();
  const parts = { table: place.tableId, view: place.viewId, record: place.recordId, field: place.fieldId };
  for (const [name, value] of Object.entries(parts)) if (value) query.set(name, value);
  return `${location.origin}/base/${base}${query.size > 0 ? `?${query.toString()}` : ""}`;
}

/** The line between grid and plugin; dragged, or moved by the arrow keys. */
function Resizer({ width, setWidth }: { width: number; setWidth: (px: number) => void }) {
  const { words } = useWorld();
  const most = () => Math.max(LEAST, window.innerWidth - 320);
  const set = (px: number) => setWidth(Math.round(Math.min(most(), Math.max(LEAST, px))));
  return (
    <button
      type="button"
      className="resizer"
      aria-label={words.resize}
      onKeyDown={(event) => {
        if (event.key === "ArrowLeft") set(width + STEP);
        if (event.key === "ArrowRight") set(width - STEP);
      }}
      onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
      onPointerMove={(event) => {
        if (event.currentTarget.hasPointerCapture(event.pointerId)) set(window.innerWidth - event.clientX);
      }}
    />
  );
}
