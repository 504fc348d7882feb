import type { Ctx } from "../../context.ts";
import { listGroups, type GroupView } from "../groups/list-groups.ts";
import { importedIds } from "../lecturers/import-store.ts";
import { allRecords } from "../records/read.ts";
import { upcomingSessions } from "../sessions/upcoming.ts";

export interface FirstSteps {
  groups: GroupView[];
  lecturers: number;
  /** Lecturers in no group would never be planned. */
  withoutGroup: number;
  past: number;
  /** Sessions published and still to come. */
  coming: number;
}

/** 三步开始: how far a new programme has come, by what is there. */
export async function firstSteps(ctx: Ctx): Promise<FirstSteps> {
  const lecturers = (await allRecords(ctx, "lecturers")).filter(({ state }) => state !== "left");
  return {
    groups: await listGroups(ctx),
    lecturers: lecturers.length,
    withoutGroup: lecturers.filter(({ groups }) => !groups?.length).length,
    past: (await importedIds(ctx, "sessions")).size,
    coming: (await upcomingSessions(ctx)).length,
  };
}
