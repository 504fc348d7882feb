import type { Context } from "hono";
import { ForbiddenError, MissingError } from "../../errors.ts";
import { getRecord, type Rec } from "../../services/records/read.ts";
import { viewSession, type SessionView } from "../../services/sessions/facts.ts";
import type { ApiEnv } from "./env.ts";

/** The lecturer who calls; routes behind `only("lecturer")` have one. */
export async function ownLecturer(c: Context<ApiEnv>): Promise<Rec<"lecturers">> {
  const id = c.get("roles").lecturer;
  const row = id ? await getRecord(c.get("ctx"), "lecturers", id) : null;
  if (!row) throw new ForbiddenError("not_a_lecturer", "the caller is no lecturer of this workspace");
  return row;
}

/** The session of a path, if the caller leads it; a colleague's is refused, whatever the verb behind would say. */
export async function ownSession(c: Context<ApiEnv>, id: string): Promise<SessionView> {
  const view = await viewSession(c.get("ctx"), id);
  if (!view) throw new MissingError("session_missing", `no session ${id}`);
  if (!view.session.lecturer || view.session.lecturer !== c.get("roles").lecturer)
    throw new ForbiddenError("not_your_session", `session ${id} is another lecturer's`);
  return view;
}
