import { answer, api } from "../../api.ts";
import { useAct } from "../../ui/use-act.ts";

type Said = Parameters<(typeof api.turns)[":session"]["answer"]["$post"]>[0]["json"];

/** Answers for a turn of one's own, by the verbs of its card. */
export function useAnswer(session: string, onDone: () => void) {
  const act = useAct(
    (json: Said) => answer(api.turns[":session"].answer.$post({ param: { session }, json })),
    "turns",
    "dates",
    "peers",
  );
  const say = (said: Said) =>
    act.mutate(said, {
      onSuccess: ({ ok }) => {
        if (ok) onDone();
      },
    });
  return { say, busy: act.isPending };
}
