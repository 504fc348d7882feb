import type { Field, Place } from "./model.ts";

export interface InputProps {
  place: Omit<Place, "view">;
  field: Field;
  /** In the form in which it is written. */
  value: unknown;
  change: (value: unknown) => void;
  /** In a cell: opens at once, and says when the person has finished. */
  done?: (() => void) | undefined;
  label?: string;
}
