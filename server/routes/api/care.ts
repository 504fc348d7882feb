import { Hono } from "hono";
import { z } from "zod";
import { notNeededReasons } from "#domain/messages/actions.ts";
import type { PressAnswer } from "#automations/define.ts";
import type { Ctx } from "../../context.ts";
import { dismissCare, sendCare, takeUpCare } from "../../services/care/act.ts";
import { notesAbout, notesFor } from "../../services/care/notes-shown.ts";
import { answerOutcome, contestCare, optOutOfCare } from "../../services/care/outcome.ts";
import type { ApiEnv } from "./env.ts";
import { body, only } from "./guard.ts";
import { outcomeOf } from "./outcome.ts";
import { ownLecturer } from "./own.ts";

const care = z.string().min(1).max(120);
const act = z.discriminatedUnion("act", [
  z.object({ act: z.literal("send"), care, sentence: z.string().trim().min(1).max(300).optional() }),
  z.object({ act: z.literal("take-up"), care, how: z.enum(["talked", "material", "move"]) }),
  z.object({ act: z.literal("not-needed"), care, why: z.enum(notNeededReasons).optional() }),
  z.object({ act: z.literal("outcome"), care, answer: z.enum(["yes", "some", "no"]) }),
]);
const own = z.object({ care, act: z.enum(["contest", "opt-out"]) });

/** The very verbs of the card; each checks that the note is this person's. */
function run(ctx: Ctx, person: string, given: z.output<typeof act>): Promise<PressAnswer> {
  switch (given.act) {
    case "send":
      return sendCare(ctx, { ...given, person });
    case "take-up":
      return takeUpCare(ctx, { ...given, person });
    case "not-needed":
      return dismissCare(ctx, { ...given, person });
    case "outcome":
      return answerOutcome(ctx, { ...given, person });
  }
}

/** `/api/care`: 关怀提醒 for whom they were written, and for the lecturer what was said of them. */
export const careApi = () =>
  new Hono<ApiEnv>()
    .get("/", only("manager", "admin"), async (c) =>
      c.json({ notes: await notesFor(c.get("ctx"), c.get("who").openId, c.get("language")) }),
    )
    .post("/", only("manager", "admin"), body(act), async (c) => {
      const answer = await run(c.get("ctx"), c.get("who").openId, c.req.valid("json"));
      const outcome = outcomeOf(c.get("ctx"), answer);
      // 不需要 is done at once; the card only offers one more tap for the reason.
      return c.json(answer.card?.template === "care.why" ? { ...outcome, ok: true } : outcome);
    })
    .get("/about-me", only("lecturer"), async (c) =>
      c.json({ notes: await notesAbout(c.get("ctx"), await ownLecturer(c), c.get("language")) }),
    )
    .post("/about-me", only("lecturer"), body(own), async (c) => {
      const { care: key, act: how } = c.req.valid("json");
      const verb = how === "contest" ? contestCare : optOutOfCare;
      const answer = await verb(c.get("ctx"), { care: key, person: c.get("who").openId });
      return c.json(outcomeOf(c.get("ctx"), answer));
    });
