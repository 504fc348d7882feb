import { useEffect } from "react";
import { onSelected, type Selected } from "./bitable.ts";
import type { Feature } from "./features/index.ts";
import { go } from "./navigation.ts";
import { places } from "./records.ts";

/** Selecting a record in the grid opens the screen that it belongs to; a selection of nothing changes nothing. */
export function useSelection(screens: readonly Feature[]): void {
  useEffect(() => {
    let last = "";
    return onSelected((selection) => {
      const { table, record } = selection;
      // Moving along a row selects it again with every cell.
      if (!table || !record || last === record) return;
      last = record;
      // Nobody asked for a screen: what keeps it from opening is no news, and the next selection tries again.
      void follow(screens, { table, record }).catch(() => (last = ""));
    });
  }, [screens]);
}

async function follow(screens: readonly Feature[], { table, record }: Selected): Promise<void> {
  const known = await places();
  const key = Object.entries(known).find(([, place]) => place.id === table)?.[0];
  const found = screens.find(({ records }) => records?.some((one) => one === key));
  if (found && key && record) go(found.id, { table: key, record });
}
