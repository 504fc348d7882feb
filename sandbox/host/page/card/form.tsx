import { createContext, useContext, useMemo, useState, type ReactNode } from "react";
import { isThing, str, type Thing } from "../thing.ts";

interface FormHand {
  /** By the names of the inputs; what was never touched has its first value. */
  values: Record<string, unknown>;
  set: (name: string, value: unknown) => void;
  missing: () => boolean;
  clear: () => void;
}

const context = createContext<FormHand | null>(null);

/** The form around a part of a card; null outside forms. */
export const useFormHand = (): FormHand | null => useContext(context);

interface FormItem {
  name: string;
  required: boolean;
  initial: unknown;
}

/** A form keeps what is filled in until its button sends it; a new card of the same form keeps it too. */
export function CardForm({ elements, children }: { elements: unknown; children: ReactNode }) {
  const items = useMemo(() => itemsIn(elements), [elements]);
  const [filled, setFilled] = useState<Record<string, unknown>>({});
  const hand = useMemo((): FormHand => {
    const initial = items.flatMap(({ name, initial: value }) => (value === undefined ? [] : [[name, value]]));
    const values = { ...(Object.fromEntries(initial) as Record<string, unknown>), ...filled };
    return {
      values,
      set: (name, value) => setFilled((old) => ({ ...old, [name]: value })),
      clear: () => setFilled({}),
      missing: () => items.some(({ name, required }) => required && isEmpty(values[name])),
    };
  }, [items, filled]);
  return (
    <context.Provider value={hand}>
      <div className="card-form">{children}</div>
    </context.Provider>
  );
}

const isEmpty = (value: unknown) =>
  value === undefined || value === "" || (Array.isArray(value) && value.length === 0);

/** What a component holds before anybody touches it. */
export const initialOf = (item: Thing): unknown =>
  item.default_value ??
  item.initial_option ??
  item.selected_values ??
  item.initial_date ??
  item.initial_time ??
  item.initial_datetime ??
  item.checked;

const NOT_FIELDS = new Set(["button", "overflow", "form", "interactive_container"]);

/** Inputs of a form wherever they stand in it. */
function itemsIn(part: unknown): FormItem[] {
  if (Array.isArray(part)) return part.flatMap(itemsIn);
  if (!isThing(part)) return [];
  const name = str(part.name);
  const own =
    name !== "" && !NOT_FIELDS.has(str(part.tag))
      ? [{ name, required: part.required === true, initial: initialOf(part) }]
      : [];
  return [...own, ...itemsIn(part.elements), ...itemsIn(part.columns)];
}
