import type { Ctx } from "../../context.ts";
import { getRecord } from "../records/read.ts";
import { myNext, type MyNext } from "../turns/my-next.ts";
import { openSlots, type OpenSlot } from "../turns/open-slots.ts";
import type { PluginRoles } from "./plugin-roles.ts";
import { whoAmI, type Me } from "./who-am-i.ts";

/** What the sidebar needs to draw a person's first screen, in one answer. */
export interface FirstScreen {
  me: Me;
  /** For those who arrive at 我的下一场. */
  next: { turns: MyNext; open: { slots: OpenSlot[] } } | null;
}

/** Who a person is, and what the screen they arrive at shows: admins arrive elsewhere and ask for that themselves. */
export async function firstScreen(
  ctx: Ctx,
  who: { openId: string; name: string },
  roles: PluginRoles,
): Promise<FirstScreen> {
  const me = await whoAmI(ctx, who, roles);
  const lecturer = roles.lecturer && !roles.admin ? await getRecord(ctx, "lecturers", roles.lecturer) : null;
  if (!lecturer) return { me, next: null };
  return {
    me,
    next: { turns: await myNext(ctx, lecturer), open: { slots: await openSlots(ctx, lecturer) } },
  };
}
