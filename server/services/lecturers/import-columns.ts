import { toHalfWidth } from "#base/text/time.ts";
import type { Names } from "#base/table.ts";
import type { ColumnMatch, ImportKind, Sheet } from "./import-types.ts";

export interface Column {
  readonly name: Names;
  readonly required?: boolean;
  /** Other headings people use. */
  readonly also?: readonly string[];
}
const column = (zh: string, en: string, also: readonly string[] = [], required = false): Column => ({
  name: { zh, en },
  also,
  required,
});

export const columnsOf = {
  lecturers: {
    name: column("姓名", "Name", ["讲师", "讲师姓名", "名字", "lecturer", "full name"], true),
    email: column("邮箱", "E-mail", ["邮件", "电子邮箱", "电子邮件", "企业邮箱", "email", "mail"]),
    mobile: column("手机", "Mobile", ["手机号", "手机号码", "电话", "联系电话", "phone", "mobile phone"]),
    account: column("账号", "Account", ["open_id", "openid", "飞书账号"]),
    groups: column("讲师群", "Groups", ["所属讲师群", "群", "小组", "group", "lecturer group"]),
    expertise: column("擅长领域", "Expertise", [
      "擅长",
      "领域",
      "专业",
      "专业领域",
      "标签",
      "skills",
      "tags",
    ]),
    levels: column("领域熟练度", "Expertise levels", ["熟练度", "levels"]),
    windows: column("可讲时段", "Availability", ["时段", "空闲时间", "可用时间", "available", "windows"]),
    windowsExact: column("精确时段", "Exact windows", []),
    maxPerMonth: column("每月上限", "Max per month", ["每月最多", "月上限"]),
    minGapWeeks: column("最小间隔（周）", "Min gap (weeks)", ["最小间隔", "间隔", "间隔周", "gap"]),
    joined: column("加入日期", "Joined", ["加入时间", "加入"]),
    weight: column("权重", "Weight", []),
    credit: column("期初场次", "Opening turns", ["以往场次", "已讲次数", "已讲场次", "历史次数", "credit"]),
    points: column("期初积分", "Opening points", ["积分", "已有积分", "points"]),
    note: column("备注", "Note", ["说明", "notes"]),
  },
  sessions: {
    date: column("日期", "Date", ["分享日期", "开始", "时间日期", "day"], true),
    startTime: column("开始时间", "Start", ["时间", "几点", "time", "start time"]),
    group: column("讲师群", "Group", ["群", "lecturer group", "groups"], true),
    lecturer: column("讲师", "Lecturer", ["讲师姓名", "主讲", "主讲人", "姓名", "speaker"], true),
    topic: column("主题", "Topic", ["分享主题"]),
    title: column("标题", "Title", ["题目", "分享标题"]),
    minutes: column("时长（分钟）", "Minutes", ["时长", "分钟", "duration"]),
    attendance: column("参加人数", "Attendance", ["人数", "到场人数", "签到人数", "attended"]),
    score: column("评分", "Score", ["平均分", "平均评分", "rating"]),
    ratings: column("评分数", "Ratings", ["评分人数", "评价人数", "n"]),
    nudges: column("人工催促次数", "Manual nudges", ["催促次数", "催更次数", "nudges"]),
    link: column("内容链接", "Content link", ["链接", "link", "url"]),
    note: column("备注", "Note", ["说明", "notes"]),
  },
  ratings: {
    session: column("分享", "Session", ["场次", "这场分享", "label"], true),
    score: column("评分", "Score", ["分数", "打分", "rating"]),
    comment: column("评论", "Comment", ["反馈", "意见", "comments"]),
  },
  baseline: {
    figure: column("指标", "Figure", ["项目", "名称", "metric"], true),
    value: column("值", "Value", ["数值", "数字"], true),
    date: column("日期", "Date", ["统计日期", "截至"], true),
    source: column("来源", "Source", ["出处", "依据"], true),
  },
} as const satisfies Record<Exclude<ImportKind, "files">, Record<string, Column>>;

export type SheetKind = keyof typeof columnsOf;

/** Headings compared without spaces, signs, case and what stands in brackets. */
function plain(heading: string): string {
  return toHalfWidth(heading)
    .toLowerCase()
    .replace(/\(.*?\)|【.*?】|\[.*?\]/gu, "")
    .replace(/[\s*＊:：_\-—.。'’"“”/]+/gu, "");
}

/** Which column of the sheet is which; `chosen` (our key → the sheet's heading) wins. First exact names, then other words. */
export function matchColumns(
  kind: SheetKind,
  sheet: Sheet,
  chosen: Readonly<Record<string, string>> = {},
): { columns: ColumnMatch[]; unused: string[] } {
  const wanted: [string, Column][] = Object.entries(columnsOf[kind]);
  const free = new Map(
    sheet.header.filter((heading) => heading !== "").map((heading) => [heading, plain(heading)]),
  );
  const taken = new Map<string, string>();
  const take = (key: string, heading: string | undefined) => {
    if (heading === undefined || taken.has(key) || !free.delete(heading)) return;
    taken.set(key, heading);
  };
  const named = (names: readonly string[]) => {
    const plainNames = new Set(names.map(plain));
    return [...free].find(([, text]) => plainNames.has(text))?.[0];
  };
  for (const [key, heading] of Object.entries(chosen)) take(key, heading);
  for (const [key, { name }] of wanted) take(key, named([name.zh, name.en]));
  for (const [key, { also = [] }] of wanted) take(key, named(also));
  return {
    columns: wanted.map(([key, { name, required = false }]) => ({
      key,
      name,
      required,
      header: taken.get(key) ?? null,
    })),
    unused: [...free.keys()],
  };
}
