/** What the workspace page needs beside a person's own things: who there is, and where the plugin lies. */
import type { Hono } from "hono";
import { z } from "zod";
import { directory, type Part, type Person } from "../api/directory.ts";
import { type Kernel, slice } from "../kernel.ts";
import { input } from "../lever-input.ts";

interface Workspace {
  /** Address of the sidebar plugin, as an admin enters it for a plugin of one's own. */
  plugin: string | null;
  /** Cookies by which the app's own pages know a person; a browser has them for all ports of a host. */
  cookies: string[];
}

const workspace = slice<Workspace>("workspace", () => ({ plugin: null, cookies: [] }));
const schema = z
  .strictObject({ plugin: z.url().nullable(), cookies: z.array(z.string().regex(/^[\w-]+$/)) })
  .partial();

export function workspaceLevers(app: Hono, kernel: Kernel): void {
  app.get("/sandbox/workspace/settings", (c) => c.json(settings(kernel)));
  app.patch("/sandbox/workspace/settings", async (c) => {
    Object.assign(workspace(kernel.state), await input(c, schema));
    return c.json(settings(kernel));
  });
  // Another person has another browser: the app's pages must not know the one before.
  app.post("/sandbox/workspace/forget", (c) => {
    const { cookies } = workspace(kernel.state);
    for (const name of cookies)
      c.header("set-cookie", `${name}=; Path=/; Max-Age=0; HttpOnly`, { append: true });
    return c.json({ forgotten: cookies });
  });
  app.get("/sandbox/workspace/cast", (c) => c.json({ people: cast(kernel) }));
}

function settings(kernel: Kernel) {
  const apps = Object.values(kernel.apps).map(({ appId, name }) => ({ app_id: appId, name }));
  const tenant_key = Object.values(kernel.apps)[0]?.tenantKey ?? "";
  return { ...workspace(kernel.state), apps, tenant_key };
}

function cast(kernel: Kernel) {
  const { people, departments } = directory(kernel.state);
  const everybody = Object.values(people).filter((person) => !person.resigned);
  const leaders = new Set(everybody.map((person) => person.leader));
  return everybody.map((person) => ({
    open_id: person.open_id,
    name: person.name,
    en_name: person.en_name,
    department: person.department_ids.map((id) => departments[id]?.name ?? "").join(" "),
    job_title: person.job_title,
    part: partOf(person, leaders),
  }));
}

/** Told by whoever made the company, else guessed from the org chart. */
function partOf(person: Person, leaders: ReadonlySet<string | null>): Part {
  if (person.part) return person.part;
  if (person.is_tenant_manager) return "admin";
  return leaders.has(person.open_id) ? "manager" : "learner";
}
