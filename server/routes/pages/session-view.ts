import { html } from "hono/html";
import type { Ctx } from "../../context.ts";
import { activeLecturer, type Roles } from "../../services/people/roles.ts";
import { endOf, type SessionView } from "../../services/sessions/facts.ts";
import { openTodos } from "../../services/todos/todo.ts";
import { askedOfMe } from "../../services/turns/asked-of-me.ts";
import { choices, facts, form, post, say, section, type Html, type Reader } from "./layout.ts";
import {
  checkInPart,
  comingPart,
  learnedPart,
  questionPart,
  ratePart,
  thanksPart,
} from "./session-audience.ts";
import { materialPart, preparePart, reviewPart } from "./session-content.ts";
import { todoItem } from "./todo-item.ts";
import { at, reasonWords, whenAt, whenFor } from "./session-words.ts";

const STATES = {
  open: ["待安排", "open"],
  planned: ["待确认", "to be confirmed"],
  confirmed: ["已确认", "confirmed"],
  submitted: ["材料已上传", "content uploaded"],
  delivered: ["已分享", "delivered"],
  rated: ["已有反馈", "feedback in"],
  cancelled: ["已取消", "cancelled"],
} as const;

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
    ...(await todoParts(ctx, view, roles, reader)),
    await askedPart(ctx, view, person, reader),
    ...(await turnParts(ctx, view, roles, reader)),
    await reviewPart(ctx, view, roles, reader),
    heldPart(ctx, view, roles, reader),
    checkInPart(ctx, view, roles, reader),
    await comingPart(ctx, view, roles, person, reader),
    await ratePart(ctx, view, person, reader),
    await thanksPart(ctx, view, person, reader),
    await learnedPart(ctx, view, person, reader),
    questionPart(view, roles, reader),
  ];
  return parts.filter((part): part is Html => part !== null);
}

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

/** The turn: accept, move, decline, hand in. A manager or admin may act for an absent lecturer, as on the card. */
async function turnParts(
  ctx: Ctx,
  view: SessionView,
  { speaker, manager, admin }: Roles,
  reader: Reader,
): Promise<Html[]> {
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
        ><a class="button" href="${at(view, "peers")}">${say(language, "和同事对换", "Swap")}</a
        >${post(reader, at(view, "substitute"), say(language, "请人代讲", "Find a substitute"))}${post(reader, at(view, "topic"), say(language, "换主题", "Another topic"))}${admin && session.state !== "submitted" ? post(reader, at(view, "nudge"), say(language, "提醒一下", "Send a nudge")) : ""}
      </div>`,
      html`<details>
        <summary>${say(language, "这次不行", "Not this time")}</summary>
        ${form(reader, at(view, "decline"), choices(say(language, "方便说一下原因吗？", "May we know why?"), "reason", reasonWords(reader)), say(language, "这次不行", "Not this time"), false)}
      </details>`,
    ]),
    await preparePart(ctx, view, reader),
  ];
}

/** What waits for the admin about this session, as on the card that told of it. */
async function todoParts(
  ctx: Ctx,
  { session }: SessionView,
  { admin }: Roles,
  reader: Reader,
): Promise<Html[]> {
  if (!admin) return [];
  const items = (await openTodos(ctx)).filter((item) => item.session === session.id);
  return items.map((item) => todoItem(item, reader, { here: true }));
}

/** A colleague cannot come, and this person was asked to step in. */
async function askedPart(ctx: Ctx, view: SessionView, person: string, reader: Reader): Promise<Html | null> {
  const me = await activeLecturer(ctx, person);
  const asked = me ? await askedOfMe(ctx, me) : [];
  const mine = asked.find(({ kind, id }) => kind === "substitute" && id === view.session.id);
  if (!mine) return null;
  const { language } = reader;
  return section(
    say(language, `能帮 ${mine.from} 讲这一场吗？`, `Could you step in for ${mine.from}?`),
    html`<p class="soft">
        ${say(language, "不方便没关系，点一下就好，最晚 ", "If not, no problem: one tap before ")}${whenAt(ctx, view, mine.replyBy, reader)}
      </p>
      <div class="acts">
        ${post(reader, at(view, "step-in"), say(language, "我来讲", "I'll do it"), {}, true)}${post(reader, at(view, "not-me"), say(language, "这次不行", "Not this time"))}
      </div>`,
  );
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
