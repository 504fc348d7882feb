import { z } from "zod";
import type { lookAt } from "./company.ts";

export interface Cast {
  admin: string;
  manager: string;
  lecturer: string;
  learner: string;
}
type Company = Awaited<ReturnType<typeof lookAt>>;

const accounts = z.array(z.object({ id: z.string() })).catch([]);
const links = z.object({ link_record_ids: z.array(z.string()) }).catch({ link_record_ids: [] });

/** Those whose screens have most on them: the same people each time, for the case company is the same each time. */
export async function castOf(company: Company, admin: string): Promise<Cast> {
  const sessions = await company.rows(company.base, "分享");
  const lecturers = await company.rows(company.base, "讲师");
  const of = (record: string) =>
    sessions.filter(({ fields }) => links.parse(fields["讲师"]).link_record_ids.includes(record));
  const score = (record: string) => {
    const own = of(record);
    const count = (...states: string[]) =>
      own.filter(({ fields }) => states.includes(String(fields["状态"]))).length;
    // Something ahead first, then most that was rated.
    return Math.min(1, count("已安排", "已确认")) * 100 + count("已评价");
  };
  const best = lecturers.toSorted((a, b) => score(b.id) - score(a.id))[0]!;
  const lecturer = accounts.parse(best.fields["账号"])[0]!.id;
  // Whose people need a kind word, else of the lecturer's.
  const notes = await company.rows(company.adminBase, "关怀提醒");
  const managers = [...notes, best].flatMap(({ fields }) => accounts.parse(fields["主管"]));
  const held = sessions.findLast(({ fields }) => accounts.parse(fields["参加者"]).length > 0);
  const learners = accounts.parse(held?.fields["参加者"]).map(({ id }) => id);
  const isLearner = new Set(
    company.people.filter(({ part }) => part === "learner").map(({ open_id }) => open_id),
  );
  return {
    admin,
    lecturer,
    manager: managers[0]!.id,
    learner: learners.find((id) => isLearner.has(id)) ?? [...isLearner][0]!,
  };
}
