import type { Call, Kernel } from "../../kernel.ts";
import { actorOf, atLeast, nodeOf, permissionOf, whoOf } from "../drive/nodes.ts";
import type { Node, Perm, Who } from "../drive/nodes.ts";
import { refusal } from "./errors.ts";
import type { Page } from "./errors.ts";
import { bitable } from "./model.ts";
import type { Base, Table } from "./model.ts";
import type { IdType } from "./people.ts";
import { openRights, rightsIn } from "./rights.ts";
import type { Rights } from "./rights.ts";

/** A Base opened by somebody for something, on one documentation page. */
export interface Opened {
  kernel: Kernel;
  page: Page;
  base: Base;
  node: Node;
  who: Who;
  /** open_id of who acts. */
  actor: string;
  perm: Perm;
  idType: IdType;
  origin: string;
}

export type Need = "view" | "edit" | "manage";

/**
 * Opens the Base for a caller of the API.
 * @throws 1254040, 1254036 while it is being copied, 91403 for a stranger, 1254302 where the permission is too small.
 */
export function openBase(call: Call, page: Page, need: Need): Opened {
  const idType = (call.query["user_id_type"] ?? call.body["user_id_type"] ?? "open_id") as IdType;
  return openAs(
    call,
    whoOf(call),
    call.path["app_token"] ?? "",
    page,
    need,
    idType,
    `http://${call.headers.get("host") ?? ""}`,
  );
}

export function openAs(
  kernel: Kernel,
  who: Who,
  token: string,
  page: Page,
  need: Need,
  idType: IdType = "open_id",
  origin = "",
): Opened {
  const node = nodeOf(kernel.state, token);
  const base = bitable(kernel.state).bases[token];
  if (node && !base) throw refusal(page, 1254003, `${token} is a ${node.type}, not a Base`);
  if (!node || !base) throw refusal(page, 1254040, `app_token ${token}`);
  const perm = permissionOf(kernel, node, who);
  if (!perm) throw refusal(page, 91403);
  if (base.copyingUntil > kernel.now()) throw refusal(page, 1254036);
  if (need === "manage" && !atLeast(perm, "full_access")) throw refusal(page, 1254302, "manage right needed");
  if (need === "edit" && !atLeast(perm, "edit") && !base.advanced)
    throw refusal(page, 1254302, "edit right needed");
  return { kernel, page, base, node, who, actor: actorOf(kernel, who), perm, idType, origin };
}

/** The table of the path; reads do not see a table younger than the lag of reads. */
export function tableOf(opened: Opened, tableId: string, reading = false): Table {
  const table = opened.base.tables.find((one) => one.id === tableId);
  if (!table) throw refusal(opened.page, 1254041, `table_id ${tableId}`);
  const lag = opened.kernel.switches.readLagMs;
  if (
    reading &&
    lag > 0 &&
    table.createdAt > opened.kernel.now() - lag &&
    table.createdAt > opened.node.createdAt
  ) {
    throw refusal(opened.page, 1254041, `table_id ${tableId}`);
  }
  return table;
}

/** What the caller may do in a table. Without advanced permissions: what the Base allows. */
export function rightsOf(opened: Opened, table: Table): Rights {
  const effective = opened.base.advanced && opened.base.advancedAt <= opened.kernel.now();
  if (atLeast(opened.perm, "full_access") || !effective) return openRights(atLeast(opened.perm, "edit"));
  return rightsIn(opened.kernel, opened.base, table, opened.who);
}
