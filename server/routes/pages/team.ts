import { html } from "hono/html";
import { whenWords } from "#domain/messages/dates.ts";
import type { Ctx } from "../../context.ts";
import { notesFor } from "../../services/care/notes-shown.ts";
import { myTeam, type TeamMember } from "../../services/people/my-team.ts";
import { facts, say, section, type Html, type Reader } from "./layout.ts";

/** What a manager sees of their people: turns ahead, shares, attendance, what each lets be seen; no score, no preference. */
export async function teamParts(ctx: Ctx, person: string, reader: Reader): Promise<Html[]> {
  const team = await myTeam(ctx, person);
  if (team.length === 0) return [];
  const { language } = reader;
  const notes = (await notesFor(ctx, person, language)).filter(
    ({ state }) => state === "open" || state === "contacted",
  );
  return [
    ...(notes.length > 0
      ? [
          section(
            say(language, "关怀提醒", "Care notes"),
            html`<ul>
              ${notes.map(({ key, lecturer }) => html`<li><a href="/m/care/${encodeURIComponent(key)}">${lecturer || say(language, "打开", "Open")}</a></li>`)}
            </ul>`,
          ),
        ]
      : []),
    ...team.map((one) => member(ctx, one, reader)),
  ];
}

function member(ctx: Ctx, one: TeamMember, { language }: Reader): Html {
  const when = (start: number, minutes: number, zone: string) =>
    whenWords(start, minutes, { now: ctx.now, zone, language });
  const next = one.ahead[0];
  return section(one.name, [
    facts([
      [
        say(language, "下一场", "Next"),
        next
          ? `${when(next.start, next.minutes, next.zone)} · ${next.title ?? next.group}`
          : say(language, "近期没有轮到", "none coming up"),
      ],
      [
        say(language, "分享过", "Shared"),
        one.shares > 0
          ? say(
              language,
              `${one.shares} 次，${one.attended} 人次来听`,
              `${one.shares} times, ${one.attended} came`,
            )
          : undefined,
      ],
      [
        say(language, "称号", "Titles"),
        one.titles.map(({ title, period }) => `${title} (${period})`).join(say(language, "、", ", ")),
      ],
    ]),
    one.quotes.length > 0
      ? html`<ul>
          ${one.quotes.map((quote) => html`<li>「${quote}」</li>`)}
        </ul>`
      : "",
  ]);
}
