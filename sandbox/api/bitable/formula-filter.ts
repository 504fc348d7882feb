import { DateTime } from "luxon";
import { refusal } from "./errors.ts";
import type { FilterContext, Test } from "./filter.ts";
import { READ_ONLY, T, fieldByName } from "./model.ts";
import type { Row } from "./model.ts";
import { plainText } from "./read-cell.ts";

type Value = string | number | boolean | null;
type Expression = (row: Row) => Value;

interface Parser {
  context: FilterContext;
  tokens: string[];
  at: number;
}

const TOKEN =
  /\s*(CurrentValue\.\[[^\]]+\]|"(?:[^"\\]|\\.)*"|\d+(?:\.\d+)?|!=|<=|>=|<|>|=|&&|\|\||[A-Za-z]+|\.contains|[().,-])/gy;

/**
 * The `filter` formula of the legacy list: AND, OR, NOT, comparisons, `.contains()`, TODAY(), as far as facts.md §4.10
 * names it. Anything else is refused (1254018), never guessed.
 */
export function formulaTest(context: FilterContext, formula: string): Test {
  if (formula.length > 2000) throw refusal(context.page, 1254107);
  const parser: Parser = { context, tokens: tokens(context, formula), at: 0 };
  const expression = comparison(parser);
  if (parser.at < parser.tokens.length) throw unclear(parser);
  return (row) => expression(row) === true;
}

function tokens(context: FilterContext, formula: string): string[] {
  const list: string[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < formula.trimEnd().length) {
    const from = TOKEN.lastIndex;
    const match = TOKEN.exec(formula);
    if (!match?.[1])
      throw refusal(context.page, 1254018, `formula at ${from}: ${formula.slice(from, from + 20)}`);
    list.push(match[1]);
  }
  return list;
}

const unclear = (parser: Parser) =>
  refusal(parser.context.page, 1254018, `formula near ${parser.tokens[parser.at] ?? "its end"}`);

function take(parser: Parser, wanted?: string): string {
  const token = parser.tokens[parser.at];
  if (token === undefined || (wanted !== undefined && token !== wanted)) throw unclear(parser);
  parser.at += 1;
  return token;
}

const OPERATORS = new Set(["=", "!=", "<", ">", "<=", ">="]);

function comparison(parser: Parser): Expression {
  const left = operand(parser);
  const operator = parser.tokens[parser.at];
  if (operator === "&&" || operator === "||") return logic(parser, left);
  if (operator === undefined || !OPERATORS.has(operator)) return left;
  take(parser);
  const right = operand(parser);
  return logic(parser, (row) => compare(operator, left(row), right(row)));
}

function logic(parser: Parser, left: Expression): Expression {
  const operator = parser.tokens[parser.at];
  if (operator !== "&&" && operator !== "||") return left;
  take(parser);
  const right = comparison(parser);
  return operator === "&&"
    ? (row) => left(row) === true && right(row) === true
    : (row) => left(row) === true || right(row) === true;
}

function compare(operator: string, a: Value, b: Value): boolean {
  const [x, y] = alike(a, b);
  if (operator === "=") return x === y;
  if (operator === "!=") return x !== y;
  if (x === null || y === null) return false;
  if (operator === "<") return x < y;
  if (operator === ">") return x > y;
  return operator === "<=" ? x <= y : x >= y;
}

/** An empty cell equals "" ; a number compares with a number written as text. */
function alike(a: Value, b: Value): [Value, Value] {
  if (typeof a === "number" && typeof b === "string") return [a, b === "" ? null : Number(b)];
  if (typeof a === "string" && typeof b === "number") return [a === "" ? null : Number(a), b];
  if (a === null && b === "") return ["", ""];
  if (a === "" && b === null) return ["", ""];
  if (typeof a === "boolean" && typeof b === "number") return [Number(a), b];
  return [a, b];
}

function operand(parser: Parser): Expression {
  const token = take(parser);
  if (token.startsWith("CurrentValue.")) return cell(parser, token.slice("CurrentValue.[".length, -1));
  if (token.startsWith('"')) return constant(token.slice(1, -1).replace(/\\(.)/g, "$1"));
  if (/^\d/.test(token)) return constant(Number(token));
  if (token === "-") {
    const value = -Number(take(parser));
    return constant(value);
  }
  if (token === "(") {
    const inner = comparison(parser);
    take(parser, ")");
    return inner;
  }
  return call(parser, token.toUpperCase());
}

const constant =
  (value: Value): Expression =>
  () =>
    value;

function call(parser: Parser, name: string): Expression {
  if (name === "TRUE" || name === "FALSE") {
    if (parser.tokens[parser.at] === "(") arguments_(parser);
    return constant(name === "TRUE");
  }
  const list = arguments_(parser);
  const [first] = list;
  if (name === "TODAY" && list.length === 0) {
    const zone = parser.context.base.timeZone;
    return constant(DateTime.fromMillis(parser.context.kernel.now(), { zone }).startOf("day").toMillis());
  }
  if (name === "AND" && first) return (row) => list.every((one) => one(row) === true);
  if (name === "OR" && first) return (row) => list.some((one) => one(row) === true);
  if (name === "NOT" && first && list.length === 1) return (row) => first(row) !== true;
  throw unclear(parser);
}

function arguments_(parser: Parser): Expression[] {
  take(parser, "(");
  const list: Expression[] = [];
  while (parser.tokens[parser.at] !== ")") {
    list.push(comparison(parser));
    if (parser.tokens[parser.at] === ",") take(parser);
    else if (parser.tokens[parser.at] !== ")") throw unclear(parser);
  }
  take(parser, ")");
  return list;
}

function cell(parser: Parser, name: string): Expression {
  const field = fieldByName(parser.context.table, name);
  if (!field) throw refusal(parser.context.page, 1254045, `formula field ${name}`);
  if (READ_ONLY.has(field.type) && field.type < 1000)
    throw refusal(parser.context.page, 1254018, `${name} cannot be filtered`);
  const read: Expression = (row) => {
    if (field.type === T.createdTime) return row.createdAt;
    if (field.type === T.modifiedTime) return row.modifiedAt;
    const value = row.cells[field.id];
    if (value === undefined) return field.type === T.checkbox ? false : null;
    return typeof value === "number" || typeof value === "boolean" ? value : plainText(field, value);
  };
  const next = parser.tokens[parser.at];
  if (next !== ".contains" && next !== ".") return read;
  take(parser);
  if (next === "." && take(parser).toLowerCase() !== "contains") throw unclear(parser);
  const list = arguments_(parser);
  if (list.length === 0) throw unclear(parser);
  return (row) => list.some((one) => String(read(row) ?? "").includes(String(one(row) ?? "")));
}
