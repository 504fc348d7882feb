import { createHash } from "node:crypto";
import { badParameter, refusal } from "./errors.ts";
import type { Page } from "./errors.ts";
import { said } from "../given.ts";

export interface PageRequest {
  page_size?: unknown;
  page_token?: unknown;
}

export interface PageOf<T> {
  items: T[];
  has_more: boolean;
  page_token?: string;
  total: number;
}

/** Life of a page token: not stated by the sources (facts.md §15.4); an hour of the sandbox's clock. */
const LIFE_MS = 3_600_000;

/**
 * One page of a list. The token is opaque and belongs to its query (`key`); a foreign or old one gives 1254030. It is left
 * out when nothing follows (facts.md §4.8).
 */
export function paged<T>(
  page: Page,
  list: readonly T[],
  request: PageRequest,
  limits: { usual: number; most: number },
  key: string,
  now: number,
): PageOf<T> {
  const size = request.page_size === undefined ? limits.usual : Number(request.page_size);
  if (size <= 0) throw refusal(page, 1254011);
  if (!Number.isInteger(size) || size > limits.most)
    throw badParameter(`page_size must be 1 to ${limits.most}`);
  const mark = digest(key);
  const from = request.page_token ? offsetOf(page, said(request.page_token), mark, now) : 0;
  const end = from + size;
  const more = end < list.length;
  const answer: PageOf<T> = { items: list.slice(from, end), has_more: more, total: list.length };
  if (more) answer.page_token = Buffer.from(`${mark}.${now}.${end}`).toString("base64url");
  return answer;
}

function offsetOf(page: Page, token: string, mark: string, now: number): number {
  const [theirs, at, offset] = Buffer.from(token, "base64url").toString("utf8").split(".");
  if (theirs !== mark || !(now - Number(at) <= LIFE_MS) || !Number.isInteger(Number(offset))) {
    throw refusal(page, 1254030, "page_token is not of this query or too old");
  }
  return Number(offset);
}

function digest(key: string): string {
  return createHash("sha256").update(key).digest("hex").slice(0, 12);
}
