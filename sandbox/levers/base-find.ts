import { bitable } from "../api/bitable/model.ts";
import type { Base } from "../api/bitable/model.ts";
import type { Kernel } from "../kernel.ts";
import { LeverError } from "../lever-input.ts";

/** The Base, or a refusal of the lever that lists what there is. */
export function baseOf(kernel: Kernel, token: string): Base {
  const { bases } = bitable(kernel.state);
  const base = bases[token];
  if (base) return base;
  throw new LeverError(`there is no Base ${token}: known are ${Object.keys(bases).join(", ") || "none"}`);
}
