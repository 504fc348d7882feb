import { useQuery } from "@tanstack/react-query";
import { answer, api } from "../../api.ts";

export const WEEKS = { list: 8, week: 1, month: 5 } as const;
export type View = keyof typeof WEEKS;

/** The schedule from the Monday of an instant on; without one, from this week on. */
export function useSchedule(view: View, from: number | null) {
  return useQuery({
    queryKey: ["schedule", view, from],
    queryFn: () =>
      answer(
        api.schedule.$get({
          query: { weeks: String(WEEKS[view]), ...(from === null ? {} : { from: String(from) }) },
        }),
      ),
    placeholderData: (before) => before,
  });
}

/** What stands against the other days of a session, for as long as it is looked at or dragged. */
export function useTargets(session: string | null, span: { from: number; to: number; time?: string }) {
  return useQuery({
    queryKey: ["targets", session, span.from, span.to, span.time ?? ""],
    enabled: session !== null,
    queryFn: () =>
      answer(
        api.sessions[":id"].targets.$get({
          param: { id: session! },
          query: {
            from: String(span.from),
            to: String(span.to),
            ...(span.time ? { time: span.time } : {}),
          },
        }),
      ),
  });
}
