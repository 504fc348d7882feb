import type { FileRef } from "#base/table.ts";
import type { PatchOf } from "#base/index.ts";
import { uploadFiles } from "../../bitable.ts";
import { writeRecord } from "../../records.ts";

/** What is typed before it is sent; a file itself outlives no reload, but its name reminds of it. */
export interface HandInDraft {
  title: string;
  how: "file" | "link";
  link: string;
  fileName: string;
}

export type Step = "uploading" | "writing";

interface Sending {
  session: string;
  draft: HandInDraft;
  file: File | null;
  /** A file that went up in an earlier try. */
  uploaded: FileRef | null;
  onStep: (step: Step) => void;
  onUploaded: (file: FileRef) => void;
}

/**
 * Into the session's record, by the lecturer's own hand: the Base is the signal. Title and content are written together, so
 * that the announcement speaks of both. Throws what the host says.
 */
export async function handIn({ session, draft, file, uploaded, onStep, onUploaded }: Sending): Promise<void> {
  const title = draft.title.trim();
  let ref = uploaded;
  if (draft.how === "file" && file && !ref) {
    onStep("uploading");
    [ref = null] = await uploadFiles([file]);
    if (ref) onUploaded(ref);
  }
  onStep("writing");
  const link = draft.link.trim();
  const content: PatchOf<"sessions"> =
    draft.how === "file" && ref
      ? { content: [ref], contentLink: null }
      : { contentLink: { text: title || link, link }, content: null };
  await writeRecord("sessions", session, { ...(title ? { title } : {}), ...content });
}
