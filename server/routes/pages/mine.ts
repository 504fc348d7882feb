import type { Ctx } from "../../context.ts";
import { activeLecturer } from "../../services/people/roles.ts";
import type { Rec } from "../../services/records/read.ts";
import { allContexts, type PeopleOptions } from "../edge.ts";

/** A person as a lecturer of a workspace. */
export interface Mine {
  ctx: Ctx;
  lecturer: Rec<"lecturers">;
}

/** Every workspace in which the person is a lecturer. */
export async function mine(options: PeopleOptions, person: string): Promise<Mine[]> {
  const found: Mine[] = [];
  for (const ctx of await allContexts(options, person)) {
    const lecturer = await activeLecturer(ctx, person);
    if (lecturer) found.push({ ctx, lecturer });
  }
  return found;
}
