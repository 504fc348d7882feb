import { html } from "hono/html";
import type { Ctx } from "../../context.ts";
import { announcementOf, type Announcement } from "../../services/content/announcement-of.ts";
import { openedBy } from "../../services/content/opened.ts";
import type { DocumentMade } from "../../services/effects/document-made.ts";
import { outlineOf } from "../../services/content/outline-of.ts";
import { bestTemplate } from "../../services/content/template-for.ts";
import type { Roles } from "../../services/people/roles.ts";
import { allRecords, getRow, type Rec } from "../../services/records/read.ts";
import type { SessionView } from "../../services/sessions/facts.ts";
import { post, say, section, type Html, type Reader } from "./layout.ts";
import { at, whenAt } from "./session-words.ts";

/** The material of a session for its audience, newest first. */
export async function materialPart(
  ctx: Ctx,
  view: SessionView,
  { audience, lecturer, admin, speaker }: Roles,
  reader: Reader,
): Promise<Html> {
  const { language } = reader;
  const name = say(language, "材料与回放", "Material and replay");
  if (!(audience || lecturer || admin || speaker))
    return section(
      name,
      say(language, "材料给相关群里的同事看。", "The material is for the members of its chats."),
    );
  const rows = await versionsOf(ctx, view.session.id);
  if (rows.length === 0)
    return section(name, say(language, "材料还没有上传。", "Nothing has been uploaded yet."));
  const looked = speaker || admin ? await openedBy(ctx, view.session.id) : 0;
  return section(name, [
    html`<ul>
      ${rows.flatMap(({ row, version }) => filesOf(row, version, reader))}
    </ul>`,
    looked > 0
      ? html`<p class="soft">${say(language, `${looked} 人看过`, `${looked} people have looked`)}</p>`
      : "",
  ]);
}

/** A record's own version counts its changes, so the field is read by itself. */
async function versionsOf(ctx: Ctx, session: string): Promise<{ row: Rec<"materials">; version: number }[]> {
  const versions = [];
  for (const row of await allRecords(ctx, "materials"))
    if (row.session === session)
      versions.push({ row, version: (await getRow(ctx, "materials", row.id))?.version ?? 1 });
  return versions.sort((a, b) => b.version - a.version);
}

function filesOf(row: Rec<"materials">, version: number, { language }: Reader): Html[] {
  const files = row.file?.length ? row.file : [undefined];
  const label = version > 1 ? say(language, `第 ${version} 版`, `version ${version}`) : "";
  return files.map(
    (file, n) =>
      html`<li>
        <a href="/go/${encodeURIComponent(row.id)}${n > 0 ? `?file=${n}` : ""}"
          >${file?.name ?? row.title ?? say(language, "打开", "Open")}</a
        >${label ? html` <small>${label}</small>` : ""}
      </li>`,
  );
}

/** 准备与上传 in two steps: an outline to start from, then a file or a link, which can be taken back for a while. */
export async function preparePart(ctx: Ctx, view: SessionView, reader: Reader): Promise<Html> {
  const { language } = reader;
  const { session } = view;
  const outline = await outlineOf(ctx, session);
  const hasTemplate = (await bestTemplate(ctx, view)) !== null;
  return section(say(language, "准备与上传", "Prepare & upload"), [
    outlinePart(outline, hasTemplate, view, reader),
    toldPart(ctx, await announcementOf(ctx, view), view, reader),
    html`<form method="post" action="${at(view, "hand-in")}" enctype="multipart/form-data">
      <input type="hidden" name="csrf" value="${reader.csrf}" /><label
        >${say(language, "标题", "Title")}<input
          type="text"
          name="title"
          maxlength="100"
          value="${session.title ?? ""}" /></label
      ><label
        >${say(language, "文件（最大 20 MB，更大的请贴链接）", "File (up to 20 MB; link to larger ones)")}<input
          type="file"
          name="file" /></label
      ><label
        >${say(language, "或者贴链接", "Or a link")}<input type="url" name="link" maxlength="2000" /></label
      ><button class="main" type="submit">${say(language, "上传材料", "Upload")}</button>
    </form>`,
    session.state === "submitted"
      ? ""
      : post(reader, at(view, "talk-only"), say(language, "口头分享，没有材料", "No slides, I'll just talk")),
  ]);
}

function outlinePart(
  outline: DocumentMade,
  hasTemplate: boolean,
  view: SessionView,
  reader: Reader,
): Html | string {
  const { language } = reader;
  if (outline.state === "ready")
    return html`<p>
      <a class="button" href="${outline.link}" rel="noreferrer"
        >${say(language, "打开提纲", "Open the outline")}</a
      >
    </p>`;
  if (outline.state === "making")
    return html`<p>${say(language, "正在为您准备提纲，马上就好。", "Your outline is being made.")}</p>`;
  if (!hasTemplate) return "";
  return post(reader, at(view, "outline"), say(language, "用模板开始", "Start from a template"));
}

function toldPart(ctx: Ctx, told: Announcement, view: SessionView, reader: Reader): Html | string {
  const { language } = reader;
  if (told.state === "waiting")
    return html`<p role="status">
        ${say(language, "已上传，还没有通知学员。通知时间：", "Uploaded; learners will be told ")}${whenAt(ctx, view, told.at, reader)}
      </p>
      ${post(reader, at(view, "undo"), say(language, "撤回通知", "Undo"))}`;
  if (told.state === "told")
    return html`<p class="soft">${say(language, "已通知学员。", "Learners have been told.")}</p>`;
  if (told.state === "undone")
    return html`<p class="soft">
      ${say(language, "通知已撤回。换一个文件会重新通知。", "Taken back. Another file will be announced anew.")}
    </p>`;
  return "";
}

/** By setting an admin looks first: the buttons of that card. */
export async function reviewPart(
  ctx: Ctx,
  view: SessionView,
  { admin }: Roles,
  reader: Reader,
): Promise<Html | null> {
  if (!admin || !ctx.settings.reviewBeforeAnnouncing || view.session.state !== "submitted") return null;
  if ((await announcementOf(ctx, view)).state !== "review") return null;
  const { language } = reader;
  return section(
    say(language, "可以通知学员了吗？", "May learners be told?"),
    html`<div class="acts">
      ${post(reader, at(view, "review"), say(language, "可以通知", "Tell them"), { approve: "yes" }, true)}${post(reader, at(view, "review"), say(language, "先等等", "Not yet"), { approve: "no" })}
    </div>`,
  );
}
