/** The card that asked a colleague to step in. */
export const substituteAskKey = (session: string, lecturer: string, start: number) =>
  `substitute:${session}:${lecturer}:${start}:ask`;

/** The card that asked a colleague to swap; `swap` names both sessions. */
export const swapAskKey = (swap: string, at: number) => `swap:${swap}:${at}`;
