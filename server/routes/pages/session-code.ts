import { html, raw } from "hono/html";
import { renderSVG } from "uqr";
import { attendanceOf } from "../../services/attendance/check-in.ts";
import { endOf } from "../../services/sessions/facts.ts";
import { note, page, post, say, type Html, type Reader } from "./layout.ts";
import type { Found } from "./session-acts.ts";
import { titleOf, whenFor } from "./session-words.ts";

const pathOf = ({ view }: Found, last = "") => `/m/session/${encodeURIComponent(view.session.id)}${last}`;

/** The screen for the room: a code that leads every phone to the check-in page, and how many are in. */
export async function codePage(found: Found, reader: Reader): Promise<Html> {
  const { ctx, view } = found;
  const { language } = reader;
  const address = `${ctx.publicUrl}${pathOf(found, "/check-in")}`;
  const count = await attendanceOf(ctx, view.session.id);
  const code = renderSVG(address, { border: 2, ecc: "M" });
  const body = html`<section class="room">
    <p>${whenFor(ctx, view, reader)}</p>
    <div role="img" aria-label="${say(language, "签到二维码", "QR code for checking in")}">${raw(code)}</div>
    <p>
      ${say(language, "用飞书扫一扫，点一下就好。", "Scan with Feishu, then one tap.")}
      <small>${say(language, `已签到 ${count} 人`, `${count} checked in`)}</small>
    </p>
    <p>
      <a href="${pathOf(found, "/code")}">${say(language, "刷新人数", "Count again")}</a>
      <a href="${pathOf(found)}">${say(language, "回到这场分享", "Back to the session")}</a>
    </p>
  </section>`;
  return page(language, `${titleOf(view, reader)} ${say(language, "签到", "Check-in")}`, body, reader);
}

/** Where the code leads: one button for who is in the room. */
export function checkInPage(found: Found, reader: Reader): Html {
  const { ctx, view } = found;
  const { language } = reader;
  const { session } = view;
  const opens = (session.start ?? 0) - ctx.settings.checkInBeforeMinutes * 60_000;
  const closes = session.start ? endOf(ctx, session) + ctx.settings.checkInAfterMinutes * 60_000 : 0;
  const back = { href: pathOf(found), label: say(language, "看这场分享", "The session") };
  if (session.state === "cancelled" || ctx.now < opens || ctx.now > closes) {
    const sentence = say(
      language,
      "现在不在签到时间里。如果你到场了，告诉管理员补一下就行。",
      "Check-in is not open now. If you were there, the admin can add you.",
    );
    return note(language, titleOf(view, reader), sentence, back, reader);
  }
  const body = html`<section>
    <p>${whenFor(ctx, view, reader)} · ${view.lecturer?.name ?? ""}</p>
    ${post(reader, pathOf(found, "/check-in"), say(language, "签到", "Check in"), {}, true)}
    <p class="soft">
      ${say(language, "签到后，结束时会请你匿名反馈一句。", "Afterwards you'll be asked for a short anonymous rating.")}
    </p>
  </section>`;
  return page(language, `${titleOf(view, reader)} ${say(language, "签到", "Check-in")}`, body, reader);
}
