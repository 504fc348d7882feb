import { Hono } from "hono";
import type { Logger } from "pino";
import { toHttp } from "./http-errors.ts";
import { feishuRoutes, type FeishuRouteOptions } from "./routes/feishu.ts";
import type { PeopleOptions } from "./routes/edge.ts";
import { goRoutes } from "./routes/go.ts";
import { homeRoutes, type HomeOptions } from "./routes/home.ts";
import { healthRoutes, type HealthOptions } from "./routes/health.ts";
import { pageRoutes } from "./routes/pages.ts";
import { signInRoutes } from "./routes/sign-in.ts";

export interface AppOptions {
  feishu: FeishuRouteOptions;
  health: HealthOptions;
  home: HomeOptions;
  people: PeopleOptions;
  log: Logger;
}

/** The HTTP edge: parse, call a verb, answer. */
export function createApp(options: AppOptions) {
  const app = new Hono()
    .route("/", homeRoutes(options.home))
    .route("/", signInRoutes(options.people))
    .route("/go", goRoutes(options.people))
    .route("/m", pageRoutes(options.people))
    .route("/feishu", feishuRoutes(options.feishu))
    .route("/health", healthRoutes(options.health));
  app.onError((error, c) => {
    const { status, body } = toHttp(error);
    if (status >= 500) options.log.error({ path: c.req.path, error: error.message }, "request failed");
    return c.json(body, status);
  });
  return app;
}
