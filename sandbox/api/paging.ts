/** Opaque page tokens over a list: Feishu promises nothing about their form, only that they lead on. */
import type { FeishuError } from "../kernel.ts";

export interface Page<T> {
  items: T[];
  has_more: boolean;
  page_token?: string;
}

/** Encodes where the next page starts; `kind` keeps a token of one list from opening another. */
export function tokenOf(kind: string, offset: number): string {
  return Buffer.from(`${kind}:${offset}`).toString("base64url");
}

/** The offset in a token, or null when it is not one of ours. */
export function offsetOf(kind: string, token: unknown): number | null {
  if (token === undefined || token === "") return 0;
  if (typeof token !== "string") return null;
  const [name, offset] = Buffer.from(token, "base64url").toString().split(":");
  const at = Number(offset);
  return name === kind && Number.isInteger(at) && at >= 0 ? at : null;
}

/** One page of `all`; `bad` makes the refusal for a token that does not belong here. */
export function pageOf<T>(
  all: T[],
  ask: { kind: string; size: number; token: unknown },
  bad: () => FeishuError,
): Page<T> {
  const offset = offsetOf(ask.kind, ask.token);
  if (offset === null) throw bad();
  const end = offset + ask.size;
  const more = end < all.length;
  return {
    items: all.slice(offset, end),
    has_more: more,
    ...(more ? { page_token: tokenOf(ask.kind, end) } : {}),
  };
}

/** `page_size` of a call, or the refusal when it lies outside the documented range. */
export function sizeOf(
  value: unknown,
  range: { initial: number; min: number; max: number },
  bad: () => FeishuError,
): number {
  if (value === undefined || value === "") return range.initial;
  const size = Number(value);
  if (!Number.isInteger(size) || size < range.min || size > range.max) throw bad();
  return size;
}
