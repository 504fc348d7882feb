import type { CardAction } from "#domain/messages/actions.ts";
import type { HeaderColour } from "#domain/messages/templates.ts";

/** A component of Card JSON 2.0; only documented properties, for an unknown one is an error (facts.md §7.3). */
export type Part = { tag: string } & Record<string, unknown>;
export interface CardJson {
  schema: "2.0";
  config: { update_multi: true; enable_forward: boolean; summary?: { content: string } };
  header?: { title: { tag: "plain_text"; content: string }; template: HeaderColour };
  body: { elements: Part[] };
}

const plain = (content: string) => ({ tag: "plain_text", content });

/** Text in Card markdown; words of people must have been escaped. */
export function markdown(content: string, id?: string): Part {
  return { tag: "markdown", content, ...(id === undefined ? {} : { element_id: id }) };
}

/** Small grey text beside the matter: the trial mark, the plain link. */
export function note(content: string, id?: string): Part {
  return { tag: "markdown", content, text_size: "notation", ...(id === undefined ? {} : { element_id: id }) };
}

/** What a button does: call us back with an action, or open a page. */
export type Press = CardAction | { url: string };

/** A button; the main one is filled with colour. */
export function button(label: string, press: Press, main = false): Part {
  return {
    tag: "button",
    type: main ? "primary" : "default",
    text: plain(label),
    behaviors: [behaviour(press)],
  };
}

function behaviour(press: Press): Record<string, unknown> {
  return "url" in press ? { type: "open_url", default_url: press.url } : { type: "callback", value: press };
}

/** Buttons side by side, wrapping on a phone. */
export function row(parts: readonly Part[]): Part {
  const columns = parts.map((part) => ({ tag: "column", width: "auto", elements: [part] }));
  return { tag: "column_set", flex_mode: "flow", horizontal_spacing: "8px", columns };
}

/** A form whose one button sends what was typed or chosen, with its action. */
export function form(name: string, fields: readonly Part[], label: string, press: CardAction): Part {
  const submit = { ...button(label, press, true), name: `${name}_send`, form_action_type: "submit" };
  return { tag: "form", name, elements: [...fields, submit] };
}

/** A text field of a form, at most `most` characters (Feishu allows 1000). */
export function input(name: string, hint: string, required: boolean, most = 500, value?: string): Part {
  return {
    tag: "input",
    name,
    required,
    input_type: "multiline_text",
    rows: 2,
    max_length: most,
    width: "fill",
    placeholder: plain(hint),
    ...(value === undefined ? {} : { default_value: value }),
  };
}

/** A card of our kind: shared (2.0 knows no other), not forwardable, headed by what must be done. */
export function card(title: string, colour: HeaderColour, elements: Part[]): CardJson {
  return {
    schema: "2.0",
    config: { update_multi: true, enable_forward: false, summary: { content: title } },
    header: { title: { tag: "plain_text", content: title }, template: colour },
    body: { elements },
  };
}
