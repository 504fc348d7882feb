import { parseArgs } from "node:util";
import { z } from "zod";
import { deck } from "../people/deck.ts";
import { Wire } from "../people/wire.ts";
import { company, type Company } from "./generate.ts";
import type { Cell, Row, Table } from "./shared.ts";

export interface Bases {
  shared: string;
  admin: string;
}

export type Say = (line: string) => void;

/** Rows a call: well below what a Base takes at once, so that a progress line comes every second or so. */
const BATCH = 200;
/** Tables that a Base of older names may have; the registry knows the same aliases. */
const ALSO: Record<string, string> = { 素材库: "内容", 学员需求: "需求" };

/**
 * Before the server: people, departments, chats with the bot, the app's credentials, two Bases made by the admin with the
 * app as manager. Lecturers edit 「讲台」 through their chats; 「讲台·管理」 is the admins' alone.
 */
export async function setUp(wire: Wire, of: Company, say: Say): Promise<Bases> {
  const { app, org, chats } = of;
  await wire.post("/sandbox/apps", {
    appId: app.app_id,
    appSecret: app.app_secret,
    name: app.name,
    encryptKey: app.encrypt_key,
    verificationToken: app.verification_token,
  });
  await wire.post("/sandbox/org", orgBody(of));
  say(`${org.people.length} people, ${org.departments.length} departments, ${chats.length} chats`);
  const shared = await base(wire, of.bases.shared, of.admin);
  const admin = await base(wire, of.bases.admin, of.admin);
  for (const token of [shared, admin]) await member(wire, token, "app", app.app_id, "full_access");
  for (const person of org.people.filter((entry) => entry.role === "admin" && entry.open_id !== of.admin)) {
    for (const token of [shared, admin]) await member(wire, token, "user", person.open_id, "full_access");
  }
  for (const chat of chats.filter((entry) => entry.audience === "lecturers"))
    await member(wire, shared, "chat", chat.chat_id, "edit");
  for (const person of org.people.filter((entry) => entry.role === "manager"))
    await member(wire, shared, "user", person.open_id, "view");
  say(`two Bases: ${of.bases.shared} ${shared}, ${of.bases.admin} ${admin}`);
  return { shared, admin };
}

/** After `lectern provision`: the rows of 「讲台」, by the admin's hand; with `history` also the past sessions. */
export async function postRows(
  wire: Wire,
  of: Company,
  bases: Bases,
  say: Say,
  history = true,
): Promise<void> {
  const dump = await wire.dump(bases.shared);
  const ids = new Map<string, Map<string, string>>();
  for (const table of history ? [...of.shared, of.history.sessions] : of.shared) {
    const name = dump.has(table.table) ? table.table : (ALSO[table.table] ?? table.table);
    dump.tableId(name);
    ids.set(table.table, await postTable(wire, of, bases.shared, { ...table, table: name }, ids, say));
  }
}

/** Leave and appointments that are already in people's calendars on the first day; later ones come in the walk. */
export async function postCalendars(wire: Wire, of: Company, say: Say): Promise<void> {
  const known = of.calendar.leave.filter((entry) => entry.asked <= of.start);
  for (const entry of known) await wire.leave(entry.open_id, entry);
  for (const entry of of.calendar.busy) await wire.busy(entry.open_id, entry);
  say(`${known.length} leaves, ${of.calendar.busy.length} appointments`);
}

/** The company in the shape of the org lever: Feishu's names, without what only the case knows of a person. */
function orgBody(of: Company): object {
  const people = of.org.people.map(
    ({ role, groups: _groups, leader_user_id, nickname: _nickname, ...person }) => ({
      ...person,
      leader: leader_user_id || null,
      part: role,
      is_tenant_manager: role === "admin",
    }),
  );
  const departments = of.org.departments.map(({ parent_department_id, leader_user_id, ...department }) => ({
    ...department,
    parent: parent_department_id,
    leader: leader_user_id || null,
  }));
  const chats = of.chats.map((chat) => ({
    chat_id: chat.chat_id,
    name: chat.name,
    owner: chat.owner_id,
    members: chat.members,
    bots: chat.bot ? [of.app.app_id] : [],
  }));
  return { departments, people, chats };
}

async function base(wire: Wire, name: string, owner: string): Promise<string> {
  const reply = await wire.post("/sandbox/bases", { name, owner, time_zone: "Asia/Shanghai" });
  return z.object({ app_token: z.string() }).parse(reply).app_token;
}

