import { IANAZone } from "luxon";
import type { Kernel } from "../../kernel.ts";
import { createNode } from "../drive/nodes.ts";
import type { Node, Who } from "../drive/nodes.ts";
import { refusal } from "./errors.ts";
import type { Page } from "./errors.ts";
import { T, bitable } from "./model.ts";
import type { Base } from "./model.ts";
import { createTable } from "./table-core.ts";

export interface BaseSpec {
  name: string;
  folder: string;
  timeZone: string | undefined;
  owner: Who;
  actor: string;
  inWiki?: boolean;
}

export function checkedTimeZone(page: Page, zone: string | undefined): string {
  const name = zone || "Asia/Shanghai";
  if (!IANAZone.isValidZone(name)) throw refusal(page, 1254800, `time_zone ${name}`);
  return name;
}

/** A new Base with the table that every new Base has. Whoever creates it owns it. */
export function createBase(kernel: Kernel, page: Page, spec: BaseSpec): Base {
  const timeZone = checkedTimeZone(page, spec.timeZone);
  const base = emptyBase(kernel.id("bas", 24), spec.name || "未命名多维表格", spec.folder, timeZone);
  addBase(kernel, base, spec);
  createTable(
    { kernel, base, page, actor: spec.actor },
    {
      name: "数据表",
      fields: [
        { field_name: "文本", type: T.text },
        { field_name: "单选", type: T.select },
        { field_name: "日期", type: T.date },
        { field_name: "附件", type: T.attachment },
      ],
    },
  );
  return base;
}

function emptyBase(token: string, name: string, folder: string, timeZone: string): Base {
  return {
    token,
    name,
    folder,
    timeZone,
    revision: 1,
    advanced: false,
    advancedAt: 0,
    copyingUntil: 0,
    tables: [],
    roles: [],
    workflows: [],
    dashboards: [],
    clientTokens: {},
  };
}

function addBase(kernel: Kernel, base: Base, spec: { folder: string; owner: Who; inWiki?: boolean }): void {
  bitable(kernel.state).bases[base.token] = base;
  const { owner, inWiki } = spec;
  createNode(kernel, {
    token: base.token,
    type: "bitable",
    name: base.name,
    parent: spec.folder,
    owner,
    inWiki,
  });
}

/** How long a copy is not ready, on the sandbox's clock: the sources say only "asynchronous". */
const COPY_MS = 3000;

/** Copies the content into a new token: same ids of tables, fields and rows; no rows when `withoutContent`. */
export function copyBase(
  kernel: Kernel,
  from: Base,
  token: string,
  spec: { name: string; folder: string; timeZone?: string; withoutContent: boolean },
): Base {
  const rows = from.tables.reduce((sum, table) => sum + table.count, 0);
  // Above 50,000 records only the structure is copied (facts.md §4.2).
  const bare = spec.withoutContent || rows > 50_000;
  const base = emptyBase(
    token,
    spec.name || `${from.name} 副本`,
    spec.folder,
    spec.timeZone ?? from.timeZone,
  );
  base.tables = from.tables.map((table) => ({
    ...structuredClone(table),
    revision: 1,
    createdAt: kernel.now(),
    trash: [],
    journal: [],
    ...(bare ? { rows: {}, count: 0 } : {}),
  }));
  if (!bare) dropAttachments(base);
  base.copyingUntil = kernel.now() + COPY_MS;
  bitable(kernel.state).bases[token] = base;
  return base;
}

/** Files belong to the Base they were uploaded to; the sandbox does not copy them along. */
function dropAttachments(base: Base): void {
  for (const table of base.tables) {
    const files = table.fields.filter((field) => field.type === T.attachment);
    for (const row of Object.values(table.rows)) for (const field of files) delete row.cells[field.id];
  }
}

/** The drive copies the node, this copies what is in it. */
export function copyIntoNode(kernel: Kernel, from: Node, to: Node): void {
  const base = bitable(kernel.state).bases[from.token];
  if (base) copyBase(kernel, base, to.token, { name: to.name, folder: to.parent, withoutContent: false });
}
