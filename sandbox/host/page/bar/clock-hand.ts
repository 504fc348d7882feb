import { Toast } from "@douyinfe/semi-ui";
import { useRef, useState } from "react";
import { post } from "../api.ts";
import { DAY, dayName, time } from "../dates.ts";
import { useWorld } from "../world.tsx";

export type Move = { until: number } | { next: true };

interface Hand {
  moving: boolean;
  move: (move: Move) => void;
  /** Stops after the day under way. */
  stop: () => void;
}

const advance = (move: Move) => post<{ now: number; steps: number }>("/clock/advance", move);

/** Moves the company's clock, far ways day by day so that one can follow and stop. Says where it ended, or why it did not. */
export function useClockHand(now: number): Hand {
  const { words, language } = useWorld();
  const [moving, setMoving] = useState(false);
  const stopped = useRef(false);

  async function run(move: Move): Promise<void> {
    if ("next" in move) {
      const { steps } = await advance(move);
      if (steps === 0) Toast.info(words.nothingDue);
      return;
    }
    let at = now;
    while (at < move.until && !stopped.current)
      ({ now: at } = await advance({ until: Math.min(move.until, at + DAY) }));
    Toast.success(words.arrived(`${dayName(at, language)} ${time(at, language)}`));
  }

  function move(to: Move): void {
    stopped.current = false;
    setMoving(true);
    run(to)
      .catch((error: unknown) => {
        const why = error instanceof Error ? error.message : String(error);
        Toast.error({ content: `${words.clockFailed}: ${why}`, duration: 8 });
      })
      .finally(() => setMoving(false));
  }

  return {
    moving,
    move,
    stop: () => {
      stopped.current = true;
    },
  };
}
