import type { Ctx } from "../../context.ts";
import { opened } from "../../db/schema.ts";
import type { AttachmentPlace, Download } from "../../feishu/gateway.ts";
import { locate, tableMappingOf } from "#base/mapping.ts";
import { post } from "../effects/post.ts";
import { isAdmin } from "../people/name.ts";
import { activeLecturer, inChatsOf } from "../people/roles.ts";
import { whomToAsk } from "../people/whom-to-ask.ts";
import { allRecords, getRecord, type Rec } from "../records/read.ts";
import { speakersOf } from "../sessions/facts.ts";
import { openTodo } from "../todos/todo.ts";

export type OpenedMaterial =
  | { kind: "file"; name: string; download: Download }
  | { kind: "link"; url: string }
  | { kind: "forbidden"; ask: string | null }
  | { kind: "gone"; title: string; ask: string | null };

const QUARTER = 15 * 60_000;

/**
 * Opens a material for a person of its audience: members of the group's chats, lecturers, admins (texts.md §5.5). The open is
 * kept once a person. `file` counts from 0; `range` is HTTP's. Throws the gateway's errors when Feishu is out of reach.
 */
export async function openMaterial(
  ctx: Ctx,
  input: { material: string; person: string; file?: number; range?: string },
): Promise<OpenedMaterial> {
  const material = await getRecord(ctx, "materials", input.material);
  if (!material) return { kind: "gone", title: "", ask: await whomToAsk(ctx, null) };
  const session = material.session ? await getRecord(ctx, "sessions", material.session) : null;
  const group = session?.group ? await getRecord(ctx, "groups", session.group) : null;
  if (!(await mayOpen(ctx, input.person, material, group)))
    return { kind: "forbidden", ask: await whomToAsk(ctx, group) };
  const file = material.file?.[input.file ?? 0];
  if (!file && material.link && isWeb(material.link.link)) {
    await recordOpen(ctx, material, session, input.person);
    return { kind: "link", url: material.link.link };
  }
  if (!file) return gone(ctx, material, group, "没有文件，也没有可用的链接");
  try {
    const download = await ctx.feishu.drive.download(file.fileToken, placeOf(ctx, material.id), input.range);
    await recordOpen(ctx, material, session, input.person);
    return { kind: "file", name: file.name, download };
  } catch (error) {
    if (!(error instanceof Error && error.name === "NotFoundError")) throw error;
    return gone(ctx, material, group, `文件「${file.name}」已经不在了`);
  }
}

async function mayOpen(
  ctx: Ctx,
  person: string,
  material: Rec<"materials">,
  group: Rec<"groups"> | null,
): Promise<boolean> {
  if (material.author === person || (await isAdmin(ctx, person)) || (await activeLecturer(ctx, person)))
    return true;
  if (material.session) return inChatsOf(ctx, person, group);
  // The library at large is for everybody in any of the workspace's chats.
  for (const any of await allRecords(ctx, "groups")) if (await inChatsOf(ctx, person, any)) return true;
  return false;
}

const isWeb = (link: string) => /^https?:\/\//i.test(link);

/** Bases with advanced permissions give a file only with its place (facts.md §5.2). */
function placeOf(ctx: Ctx, material: string): AttachmentPlace {
  const { tableId } = locate(ctx.workspace.mapping, "materials");
  const field = tableMappingOf(ctx.workspace.mapping, "materials").fields["file"];
  return { tableId, fieldId: field?.id ?? "", recordId: material };
}

/** Speakers look at their own file without being counted. */
async function recordOpen(
  ctx: Ctx,
  material: Rec<"materials">,
  session: Rec<"sessions"> | null,
  person: string,
): Promise<void> {
  if (material.author === person || (session && (await speakersOf(ctx, session)).includes(person))) return;
  const fresh = await ctx.db
    .insert(opened)
    .values({
      workspace: ctx.workspace.id,
      material: material.id,
      person,
      session: session?.id ?? null,
      at: ctx.now,
    })
    .onConflictDoNothing()
    .returning({ material: opened.material });
  if (fresh.length === 0) return;
  const at = (Math.floor(ctx.now / QUARTER) + 1) * QUARTER;
  // Counters go to the Base together, at most every quarter of an hour (decisions.md 9).
  await post(ctx, [{ kind: "wake", key: `count-opens:${at}`, at, automation: "opens.count", input: {} }]);
}

async function gone(
  ctx: Ctx,
  material: Rec<"materials">,
  group: Rec<"groups"> | null,
  text: string,
): Promise<OpenedMaterial> {
  const title = material.title ?? "";
  await openTodo(ctx, {
    key: `material-gone:${material.id}`,
    kind: "record-problem",
    record: material.id,
    ...(material.session ? { session: material.session } : {}),
    detail: { table: "素材库", title, field: "文件", text },
  });
  return { kind: "gone", title, ask: await whomToAsk(ctx, group) };
}
