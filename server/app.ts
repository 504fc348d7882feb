import { Hono } from "hono";
import type { Logger } from "pino";
import { toHttp } from "./http-errors.ts";
import { feishuRoutes, type FeishuRouteOptions } from "./routes/feishu.ts";
import type { PeopleOptions } from "./routes/edge.ts";
import { apiRoutes } from "./routes/api.ts";
import { connectRoutes } from "./routes/connect.ts";
import { goRoutes } from "./routes/go.ts";
import { homeRoutes, type HomeOptions } from "./routes/home.ts";
import { healthRoutes, type HealthOptions } from "./routes/health.ts";
import { pageRoutes } from "./routes/pages.ts";
import { pluginRoutes, type PluginOptions } from "./routes/plugin.ts";
import { signInRoutes } from "./routes/sign-in.ts";

export interface AppOptions {
  feishu: FeishuRouteOptions;
  health: HealthOptions;
  home: HomeOptions;
  people: PeopleOptions;
  plugin: PluginOptions;
  log: Logger;
}

/** The HTTP edge: parse, call a verb, answer. */
export function createApp(options: AppOptions) {
  const app = new Hono()
    .route("/", homeRoutes(options.home))
    .route("/", signInRoutes(options.people))
    .route("/connect", connectRoutes(options.people))
    .route("/api", apiRoutes({ ...options.people, pluginOrigins: options.plugin.origins }))
    .route("/plugin", pluginRoutes(options.plugin))
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
