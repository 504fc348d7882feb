import type { Context } from "hono";
import { z } from "zod";

/** A lever was pulled wrongly: HTTP 400. */
export class LeverError extends Error {}

/** The JSON body of a lever, or an error that names the field. An empty body counts as `{}`. */
export async function input<T>(c: Context, schema: z.ZodType<T>): Promise<T> {
  const text = await c.req.text();
  const parsed = schema.safeParse(text.trim() === "" ? {} : json(text));
  if (parsed.success) return parsed.data;
  throw new LeverError(`${c.req.method} ${c.req.path}: ${z.prettifyError(parsed.error)}`);
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new LeverError(`the body of a lever is JSON, this is not: ${text.slice(0, 120)}`);
  }
}
