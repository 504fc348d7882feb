/** The reduced form in which a card is read back when `card_msg_content_type` is not given: title and lines of parts. */
import { isThing } from "./check.ts";
import { type Link, linesOf } from "./text.ts";
import { viewCard } from "./view.ts";

type Thing = Record<string, unknown>;

/** JSON text `{"title":…,"elements":[[{tag,text}]]}` of a card. */
export function reducedCard(card: Thing, nameOf: (id: string) => string): string {
  const view = viewCard(card, nameOf);
  const head = new Set([view.title, view.subtitle].flatMap((text) => linesOf(text ?? "")));
  const lines = view.texts
    .filter((line, index) => !(index < head.size && head.has(line)))
    .map((line) => partsOf(line, view.links));
  const inputs = view.inputs.map((input) => [{ tag: input.tag, name: input.name }]);
  const buttons = view.buttons.map((button) => ({ tag: "button", text: button.text, type: "default" }));
  return JSON.stringify({
    title: view.title,
    elements: [...lines, ...inputs, ...(buttons.length ? [buttons] : [])],
  });
}

/** A line as text and `a` parts, the latter with where they lead. */
function partsOf(line: string, links: Link[]): Thing[] {
  const link = links.find(({ text }) => text !== "" && line.includes(text));
  if (!link) return line === "" ? [] : [{ tag: "text", text: line }];
  const at = line.indexOf(link.text);
  const rest = links.filter((one) => one !== link);
  return [
    ...partsOf(line.slice(0, at), rest),
    { tag: "a", href: link.url, text: link.text },
    ...partsOf(line.slice(at + link.text.length), rest),
  ];
}

/** A parsed card, or null when the text is no JSON object. */
export function parseCard(content: string): Thing | null {
  try {
    const card: unknown = JSON.parse(content);
    return isThing(card) ? card : null;
  } catch {
    return null;
  }
}
