import { html } from "hono/html";
import { whenWords } from "#domain/messages/dates.ts";
import { declineReasons } from "#domain/messages/actions.ts";
import type { Ctx } from "../../context.ts";
import { openedBy } from "../../services/content/opened.ts";
import type { Roles } from "../../services/people/roles.ts";
import { mayRate, presentAt } from "../../services/ratings/raters.ts";
import { allRecords } from "../../services/records/read.ts";
import { endOf, minutesOf, type SessionView } from "../../services/sessions/facts.ts";
import { choices, facts, form, post, say, section, type Html, type Reader } from "./layout.ts";

const STATES = {
  open: ["待安排", "open"],
  planned: ["待确认", "to be confirmed"],
  confirmed: ["已确认", "confirmed"],
  submitted: ["材料已上传", "content uploaded"],
  delivered: ["已分享", "delivered"],
  rated: ["已有反馈", "feedback in"],
  cancelled: ["已取消", "cancelled"],
} as const;

export const reasonWords = (reader: Reader) => {
  const words = {
    travel: ["出差/见客户", "travelling or with a client"],
    leave: ["请假", "on leave"],
    topic: ["主题不熟", "not familiar with the topic"],
    busy: ["最近太忙", "too busy"],
    other: ["其他", "other"],
  } as const;
  return declineReasons.map((key) => [key, say(reader.language, words[key][0], words[key][1])] as const);
};

/** 「下周三(12月2日)15:00–15:45」 in the reader's language. */
export function whenFor(ctx: Ctx, { session, group }: SessionView, reader: Reader): string {
  if (!session.start) return say(reader.language, "时间待定", "no date yet");
  return whenWords(session.start, minutesOf(ctx, session), {
    now: ctx.now,
    zone: group?.timezone ?? ctx.workspace.timezone,
    language: reader.language,
  });
}

export const titleOf = ({ session, topic }: SessionView, reader: Reader) =>
  session.title ?? topic?.name ?? session.label ?? say(reader.language, "这场分享", "This session");

/** The whole body of a session's page: what it is, its material, and what this person may do with it. */
export async function sessionBody(
  ctx: Ctx,
  view: SessionView,
  roles: Roles,
  person: string,
  reader: Reader,
): Promise<Html[]> {
  const parts = [
    essentials(ctx, view, reader),
    await materialPart(ctx, view, roles, reader),
    ...turnParts(ctx, view, roles, reader),
    heldPart(ctx, view, roles, reader),
    checkInPart(ctx, view, roles, reader),
    await ratePart(ctx, view, person, reader),
    await thanksPart(ctx, view, person, reader),
    questionPart(view, roles, reader),
  ];
  return parts.filter((part): part is Html => part !== null);
}

const at = ({ session }: SessionView, act: string) => `/m/session/${encodeURIComponent(session.id)}/${act}`;

function essentials(ctx: Ctx, view: SessionView, reader: Reader): Html {
  const { language } = reader;
  const { session, group, lecturer, topic } = view;
  const state =
    session.change === "declined" && session.state === "planned"
      ? say(language, "正在找人代讲", "finding a substitute")
      : say(language, STATES[session.state ?? "open"][0], STATES[session.state ?? "open"][1]);
  const meeting = group?.video?.link;
  return html`<section>
    ${facts([
      [say(language, "时间", "When"), whenFor(ctx, view, reader)],
      [say(language, "讲师", "Lecturer"), lecturer?.name],
      [say(language, "讲师群", "Group"), group?.name],
      [say(language, "地点", "Place"), group?.place],
      [
        say(language, "会议", "Meeting"),
        meeting && /^https?:/i.test(meeting)
          ? html`<a href="${meeting}" rel="noreferrer">${say(language, "进入会议", "Join")}</a>`
          : undefined,
      ],
      [say(language, "主题", "Topic"), topic?.name],
      [say(language, "状态", "State"), state],
    ])}
  </section>`;
}

async function materialPart(
  ctx: Ctx,
  view: SessionView,
  { audience, lecturer, admin, speaker }: Roles,
  reader: Reader,
): Promise<Html> {
  const { language } = reader;
  const rows = (await allRecords(ctx, "materials")).filter(({ session }) => session === view.session.id);
  rows.sort((a, b) => (b.version ?? 0) - (a.version ?? 0));
  const name = say(language, "材料与回放", "Material and replay");
  if (!(audience || lecturer || admin || speaker))
    return section(
      name,
      say(language, "材料给相关群里的同事看。", "The material is for the members of its chats."),
    );
  if (rows.length === 0)
    return section(name, say(language, "材料还没有上传。", "Nothing has been uploaded yet."));
  const looked = speaker || admin ? await openedBy(ctx, view.session.id) : 0;
  return section(name, [
    html`<ul>
      ${rows.flatMap((row) => {
        const files = row.file?.length ? row.file : [undefined];
        return files.map(
          (file, n) =>
            html`<li>
              <a href="/go/${encodeURIComponent(row.id)}${n > 0 ? `?file=${n}` : ""}"
                >${file?.name ?? row.title ?? say(language, "打开", "Open")}</a
              >${row.version && row.version > 1 ? html` <small>${say(language, `第 ${row.version} 版`, `version ${row.version}`)}</small>` : ""}
            </li>`,
        );
      })}
    </ul>`,
    looked > 0
      ? html`<p class="soft">${say(language, `${looked} 人看过`, `${looked} people have looked`)}</p>`
      : "",
  ]);
}

