import { DateTime } from "luxon";
import type { Field } from "./model.ts";

/** The next number of an auto number field, as text (facts.md §4.4, type 1005). Raises the field's counter. */
export function autoNumber(field: Field, createdAt: number, timeZone: string): string {
  field.serial += 1;
  const serial = field.property.auto_serial;
  if (serial?.type !== "custom" || !serial.options) return String(field.serial);
  return serial.options.map((part) => piece(part, field.serial, createdAt, timeZone)).join("");
}

function piece(
  part: { type: string; value: string },
  number: number,
  createdAt: number,
  timeZone: string,
): string {
  if (part.type === "fixed_text") return part.value;
  if (part.type === "created_time") {
    return DateTime.fromMillis(createdAt, { zone: timeZone }).toFormat(
      part.value.replace(/YYYY/g, "yyyy").replace(/DD/g, "dd"),
    );
  }
  return String(number).padStart(Number(part.value) || 1, "0");
}

/** Filters name the number without the fixed parts (facts.md §4.8). */
export function bareNumber(field: Field, shown: string): string {
  const options =
    field.property.auto_serial?.type === "custom" ? (field.property.auto_serial.options ?? []) : [];
  let text = shown;
  for (const part of options) if (part.type === "fixed_text") text = text.replace(part.value, "");
  return text;
}
