import type { Language } from "./templates.ts";
import { commonSurnames, compoundSurnames } from "./surnames.ts";

const HAN = /^[\u4e00-\u9fa5]{2,4}$/;

/** How a manager would address a lecturer: 李老师, 欧阳老师; the full name where the surname is not certain. */
export function lecturerAddress(name: string, language: Language): string {
  const full = name.trim();
  if (language === "en") return full;
  if (full.endsWith("老师") || !HAN.test(full)) return full;
  const two = full.slice(0, 2);
  if (compoundSurnames.has(two)) return full.length > 2 ? `${two}老师` : full;
  const certain = full.length <= 3 && commonSurnames.includes(full.slice(0, 1));
  return certain ? `${full.slice(0, 1)}老师` : full;
}
