/** The Base behind a plugin host: calls of the SDK as one person, and files. `/sandbox/host/…`, no path of Feishu's. */
import type { Context, Hono } from "hono";
import { z } from "zod";
import { checkParent, storeMedia } from "../../api/drive/media-core.ts";
import { originOf } from "../../api/drive/nodes.ts";
import type { Core } from "../../core.ts";
import type { Answer } from "../../host/bridge/types.ts";
import { FeishuError } from "../../kernel.ts";
import type { Kernel } from "../../kernel.ts";
import { input } from "../../lever-input.ts";
import { baseOf } from "../base-find.ts";
import { personOf } from "../org.ts";
import { attachmentMethods } from "./attachments.ts";
import { baseMethods } from "./base.ts";
import { pluginError, PluginError, SDK } from "./errors.ts";
import { fieldMethods } from "./fields.ts";
import { dataMethods } from "./plugin-data.ts";
import { recordMethods } from "./records.ts";
import { openFor } from "./open-for.ts";
import type { Method, Methods, Visit } from "./types.ts";
import { viewMethods } from "./views.ts";

const ALL: Methods[] = [
  baseMethods,
  recordMethods,
  fieldMethods,
  viewMethods,
  attachmentMethods,
  dataMethods,
];
const READS: Record<string, Method> = Object.assign({}, ...ALL.map(({ reads }) => reads));
const WRITES: Record<string, Method> = Object.assign({}, ...ALL.map(({ writes }) => writes));

const values = z.array(z.unknown());
const callsSchema = z.strictObject({
  base: z.string(),
  as: z.string(),
  batches: z.array(
    z.strictObject({
      method: z.string(),
      calls: z.array(z.strictObject({ c: values, p: values })),
    }),
  ),
});

function visitOf(kernel: Kernel, c: Context, base: string, as: string): Visit {
  const opened = openFor(kernel, base, as);
  return { kernel, as, opened, base: baseOf(kernel, base), origin: originOf({ headers: c.req.raw.headers }) };
}

function answerOf(visit: Visit, name: string, call: { c: unknown[]; p: unknown[] }): Answer {
  const method = own(READS, name) ?? own(WRITES, name);
  try {
    if (!method) throw new PluginError(SDK.notRegistered, `not registered: ${name}`);
    return { value: method(visit, call.p, call.c) };
  } catch (error) {
    return { error: pluginError(name, error) };
  }
}

const own = (methods: Record<string, Method>, name: string) =>
  Object.hasOwn(methods, name) ? methods[name] : undefined;

export function pluginHostLevers(app: Hono, { kernel }: Core): void {
  app.post("/sandbox/host/calls", async (c) => {
    const { base, as, batches } = await input(c, callsSchema);
    const visit = visitOf(kernel, c, base, as);
    const answers = batches.map(({ method, calls }) => calls.map((call) => answerOf(visit, method, call)));
    // A read must not wake those who take part: it leaves no trace.
    if (batches.some(({ method }) => own(WRITES, method))) kernel.touched();
    return c.json({ batches: answers });
  });
  app.post("/sandbox/host/files", async (c) => {
    const { base = "", as = "", name = "" } = c.req.query();
    const bytes = Buffer.from(await c.req.arrayBuffer());
    const media = { name, parentType: "bitable_file", parentNode: baseOf(kernel, base).token };
    try {
      checkParent(kernel, { kind: "user", openId: personOf(kernel, as).open_id }, media);
    } catch (error) {
      if (!(error instanceof FeishuError)) throw error;
      // An answer like that of a call: to the page nothing went wrong.
      return c.json({ error: { code: SDK.cellDenied, message: `${name}: ${error.message}` } });
    }
    const stored = storeMedia(kernel, as, media, bytes);
    stored.type = c.req.header("content-type") ?? stored.type;
    kernel.touched();
    return c.json({ token: stored.token });
  });
}
