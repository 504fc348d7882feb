import type { PatchOf } from "#base/index.ts";
import { tableMappingOf } from "#base/mapping.ts";
import type { Ctx } from "../../context.ts";
import type { Person } from "../../feishu/gateway.ts";
import { RowReader } from "./import-cells.ts";
import { matchColumns } from "./import-columns.ts";
import { type Known, knownRows } from "./import-known.ts";
import { nothing, type Prepared, type Sheet, type Skipped, step } from "./import-types.ts";

interface Draft {
  readonly row: number;
  readonly lecturer: PatchOf<"lecturers">;
  readonly profile: PatchOf<"profiles">;
  readonly points: number;
}

/** Lecturers from a sheet: accounts by e-mail, mobile, open_id, or by name among the members of their group's chat. */
export async function prepareLecturers(
  ctx: Ctx,
  sheet: Sheet,
  chosen?: Record<string, string>,
): Promise<Prepared> {
  const { columns, unused } = matchColumns("lecturers", sheet, chosen);
  const readers = sheet.rows.map((row) => new RowReader(sheet, columns, row));
  const groups = await knownRows(ctx, "groups");
  const finder = await accountFinder(ctx, readers, groups);
  const drafts = readers.map((reader) => draftOf(ctx, reader, groups, finder(reader)));
  const good = drafts.filter((_, index) => readers[index]?.errors.length === 0);
  const prepared = await prepareDrafts(ctx, good);
  return { ...prepared, columns, unused, errors: readers.flatMap((reader) => reader.errors) };
}

/** Members of a chat as lecturers; `groups` are record ids of 讲师群. */
export async function prepareChat(ctx: Ctx, input: { chatId: string; groups?: string[] }): Promise<Prepared> {
  const members = await ctx.feishu.chats.members(input.chatId);
  const drafts = members.map(({ openId, name }, index) => ({
    row: index + 1,
    lecturer: { name, state: "active" as const, person: openId, groups: input.groups },
    profile: {},
    points: 0,
  }));
  return prepareDrafts(ctx, drafts);
}

async function prepareDrafts(ctx: Ctx, drafts: readonly Draft[]): Promise<Prepared> {
  const there = new Map((await knownRows(ctx, "lecturers")).map((row) => [row.person, row.name ?? ""]));
  const skipped: Skipped[] = [];
  const fresh = drafts.filter(({ row, lecturer }) => {
    const name = there.get(lecturer.person ?? undefined);
    if (name === undefined) {
      there.set(lecturer.person ?? undefined, lecturer.name ?? "");
      return true;
    }
    const why = { zh: "已经在讲师表里", en: "is in the table of lecturers already" };
    skipped.push({ row, value: lecturer.name ?? name, why });
    return false;
  });
  const people = await peopleOf(ctx, fresh);
  const steps = [
    step(
      "lecturers",
      fresh.map((draft) => () => withManager(draft.lecturer, people)),
    ),
  ];
  const profiled = fresh.flatMap((draft, index) =>
    Object.values(draft.profile).some((value) => value !== undefined) ? [{ ...draft, index }] : [],
  );
  if (profiled.length > 0)
    steps.push(
      step(
        "profiles",
        profiled.map(({ lecturer, profile, index }) => (made) => ({
          lecturer: lecturer.name,
          account: lecturer.person,
          lecturerRecord: made["lecturers"]?.[index],
          ...profile,
        })),
      ),
    );
  const ledger = fresh.flatMap(({ points }, index) =>
    points === 0
      ? []
      : [
          {
            lecturer: (made: Record<string, string[]>) => made["lecturers"]?.[index] ?? "",
            points,
            reason: openingReason(ctx),
          },
        ],
  );
  return { ...nothing(), skipped, steps, ledger, newOptions: newOptionsOf(ctx, fresh) };
}

const openingReason = (ctx: Ctx): string =>
  ctx.workspace.language === "zh" ? "期初积分（导入）" : "Opening points (imported)";

function draftOf(
  ctx: Ctx,
  reader: RowReader,
  groups: readonly Known<"groups">[],
  person: string | undefined,
): Draft {
  const zone = ctx.workspace.timezone;
  const months = { min: 0, max: 31, whole: true };
  const expertise = reader.list("expertise");
  const windows = reader.has("windows") ? reader.windows("windows") : undefined;
  const lecturer: PatchOf<"lecturers"> = {
    name: reader.text("name"),
    state: "active",
    person,
    groups: groupsOf(reader, groups),
    expertise: expertise.length > 0 ? expertise : undefined,
    levels: reader.levels("levels"),
    windows,
    windowsExact: reader.windowsExact("windowsExact"),
    maxPerMonth: reader.amount("maxPerMonth", months),
    minGapWeeks: reader.amount("minGapWeeks", { min: 0, max: 26, whole: true }),
    joined: reader.dayStart("joined", zone),
  };
  const profile: PatchOf<"profiles"> = {
    weight: reader.amount("weight", { min: 0.01, max: 100 }),
    credit: reader.amount("credit", { min: -1000, max: 1000, whole: true }),
    note: reader.text("note"),
  };
  const points = reader.amount("points", { min: -100_000, max: 100_000 }) ?? 0;
  return { row: reader.number, lecturer, profile, points: Math.round(points * 100) };
}

