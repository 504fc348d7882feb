import { eq } from "drizzle-orm";
import { InvalidInputError, MissingError } from "../../errors.ts";
import { transaction, type Ctx } from "../../context.ts";
import { audit, workspace } from "../../db/schema.ts";
import { listChats } from "../chats/list-chats.ts";
import { membersOf } from "../people/roles.ts";

export interface PersonChoice {
  person: string;
  name: string;
}

/** Those who run the programme, and who could be added: people of the chats that the admin shares with the bot. */
export async function listAdmins(ctx: Ctx): Promise<{ admins: PersonChoice[]; others: PersonChoice[] }> {
  const { admins } = ctx.workspace;
  const names = new Map((await ctx.feishu.contact.users(admins)).map(({ openId, name }) => [openId, name]));
  const others = new Map<string, string>();
  for (const { id } of await listChats(ctx, ctx.actor))
    for (const { openId, name } of await membersOf(ctx, id))
      if (!admins.includes(openId)) others.set(openId, name);
  return {
    admins: admins.map((person) => ({ person, name: names.get(person) ?? person })),
    others: [...others].map(([person, name]) => ({ person, name })),
  };
}

/** Adds an admin or takes one off; nobody takes off the last one, and the calendar opens to who comes. */
export async function changeAdmins(
  ctx: Ctx,
  { person, to }: { person: string; to: "add" | "remove" },
): Promise<{ admins: number }> {
  if (to === "add") await mustBeKnown(ctx, person);
  const admins = await transaction(ctx, async (tx) => {
    const [space] = await tx.db
      .select()
      .from(workspace)
      .where(eq(workspace.id, tx.workspace.id))
      .for("update");
    if (!space) throw new MissingError("workspace_gone", `no workspace ${tx.workspace.id}`);
    const without = space.admins.filter((one) => one !== person);
    const next = to === "add" ? [...without, person] : without;
    if (next.length === 0)
      throw new InvalidInputError("last_admin", `${person} is the last admin`, {
        words: {
          zh: "至少要留一位管理员。先加上接手的人，再移除。",
          en: "One admin has to stay. Add whoever takes over first.",
        },
      });
    await tx.db.update(workspace).set({ admins: next }).where(eq(workspace.id, space.id));
    await tx.db.insert(audit).values({
      workspace: space.id,
      actor: tx.actor,
      action: `admin.${to}`,
      target: person,
      at: tx.now,
    });
    return next;
  });
  if (to === "add" && ctx.workspace.calendarId && !ctx.workspace.admins.includes(person))
    await ctx.feishu.calendar.addAcl(ctx.workspace.calendarId, person, "writer");
  return { admins: admins.length };
}

async function mustBeKnown(ctx: Ctx, person: string): Promise<void> {
  if (await isInRange(ctx, person)) return;
  throw new InvalidInputError("person_unknown", `${person} is nobody the app can see`, {
    words: {
      zh: "应用看不到这个人：请在管理后台把 TA 放进应用的可用范围。",
      en: "The app cannot see this person: put them into its availability in the admin console.",
    },
  });
}

const unknown = ["NotFoundError", "InvalidRequestError", "UnreachableError"];

async function isInRange(ctx: Ctx, person: string): Promise<boolean> {
  try {
    const [found] = await ctx.feishu.contact.users([person]);
    return found !== undefined && !found.status?.isResigned;
  } catch (error) {
    if (error instanceof Error && unknown.includes(error.name)) return false;
    throw error;
  }
}
