import { lecturer, type Company } from "./company.ts";

/** A session that the n-th lecturer has confirmed, as the admin's hand writes it; `start` local in Shanghai, `YYYY-MM-DDTHH:mm`. */
export const confirmed = (company: Company, n: number, start: string, group = company.group) => ({
  状态: "已确认",
  开始: Date.parse(`${start}:00+08:00`),
  "时长（分钟）": 45,
  讲师群: [group],
  讲师: [company.lecturers[n - 1]],
  讲师账号: [{ id: lecturer(n) }],
});
