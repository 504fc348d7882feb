import { MissingError } from "../../errors.ts";
import type { Ctx } from "../../context.ts";
import { viewSession } from "../sessions/facts.ts";
import { upcomingSessions } from "../sessions/upcoming.ts";
import { candidatesFor } from "./candidates.ts";

export interface CandidateView {
  lecturer: string;
  name: string;
  /** What of the session's topic they know. */
  knows: string[];
  /** Starts of their other sessions to come. */
  coming: number[];
}

const MOST = 12;

/** Who could take a session as things stand, fairest first. */
export async function listCandidates(ctx: Ctx, session: string): Promise<CandidateView[]> {
  const view = await viewSession(ctx, session);
  if (!view) throw new MissingError("session_missing", `no session ${session}`);
  const holder = view.session.lecturer;
  const found = await candidatesFor(ctx, view, new Set(holder ? [holder] : []));
  const coming = await upcomingSessions(ctx);
  return found.slice(0, MOST).map(({ id, name, expertise }) => ({
    lecturer: id,
    name: name ?? "",
    knows: (view.topic?.tags ?? []).filter((tag) => expertise?.includes(tag)),
    coming: coming.filter(({ lecturer }) => lecturer === id).map(({ start }) => start!),
  }));
}
