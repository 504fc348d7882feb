import { Hono } from "hono";
import { MissingError } from "../../errors.ts";
import { type Me, whoAmI } from "../../services/people/who-am-i.ts";
import type { ApiEnv, ApiOptions } from "./env.ts";
import { placeOf, signedIn } from "./guard.ts";

/** `/api/me`: who the sidebar's person is here. A Base that nobody has set up is an answer, for a new programme begins in one. */
export const meApi = (options: ApiOptions) =>
  new Hono<ApiEnv>().get("/", signedIn(options), async (c) => {
    const who = c.get("who");
    const place = await placeOf(options, who.openId, c.req.header("x-lectern-base")).catch((error) => {
      if (error instanceof MissingError && error.code === "not_set_up") return null;
      throw error;
    });
    const found: { setUp: false } | ({ setUp: true } & Me) = place
      ? { setUp: true, ...(await whoAmI(place.ctx, who, place.roles)) }
      : { setUp: false };
    return c.json(found);
  });
