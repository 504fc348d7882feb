import { html } from "hono/html";
import { dateWords } from "#domain/messages/dates.ts";
import type { Ctx } from "../../context.ts";
import type { NextReward } from "../../services/incentive/next-rewards.ts";
import { statement, type Statement, type StatementEntry } from "../../services/incentive/statement.ts";
import type { Rec } from "../../services/records/read.ts";
import { form, say, section, sentence, type Html, type Reader } from "./layout.ts";

const POINTS = (hundredths: number) => `${hundredths > 0 ? "+" : ""}${hundredths / 100}`;

/** 我的积分与称号: titles, what comes next, and every entry with its why. */
export async function pointParts(ctx: Ctx, lecturer: Rec<"lecturers">, reader: Reader): Promise<Html[]> {
  const { language } = reader;
  const mine = await statement(ctx, lecturer, language);
  return [
    titles(mine, reader),
    ...(mine.next.length > 0
      ? [
          section(
            say(language, "往前看", "What comes next"),
            mine.next.map((one) => ahead(ctx, one, reader)),
          ),
        ]
      : []),
    section(say(language, "积分明细", "Points statement"), [
      html`<p>
        ${say(language, "合计", "Total")}：<strong>${mine.total / 100}</strong>
        <small>${say(language, "等于下面各条相加", "the sum of the entries below")}</small>
      </p>`,
      mine.entries.length > 0
        ? html`<ul class="plain">
            ${mine.entries.map((entry) => line(ctx, entry, reader))}
          </ul>`
        : html`<p class="soft">
            ${say(language, "月结之后，每一条都会写在这里。", "Each entry stands here after the month's close.")}
          </p>`,
      html`<details>
        <summary>${say(language, "怎么算的", "How is this computed")}</summary>
        <ul>
          ${mine.rules.map((rule) => html`<li>${rule}</li>`)}
        </ul>
      </details>`,
    ]),
  ];
}

function titles({ titles: list }: Statement, { language }: Reader): Html {
  return section(
    say(language, "称号", "Titles"),
    list.length > 0
      ? html`<ul>
          ${list.map(({ key, title, period }) => html`<li><a href="/m/award/${encodeURIComponent(key)}">${title}</a> <small>${period}</small></li>`)}
        </ul>`
      : say(language, "还没有，慢慢来。", "None yet."),
  );
}

function ahead(
  ctx: Ctx,
  { reward, condition, shares, needed, until, offer }: NextReward,
  reader: Reader,
): Html {
  const { language } = reader;
  const by = dateWords(until, { now: ctx.now, zone: ctx.workspace.timezone, language });
  const gap = Math.max(0, needed - shares);
  const standing =
    needed === 0
      ? ""
      : gap > 0
        ? say(
            language,
            `您已有 ${shares} 次，还差 ${gap} 次，${by}前。`,
            `You have ${shares}; ${gap} more by ${by}.`,
          )
        : say(language, `次数已经够了（${shares} 次）。`, `You have enough shares (${shares}).`);
  return html`<p>
      <strong>${reward}</strong><br /><small>${condition}${standing ? ` ${standing}` : ""}</small>
    </p>
    ${offer ? html`<p><a class="button" href="/m/offer/${encodeURIComponent(offer)}">${say(language, "看这个机会", "See the offer")}</a></p>` : ""}`;
}

function line(ctx: Ctx, entry: StatementEntry, reader: Reader): Html {
  const { language } = reader;
  const why = [entry.session, entry.rule].filter(Boolean).join(" · ");
  return html`<li>
    <div class="row"><span>${entry.reason}</span><strong>${POINTS(entry.points)}</strong></div>
    <small>${entry.period}${why ? ` · ${why}` : ""}</small>
    ${
      entry.open
        ? html`<details>
            <summary>${say(language, "对这条有疑问", "Ask about this entry")}</summary>
            ${form(
              reader,
              "/m/points/question",
              html`<input type="hidden" name="workspace" value="${ctx.workspace.id}" /><input
                  type="hidden"
                  name="entry"
                  value="${entry.key}"
                />${sentence(say(language, "想问什么", "Your question"), 500)}`,
              say(language, "发给管理员", "Send to the admin"),
              false,
            )}
          </details>`
        : ""
    }
  </li>`;
}
