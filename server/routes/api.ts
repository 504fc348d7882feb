import { Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { cors } from "hono/cors";
import { MissingError } from "../errors.ts";
import { apiError } from "./api/api-error.ts";
import { careApi } from "./api/care.ts";
import { changesApi } from "./api/changes.ts";
import { chatsApi } from "./api/chats.ts";
import { demandApi } from "./api/demand.ts";
import { echoApi } from "./api/echo.ts";
import type { ApiEnv, ApiOptions } from "./api/env.ts";
import { fairnessApi } from "./api/fairness.ts";
import { groupsApi } from "./api/groups.ts";
import { bearer } from "./api/guard.ts";
import { importsApi } from "./api/imports.ts";
import { lecturersApi } from "./api/lecturers.ts";
import { mappingApi } from "./api/mapping.ts";
import { meApi } from "./api/me.ts";
import { messagesApi } from "./api/messages.ts";
import { pointsApi } from "./api/points.ts";
import { preferencesApi } from "./api/preferences.ts";
import { prepareApi } from "./api/prepare.ts";
import { reportApi } from "./api/report.ts";
import { rowsApi } from "./api/rows.ts";
import { rulesApi } from "./api/rules.ts";
import { scheduleApi } from "./api/schedule.ts";
import { sessionsApi } from "./api/sessions.ts";
import { settingsApi } from "./api/settings.ts";
import { setupApi } from "./api/setup.ts";
import { signInApi } from "./api/sign-in.ts";
import { startApi } from "./api/start.ts";
import { teamApi } from "./api/team.ts";
import { todayApi } from "./api/today.ts";
import { turnsApi } from "./api/turns.ts";

const MOST_BYTES = 12 * 1024 * 1024;

/** `/api`: what the plugin calls. One line a feature; everything after `bearer` needs a role in the workspace. */
export function apiRoutes(options: ApiOptions) {
  const app = new Hono<ApiEnv>();
  app.onError(apiError(options));
  app.use(
    "*",
    cors({
      origin: options.pluginOrigins,
      allowHeaders: ["authorization", "content-type", "x-lectern-base"],
      exposeHeaders: ["x-lectern-now"],
      maxAge: 3600,
    }),
    bodyLimit({ maxSize: MOST_BYTES }),
    async (c, next) => {
      await next();
      c.res.headers.set("cache-control", "no-store");
      c.res.headers.set("x-content-type-options", "nosniff");
      c.res.headers.set("x-lectern-now", String(options.clock.now()));
      // A verb may have queued effects.
      if (c.req.method !== "GET") options.wake();
    },
  );
  const routes = app
    .route("/sign-in", signInApi(options))
    .route("/setup", setupApi(options))
    .route("/me", meApi(options))
    .use("*", bearer(options))
    .route("/mapping", mappingApi())
    .route("/fairness", fairnessApi())
    .route("/today", todayApi())
    .route("/schedule", scheduleApi())
    .route("/sessions", sessionsApi())
    .route("/changes", changesApi())
    .route("/start", startApi())
    .route("/chats", chatsApi())
    .route("/groups", groupsApi())
    .route("/imports", importsApi())
    .route("/lecturers", lecturersApi())
    .route("/demand", demandApi())
    .route("/rules", rulesApi())
    .route("/messages", messagesApi())
    .route("/settings", settingsApi())
    .route("/rows", rowsApi())
    .route("/report", reportApi())
    .route("/turns", turnsApi())
    .route("/prepare", prepareApi())
    .route("/echo", echoApi())
    .route("/points", pointsApi())
    .route("/preferences", preferencesApi())
    .route("/team", teamApi())
    .route("/care", careApi());
  app.all("*", (c) => {
    throw new MissingError("no_such_call", `${c.req.method} ${c.req.path}`);
  });
  return routes;
}

export type ApiType = ReturnType<typeof apiRoutes>;
