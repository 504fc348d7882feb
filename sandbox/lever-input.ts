import type { Context } from "hono";
import { z } from "zod";

/** The JSON body of a lever, or an error that names the field. An empty body counts as `{}`. */
export async function input<T>(c: Context, schema: z.ZodType<T>): Promise<T> {
  const text = await c.req.text();
  const parsed = schema.safeParse(text.trim() === "" ? {} : JSON.parse(text));
  if (parsed.success) return parsed.data;
  throw new Error(`${c.req.method} ${c.req.path}: ${z.prettifyError(parsed.error)}`);
}
