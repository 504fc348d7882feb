import { MissingError } from "../../errors.ts";
import type { Ctx } from "../../context.ts";
import { allRecords } from "../records/read.ts";
import { chatsOf, viewSession, type SessionView } from "../sessions/facts.ts";

/** What a pasted list of names, e-mail addresses and mobile numbers means, line by line. */
export interface PastedPeople {
  found: { person: string; name: string }[];
  /** Nobody of that name in the group's chats, no such address in the company. */
  unknown: string[];
  /** Several people have the name: the address tells them apart. */
  ambiguous: string[];
}

const MOST = 1000;
const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;
const MOBILE = /^\+?\d[\d -]{6,18}\d$/;

/** Reads a pasted attendance list against the group's chats, the lecturers and the company's directory. Stores nothing. */
export async function readPasted(ctx: Ctx, input: { session: string; text: string }): Promise<PastedPeople> {
  const view = await viewSession(ctx, input.session);
  if (!view) throw new MissingError("session_missing", `no session ${input.session}`);
  const entries = entriesOf(input.text);
  const byAddress = await byContact(ctx, entries);
  const byName = await peopleByName(ctx, view);
  const result: PastedPeople = { found: [], unknown: [], ambiguous: [] };
  const seen = new Set<string>();
  for (const entry of entries) {
    const address = byAddress.get(entry);
    const people = address ? [address] : (byName.get(entry) ?? []);
    if (people.length > 1) result.ambiguous.push(entry);
    const [one] = people;
    if (!one) result.unknown.push(entry);
    if (people.length !== 1 || !one || seen.has(one.person)) continue;
    seen.add(one.person);
    result.found.push(one);
  }
  return result;
}

/** One entry a line; commas, semicolons, tabs and 、 part them too. */
function entriesOf(text: string): string[] {
  const entries = text
    .split(/[\n\r,;\t，；、]+/)
    .map((entry) => entry.trim())
    .filter(Boolean);
  return [...new Set(entries)].slice(0, MOST);
}

type Known = { person: string; name: string };

async function byContact(ctx: Ctx, entries: readonly string[]): Promise<Map<string, Known>> {
  const emails = entries.filter((entry) => EMAIL.test(entry));
  const mobiles = entries.filter((entry) => MOBILE.test(entry));
  const found = new Map<string, Known>();
  if (emails.length + mobiles.length === 0) return found;
  const ids = await ctx.feishu.contact.batchGetId({ emails, mobiles });
  const known = [...ids.emails, ...ids.mobiles].filter((pair): pair is [string, string] => pair[1] !== null);
  const people = await ctx.feishu.contact.users([...new Set(known.map(([, openId]) => openId))]);
  const names = new Map(people.map(({ openId, name }) => [openId, name]));
  for (const [asked, openId] of known) found.set(asked, { person: openId, name: names.get(openId) ?? asked });
  return found;
}

async function peopleByName(ctx: Ctx, { group }: SessionView): Promise<Map<string, Known[]>> {
  const people = new Map<string, string>();
  for (const chat of chatsOf(group).all)
    for (const { openId, name } of await ctx.feishu.chats.members(chat)) if (name) people.set(openId, name);
  for (const { person, name, state } of await allRecords(ctx, "lecturers"))
    if (person && name && state !== "left") people.set(person, name);
  const byName = new Map<string, Known[]>();
  for (const [person, name] of people) byName.set(name, [...(byName.get(name) ?? []), { person, name }]);
  return byName;
}
