import { readFile, writeFile } from "node:fs/promises";
import { z } from "zod";
import { expertiseOf } from "#base/text/levels.ts";
import { parsePlanProblem, type PlanProblem } from "#domain/schedule/problem.ts";
import { plan, type PlanResult } from "#domain/schedule/plan.ts";
import { groupSlots } from "#domain/schedule/slots.ts";
import { dayNumber, localDay } from "#domain/time.ts";
import { loadSolver } from "#server/engine/workers/solver.ts";

/** Draws the case company's first eight weeks into docs/pictures/case-plan.svg: `npx tsx scripts/draw-plan.ts`. */
const ZONE = "Asia/Shanghai";
const FROM = Date.parse("2026-12-01T00:00:00+08:00");
const WEEKS = 8;
const HOURS: Record<string, [string, string]> = {
  上午: ["09:00", "12:00"],
  下午: ["14:00", "18:00"],
  晚上: ["18:00", "21:00"],
};
const DAYS = "一二三四五六日";

const cells = z.object({ key: z.string(), fields: z.record(z.string(), z.unknown()) });
const tables = z.array(z.object({ table: z.string(), rows: z.array(cells) }));
const words = z.array(z.string()).catch([]);
const text = z.string().catch("");
const count = z.number().optional().catch(undefined);

async function caseProblem(): Promise<PlanProblem> {
  const all = tables.parse(JSON.parse(await readFile("sandbox/case/shared.json", "utf8")));
  const rows = (table: string) => all.find((one) => one.table === table)?.rows ?? [];
  const topics = rows("主题").filter(({ fields }) => fields["状态"] === "启用");
  const kinds: Record<string, "off" | "work" | "blocked"> = {
    放假: "off",
    上班: "work",
    不排分享: "blocked",
  };
  const day = (value: unknown) => localDay(z.number().parse(value), ZONE);
  const companyDays = rows("公司日历").flatMap(({ fields }) => {
    const kind = kinds[text.parse(fields["类型"])];
    return kind
      ? [
          {
            kind,
            from: day(fields["开始"]),
            to: day(fields["结束"] ?? fields["开始"]),
            groups: words.parse(fields["讲师群"]),
          },
        ]
      : [];
  });
  const named = topics.slice(0, 10).map(({ key }) => key);
  const parsed = parsePlanProblem({
    timezone: ZONE,
    slots: rows("讲师群").flatMap(({ key, fields }) =>
      groupSlots({
        group: key,
        from: FROM,
        to: FROM + WEEKS * 7 * 86_400_000,
        companyDays,
        cadence: {
          frequency: "weekly",
          weekdays: words.parse(fields["星期"]).map((day) => DAYS.indexOf(day.at(-1) ?? "") + 1),
          anchor: "2026-11-01",
          startTime: text.parse(fields["开始时间"]),
          minutes: 45,
          zone: ZONE,
          talks: 1,
          onHoliday: "skip",
        },
      }).map(({ start, group }) => ({
        id: `${group}@${start}`,
        group,
        start: new Date(start).toISOString(),
        minutes: 45,
        topics: named,
      })),
    ),
    lecturers: rows("讲师").map(({ key, fields }) => ({
      id: key,
      groups: words.parse(fields["所属讲师群"]),
      expertise: expertiseOf(words.parse(fields["擅长领域"]), text.parse(fields["领域熟练度"])),
      windows: words.parse(fields["可讲时段"]).map((name) => ({
        weekday: DAYS.indexOf(name[1] ?? "") + 1,
        from: HOURS[name.slice(2)]![0],
        to: HOURS[name.slice(2)]![1],
      })),
      maxPerMonth: count.parse(fields["每月上限"]) ?? 1,
      minGapDays: (count.parse(fields["最小间隔（周）"]) ?? 2) * 7,
    })),
    topics: topics.map(({ key, fields }) => {
      const tags = words.parse(fields["领域"]);
      return { id: key, tags: Object.fromEntries(tags.map((tag) => [tag, 1 / tags.length])) };
    }),
  });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return parsed.value;
}

