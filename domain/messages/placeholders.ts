/** Every placeholder a text may use, with its Chinese alias for admins who write texts in the Base (texts.md §1). */
export const placeholders = {
  lecturer: "讲师",
  peer: "同事",
  recipient: "收件人",
  group: "讲师群",
  title: "标题",
  topic: "主题",
  when: "时间",
  day: "日期",
  time: "几点",
  place: "地点",
  evidence: "依据",
  share: "占比",
  count: "条数",
  why_me: "为什么是您",
  template: "模板",
  template_minutes: "准备分钟",
  quote: "学员原话",
  attended: "到场人数",
  thanks: "感谢人数",
  answers: "反馈人数",
  looked: "查看人次",
  score: "评分",
  points: "积分",
  points_period: "本期积分",
  award: "称号",
  period: "周期",
  reward: "奖励",
  condition: "条件",
  gap: "差距",
  until: "截止日期",
  reasons: "原因",
  sentence: "建议的话",
  old_when: "原时间",
  new_when: "新时间",
  admin: "管理员",
  lecturer_address: "称呼",
  minimum: "最少份数",
  preference: "偏好",
  reply_by: "回复期限",
  headline: "要点",
  decisions: "待定事项",
  proactive: "主动分享率",
  proactive_n: "主动场数",
  held_n: "分享场数",
  proactive_prev: "上月主动分享率",
  score_prev: "上月评分",
  hours: "协调工时",
  hours_base: "基线工时",
  willing: "分享意愿",
  willing_n: "愿意人数",
  asked_n: "调研人数",
  survey_month: "调研月份",
  outcome: "结果",
  reason: "缘由",
  field: "字段",
  chat: "群名",
  from: "起始日期",
  change: "更新内容",
  items: "清单",
  n: "数量",
} as const;
export type Placeholder = keyof typeof placeholders;
/** Ready words by placeholder; a missing one drops its words. */
export type Values = Partial<Record<Placeholder, string>>;

const byAlias = new Map(
  Object.entries(placeholders).map(([name, alias]) => [alias as string, name as Placeholder]),
);
const TOKEN = /\{([^{}\n]*)\}/g;

/** The placeholder a token names, in English or Chinese; undefined when there is none such. */
export function placeholderOf(token: string): Placeholder | undefined {
  const name = token.trim();
  return Object.hasOwn(placeholders, name) ? (name as Placeholder) : byAlias.get(name);
}

/** All `{…}` tokens of a text, as written between the braces. */
export function tokensOf(text: string): string[] {
  return Array.from(text.matchAll(TOKEN), (match) => match[1] ?? "");
}

/** Replaces every token once; inserted words are not looked at again, so a name like `{x}` stays a name. */
export function replaceTokens(text: string, word: (token: string) => string): string {
  return text.replace(TOKEN, (_, token: string) => word(token));
}
