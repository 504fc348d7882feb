import { html } from "hono/html";
import { addDays, localDay } from "#domain/time.ts";
import type { Ctx } from "../../context.ts";
import { attendeesOf } from "../../services/attendance/check-in.ts";
import { signedUp } from "../../services/attendance/sign-up.ts";
import type { Roles } from "../../services/people/roles.ts";
import { mayRate, presentAt } from "../../services/ratings/raters.ts";
import { endOf, type SessionView } from "../../services/sessions/facts.ts";
import { choices, form, post, say, section, sentence, type Html, type Reader } from "./layout.ts";
import { at } from "./session-words.ts";

/** 加到日历 / 有事来不了, until it begins. */
export async function comingPart(
  ctx: Ctx,
  view: SessionView,
  { audience, lecturer, speaker }: Roles,
  person: string,
  reader: Reader,
): Promise<Html | null> {
  const { session } = view;
  if (!(audience || lecturer) || speaker || !session.start || session.start <= ctx.now) return null;
  if (session.state === "cancelled" || !session.lecturer) return null;
  const { language } = reader;
  const coming = (await signedUp(ctx, session.id)).includes(person);
  return section(
    say(language, "来听吗？", "Will you come?"),
    coming
      ? html`<p>${say(language, "已加到您的日历。", "It is in your calendar.")}</p>
          ${post(reader, at(view, "not-coming"), say(language, "有事来不了", "I can't come"))}`
      : html`<div class="acts">
          ${post(reader, at(view, "coming"), say(language, "加到日历", "Add to calendar"))}${post(reader, at(view, "not-coming"), say(language, "有事来不了", "I can't come"))}
        </div>`,
  );
}

export function checkInPart(
  ctx: Ctx,
  view: SessionView,
  { audience, lecturer, speaker, admin }: Roles,
  reader: Reader,
): Html | null {
  const { session } = view;
  if (!session.start || session.state === "cancelled") return null;
  const opens = session.start - ctx.settings.checkInBeforeMinutes * 60_000;
  if (ctx.now < opens || ctx.now > endOf(ctx, session) + ctx.settings.checkInAfterMinutes * 60_000)
    return null;
  const { language } = reader;
  const title = say(language, "签到", "Check in");
  const code = html`<p>
    <a class="button" href="${at(view, "code")}">${say(language, "大屏二维码", "Code for the room")}</a>
  </p>`;
  if (speaker) return section(title, code);
  if (!(audience || lecturer)) return admin ? section(title, code) : null;
  return section(title, [post(reader, at(view, "check-in"), title, {}, true), admin ? code : ""]);
}

export async function ratePart(
  ctx: Ctx,
  view: SessionView,
  who: string,
  reader: Reader,
): Promise<Html | null> {
  if (!("view" in (await mayRate(ctx, { session: view.session.id, person: who })))) return null;
  const { language } = reader;
  const scores = say(
    language,
    "5 很有用,4 有用,3 一般,2 不太有用,1 没帮助",
    "5 very useful,4 useful,3 so-so,2 not very,1 not at all",
  ).split(",");
  return section(say(language, "这场对你有用吗？", "Was it useful?"), [
    html`<p class="soft">
      ${say(language, `匿名：满 ${ctx.settings.minimum} 份才一起显示，看不到是谁、几点写的。`, `Anonymous: shown only together with at least ${ctx.settings.minimum} others' answers, without name or hour.`)}
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
          >${say(language, "想补一句吗？（可不填）", "Anything to add? (optional)")}<textarea
            name="comment"
            rows="2"
            maxlength="500"
            placeholder="${say(language, "哪一点会用上？哪里没听懂？", "What will you use? What was unclear?")}"
          ></textarea>
        </label>`,
      ],
      say(language, "提交", "Send"),
    ),
  ]);
}

export async function thanksPart(
  ctx: Ctx,
  view: SessionView,
  who: string,
  reader: Reader,
): Promise<Html | null> {
  if (!ctx.settings.signedThanks || !["delivered", "rated"].includes(view.session.state ?? "")) return null;
  if (view.session.account === who || !(await presentAt(ctx, view)).includes(who)) return null;
  const { language } = reader;
  return section(
    say(language, "写句感谢", "Say thanks"),
    form(
      reader,
      at(view, "thanks"),
      sentence(
        say(
          language,
          "这句会署名，今天就转给讲师。",
          "This carries your name and goes to the lecturer today.",
        ),
        200,
      ),
      say(language, "写句感谢", "Say thanks"),
      false,
    ),
  );
}

const LEARNED_AFTER_DAYS = 30;

/** 30 days later, for who was there: the three answers of that card. */
export async function learnedPart(
  ctx: Ctx,
  view: SessionView,
  who: string,
  reader: Reader,
): Promise<Html | null> {
  const { session } = view;
  if (!ctx.on["learned"] || !session.start || !["delivered", "rated"].includes(session.state ?? ""))
    return null;
  const zone = ctx.workspace.timezone;
  if (addDays(localDay(session.start, zone), LEARNED_AFTER_DAYS) > localDay(ctx.now, zone)) return null;
  if (!(await attendeesOf(ctx, session.id)).includes(who)) return null;
  const { language } = reader;
  return section(
    say(language, "这里讲的方法，你用上了吗？", "Have you used what it showed?"),
    html`<div class="acts">
      ${post(reader, at(view, "learned"), say(language, "用上了", "Yes"), { answer: "used" }, true)}${post(reader, at(view, "learned"), say(language, "还没机会", "Not yet"), { answer: "not-yet" })}${post(reader, at(view, "learned"), say(language, "不适合", "Doesn't fit"), { answer: "no" })}
    </div>`,
  );
}

export function questionPart(view: SessionView, { audience, lecturer }: Roles, reader: Reader): Html | null {
  if (!audience && !lecturer) return null;
  const { language } = reader;
  return section(
    say(language, "我想听", "I'd like to hear"),
    form(
      reader,
      at(view, "question"),
      sentence(
        say(
          language,
          "想听什么，或想问什么，一句话就好",
          "What would you like to hear or ask? One sentence is enough",
        ),
        500,
      ),
      say(language, "提交", "Send"),
      false,
    ),
  );
}
