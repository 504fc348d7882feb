/** Option lists that several tables share, so that they cannot drift apart. */
export const expertise = {
  sales: ["销售", "Sales"],
  technology: ["技术", "Technology"],
  service: ["客户服务", "Customer service"],
  product: ["产品", "Product"],
  hr: ["人力资源", "HR"],
  management: ["管理", "Management"],
} as const;

export const weekdays = {
  mon: ["周一", "Mon"],
  tue: ["周二", "Tue"],
  wed: ["周三", "Wed"],
  thu: ["周四", "Thu"],
  fri: ["周五", "Fri"],
  sat: ["周六", "Sat"],
  sun: ["周日", "Sun"],
} as const;
export type WeekdayKey = keyof typeof weekdays;

const dayParts = { am: ["上午", "am"], pm: ["下午", "pm"], eve: ["晚上", "eve"] } as const;
export type DayPart = keyof typeof dayParts;
export type WindowKey = `${WeekdayKey}-${DayPart}`;

/** 周一上午/Mon am … 周日晚上/Sun eve: 21 options in the order of the week. */
export const windows = Object.fromEntries(
  Object.entries(weekdays).flatMap(([weekday, [zh, en]]) =>
    Object.entries(dayParts).map(([part, [zhPart, enPart]]) => [
      `${weekday}-${part}`,
      [`${zh}${zhPart}`, `${en} ${enPart}`] as const,
    ]),
  ),
) as unknown as Record<WindowKey, readonly [string, string]>;

export const motivations = {
  honour: ["荣誉", "Honour"],
  material: ["物质", "Material"],
  growth: ["成长", "Growth"],
} as const;
