import { Hono } from "hono";
import { placesFor } from "../../services/workspace/places.ts";
import type { ApiEnv } from "./env.ts";

/** `/api/mapping`: where tables and fields are, for writing through the Base SDK. */
export const mappingApi = () =>
  new Hono<ApiEnv>().get("/", (c) => c.json(placesFor(c.get("ctx").workspace.mapping, c.get("roles").admin)));
