import type { Context, MiddlewareHandler } from "hono";
import { validator } from "hono/validator";
import { z } from "zod";
import { ForbiddenError, InvalidInputError, SignInRequiredError } from "../../errors.ts";
import { pluginRolesOf, type PluginRole } from "../../services/people/plugin-roles.ts";
import { whoHolds } from "../../services/sign-in/plugin-tokens.ts";
import { languageOf } from "../edge.ts";
import type { ApiEnv, ApiOptions } from "./env.ts";
import { workspaceFor } from "./workspace.ts";

async function holderOf(c: Context<ApiEnv>, options: ApiOptions) {
  const [, token] = /^Bearer (\S+)$/.exec(c.req.header("authorization") ?? "") ?? [];
  const who = token ? await whoHolds(options.db, options.clock.now(), token) : null;
  if (!who) throw new SignInRequiredError("signed_out", "no valid bearer token");
  return who;
}

/** Signed in, with or without a workspace: for setting one up. */
export function signedIn(options: ApiOptions): MiddlewareHandler<ApiEnv> {
  return async (c, next) => {
    c.set("who", await holderOf(c, options));
    c.set("language", languageOf(c));
    await next();
  };
}

/** Signed in, and with a role in the workspace of the Base at hand. */
export function bearer(options: ApiOptions): MiddlewareHandler<ApiEnv> {
  return async (c, next) => {
    const who = await holderOf(c, options);
    c.set("who", who);
    c.set("language", languageOf(c));
    const { ctx, roles } = await placeOf(options, who.openId, c.req.header("x-lectern-base"));
    c.set("ctx", ctx);
    c.set("roles", roles);
    await next();
  };
}

/** The workspace of the Base at hand and the person's roles there; throws `not_set_up` or `no_role`. */
export async function placeOf(options: ApiOptions, person: string, base: string | undefined) {
  const ctx = await workspaceFor(options, person, base);
  const roles = await pluginRolesOf(ctx, person);
  if (!roles.admin && !roles.manager && roles.lecturer === null)
    throw new ForbiddenError("no_role", `no role in workspace ${ctx.workspace.id}`);
  return { ctx, roles };
}

/** Lets only people of one of these roles on. */
export function only(...allowed: [PluginRole, ...PluginRole[]]): MiddlewareHandler<ApiEnv> {
  return async (c, next) => {
    const roles = c.get("roles");
    if (!allowed.some((role) => Boolean(roles[role])))
      throw new ForbiddenError("forbidden", `${c.req.method} ${c.req.path} is for ${allowed.join(", ")}`);
    await next();
  };
}

function checked<S extends z.ZodType>(schema: S, value: unknown): z.output<S> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(({ path, message }) => `${path.join(".") || "body"}: ${message}`);
  throw new InvalidInputError("invalid_input", problems.join("; "));
}

/** The JSON body, parsed; `c.req.valid("json")` has it. */
export const body = <S extends z.ZodType>(schema: S) =>
  validator("json", (value): z.output<S> => checked(schema, value));

/** The query of the address, parsed; `c.req.valid("query")` has it. Callers give what the schema takes, mostly texts. */
export const query = <S extends z.ZodType>(schema: S) =>
  validator("query", (value): z.output<S> => checked(schema, value)) as unknown as MiddlewareHandler<
    ApiEnv,
    string,
    { in: { query: z.input<S> }; out: { query: z.output<S> } }
  >;
