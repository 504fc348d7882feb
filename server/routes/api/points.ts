import { Hono } from "hono";
import { z } from "zod";
import { askAboutEntry } from "../../services/incentive/ask-about-entry.ts";
import { dismissOffer, takeOffer } from "../../services/incentive/offer.ts";
import { answerAward } from "../../services/incentive/share-award.ts";
import { statement } from "../../services/incentive/statement.ts";
import type { ApiEnv } from "./env.ts";
import { body, only } from "./guard.ts";
import { outcomeOf } from "./outcome.ts";
import { ownLecturer } from "./own.ts";

const share = z.object({ award: z.string().min(1).max(200), share: z.boolean() });
const offer = z.object({ offer: z.string().min(1).max(64), take: z.boolean() });
const question = z.object({ entry: z.string().min(1).max(300), text: z.string().trim().min(1).max(500) });

/** `/api/points`: 我的积分与称号. */
export const pointsApi = () =>
  new Hono<ApiEnv>()
    .use("*", only("lecturer"))
    .get("/", async (c) => c.json(await statement(c.get("ctx"), await ownLecturer(c), c.get("language"))))
    .post("/title", body(share), async (c) => {
      const input = { ...c.req.valid("json"), person: c.get("who").openId };
      return c.json(outcomeOf(c.get("ctx"), await answerAward(c.get("ctx"), input)));
    })
    .post("/offer", body(offer), async (c) => {
      const [ctx, { offer: id, take }] = [c.get("ctx"), c.req.valid("json")];
      const input = { offer: id, person: c.get("who").openId };
      const answer = take ? await takeOffer(ctx, input) : await dismissOffer(ctx, { ...input, other: false });
      return c.json(outcomeOf(ctx, answer));
    })
    .post("/question", body(question), async (c) => {
      const input = { ...c.req.valid("json"), lecturer: await ownLecturer(c) };
      return c.json(outcomeOf(c.get("ctx"), await askAboutEntry(c.get("ctx"), input)));
    });
