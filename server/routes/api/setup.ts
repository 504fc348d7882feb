import { Hono } from "hono";
import { z } from "zod";
import type { Workspace } from "../../context.ts";
import { InvalidInputError } from "../../errors.ts";
import { baseRights } from "../../services/workspace/base-rights.ts";
import { baseToken } from "../../services/workspace/base-token.ts";
import { beginSetUp } from "../../services/workspace/begin-set-up.ts";
import { setUpState } from "../../services/workspace/set-up-state.ts";
import type { ApiEnv, ApiOptions } from "./env.ts";
import { body, signedIn } from "./guard.ts";
import { paced } from "./paced.ts";

const place = z.string().trim().min(1).max(500);

/** `/api/setup`: two Bases become a workspace. Nobody has a role yet: what counts is who manages the Bases. */
export function setupApi(options: ApiOptions) {
  const { db, feishu, clock, log } = options;
  const deps = {
    db,
    feishu,
    clock,
    log,
    contextOf: (space: Workspace, actor: string) => options.contextOf(space, actor),
  };
  const slowly = paced(options, { most: 30, perMs: 60_000 });
  return new Hono<ApiEnv>()
    .use("*", signedIn(options))
    .post("/check", slowly, body(z.object({ base: place })), async (c) => {
      const language = c.get("language");
      const token = tokenOf(c.req.valid("json").base);
      const { next, ...rights } = await baseRights(feishu, token, c.get("who").openId);
      return c.json({ ...rights, next: next?.[language] ?? null });
    })
    .post("/", slowly, body(z.object({ shared: place, admin: place })), async (c) => {
      const { shared, admin } = c.req.valid("json");
      const input = {
        person: c.get("who").openId,
        shared: tokenOf(shared),
        admin: tokenOf(admin),
        language: c.get("language"),
      };
      const { done } = await beginSetUp(deps, input);
      void done.then(
        () => options.wake(),
        (error: unknown) => log.error({ error: String(error) }, "set-up could not be noted down"),
      );
      return c.json({ begun: true }, 202);
    })
    .get("/:base", async (c) =>
      c.json(
        await setUpState(db, {
          base: tokenOf(c.req.param("base")),
          person: c.get("who").openId,
          language: c.get("language"),
        }),
      ),
    );
}

function tokenOf(text: string): string {
  const token = baseToken(text);
  if (token === null)
    throw new InvalidInputError("base_link", `expected the link or app_token of a Base, got ${text}`, {
      words: {
        zh: "这不像多维表格的链接。请打开那张多维表格，复制地址栏里的链接。",
        en: "This does not look like a Base's link. Open that Base and copy the link of the address bar.",
      },
    });
  return token;
}