async function member(wire: Wire, token: string, type: string, id: string, perm: string): Promise<void> {
  await wire.post(`/sandbox/bases/${token}/members`, { member_id: id, type, perm });
}

type Ids = Map<string, Map<string, string>>;

async function postTable(
  wire: Wire,
  of: Company,
  token: string,
  table: Table,
  ids: Ids,
  say: Say,
): Promise<Map<string, string>> {
  const own = new Map<string, string>();
  for (let from = 0; from < table.rows.length; from += BATCH) {
    const rows = table.rows.slice(from, from + BATCH);
    const create: { fields: Record<string, Cell> }[] = [];
    for (const row of rows) create.push({ fields: await written(wire, of, token, table, row, ids) });
    const reply = await wire.post("/sandbox/act", { as: of.admin, base: token, table: table.table, create });
    const made = z.object({ record_ids: z.array(z.string()) }).parse(reply).record_ids;
    rows.forEach((row, index) => own.set(row.key, made[index] ?? ""));
    say(`${table.table}: ${own.size} of ${table.rows.length}`);
  }
  return own;
}

/** The row with its links resolved to record ids and its files uploaded. */
async function written(
  wire: Wire,
  of: Company,
  token: string,
  table: Table,
  row: Row,
  ids: Ids,
): Promise<Record<string, Cell>> {
  const fields = { ...row.fields };
  for (const [field, target] of Object.entries(table.links)) {
    const keys = fields[field] as string[] | undefined;
    if (keys)
      fields[field] = keys.map((key) => ids.get(target)?.get(key) ?? unknownKey(table, row, field, key));
  }
  for (const field of table.files) {
    const names = fields[field] as string[] | undefined;
    if (names) fields[field] = await Promise.all(names.map((name) => attach(wire, of, token, row, name)));
  }
  return fields;
}

async function attach(
  wire: Wire,
  of: Company,
  token: string,
  row: Row,
  name: string,
): Promise<{ file_token: string }> {
  const author = (row.fields["作者"] as { id: string }[] | undefined)?.[0]?.id ?? of.admin;
  const speaker = of.org.people.find((person) => person.open_id === author)?.name ?? "";
  const topic = ((row.fields["主题"] as string[] | undefined) ?? [])[0] ?? row.key;
  const text = `# ${row.key}\n\n主题:${topic}\n\n- 问题\n- 案例\n- 解决方案\n`;
  const bytes = name.endsWith(".pptx") ? await deck(row.key, topic, speaker) : new TextEncoder().encode(text);
  return { file_token: await wire.upload(of.admin, token, name, bytes) };
}

function unknownKey(table: Table, row: Row, field: string, key: string): never {
  throw new Error(`${table.table}, row ${row.key}, ${field}: no row ${key} was posted before it`);
}

/** The two Bases of a company that was set up earlier, by name; null if they are not there. */
export async function findBases(wire: Wire, of: Company): Promise<Bases | null> {
  const reply = z
    .object({ bases: z.array(z.object({ app_token: z.string(), name: z.string() })) })
    .parse(await wire.get("/sandbox/bases"));
  const named = (name: string) => reply.bases.find((entry) => entry.name === name)?.app_token;
  const [shared, admin] = [named(of.bases.shared), named(of.bases.admin)];
  return shared && admin ? { shared, admin } : null;
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      sandbox: { type: "string" },
      seed: { type: "string", default: "1" },
      step: { type: "string", default: "set-up" },
      "no-history": { type: "boolean", default: false },
    },
  });
  if (!values.sandbox) throw new Error("--sandbox URL is missing");
  const wire = new Wire(values.sandbox);
  const of = company(Number(values.seed));
  const say: Say = (line) => void process.stderr.write(`${line}\n`);
  if (values.step === "set-up") {
    await wire.post("/sandbox/clock/set", { now: of.start });
    process.stdout.write(`${JSON.stringify(await setUp(wire, of, say))}\n`);
    return;
  }
  const bases = await findBases(wire, of);
  if (!bases) throw new Error("the Bases are not there yet: run the step set-up first");
  if (values.step === "rows") await postRows(wire, of, bases, say, !values["no-history"]);
  else if (values.step === "calendars") await postCalendars(wire, of, say);
  else throw new Error(`--step ${values.step}: known are set-up, rows, calendars`);
  process.stdout.write(`${JSON.stringify(bases)}\n`);
}

if (import.meta.url === `file://${process.argv[1]}`) await main();
