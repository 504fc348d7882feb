import { fingerprint } from "../fingerprint.ts";
import type { Rec } from "../records/read.ts";

/** What was handed in, as one value: another file or link makes another. */
export function contentOf(session: Rec<"sessions">): string {
  return fingerprint([
    (session.content ?? []).map(({ fileToken }) => fileToken),
    session.contentLink?.link ?? "",
  ]);
}
