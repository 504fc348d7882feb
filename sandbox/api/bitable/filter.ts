import { bareNumber } from "./auto-number.ts";
import { refusal } from "./errors.ts";
import type { Page } from "./errors.ts";
import { T } from "./model.ts";
import type { Base, Field, Row, Table } from "./model.ts";
import { plainText } from "./read-cell.ts";
import { openIdOf } from "./people.ts";
import type { IdType } from "./people.ts";
import type { Kernel } from "../../kernel.ts";
import { dateRange } from "./time-ranges.ts";
import { said } from "../given.ts";

export type Test = (row: Row) => boolean;

export interface FilterContext {
  kernel: Kernel;
  base: Base;
  table: Table;
  page: Page;
  idType: IdType;
}

export interface Condition {
  operator: string;
  value: string[] | undefined;
}

const TEXT = ["is", "isNot", "contains", "doesNotContain", "isEmpty", "isNotEmpty"];
const NUMBER = [
  "is",
  "isNot",
  "isEmpty",
  "isNotEmpty",
  "isGreater",
  "isGreaterEqual",
  "isLess",
  "isLessEqual",
];
const DATE = ["is", "isEmpty", "isNotEmpty", "isGreater", "isLess"];

/** Operators by field kind (facts.md §4.8). Absent = cannot be filtered: formula, lookup, place, button, stage. */
const OPERATORS: Record<number, string[]> = {
  [T.text]: TEXT,
  [T.phone]: TEXT,
  [T.url]: TEXT,
  [T.autoNumber]: TEXT,
  [T.number]: NUMBER,
  [T.select]: TEXT,
  [T.multiSelect]: TEXT,
  [T.date]: DATE,
  [T.createdTime]: DATE,
  [T.modifiedTime]: DATE,
  [T.checkbox]: ["is"],
  [T.user]: TEXT,
  [T.createdUser]: TEXT,
  [T.modifiedUser]: TEXT,
  [T.group]: TEXT,
  [T.link]: TEXT,
  [T.duplex]: TEXT,
  [T.attachment]: ["isEmpty", "isNotEmpty"],
};

/** One condition on a field, checked and made into a test. @throws 1254018 for what the grammar does not allow. */
export function conditionTest(context: FilterContext, field: Field, condition: Condition): Test {
  const { operator, value } = condition;
  const wrong = (why: string) =>
    refusal(context.page, 1254018, `${field.name} ${operator} ${JSON.stringify(value)}: ${why}`);
  const allowed = OPERATORS[field.type];
  if (!allowed) throw wrong("fields of this type cannot be filtered");
  if (!allowed.includes(operator)) throw wrong("the operator does not fit the field type");
  if (!Array.isArray(value)) throw wrong("value must be an array, [] for isEmpty and isNotEmpty");
  if (value.length > 10) throw wrong("at most 10 values");
  if (operator === "isEmpty" || operator === "isNotEmpty")
    return emptiness(field, operator === "isEmpty", value, wrong);
  if (value.length === 0) throw wrong("a value is needed");
  return valueTest(context, field, operator, value, wrong);
}

type Wrong = (why: string) => Error;

function emptiness(field: Field, wantEmpty: boolean, value: string[], wrong: Wrong): Test {
  if (value.length > 0) throw wrong("isEmpty and isNotEmpty take []");
  const get = cellOf(field);
  return (row) => (get(row) === undefined) === wantEmpty;
}

function valueTest(
  context: FilterContext,
  field: Field,
  operator: string,
  value: string[],
  wrong: Wrong,
): Test {
  switch (field.type) {
    case T.number:
      return numberTest(field, operator, value, wrong);
    case T.date:
    case T.createdTime:
    case T.modifiedTime:
      return dateTest(context, field, operator, value, wrong);
    case T.checkbox: {
      const want = value[0];
      if (value.length !== 1 || (want !== "true" && want !== "false")) throw wrong('["true"] or ["false"]');
      return (row) => (row.cells[field.id] === true) === (want === "true");
    }
    case T.text:
    case T.phone:
    case T.url:
    case T.autoNumber:
      return textTest(field, operator, value, wrong);
    default:
      return setTest(field, operator, ids(context, field, value, wrong), wrong);
  }
}

