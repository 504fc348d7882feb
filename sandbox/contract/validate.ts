import { Ajv, type ErrorObject, type ValidateFunction } from "ajv";
import type { Operation, Violation } from "../kernel.ts";
import { closeSchema } from "./close-schema.ts";
import { shareSchema } from "./share-schema.ts";
import { contractOf, type Contract, type Schema } from "./requests.ts";

/** Bodies are JSON and typed: nothing is coerced. Query, path and multipart values come as text: coerced. */
const typed = new Ajv({ allErrors: true, strict: false, inlineRefs: false });
const coercing = new Ajv({ allErrors: true, strict: false, coerceTypes: true, inlineRefs: false });

export interface Validator {
  contract: Contract | null;
  /** The query's schema, which the reader of the query needs for arrays. */
  params: Schema | undefined;
  path(value: Record<string, unknown>): Violation[];
  query(value: Record<string, unknown>): Violation[];
  body(
    value: Record<string, unknown>,
    options: { refuseUnknown: boolean; multipart: boolean; given: boolean },
  ): Violation[];
}

/** The contract of one operation, compiled at its first use: the hand-written schema wins over the official file. */
export function createValidator(operation: Operation): Validator {
  const contract = contractOf(operation.method, operation.path);
  const path = (operation.schema?.path as Schema | undefined) ?? contract?.path;
  const params = (operation.schema?.params as Schema | undefined) ?? contract?.params;
  const known = contract !== null || operation.schema !== undefined;
  const data = (operation.schema?.data as Schema | undefined) ?? contract?.data;
  const compiled = new Map<string, ValidateFunction>();
  const check = (key: string, build: () => ValidateFunction): ValidateFunction => {
    const cached = compiled.get(key) ?? build();
    compiled.set(key, cached);
    return cached;
  };
  return {
    contract,
    params,
    path: (value) =>
      path
        ? run(
            check("path", () => coercing.compile(path)),
            value,
            "path",
          )
        : [],
    query: (value) =>
      params
        ? run(
            check("query", () => coercing.compile(params)),
            value,
            "query",
          )
        : [],
    body: (value, { refuseUnknown, multipart, given }) => {
      if (!data) return known && refuseUnknown && !multipart ? nothingExpected(value) : [];
      if (!given && data["x-optional"] === true) return [];
      const engine = multipart ? coercing : typed;
      const key = `body ${multipart} ${refuseUnknown}`;
      return run(
        check(key, () => engine.compile(shareSchema(refuseUnknown ? closed(data) : data))),
        value,
        "body",
      );
    },
  };
}

const closedSchemas = new WeakMap<Schema, Schema>();

function closed(schema: Schema): Schema {
  const made = closedSchemas.get(schema) ?? closeSchema(schema);
  closedSchemas.set(schema, made);
  return made;
}

function nothingExpected(value: Record<string, unknown>): Violation[] {
  return Object.keys(value).map((field) => ({
    where: "body",
    field,
    value: shown(value[field]),
    description: `${field} is unknown: this operation takes no body`,
  }));
}

function run(
  validate: ValidateFunction,
  value: Record<string, unknown>,
  where: Violation["where"],
): Violation[] {
  return validate(value) ? [] : (validate.errors ?? []).map((error) => violation(error, value, where));
}

function violation(error: ErrorObject, root: unknown, where: Violation["where"]): Violation {
  const params = error.params as {
    missingProperty?: string;
    additionalProperty?: string;
    allowedValues?: unknown[];
  };
  const own = params.missingProperty ?? params.additionalProperty;
  const steps = error.instancePath.split("/").slice(1);
  const field = [...steps, ...(own === undefined ? [] : [own])].join(".");
  return {
    where,
    field,
    value: shown(valueAt(root, field.split("."))),
    description: describe(error, field, params),
  };
}

function describe(error: ErrorObject, field: string, params: { allowedValues?: unknown[] }): string {
  if (error.keyword === "required") return `${field} is required`;
  if (error.keyword === "additionalProperties") return `${field} is unknown to this operation`;
  if (error.keyword === "enum") return `${field} must be one of [${(params.allowedValues ?? []).join(", ")}]`;
  return `${field || "body"} ${error.message ?? "is invalid"}`;
}

function valueAt(root: unknown, steps: string[]): unknown {
  return steps.reduce<unknown>(
    (at, step) => (typeof at === "object" && at !== null ? (at as Record<string, unknown>)[step] : undefined),
    root,
  );
}

function shown(value: unknown): string {
  if (value === undefined) return "";
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return text.length > 120 ? `${text.slice(0, 120)}…` : text;
}