const COLOURS = ["#2f6fed", "#e07b00"];
const [LEFT, TOP, ROW, DAY_WIDTH] = [110, 64, 20, 13];

function draw(problem: PlanProblem, result: PlanResult): string {
  const groups = [...new Set(problem.slots.map(({ group }) => group))];
  const first = dayNumber(localDay(FROM, ZONE));
  const x = (start: string) => LEFT + (dayNumber(localDay(Date.parse(start), ZONE)) - first) * DAY_WIDTH;
  const width = LEFT + WEEKS * 7 * DAY_WIDTH + 60;
  const height = TOP + (problem.lecturers.length + 2) * ROW + 20;
  const slots = new Map(problem.slots.map((slot) => [slot.id, slot]));
  const out: string[] = [];
  const say = (at: number, y: number, words: string, more = "") =>
    out.push(`<text x="${at}" y="${y}" ${more}>${words}</text>`);
  say(
    12,
    24,
    "案例公司 2026 年 12 月起八周的排期 / Case company, eight weeks from December 2026",
    'font-size="15" font-weight="600"',
  );
  groups.forEach((group, at) => {
    out.push(`<rect x="${LEFT + at * 150}" y="34" width="10" height="10" fill="${COLOURS[at]}"/>`);
    say(LEFT + at * 150 + 15, 43, group);
  });
  for (let week = 0; week < WEEKS; week += 1) {
    const at = LEFT + week * 7 * DAY_WIDTH;
    out.push(`<line x1="${at}" x2="${at}" y1="${TOP - 8}" y2="${height - 20}" stroke="#ddd"/>`);
    say(at + 3, TOP - 2, localDay(FROM + week * 7 * 86_400_000, ZONE).slice(5), 'fill="#666" font-size="10"');
  }
  problem.lecturers.forEach(({ id }, at) => {
    const y = TOP + at * ROW;
    if (at % 2 === 0) out.push(`<rect x="0" y="${y}" width="${width}" height="${ROW}" fill="#f6f7f9"/>`);
    say(12, y + 14, id);
    say(width - 44, y + 14, String(result.fairness.loads[id] ?? 0), 'text-anchor="end"');
    for (const one of result.assignments.filter(({ lecturer }) => lecturer === id)) {
      const slot = slots.get(one.slot)!;
      const colour = COLOURS[groups.indexOf(slot.group)];
      out.push(
        `<rect x="${x(slot.start)}" y="${y + 3}" width="${DAY_WIDTH - 1}" height="${ROW - 6}" rx="2" fill="${colour}"/>`,
      );
    }
  });
  const y = TOP + problem.lecturers.length * ROW;
  say(12, y + 15, "空着 / open", 'fill="#b42318"');
  for (const { slot } of result.unfilled)
    out.push(
      `<rect x="${x(slots.get(slot)!.start)}" y="${y + 3}" width="${DAY_WIDTH - 1}" height="${ROW - 6}" rx="2" fill="none" stroke="#b42318"/>`,
    );
  say(width - 44, y + 15, String(result.unfilled.length), 'text-anchor="end" fill="#b42318"');
  say(width - 44, TOP - 2, "次", 'text-anchor="end" fill="#666" font-size="10"');
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="'Noto Sans CJK SC','PingFang SC','Microsoft YaHei',sans-serif" font-size="12"><rect width="100%" height="100%" fill="#fff"/>${out.join("\n")}</svg>\n`;
}

const problem = await caseProblem();
const result = plan(problem, { solver: await loadSolver() });
await writeFile("docs/pictures/case-plan.svg", draw(problem, result));
const turns = Object.values(result.fairness.loads);
console.log(
  JSON.stringify({
    slots: problem.slots.length,
    ...result.objective,
    optimal: result.optimal,
    most: Math.max(...turns),
    least: Math.min(...turns),
    why: result.assignments[0]?.why,
    help: result.unfilled[0]?.help,
  }),
);
