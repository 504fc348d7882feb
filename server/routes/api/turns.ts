import { Hono } from "hono";
import { z } from "zod";
import type { PressAnswer } from "#automations/define.ts";
import { declineReasons } from "#domain/messages/actions.ts";
import { acceptTurn } from "../../services/turns/answer.ts";
import { declineTurn } from "../../services/turns/decline.ts";
import { moveTurn, offerDates } from "../../services/turns/move.ts";
import { myNext } from "../../services/turns/my-next.ts";
import { openSlots } from "../../services/turns/open-slots.ts";
import { pickTopic } from "../../services/turns/pick-topic.ts";
import {
  acceptSubstitution,
  declineSubstitution,
  searchSubstitute,
} from "../../services/turns/substitute.ts";
import { answerSwap, chooseSwap, proposeSwap } from "../../services/turns/swap.ts";
import { volunteer } from "../../services/turns/volunteer.ts";
import type { ApiEnv } from "./env.ts";
import { body, only } from "./guard.ts";
import { outcomeOf } from "./outcome.ts";
import { ownLecturer, ownSession } from "./own.ts";

const id = z.string().min(1).max(64);
const dates = z.object({ dates: z.array(z.object({ start: z.number() })) });
const peers = z.object({
  peers: z.array(z.object({ session: z.string(), lecturer: z.string(), start: z.number() })),
});
const answer = z.discriminatedUnion("act", [
  z.object({ act: z.literal("accept") }),
  z.object({ act: z.literal("move"), start: z.int() }),
  z.object({ act: z.literal("decline"), reason: z.enum(declineReasons) }),
  z.object({ act: z.literal("substitute") }),
  z.object({ act: z.literal("swap"), with: id }),
  z.object({ act: z.literal("topic"), topic: id }),
]);
const reply = z.object({
  kind: z.enum(["substitute", "swap"]),
  id: z.string().min(1).max(128),
  yes: z.boolean(),
});
/** What the verb would ask on its card, as the choices of a screen; none when it refused. */
const choicesOf = <S extends z.ZodType>(shape: S, { card }: PressAnswer, none: z.output<S>) =>
  card ? shape.parse(card.data) : none;

/** `/api/turns`: 我的下一场. Every act is a verb of the cards. */
export const turnsApi = () =>
  new Hono<ApiEnv>()
    .use("*", only("lecturer"))
    .get("/", async (c) => c.json(await myNext(c.get("ctx"), await ownLecturer(c))))
    .get("/open", async (c) => c.json({ slots: await openSlots(c.get("ctx"), await ownLecturer(c)) }))
    .get("/:session/dates", async (c) => {
      const { session } = await ownSession(c, c.req.param("session"));
      const asked = await offerDates(c.get("ctx"), { session: session.id, person: c.get("who").openId });
      return c.json(choicesOf(dates, asked, { dates: [] }));
    })
    .get("/:session/peers", async (c) => {
      const { session } = await ownSession(c, c.req.param("session"));
      const asked = await chooseSwap(c.get("ctx"), { session: session.id, person: c.get("who").openId });
      return c.json(choicesOf(peers, asked, { peers: [] }));
    })
    .post("/:session/answer", body(answer), async (c) => {
      const { session } = await ownSession(c, c.req.param("session"));
      const [ctx, given] = [c.get("ctx"), c.req.valid("json")];
      const who = { session: session.id, person: c.get("who").openId };
      switch (given.act) {
        case "accept":
          return c.json(outcomeOf(ctx, await acceptTurn(ctx, who)));
        case "move":
          return c.json(outcomeOf(ctx, await moveTurn(ctx, { ...who, start: given.start })));
        case "decline":
          return c.json(outcomeOf(ctx, await declineTurn(ctx, { ...who, reason: given.reason })));
        case "substitute":
          return c.json(outcomeOf(ctx, await searchSubstitute(ctx, who)));
        case "swap":
          return c.json(outcomeOf(ctx, await proposeSwap(ctx, { ...who, with: given.with })));
        case "topic":
          return c.json(outcomeOf(ctx, await pickTopic(ctx, { ...who, topic: given.topic })));
      }
    })
    .post("/:session/volunteer", async (c) => {
      const input = { session: c.req.param("session"), person: c.get("who").openId };
      return c.json(outcomeOf(c.get("ctx"), await volunteer(c.get("ctx"), input)));
    })
    .post("/asked", body(reply), async (c) => {
      const [ctx, person, given] = [c.get("ctx"), c.get("who").openId, c.req.valid("json")];
      if (given.kind === "swap")
        return c.json(outcomeOf(ctx, await answerSwap(ctx, { swap: given.id, person, agree: given.yes })));
      const verb = given.yes ? acceptSubstitution : declineSubstitution;
      return c.json(outcomeOf(ctx, await verb(ctx, { session: given.id, person })));
    });