function groupsOf(reader: RowReader, groups: readonly Known<"groups">[]): string[] | undefined {
  const named = reader
    .list("groups")
    .map((name) => ({ name, id: groups.find((group) => group.name?.trim() === name)?.recordId }));
  const bad = named.find(({ id }) => id === undefined);
  if (bad)
    return reader.refuse("groups", {
      zh: `「讲师群」表里的群（没有「${bad.name}」）`,
      en: `groups of the table Groups (no “${bad.name}”)`,
    });
  return named.length > 0 ? named.flatMap(({ id }) => (id === undefined ? [] : [id])) : undefined;
}

type Finder = (reader: RowReader) => string | undefined;

async function accountFinder(
  ctx: Ctx,
  readers: readonly RowReader[],
  groups: readonly Known<"groups">[],
): Promise<Finder> {
  const values = (key: string) => [...new Set(readers.flatMap((reader) => reader.text(key) ?? []))];
  const { emails, mobiles } = await ctx.feishu.contact.batchGetId({
    emails: values("email"),
    mobiles: values("mobile"),
  });
  const byName = readers.some(needsName) ? await membersByName(ctx, groups) : new Map<string, string[]>();
  return (reader) => {
    const account = reader.text("account");
    if (account !== undefined)
      return /^ou_\w+$/u.test(account)
        ? account
        : reader.refuse("account", { zh: "open_id，如 ou_…", en: "an open_id such as ou_…" });
    const found = emails.get(reader.text("email") ?? "") ?? mobiles.get(reader.text("mobile") ?? "");
    if (found) return found;
    if (!needsName(reader)) return reader.refuse(reader.has("email") ? "email" : "mobile", notFound);
    const same = byName.get(reader.text("name") ?? "") ?? [];
    if (same.length === 1) return same[0];
    return reader.has("name")
      ? reader.refuse("name", same.length === 0 ? notInChat : sameName(same.length))
      : undefined;
  };
}

const needsName = (reader: RowReader): boolean =>
  !["account", "email", "mobile"].some((key) => reader.has(key));
const notFound = {
  zh: "公司通讯录里、应用可见范围内的人",
  en: "somebody of the company's directory within the app's range",
};
const notInChat = {
  zh: "讲师群聊里的人，或另加邮箱、手机一列",
  en: "a member of a lecturers' chat, or an e-mail or mobile beside the name",
};
const sameName = (n: number) => ({
  zh: `唯一的名字（群里有 ${n} 人同名，请加邮箱或手机）`,
  en: `a unique name (${n} have it: add e-mail or mobile)`,
});

async function membersByName(ctx: Ctx, groups: readonly Known<"groups">[]): Promise<Map<string, string[]>> {
  const byName = new Map<string, Set<string>>();
  for (const chat of new Set(groups.flatMap((group) => group.chat ?? [])))
    for (const { name, openId } of await ctx.feishu.chats.members(chat))
      byName.set(name, (byName.get(name) ?? new Set()).add(openId));
  return new Map([...byName].map(([name, ids]) => [name, [...ids]]));
}

async function peopleOf(ctx: Ctx, drafts: readonly Draft[]): Promise<Map<string, Person>> {
  const ids = drafts.flatMap(({ lecturer }) => lecturer.person ?? []);
  if (ids.length === 0) return new Map();
  return new Map((await ctx.feishu.contact.users(ids)).map((person) => [person.openId, person]));
}

/** The manager is the contact's leader, written back so that it can be corrected by hand. */
function withManager(
  lecturer: PatchOf<"lecturers">,
  people: ReadonlyMap<string, Person>,
): PatchOf<"lecturers"> {
  const person = people.get(lecturer.person ?? "");
  return { ...lecturer, name: lecturer.name || person?.name, manager: person?.leaderOpenId || undefined };
}

function newOptionsOf(ctx: Ctx, drafts: readonly Draft[]): string[] {
  const options = tableMappingOf(ctx.workspace.mapping, "lecturers").fields["expertise"]?.options ?? {};
  const known = new Set(Object.values(options).map(({ name }) => name));
  const used = drafts.flatMap(({ lecturer }) => lecturer.expertise ?? []);
  return [...new Set(used)].filter((name) => !known.has(name));
}
