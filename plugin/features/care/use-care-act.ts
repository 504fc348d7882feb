import { answer, api } from "../../api.ts";
import { useAct } from "../../ui/use-act.ts";

type Said = Parameters<typeof api.care.$post>[0]["json"];

/** What a manager does about a note, by the verbs of its card. */
export function useCareAct(onDone?: () => void) {
  const act = useAct((json: Said) => answer(api.care.$post({ json })), "care", "team");
  const say = (said: Said) =>
    act.mutate(said, {
      onSuccess: ({ ok }) => {
        if (ok) onDone?.();
      },
    });
  return { say, busy: act.isPending };
}
