import type { Wire } from "./wire.ts";

/** Of the calls that are hit, this share gets this fault; what keeps a line open does so for a tenth of a second only. */
const MIX = [
  { kind: "rateLimit", share: 0.2 },
  { kind: "500", share: 0.2 },
  { kind: "conflict", share: 0.15 },
  { kind: "drop-before", share: 0.15 },
  { kind: "drop-after", share: 0.15 },
  { kind: "slow", share: 0.1, ms: 20 },
  { kind: "reply-loss", share: 0.05, ms: 100 },
] as const;

/** Every call fails with the given probability in one of many ways; events are doubled and reordered as often. */
export async function injectFaults(wire: Wire, probability: number, seed: number): Promise<void> {
  const calls = MIX.map(({ share, ...fault }, index) => ({
    ...fault,
    probability: probability * share,
    seed: `${seed}/${index}`,
  }));
  const events = (["duplicate-event", "reorder-events"] as const).map((kind) => ({
    kind,
    probability,
    seed: `${seed}/${kind}`,
  }));
  await wire.post("/sandbox/faults", { rules: [...calls, ...events] });
}
