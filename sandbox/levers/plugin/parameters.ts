import { z } from "zod";
import { PluginError, SDK } from "./errors.ts";

/** An argument of a method, checked. JSON has null where a plugin left something out. @throws bad parameter, with the place */
export function given<T>(schema: z.ZodType<T>, value: unknown, what: string): T {
  const parsed = schema.safeParse(value ?? undefined);
  if (parsed.success) return parsed.data;
  throw new PluginError(SDK.badParameter, `${what}: ${z.prettifyError(parsed.error)}`);
}

const recordFields = z.record(z.string(), z.unknown());

export const recordValue = z.looseObject({ fields: recordFields });
export const recordWithId = z.looseObject({ recordId: z.string(), fields: recordFields });
export const ids = z.array(z.string());
export const fieldConfig = z.looseObject({
  type: z.number().optional(),
  name: z.string().optional(),
  property: recordFields.nullish(),
  description: z
    .looseObject({ content: z.unknown().optional(), disableSyncToFormDesc: z.boolean().optional() })
    .nullish(),
});

const condition = z.looseObject({
  fieldId: z.string(),
  operator: z.string(),
  value: z.unknown().optional(),
  conditionId: z.string().optional(),
});
export type SdkCondition = z.infer<typeof condition>;

const group = z.looseObject({ conjunction: z.enum(["and", "or"]), conditions: z.array(condition) });
/** With `children` where the plugin grouped its conditions. */
export const filterInfo = group.extend({ children: z.array(group).optional() });
export type SdkFilter = z.infer<typeof filterInfo>;

export const sortInfo = z.array(z.looseObject({ fieldId: z.string(), desc: z.boolean() }));
export type SdkSort = z.infer<typeof sortInfo>;

const size = z.number().int().min(1).nullish();
export const pageParams = z.looseObject({
  pageSize: size,
  pageToken: z.number().int().min(0).nullish(),
  filter: filterInfo.nullish(),
  sort: sortInfo.nullish(),
  viewId: z.string().nullish(),
  stringValue: z.boolean().nullish(),
});
export const oldPageParams = z.looseObject({
  pageSize: size,
  pageToken: z.string().nullish(),
  filter: z.string().nullish(),
  sort: z.string().nullish(),
  viewId: z.string().nullish(),
});
export const conditions = z.union([condition.transform((one) => [one]), z.array(condition)]);
