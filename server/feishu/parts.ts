import { z } from "zod";

/** An absent, null or empty text becomes undefined: Feishu uses all three. */
export const text = z
  .string()
  .nullish()
  .transform((value) => value || undefined);

/** An absent or null value becomes undefined. */
export const optional = <T extends z.ZodType>(schema: T) =>
  schema.nullish().transform((value) => value ?? undefined);

/** An absent or null list becomes an empty one. */
export const list = <T extends z.ZodType>(schema: T) =>
  z
    .array(schema)
    .nullish()
    .transform((value) => value ?? []);

/** A number, or a number written as text (Feishu's times). */
export const numeric = z.union([z.number(), z.string().regex(/^\d+(\.\d+)?$/)]).transform(Number);

/** Replies whose content does not matter. */
export const anything = z.unknown();
