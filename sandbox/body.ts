import { parseMultipart } from "./multipart.ts";

export interface ParsedBody {
  text: string;
  body: Record<string, unknown>;
  form: FormData | null;
  /** There was something other than nothing or `{}`. */
  given: boolean;
  broken: string | null;
}

const nothing: ParsedBody = { text: "", body: {}, form: null, given: false, broken: null };

/** JSON with or without charset, form fields, or multipart; GET and DELETE carry `{}` from official SDKs, which is ignored. */
export async function parseBody(request: Request): Promise<ParsedBody> {
  if (request.method === "GET" || request.method === "HEAD") return nothing;
  const bytes = Buffer.from(await request.arrayBuffer());
  const type = request.headers.get("content-type") ?? "";
  if (/^multipart\/form-data/i.test(type)) return multipart(bytes, type);
  const text = bytes.toString("utf8");
  if (text.trim() === "") return nothing;
  if (/^application\/x-www-form-urlencoded/i.test(type)) {
    return { ...nothing, text, body: Object.fromEntries(new URLSearchParams(text)), given: true };
  }
  return json(text);
}

function multipart(bytes: Buffer, type: string): ParsedBody {
  const form = parseMultipart(bytes, type);
  if (!form) return { ...nothing, broken: "the multipart body has no boundary" };
  const body: Record<string, unknown> = {};
  for (const [key, value] of form) if (typeof value === "string") body[key] = value;
  return { text: "(multipart)", body, form, given: true, broken: null };
}

function json(text: string): ParsedBody {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== "object" || value === null || Array.isArray(value)) {
      return { ...nothing, text, given: true, broken: "the body must be a JSON object" };
    }
    return {
      text,
      body: value as Record<string, unknown>,
      form: null,
      given: Object.keys(value).length > 0,
      broken: null,
    };
  } catch {
    return { ...nothing, text, given: true, broken: "the body is not JSON" };
  }
}
