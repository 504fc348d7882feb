import type {
  HeaderColour,
  Language,
  MessageDefault,
  MessageText,
  TemplateId,
} from "#domain/messages/templates.ts";

type Line = string | readonly string[];
interface Words {
  title: Line;
  lines: readonly Line[];
  buttons?: readonly string[];
}
interface Extras {
  off?: true;
  /** A step inside a card (choose a date, give a reason): no row of its own. */
  step?: true;
  time?: string;
  days?: number;
}

const list = (line: Line): readonly string[] => (typeof line === "string" ? [line] : line);
const words = ({ title, lines, buttons }: Words): MessageText => ({
  title: list(title),
  lines: lines.map(list),
  buttons: buttons ?? [],
});

/** One message: names, colour, its words in both languages, and where it differs from "on, with a row of its own". */
export function message(
  id: TemplateId,
  name: Record<Language, string>,
  colour: HeaderColour,
  zh: Words,
  en: Words,
  extras: Extras = {},
): MessageDefault {
  const { off, step, time, days } = extras;
  return {
    id,
    name,
    colour,
    on: off !== true,
    row: step !== true,
    ...(time === undefined ? {} : { time }),
    ...(days === undefined ? {} : { days }),
    text: { zh: words(zh), en: words(en) },
  };
}
