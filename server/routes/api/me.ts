import { Hono, type Context } from "hono";
import { MissingError } from "../../errors.ts";
import { firstScreen, type FirstScreen } from "../../services/people/first-screen.ts";
import { type Me, whoAmI } from "../../services/people/who-am-i.ts";
import type { ApiEnv, ApiOptions } from "./env.ts";
import { placeOf, signedIn } from "./guard.ts";

type Found<T> = { setUp: false } | ({ setUp: true } & T);

/** `/api/me`: who the sidebar's person is here. A Base that nobody has set up is an answer, for a new programme begins in one. */
export function meApi(options: ApiOptions) {
  const placeIn = (c: Context<ApiEnv>) =>
    placeOf(options, c.get("who").openId, c.req.header("x-lectern-base")).catch((error: unknown) => {
      if (error instanceof MissingError && error.code === "not_set_up") return null;
      throw error;
    });
  return new Hono<ApiEnv>()
    .use("*", signedIn(options))
    .get("/", async (c) => {
      const place = await placeIn(c);
      const found: Found<Me> = place
        ? { setUp: true, ...(await whoAmI(place.ctx, c.get("who"), place.roles)) }
        : { setUp: false };
      return c.json(found);
    })
    .get("/first", async (c) => {
      const place = await placeIn(c);
      const found: Found<FirstScreen> = place
        ? { setUp: true, ...(await firstScreen(place.ctx, c.get("who"), place.roles)) }
        : { setUp: false };
      return c.json(found);
    });
}
