import type { Hono } from "hono";
import { z } from "zod";
import { confirm } from "../api/authen/authorize.ts";
import type { Kernel } from "../kernel.ts";
import { input } from "../lever-input.ts";

const schema = z.strictObject({
  query: z.record(z.string(), z.string()),
  open_id: z.string(),
  allow: z.boolean(),
});

/** Presses the button of the authorize page: `{location}` for JSON, a redirect for the page's own form. */
export function oauthLevers(app: Hono, kernel: Kernel): void {
  app.post("/sandbox/oauth/confirm", async (c) => {
    const isForm = (c.req.header("content-type") ?? "").startsWith("application/x-www-form-urlencoded");
    if (!isForm) return c.json({ location: confirm(kernel, await input(c, schema)) });
    const form = new URLSearchParams(await c.req.text());
    const query = Object.fromEntries(new URLSearchParams(form.get("query") ?? ""));
    return c.redirect(
      confirm(kernel, { query, open_id: form.get("open_id") ?? "", allow: form.get("allow") === "1" }),
    );
  });
}
