import { openAs } from "../../api/bitable/access.ts";
import type { Opened } from "../../api/bitable/access.ts";
import { nodeOf, permissionOf } from "../../api/drive/nodes.ts";
import type { Kernel } from "../../kernel.ts";
import { personOf } from "../org.ts";

/** The Base as the person may open it, if they may. */
export function openFor(kernel: Kernel, token: string, as: string): Opened | null {
  const node = nodeOf(kernel.state, token);
  const who = { kind: "user", openId: personOf(kernel, as).open_id } as const;
  if (!node || !permissionOf(kernel, node, who)) return null;
  return openAs(kernel, who, token, "rec search", "view");
}
