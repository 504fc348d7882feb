import type { Ctx } from "../../context.ts";
import type { Rec } from "../records/read.ts";
import { askedOfMe, type AskedOfMe } from "./asked-of-me.ts";
import { myTurns, type TurnView } from "./my-turns.ts";

/** 我的下一场 of a lecturer. */
export interface MyNext {
  turns: TurnView[];
  asked: AskedOfMe[];
  /** Whether lecturers may volunteer. */
  volunteering: boolean;
}

export async function myNext(ctx: Ctx, lecturer: Rec<"lecturers">): Promise<MyNext> {
  const [turns, asked] = [await myTurns(ctx, lecturer), await askedOfMe(ctx, lecturer)];
  return { turns, asked, volunteering: ctx.settings.volunteering };
}
