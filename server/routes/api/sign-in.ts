import { Hono } from "hono";
import { z } from "zod";
import { MissingError, SignInRequiredError } from "../../errors.ts";
import { beginPluginSignIn } from "../../services/sign-in/plugin-begin.ts";
import {
  collectPluginTokens,
  endPluginSignIn,
  renewPluginTokens,
} from "../../services/sign-in/plugin-tokens.ts";
import type { ApiOptions } from "./env.ts";
import { body } from "./guard.ts";
import { paced } from "./paced.ts";

const secret = z.string().regex(/^[\w-]{32,128}$/);
/** base64url of 32 bytes (RFC 7636 §4.2). */
const challenge = z.string().regex(/^[\w-]{43}$/);

/** `/api/sign-in`: for a sidebar that is nobody yet. Who it becomes is said in a browser, never by it. */
export function signInApi(options: ApiOptions) {
  const now = () => options.clock.now();
  return (
    new Hono()
      // Whether there is a server at all; says nothing else.
      .get("/", (c) => c.json({ open: true }))
      .post("/begin", paced(options, { most: 60, perMs: 60_000 }), body(z.object({ challenge })), async (c) =>
        c.json(
          await beginPluginSignIn(
            { db: options.db, now: now(), publicUrl: options.publicUrl() },
            c.req.valid("json"),
          ),
        ),
      )
      .post(
        "/token",
        paced(options, { most: 600, perMs: 60_000 }),
        body(z.object({ request: secret, verifier: secret })),
        async (c) => {
          const collected = await collectPluginTokens(options.db, now(), c.req.valid("json"));
          if (collected.state === "gone")
            throw new MissingError("request_gone", "the sign-in request is refused, used or too old");
          return c.json(collected);
        },
      )
      .post(
        "/refresh",
        paced(options, { most: 600, perMs: 60_000 }),
        body(z.object({ refresh: secret })),
        async (c) => {
          const tokens = await renewPluginTokens(options.db, now(), c.req.valid("json").refresh);
          if (!tokens) throw new SignInRequiredError("signed_out", "the refresh token holds nothing");
          return c.json(tokens);
        },
      )
      .post("/out", body(z.object({ refresh: secret })), async (c) => {
        await endPluginSignIn(options.db, c.req.valid("json").refresh);
        return c.json({ ok: true });
      })
  );
}
