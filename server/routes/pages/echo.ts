import { html } from "hono/html";
import type { Ctx } from "../../context.ts";
import { notesAbout } from "../../services/care/notes-shown.ts";
import { myEcho, type SessionEcho } from "../../services/echo/my-echo.ts";
import type { ScoreShown } from "../../services/echo/score-shown.ts";
import type { Rec } from "../../services/records/read.ts";
import { viewSession } from "../../services/sessions/facts.ts";
import { facts, form, post, say, section, sentence, type Html, type Reader } from "./layout.ts";
import { at, whenFor } from "./session-words.ts";

/** Signed thanks the same day; what is anonymous only once released, and the score to the lecturer alone. */
export async function echoParts(ctx: Ctx, lecturer: Rec<"lecturers">, reader: Reader): Promise<Html[]> {
  const { language } = reader;
  const echo = await myEcho(ctx, lecturer);
  const parts: Html[] = [];
  for (const one of echo.sessions) parts.push(await session(ctx, one, echo.minimum, reader));
  if (parts.length === 0)
    parts.push(
      html`<section>
        <p>
          ${say(language, "讲完第一场，学员的话会出现在这里。", "After your first session, what learners say stands here.")}
        </p>
      </section>`,
    );
  if (echo.keywords.length > 0)
    parts.push(
      section(
        say(language, "大家常提到", "Often mentioned"),
        echo.keywords.map(({ word, count }) => `${word} ${count}`).join(say(language, "、", ", ")),
      ),
    );
  if (echo.overall)
    parts.push(section(say(language, "到现在的评分", "Rating so far"), scoreLine(echo.overall, reader)));
  const open = (await notesAbout(ctx, lecturer, language)).filter((note) => note.open);
  if (open.length > 0)
    parts.push(
      section(
        say(language, "关怀提醒", "Care notes"),
        html`<ul>
          ${open.map(({ key, recipient }) => html`<li><a href="/m/care/${encodeURIComponent(key)}">${say(language, `系统建议 ${recipient} 关心一下您的时间安排`, `The system suggested that ${recipient} ask about your time`)}</a></li>`)}
        </ul>`,
      ),
    );
  return parts;
}

async function session(ctx: Ctx, echo: SessionEcho, minimum: number, reader: Reader): Promise<Html> {
  const { language } = reader;
  const view = (await viewSession(ctx, echo.session))!;
  const waiting = say(
    language,
    `已有 ${echo.answered} 人反馈，满 ${minimum} 份就能看到评分；不足时会和您的下一场合并。`,
    `${echo.answered} responded. From ${minimum} on you will see the rating; until then it is kept for your next session.`,
  );
  return section(echo.title ?? echo.group, [
    echo.thanks.length > 0
      ? html`<ul class="plain">
          ${echo.thanks.map(
            ({ id, from, text }) =>
              html`<li>
                「${text}」<small>${from}</small>
                <details>
                  <summary>${say(language, "回一句", "Reply")}</summary>
                  ${form(
                    reader,
                    at(view, "reply"),
                    html`<input
                        type="hidden"
                        name="thanks"
                        value="${id}"
                      />${sentence(say(language, `写给 ${from}`, `To ${from}`), 200)}`,
                    say(language, "发送", "Send"),
                    false,
                  )}
                </details>
              </li>`,
          )}
        </ul>`
      : "",
    echo.comments.length > 0
      ? html`<ul>
          ${echo.comments.map((comment) => html`<li>${comment}</li>`)}
        </ul>`
      : "",
    facts([
      [say(language, "时间", "When"), whenFor(ctx, view, reader)],
      [say(language, "到场", "Attended"), echo.attended > 0 ? String(echo.attended) : undefined],
      [say(language, "看过材料", "Looked at it"), echo.opened > 0 ? String(echo.opened) : undefined],
    ]),
    echo.score
      ? scoreLine(echo.score, reader)
      : echo.answered > 0
        ? html`<p class="soft">${waiting}</p>`
        : "",
    echo.thankable ? post(reader, at(view, "thank-all"), say(language, "谢谢大家", "Thank them")) : "",
  ]);
}

function scoreLine({ score, answers, distribution, useful }: ScoreShown, { language }: Reader): Html {
  const percent = (share: number) => `${Math.round(share * 100)}%`;
  const shown = say(
    language,
    `${score.toFixed(1)} · ${answers} 人反馈`,
    `${score.toFixed(1)} · ${answers} responses`,
  );
  return html`<p>${say(language, "学员评分", "Learner rating")} <strong>${shown}</strong></p>
    <details>
      <summary>${say(language, "怎么算的", "How is this computed")}</summary>
      <p>
        ${say(language, "所有已公布的选择取平均。", "The mean of all answers released.")}
        ${[5, 4, 3, 2, 1].map((value) => `${value}: ${distribution[value - 1]}`).join(" · ")}
      </p>
      <p>
        ${say(language, `选 4 或 5 的占 ${percent(useful.share)}，大致范围 ${percent(useful.low)}–${percent(useful.high)}。人越多，范围越窄。`, `${percent(useful.share)} chose 4 or 5, likely range ${percent(useful.low)}–${percent(useful.high)}; the more answers, the narrower.`)}
      </p>
    </details>`;
}
