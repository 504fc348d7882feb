import type { Hono } from "hono";
import { z } from "zod";
import { createBase } from "../api/bitable/app-core.ts";
import { bitable } from "../api/bitable/model.ts";
import type { Base } from "../api/bitable/model.ts";
import { readFields } from "../api/bitable/read-cell.ts";
import { nodeOf } from "../api/drive/nodes.ts";
import type { Member } from "../api/drive/nodes.ts";
import type { Kernel } from "../kernel.ts";
import { LeverError, input } from "../lever-input.ts";
import { baseActs } from "./base-acts.ts";
import { baseOf } from "./base-find.ts";
import { intoWiki } from "./wiki.ts";

const createSchema = z.strictObject({
  name: z.string(),
  owner: z.string(),
  time_zone: z.string().optional(),
  /** The Base lies in a wiki: its link shows a node token. */
  wiki: z.boolean().optional(),
  workflows: z.array(z.string()).optional(),
  dashboards: z.array(z.string()).optional(),
});
const memberSchema = z.strictObject({
  member_id: z.string(),
  type: z.enum(["user", "app", "chat", "department"]),
  perm: z.enum(["view", "edit", "full_access"]).or(z.literal("none")),
});

/** Bases as people make and share them: `/sandbox/bases…`. A Base of a person is closed to the app until it is added. */
export function baseLevers(app: Hono, kernel: Kernel): void {
  app.post("/sandbox/bases", async (c) => c.json(create(kernel, await input(c, createSchema))));
  app.get("/sandbox/bases", (c) =>
    c.json({ bases: Object.values(bitable(kernel.state).bases).map((base) => brief(kernel, base)) }),
  );
  app.post("/sandbox/bases/:token/members", async (c) => {
    const base = baseOf(kernel, c.req.param("token"));
    setMember(kernel, base, await input(c, memberSchema));
    return c.json(brief(kernel, base));
  });
  app.get("/sandbox/bases/:token/dump", (c) => c.json(dump(kernel, baseOf(kernel, c.req.param("token")))));
  baseActs(app, kernel);
}

function create(kernel: Kernel, given: z.infer<typeof createSchema>) {
  const base = createBase(kernel, "app create", {
    name: given.name,
    folder: "",
    timeZone: given.time_zone,
    owner: { kind: "user", openId: given.owner },
    actor: given.owner,
  });
  base.workflows = (given.workflows ?? []).map((title) => ({
    workflow_id: kernel.id("wkf"),
    title,
    status: "Enable",
  }));
  base.dashboards = (given.dashboards ?? []).map((name) => ({ block_id: kernel.id("blk"), name }));
  const node_token = given.wiki === true ? intoWiki(kernel, base.token) : undefined;
  return { app_token: base.token, default_table_id: base.tables[0]?.id, name: base.name, node_token };
}

function setMember(kernel: Kernel, base: Base, given: z.infer<typeof memberSchema>): void {
  const node = nodeOf(kernel.state, base.token);
  if (!node) throw new LeverError(`the Base ${base.token} has been deleted`);
  if (given.type === "app" && !kernel.apps[given.member_id])
    throw new LeverError(`there is no app ${given.member_id}`);
  node.members = node.members.filter((one) => one.type !== given.type || one.id !== given.member_id);
  if (given.perm === "none") return;
  const member: Member = { type: given.type, id: given.member_id, perm: given.perm };
  node.members.push(member);
}

function brief(kernel: Kernel, base: Base) {
  const node = nodeOf(kernel.state, base.token);
  return {
    app_token: base.token,
    name: base.name,
    owner: node?.owner ?? null,
    members: node?.members ?? [],
    revision: base.revision,
    is_advanced: base.advanced,
    in_wiki: node?.inWiki ?? false,
    deleted: node === null,
    tables: base.tables.map(({ id, name, count, revision }) => ({
      table_id: id,
      name,
      records: count,
      revision,
    })),
  };
}

/** Everything in the Base, in the read format of search, without lag and without asking for permission. */
function dump(kernel: Kernel, base: Base) {
  return {
    ...brief(kernel, base),
    tables: base.tables.map((table) => {
      const read = {
        kernel,
        base,
        table,
        idType: "open_id",
        origin: "",
        legacy: false,
        textAsArray: true,
      } as const;
      return {
        table_id: table.id,
        name: table.name,
        revision: table.revision,
        fields: table.fields.map(({ id, name, type, property, primary }) => ({
          field_id: id,
          field_name: name,
          type,
          property,
          primary,
        })),
        views: table.views.map(({ id, name, type }) => ({ view_id: id, view_name: name, view_type: type })),
        records: Object.values(table.rows).map((row) => ({
          record_id: row.id,
          fields: readFields(read, row, table.fields),
          created_by: row.createdBy,
          created_time: row.createdAt,
          last_modified_by: row.modifiedBy,
          last_modified_time: row.modifiedAt,
        })),
      };
    }),
  };
}
