/** Where and why a text is not JSON; lines and columns count from 1, columns in characters. */
export interface JsonFault {
  line: number;
  column: number;
  message: string;
}

export type JsonResult = { ok: true; value: unknown } | { ok: false; fault: JsonFault };

/** Parses JSON; on failure says line and column, which `JSON.parse` of Node 20 does not always do. */
export function parseJson(source: string): JsonResult {
  const text = source.startsWith("\uFEFF") ? source.slice(1) : source;
  try {
    return { ok: true, value: JSON.parse(text) as unknown };
  } catch {
    return { ok: false, fault: locate(text) };
  }
}

class Fault extends Error {
  readonly at: number;

  constructor(at: number, expected: string) {
    super(expected);
    this.at = at;
  }
}

function locate(text: string): JsonFault {
  try {
    const end = skipSpace(text, readValue(text, skipSpace(text, 0)));
    if (end < text.length) throw new Fault(end, "the end of the input");
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    const before = text.slice(0, error.at).split("\n");
    const found =
      error.at < text.length
        ? JSON.stringify(Array.from(text.slice(error.at, error.at + 2))[0])
        : "the end of the input";
    const column = Array.from(before.at(-1) ?? "").length + 1;
    return { line: before.length, column, message: `expected ${error.message}, got ${found}` };
  }
  throw new Error("JSON.parse refused a text in which no fault was found");
}

function skipSpace(text: string, at: number): number {
  let next = at;
  while (next < text.length && " \t\r\n".includes(text.charAt(next))) next += 1;
  return next;
}

function readValue(text: string, at: number): number {
  const first = text.charAt(at);
  if (first === "{") return readMembers(text, at + 1, "}", readMember);
  if (first === "[") return readMembers(text, at + 1, "]", readValue);
  if (first === '"') return readString(text, at);
  const word = /^(?:true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)(?![\w.+-])/.exec(
    text.slice(at, at + 400),
  );
  if (!word) throw new Fault(at, "a JSON value");
  return at + word[0].length;
}

function readMembers(
  text: string,
  at: number,
  close: string,
  readOne: (text: string, at: number) => number,
): number {
  let next = skipSpace(text, at);
  if (text.charAt(next) === close) return next + 1;
  for (;;) {
    next = skipSpace(text, readOne(text, next));
    if (text.charAt(next) === close) return next + 1;
    if (text.charAt(next) !== ",") throw new Fault(next, `"," or "${close}"`);
    next = skipSpace(text, next + 1);
  }
}

function readMember(text: string, at: number): number {
  if (text.charAt(at) !== '"') throw new Fault(at, "a key in double quotes");
  const colon = skipSpace(text, readString(text, at));
  if (text.charAt(colon) !== ":") throw new Fault(colon, '":"');
  return readValue(text, skipSpace(text, colon + 1));
}

function readString(text: string, at: number): number {
  let next = at + 1;
  while (text.charAt(next) !== '"') {
    if (next >= text.length) throw new Fault(next, "a closing double quote");
    if (text.charCodeAt(next) < 0x20)
      throw new Fault(next, "an escape such as \\n, not a bare control character");
    if (text.charAt(next) === "\\") {
      const escape = /^\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/.exec(text.slice(next, next + 6));
      if (!escape) throw new Fault(next, "a known escape");
      next += escape[0].length;
    } else next += 1;
  }
  return next + 1;
}
