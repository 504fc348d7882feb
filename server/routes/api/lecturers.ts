import { Hono } from "hono";
import { z } from "zod";
import { adjustPoints } from "../../services/incentive/adjust.ts";
import { listLecturers } from "../../services/lecturers/list-lecturers.ts";
import { saveProfile } from "../../services/lecturers/save-profile.ts";
import { viewLecturer } from "../../services/lecturers/view-lecturer.ts";
import type { ApiEnv } from "./env.ts";
import { body, only } from "./guard.ts";
import { act } from "./shapes.ts";

const profile = z.object({
  weight: z.number().nullable().optional(),
  credit: z.number().nullable().optional(),
  note: z.string().max(2000).nullable().optional(),
  act,
});
const correction = z.object({ points: z.number(), reason: z.string().max(500), act });

/** `/api/lecturers`: everybody of the programme, with what only admins see. */
export const lecturersApi = () =>
  new Hono<ApiEnv>()
    .use("*", only("admin"))
    .get("/", async (c) => c.json(await listLecturers(c.get("ctx"))))
    .get("/:id", async (c) => c.json(await viewLecturer(c.get("ctx"), c.req.param("id"))))
    .post("/:id/profile", body(profile), async (c) =>
      c.json(await saveProfile(c.get("ctx"), { lecturer: c.req.param("id"), ...c.req.valid("json") }), 202),
    )
    .post("/:id/points", body(correction), async (c) => {
      const { act: id, points, reason } = c.req.valid("json");
      const person = c.get("who").openId;
      const input = { id, lecturer: c.req.param("id"), points, reason, person };
      return c.json(await adjustPoints(c.get("ctx"), input));
    });
