import { Hono } from "hono";
import { z } from "zod";
import { nudge } from "../../services/admin/nudge.ts";
import { resolveSession } from "../../services/admin/resolve-session.ts";
import { addAttendees } from "../../services/attendance/add-attendees.ts";
import { readPasted } from "../../services/attendance/read-pasted.ts";
import { moveTargets } from "../../services/schedule/conflicts.ts";
import { sessionForAdmin } from "../../services/sessions/admin-view.ts";
import { assignLecturer } from "../../services/sessions/assign-lecturer.ts";
import { decideHeld } from "../../services/sessions/decide-held.ts";
import { acceptTurn } from "../../services/turns/answer.ts";
import { listCandidates } from "../../services/turns/list-candidates.ts";
import { searchSubstitute } from "../../services/turns/substitute.ts";
import type { ApiEnv } from "./env.ts";
import { body, only, query } from "./guard.ts";
import { outcomeOf } from "./outcome.ts";

const id = z.string().min(1).max(64);
const days = z.object({
  from: z.coerce.number().int().positive(),
  to: z.coerce.number().int().positive(),
  time: z
    .string()
    .regex(/^([01]\d|2[0-3]):[0-5]\d$/)
    .optional(),
});
const pasted = z.object({ text: z.string().max(60_000) });
const act = z.discriminatedUnion("act", [
  z.object({ act: z.literal("confirm") }),
  z.object({ act: z.literal("nudge"), what: z.enum(["turn", "content"]).optional() }),
  z.object({ act: z.literal("substitute") }),
  z.object({ act: z.literal("assign"), lecturer: id }),
  z.object({ act: z.literal("held") }),
  z.object({ act: z.literal("not-held") }),
  z.object({ act: z.enum(["merge", "replay"]) }),
]);

/** `/api/sessions`: one 分享 as its admin sees it, and what can be done about it. */
export const sessionsApi = () =>
  new Hono<ApiEnv>()
    .use("*", only("admin"))
    .get("/:id", async (c) => c.json(await sessionForAdmin(c.get("ctx"), c.req.param("id"))))
    .get("/:id/candidates", async (c) =>
      c.json({ candidates: await listCandidates(c.get("ctx"), c.req.param("id")) }),
    )
    .get("/:id/targets", query(days), async (c) =>
      c.json(await moveTargets(c.get("ctx"), { session: c.req.param("id"), ...c.req.valid("query") })),
    )
    .post("/:id/act", body(act), async (c) => {
      const ctx = c.get("ctx");
      const said = c.req.valid("json");
      const about = { session: c.req.param("id"), person: c.get("who").openId };
      switch (said.act) {
        case "confirm":
          return c.json(outcomeOf(ctx, await acceptTurn(ctx, about)));
        case "nudge":
          return c.json(
            outcomeOf(ctx, await nudge(ctx, { ...about, ...(said.what ? { what: said.what } : {}) })),
          );
        case "substitute":
          return c.json(outcomeOf(ctx, await searchSubstitute(ctx, about)));
        case "assign":
          return c.json(outcomeOf(ctx, await assignLecturer(ctx, { ...about, lecturer: said.lecturer })));
        case "held":
        case "not-held":
          return c.json(outcomeOf(ctx, await decideHeld(ctx, { ...about, held: said.act === "held" })));
        default:
          return c.json(outcomeOf(ctx, await resolveSession(ctx, { ...about, how: said.act })));
      }
    })
    .post("/:id/attendance/read", body(pasted), async (c) => {
      const { found, unknown, ambiguous } = await readPasted(c.get("ctx"), {
        session: c.req.param("id"),
        ...c.req.valid("json"),
      });
      return c.json({ found: found.map(({ name }) => name), unknown, ambiguous });
    })
    .post("/:id/attendance", body(pasted), async (c) =>
      c.json(
        await addAttendees(c.get("ctx"), {
          session: c.req.param("id"),
          person: c.get("who").openId,
          ...c.req.valid("json"),
        }),
      ),
    );