function cellOf(field: Field): (row: Row) => unknown {
  if (field.type === T.createdTime) return (row) => row.createdAt;
  if (field.type === T.modifiedTime) return (row) => row.modifiedAt;
  if (field.type === T.createdUser) return (row) => row.createdBy;
  if (field.type === T.modifiedUser) return (row) => row.modifiedBy;
  return (row) => row.cells[field.id];
}

function textTest(field: Field, operator: string, value: string[], wrong: Wrong): Test {
  if (value.length !== 1) throw wrong("one text");
  const wanted = value[0] ?? "";
  const shown = (row: Row): string => {
    const text = plainText(field, row.cells[field.id]);
    return field.type === T.autoNumber ? bareNumber(field, text) : text;
  };
  if (operator === "is") return (row) => shown(row) === wanted;
  if (operator === "isNot") return (row) => shown(row) !== wanted;
  if (operator === "contains") return (row) => shown(row).includes(wanted);
  return (row) => !shown(row).includes(wanted);
}

function numberTest(field: Field, operator: string, value: string[], wrong: Wrong): Test {
  const wanted = Number(value[0]);
  if (value.length !== 1 || value[0]?.trim() === "" || !Number.isFinite(wanted))
    throw wrong("one number as a string");
  const compare = COMPARE[operator];
  if (!compare) throw wrong("unknown comparison");
  return (row) => {
    const cell = row.cells[field.id];
    return typeof cell === "number" ? compare(cell, wanted) : operator === "isNot";
  };
}

const COMPARE: Record<string, (a: number, b: number) => boolean> = {
  is: (a, b) => a === b,
  isNot: (a, b) => a !== b,
  isGreater: (a, b) => a > b,
  isGreaterEqual: (a, b) => a >= b,
  isLess: (a, b) => a < b,
  isLessEqual: (a, b) => a <= b,
};

/** The instant is cut to the start of its day: "greater" compares with that start, not with its end. */
function dateTest(
  context: FilterContext,
  field: Field,
  operator: string,
  value: string[],
  wrong: Wrong,
): Test {
  const range = dateRange(value, context.kernel.now(), context.base.timeZone, operator);
  if (!range) throw wrong("not a date value of this operator");
  const get = cellOf(field);
  const inside = (ms: number): boolean => {
    if (operator === "is") return ms >= range.from && ms < range.to;
    return operator === "isGreater" ? ms > range.from : ms < range.from;
  };
  return (row) => {
    const cell = get(row);
    return typeof cell === "number" && inside(cell);
  };
}

/** Names of options, ids of people in the request's id kind, ids of chats and records → what cells hold. */
function ids(context: FilterContext, field: Field, value: string[], wrong: Wrong): string[] {
  const options = field.property.options;
  if (field.type === T.select || field.type === T.multiSelect) {
    return value.map((name) => {
      const option = options?.find((one) => one.name === name || one.id === name);
      if (!option) throw wrong(`there is no option ${name}`);
      return option.id;
    });
  }
  const people = field.type === T.user || field.type === T.createdUser || field.type === T.modifiedUser;
  return people ? value.map((id) => openIdOf(context.kernel, context.idType, id) ?? id) : value;
}

function setTest(field: Field, operator: string, wanted: string[], wrong: Wrong): Test {
  const single = field.type === T.select && (operator === "is" || operator === "isNot");
  if (single && wanted.length !== 1) throw wrong("one option");
  const get = cellOf(field);
  const held = (row: Row): string[] => {
    const cell = get(row);
    return Array.isArray(cell) ? (cell as string[]) : cell === undefined ? [] : [said(cell)];
  };
  const equal = (row: Row): boolean => {
    const has = held(row);
    return has.length === wanted.length && wanted.every((one) => has.includes(one));
  };
  const some = (row: Row): boolean => held(row).some((one) => wanted.includes(one));
  if (operator === "is") return equal;
  if (operator === "isNot") return (row) => !equal(row);
  return operator === "contains" ? some : (row) => !some(row);
}

export function joined(tests: Test[], conjunction: unknown): Test {
  if (tests.length === 1) return tests[0] ?? (() => true);
  return conjunction === "or"
    ? (row) => tests.some((test) => test(row))
    : (row) => tests.every((test) => test(row));
}
