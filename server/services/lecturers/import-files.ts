import type { OptionKey, PatchOf } from "#base/index.ts";
import type { Ctx } from "../../context.ts";
import { type Known, knownRows } from "./import-known.ts";
import { nothing, type Prepared, type RowError, type Skipped, step } from "./import-types.ts";

export interface PastFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}
/** One upload takes at most this much (facts.md §5.1). */
const LIMIT = 20 * 1024 * 1024;

/**
 * Files of past sessions into 素材库. A file belongs to the session whose label, or whose title and lecturer, stand in its
 * name; a file that fits none, or several, becomes training material without a session. Uploading is the only step that
 * cannot wait for the import: the preview leaves it out.
 */
export async function prepareFiles(
  ctx: Ctx,
  files: readonly PastFile[],
  { upload }: { upload: boolean },
): Promise<Prepared> {
  const sessions = await knownRows(ctx, "sessions");
  const lecturers = new Map((await knownRows(ctx, "lecturers")).map((row) => [row.recordId, row]));
  const titles = new Set((await knownRows(ctx, "materials")).map((row) => row.title));
  const errors: RowError[] = [];
  const skipped: Skipped[] = [];
  const rows: PatchOf<"materials">[] = [];
  for (const [index, { name, bytes }] of files.entries()) {
    const title = name.replace(/\.[^.]+$/u, "");
    if (titles.has(title))
      skipped.push({
        row: index + 1,
        value: name,
        why: { zh: "素材库里已有同名资料", en: "is in the library already" },
      });
    else if (bytes.length === 0 || bytes.length > LIMIT)
      errors.push({
        row: index + 1,
        column: "文件",
        value: name,
        expected: {
          zh: "1 字节到 20 MB 的文件（更大的请贴链接）",
          en: "a file of 1 byte to 20 MB (link larger ones)",
        },
      });
    else {
      const session = sessionOf(name, sessions, lecturers);
      const fileToken = upload
        ? await ctx.feishu.drive.uploadMedia({
            fileName: name,
            parentType: "bitable_file",
            parentNode: ctx.workspace.appToken,
            bytes,
          })
        : "preview";
      const file = [{ fileToken, name, size: bytes.length, type: "" }];
      rows.push({
        title,
        kind: kindOf(name),
        source: session ? "share" : "training",
        file,
        session: session?.recordId,
        author: session?.account,
        version: 1,
      });
    }
    titles.add(title);
  }
  return {
    ...nothing(),
    errors,
    skipped,
    steps: [
      step(
        "materials",
        rows.map((row) => () => row),
      ),
    ],
  };
}

function sessionOf(
  fileName: string,
  sessions: readonly Known<"sessions">[],
  lecturers: ReadonlyMap<string, Known<"lecturers">>,
): Known<"sessions"> | undefined {
  const wanted = squeeze(fileName);
  const holds = (text: string | undefined) =>
    text !== undefined && text !== "" && wanted.includes(squeeze(text));
  const byLabel = sessions.filter(({ label }) => holds(label));
  if (byLabel.length === 1) return byLabel[0];
  const byTitle = sessions.filter(
    ({ title, lecturer }) => holds(title) && holds(lecturers.get(lecturer ?? "")?.name),
  );
  return byTitle.length === 1 ? byTitle[0] : undefined;
}

const squeeze = (text: string): string => text.toLowerCase().replace(/[\s·_\-—.《》()（）]+/gu, "");

const kinds: Record<string, OptionKey<"materials", "kind">> = {
  ppt: "slides",
  pptx: "slides",
  key: "slides",
  mp4: "video",
  mov: "video",
  avi: "video",
  mkv: "video",
  webm: "video",
};

function kindOf(name: string): OptionKey<"materials", "kind"> {
  return kinds[name.split(".").at(-1)?.toLowerCase() ?? ""] ?? "document";
}
