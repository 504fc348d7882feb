import type { Ctx } from "../../context.ts";
import { topicView, type TopicView } from "../demand/topic-evidence.ts";
import { getRow, allRecords, type Rec } from "../records/read.ts";
import { hasContent, type SessionView } from "../sessions/facts.ts";
import { isAnswer, turnOf } from "../turns/answer.ts";
import { sessionLine, type SessionLine } from "../turns/my-turns.ts";
import { announcementOf, type Announcement } from "./announcement-of.ts";
import { openedBy } from "./opened.ts";
import type { DocumentMade } from "../effects/document-made.ts";
import { outlineOf } from "./outline-of.ts";
import { usableTemplates } from "./template-for.ts";

/** Everything the two steps of 准备与上传 show about one session. */
export interface Preparation extends SessionLine {
  topic: TopicView | null;
  /** As the lecturer typed it; the topic stands in where it is empty. */
  ownTitle: string;
  templates: { id: string; name: string; kind: string | null; uses: number; minutes: number | null }[];
  outline: DocumentMade;
  /** Colleagues' material on the topic; `href` opens it for its audience. */
  library: { id: string; title: string; href: string }[];
  files: { name: string; size: number }[];
  link: string | null;
  /** Versions handed in so far, newest last. */
  versions: { version: number; name: string; size: number | null; href: string }[];
  /** Answered 口头分享,没有材料. */
  talkOnly: boolean;
  announcement: Announcement;
  /** An admin looks first, by setting. */
  reviewed: boolean;
  opened: number;
  /** Larger files go by link. */
  fileLimitMb: number;
  /** Whether anything can still be handed in. */
  open: boolean;
}

const MOST_TEMPLATES = 5;
const MOST_COLLEAGUES = 3;

/** For the lecturer of the session, their manager or an admin; null for everybody else, and for sessions that are gone. */
export async function preparation(
  ctx: Ctx,
  input: { session: string; person: string },
): Promise<Preparation | null> {
  const view = await turnOf(ctx, input.session, input.person);
  if (isAnswer(view)) return null;
  const { session, topic } = view;
  const materials = await allRecords(ctx, "materials");
  return {
    ...sessionLine(ctx, view),
    topic: topic ? topicView(ctx, topic) : null,
    ownTitle: session.title ?? "",
    templates: (await usableTemplates(ctx, view)).slice(0, MOST_TEMPLATES).map((row) => ({
      id: row.id,
      name: row.name ?? "",
      kind: row.kind ?? null,
      uses: row.uses ?? 0,
      minutes: row.medianMinutes ?? null,
    })),
    outline: await outlineOf(ctx, session),
    library: colleagues(view, materials),
    files: (session.content ?? []).map(({ name, size }) => ({ name, size: size ?? 0 })),
    link: session.contentLink?.link ?? null,
    versions: await versionsOf(ctx, materials, session.id),
    talkOnly: session.state === "submitted" && !hasContent(session),
    announcement: await announcementOf(ctx, view),
    reviewed: ctx.settings.reviewBeforeAnnouncing,
    opened: await openedBy(ctx, session.id),
    fileLimitMb: ctx.settings.fileLimitMb,
    open: ["planned", "confirmed", "submitted"].includes(session.state ?? "") && session.start! > ctx.now,
  };
}

const hrefOf = (id: string) => `/go/${encodeURIComponent(id)}`;

function colleagues({ session, topic }: SessionView, materials: Rec<"materials">[]): Preparation["library"] {
  return materials
    .filter(
      (row) =>
        topic &&
        row.topics?.includes(topic.id) &&
        row.session !== session.id &&
        !row.problem &&
        (row.file?.length || row.link),
    )
    .sort((a, b) => (b.clicks ?? 0) - (a.clicks ?? 0) || (a.id < b.id ? -1 : 1))
    .slice(0, MOST_COLLEAGUES)
    .map(({ id, title }) => ({ id, title: title ?? "", href: hrefOf(id) }));
}

/** A record's own version counts its changes, so the field is read by itself. */
async function versionsOf(
  ctx: Ctx,
  materials: Rec<"materials">[],
  session: string,
): Promise<Preparation["versions"]> {
  const versions: Preparation["versions"] = [];
  for (const row of materials.filter((one) => one.session === session && one.source === "share")) {
    const cells = await getRow(ctx, "materials", row.id);
    const file = row.file?.[0];
    const name = file?.name ?? row.link?.link ?? row.title ?? "";
    versions.push({ version: cells?.version ?? 1, name, size: file?.size ?? null, href: hrefOf(row.id) });
  }
  return versions.sort((a, b) => a.version - b.version);
}
