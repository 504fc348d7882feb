import type { Ctx } from "../../context.ts";
import type { Rec } from "../records/read.ts";
import { documentMade, type DocumentMade } from "../effects/document-made.ts";
import { outlineKey } from "./start-outline.ts";

/** The outline made for a session's lecturer, if one was asked for. */
export const outlineOf = (ctx: Ctx, session: Rec<"sessions">): Promise<DocumentMade> =>
  documentMade(ctx, outlineKey(session.id, session.lecturer ?? "", ""));
