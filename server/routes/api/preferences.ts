import { Hono } from "hono";
import { z } from "zod";
import { motivations } from "#domain/messages/actions.ts";
import { kinds } from "#domain/messages/declinable.ts";
import { setWanted } from "../../services/messages/wanted.ts";
import { choosePreference } from "../../services/preference/choose.ts";
import { setConsent } from "../../services/preference/consent.ts";
import { myPreferences } from "../../services/preference/my-preferences.ts";
import type { ApiEnv } from "./env.ts";
import { body, only } from "./guard.ts";
import { outcomeOf } from "./outcome.ts";
import { ownLecturer } from "./own.ts";

const motivation = z.object({ choice: z.enum(motivations), also: z.enum(motivations).optional() });
const messages = z.object({ kind: z.enum(kinds), wanted: z.boolean() });
const shown = z.object({ what: z.enum(["quotes"]), given: z.boolean() });

/** `/api/preferences`: what only the server keeps; times and expertise go into the lecturer's own row of the Base. */
export const preferencesApi = () =>
  new Hono<ApiEnv>()
    .use("*", only("lecturer"))
    .get("/", async (c) =>
      c.json(await myPreferences(c.get("ctx"), await ownLecturer(c), c.get("who").openId)),
    )
    .post("/motivation", body(motivation), async (c) => {
      const { choice, also } = c.req.valid("json");
      // A second choice is always given, so that the verb asks no further.
      const input = { person: c.get("who").openId, choice, also: also ?? choice };
      return c.json(outcomeOf(c.get("ctx"), await choosePreference(c.get("ctx"), input)));
    })
    .post("/shown", body(shown), async (c) => {
      await setConsent(c.get("ctx"), { ...c.req.valid("json"), person: c.get("who").openId });
      return c.json({ ok: true });
    })
    .post("/messages", body(messages), async (c) => {
      await setWanted(c.get("ctx"), { ...c.req.valid("json"), person: c.get("who").openId });
      return c.json({ ok: true });
    });