/** The turn: accept, move, decline, hand in. A manager or admin may act for an absent lecturer, as on the card. */
function turnParts(
  ctx: Ctx,
  view: SessionView,
  { speaker, manager, admin }: Roles,
  reader: Reader,
): (Html | null)[] {
  const { session } = view;
  const { language } = reader;
  const open =
    ["planned", "confirmed", "submitted"].includes(session.state ?? "") && (session.start ?? 0) > ctx.now;
  if (!(speaker || manager || admin) || !open || !session.lecturer) return [];
  const heading = speaker
    ? say(language, "您的这一场", "Your session")
    : say(language, "替讲师办理", "On the lecturer's behalf");
  const waiting = session.state === "planned" && session.change !== "declined";
  return [
    section(heading, [
      html`<div class="acts">
        ${waiting ? post(reader, at(view, "accept"), say(language, "可以，我来讲", "Yes, I'll speak"), {}, true) : ""}<a
          class="button"
          href="${at(view, "dates")}"
          >${say(language, "换个时间", "Another date")}</a
        >${post(reader, at(view, "substitute"), say(language, "请人代讲", "Find a substitute"))}${post(reader, at(view, "topic"), say(language, "换主题", "Another topic"))}${admin && session.state !== "submitted" ? post(reader, at(view, "nudge"), say(language, "提醒一下", "Send a nudge")) : ""}
      </div>`,
      html`<details>
        <summary>${say(language, "这次不行", "Not this time")}</summary>
        ${form(reader, at(view, "decline"), choices(say(language, "方便说一下原因吗？", "May we know why?"), "reason", reasonWords(reader)), say(language, "这次不行", "Not this time"), false)}
      </details>`,
    ]),
    section(say(language, "准备与上传", "Prepare & upload"), [
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
        : post(
            reader,
            at(view, "talk-only"),
            say(language, "口头分享，没有材料", "No slides, I'll just talk"),
          ),
    ]),
  ];
}

function heldPart(ctx: Ctx, view: SessionView, { speaker, admin }: Roles, reader: Reader): Html | null {
  const { session } = view;
  if (!(speaker || admin) || !session.start || endOf(ctx, session) > ctx.now) return null;
  if (!["planned", "confirmed", "submitted"].includes(session.state ?? "")) return null;
  const { language } = reader;
  return section(
    say(language, "这场开了吗？", "Did it take place?"),
    html`<div class="acts">
      ${post(reader, at(view, "held"), say(language, "开了", "Yes"), { held: "yes" }, true)}${post(reader, at(view, "held"), say(language, "没开成", "No"), { held: "no" })}
    </div>`,
  );
}

function checkInPart(
  ctx: Ctx,
  view: SessionView,
  { audience, lecturer, speaker }: Roles,
  reader: Reader,
): Html | null {
  const { session } = view;
  if (!(audience || lecturer) || speaker || !session.start || session.state === "cancelled") return null;
  const opens = session.start - ctx.settings.checkInBeforeMinutes * 60_000;
  if (ctx.now < opens || ctx.now > endOf(ctx, session) + ctx.settings.checkInAfterMinutes * 60_000)
    return null;
  const { language } = reader;
  return section(
    say(language, "签到", "Check in"),
    post(reader, at(view, "check-in"), say(language, "签到", "Check in"), {}, true),
  );
}

async function ratePart(ctx: Ctx, view: SessionView, who: string, reader: Reader): Promise<Html | null> {
  if (!("view" in (await mayRate(ctx, { session: view.session.id, person: who })))) return null;
  const { language } = reader;
  const scores = say(
    language,
    "非常有用,有用,一般,用处不大,没有用",
    "Very useful,Useful,Fair,Of little use,Not useful",
  ).split(",");
  return section(say(language, "这场对你有用吗？", "Was it useful?"), [
    html`<p class="soft">
      ${say(language, "匿名：讲师和管理员都看不到是谁写的。", "Anonymous: neither lecturer nor admin can see who wrote it.")}
      <a href="/m/how">${say(language, "怎么做到的", "How")}</a>
    </p>`,
    form(
      reader,
      at(view, "rate"),
      [
        choices(
          say(language, "选一个", "Choose one"),
          "score",
          scores.map((word, n) => [5 - n, word] as const),
        ),
        html`<label
          >${say(language, "一句话反馈（可不填）", "One sentence, if you like")}<textarea
            name="comment"
            rows="2"
            maxlength="500"
          ></textarea>
        </label>`,
      ],
      say(language, "提交", "Send"),
    ),
  ]);
}

async function thanksPart(ctx: Ctx, view: SessionView, who: string, reader: Reader): Promise<Html | null> {
  if (!ctx.settings.signedThanks || !["delivered", "rated"].includes(view.session.state ?? "")) return null;
  if (view.session.account === who || !(await presentAt(ctx, view)).includes(who)) return null;
  const { language } = reader;
  return section(
    say(language, "写句感谢", "Say thanks"),
    form(
      reader,
      at(view, "thanks"),
      html`<label
        >${say(language, "会署上你的名字转给讲师", "Passed on with your name")}<textarea
          name="text"
          rows="2"
          maxlength="200"
          required
        ></textarea>
      </label>`,
      say(language, "写句感谢", "Say thanks"),
      false,
    ),
  );
}

function questionPart(view: SessionView, { audience, lecturer }: Roles, reader: Reader): Html | null {
  if (!audience && !lecturer) return null;
  const { language } = reader;
  return section(
    say(language, "我想听", "I'd like to hear"),
    form(
      reader,
      at(view, "question"),
      html`<label
        >${say(language, "想听什么，或想问什么，一句话就好", "What would you like to hear or ask? One sentence is enough")}<textarea
          name="text"
          rows="2"
          maxlength="500"
          required
        ></textarea>
      </label>`,
      say(language, "提交", "Send"),
      false,
    ),
  );
}
