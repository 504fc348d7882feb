import { Hono } from "hono";
import { html } from "hono/html";
import { eq } from "drizzle-orm";
import { notNeededReasons } from "#domain/messages/actions.ts";
import type { PressAnswer } from "#automations/define.ts";
import type { Ctx } from "../../context.ts";
import { careNote } from "../../db/schema.ts";
import { dismissCare, sendCare, takeUpCare } from "../../services/care/act.ts";
import { answerOutcome, contestCare, optOutOfCare } from "../../services/care/outcome.ts";
import { isAdmin } from "../../services/people/name.ts";
import { getRecord, type Rec } from "../../services/records/read.ts";
import { contextOfWorkspace, type Env, type PeopleOptions } from "../edge.ts";
import { answerText, facts, form, page, post, say, section, type Html, type Reader } from "./layout.ts";
import { done, forbidden, missing, readForm, readerOf } from "./reading.ts";

type Note = typeof careNote.$inferSelect;
interface Found {
  ctx: Ctx;
  row: Note;
  lecturer: Rec<"lecturers"> | null;
  /** The recipient or an admin; the lecturer sees the note as one about themselves. */
  reads: boolean;
  own: boolean;
}
type Input = { care: string; person: string };

const acts: Record<
  string,
  (ctx: Ctx, input: Input, fields: Record<string, unknown>) => Promise<PressAnswer>
> = {
  send: (ctx, input, { sentence }) =>
    sendCare(ctx, { ...input, sentence: typeof sentence === "string" ? sentence : undefined }),
  talked: (ctx, input) => takeUpCare(ctx, { ...input, how: "talked" }),
  material: (ctx, input) => takeUpCare(ctx, { ...input, how: "material" }),
  move: (ctx, input) => takeUpCare(ctx, { ...input, how: "move" }),
  "not-needed": (ctx, input, { why }) =>
    dismissCare(ctx, { ...input, why: notNeededReasons.find((reason) => reason === why) }),
  helped: (ctx, input) => answerOutcome(ctx, { ...input, answer: "yes" }),
  some: (ctx, input) => answerOutcome(ctx, { ...input, answer: "some" }),
  "no-help": (ctx, input) => answerOutcome(ctx, { ...input, answer: "no" }),
  contest: contestCare,
  "opt-out": optOutOfCare,
};

/** `/m/care/:id`: a care note, for whom it was written; for the lecturer in words of their own page. */
export function carePages(options: PeopleOptions) {
  const find = async (key: string, person: string): Promise<Found | null> => {
    const [row] = await options.db.select().from(careNote).where(eq(careNote.key, key));
    const ctx = row && (await contextOfWorkspace(options, row.workspace, person));
    if (!ctx) return null;
    const lecturer = await getRecord(ctx, "lecturers", row.lecturer);
    return {
      ctx,
      row,
      lecturer,
      reads: row.recipient === person || (await isAdmin(ctx, person)),
      own: lecturer?.person === person,
    };
  };
  const app = new Hono<Env>();
  app.get("/:id", async (c) => {
    const reader = readerOf(c);
    const found = await find(c.req.param("id"), c.get("who").openId);
    if (!found) return c.html(missing(reader), 404);
    if (!found.reads && !found.own) return c.html(forbidden(reader), 403);
    return c.html(
      page(
        reader.language,
        say(reader.language, "关怀提醒", "Care note"),
        found.own ? ownBody(found, reader) : body(found, reader),
        reader,
      ),
    );
  });
  app.post("/:id/:act", async (c) => {
    const reader = readerOf(c);
    const id = c.req.param("id");
    const fields = await readForm(c);
    const act = Object.hasOwn(acts, c.req.param("act")) ? acts[c.req.param("act")] : undefined;
    const found = fields && act && (await find(id, c.get("who").openId));
    if (!found || (!found.reads && !found.own)) return c.html(forbidden(reader), 403);
    const answer = await act!(found.ctx, { care: id, person: c.get("who").openId }, fields);
    options.wake();
    return c.html(done(reader, answerText(answer), `/m/care/${encodeURIComponent(id)}`));
  });
  return app;
}

function body({ row, lecturer }: Found, reader: Reader): Html[] {
  const { language } = reader;
  const at = (act: string) => `/m/care/${encodeURIComponent(row.key)}/${act}`;
  const why = html`<section>
    ${facts([
      [say(language, "讲师", "Lecturer"), lecturer?.name],
      [say(language, "原因", "Why"), row.reasons[language]],
    ])}
    <p class="soft">
      ${say(language, "这只是一个提醒，不计入绩效，本人也看得到。", "Only a hint, never part of performance; the lecturer can see it too.")}
    </p>
  </section>`;
  if (row.state === "contacted")
    return [
      why,
      section(
        say(language, "聊过之后有帮助吗？", "Did it help?"),
        html`<div class="acts">
          ${post(reader, at("helped"), say(language, "有帮助", "Yes"), {}, true)}${post(reader, at("some"), say(language, "一点", "Somewhat"))}${post(reader, at("no-help"), say(language, "没有", "No"))}
        </div>`,
      ),
    ];
  if (row.state !== "open")
    return [why, html`<section><p>${say(language, "这件事已经定了。", "This is settled.")}</p></section>`];
  const reasons = {
    leave: ["在休假", "on leave"],
    moved: ["已转岗", "changed job"],
    talked: ["已聊过", "we have talked"],
    wrong: ["判断不准", "misjudged"],
  } as const;
  return [
    why,
    section(
      say(language, "一句话，改好再发", "A sentence to send"),
      form(
        reader,
        at("send"),
        html`<label
          >${say(language, "以您的名义发出，可以改一改再发", "Sent in your name; edit it first if you like")}<textarea
            name="sentence"
            rows="3"
            maxlength="300"
          >
${row.sentence}</textarea>
        </label>`,
        say(language, "发给 TA", "Send"),
      ),
    ),
    section(
      say(language, "或者", "Or"),
      html`<div class="acts">
        ${post(reader, at("talked"), say(language, "已当面聊过", "We have talked"))}${post(reader, at("material"), say(language, "帮 TA 找素材", "Find material"))}${post(reader, at("move"), say(language, "调整日程", "Move the date"))}${notNeededReasons.map((reason) => post(reader, at("not-needed"), say(language, `不需要：${reasons[reason][0]}`, `Not needed: ${reasons[reason][1]}`), { why: reason }))}
      </div>`,
    ),
  ];
}

function ownBody({ row }: Found, reader: Reader): Html[] {
  const { language } = reader;
  const at = (act: string) => `/m/care/${encodeURIComponent(row.key)}/${act}`;
  return [
    html`<section>
      <p>
        ${say(language, "系统建议您的主管关心一下您的时间安排，不计入绩效。", "The system suggested that your manager ask about your time. Never part of performance.")}
      </p>
      ${facts([[say(language, "原因", "Why"), row.reasons[language]]])}
    </section>`,
    section(
      say(language, "您怎么看", "Your view"),
      html`<div class="acts">
        ${post(reader, at("contest"), say(language, "情况不是这样", "That is not so"))}${post(reader, at("opt-out"), say(language, "以后不要提示", "No more such notes"))}
      </div>`,
    ),
  ];
}
