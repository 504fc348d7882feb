/** A card as a person sees it: lines in order, buttons and inputs with where they stand. Reads 1.0 and 2.0 alike. */
import { isThing } from "./check.ts";
import { type Link, linesOf, linksIn, wordsOf } from "./text.ts";
import { str } from "../text.ts";

interface CardButton {
  text: string;
  name?: string;
  tag: string;
  disabled?: true;
  url?: string;
  /** Pressing it calls the app. */
  callback: boolean;
  /** Submits the form it stands in. */
  submit?: true;
  form?: string;
  path: string;
}

export interface CardInput {
  name: string;
  tag: string;
  label?: string;
  placeholder?: string;
  required?: true;
  value?: unknown;
  options?: { text: string; value: string }[];
  form?: string;
  path: string;
}

export interface CardView {
  title: string | null;
  subtitle: string | null;
  color: string | null;
  texts: string[];
  /** Links within the texts. */
  links: Link[];
  buttons: CardButton[];
  inputs: CardInput[];
}

type Thing = Record<string, unknown>;
interface Context {
  view: CardView;
  nameOf: (id: string) => string;
  v2: boolean;
  form?: string;
}

const INPUTS = new Set([
  "input",
  "select_static",
  "multi_select_static",
  "select_person",
  "multi_select_person",
  "date_picker",
  "picker_time",
  "picker_datetime",
  "checker",
  "select_img",
]);

/** Reads a card; `nameOf` gives people's names for mentions. */
export function viewCard(card: Thing, nameOf: (id: string) => string): CardView {
  const header = isThing(card.header) ? card.header : {};
  const title = header.title === undefined ? null : wordsOf(header.title, nameOf);
  const subtitle = header.subtitle === undefined ? null : wordsOf(header.subtitle, nameOf);
  const view: CardView = {
    title,
    subtitle,
    color: typeof header.template === "string" ? header.template : null,
    texts: [],
    links: [],
    buttons: [],
    inputs: [],
  };
  const context: Context = { view, nameOf, v2: card.schema === "2.0" };
  say(context, title ?? "");
  say(context, subtitle ?? "");
  if (Array.isArray(header.text_tag_list))
    for (const tag of header.text_tag_list) if (isThing(tag)) say(context, wordsOf(tag.text, nameOf));
  walk(context, bodyOf(card), context.v2 ? "body.elements" : "elements");
  return view;
}

function bodyOf(card: Thing): unknown {
  if (isThing(card.body)) return card.body.elements;
  if (isThing(card.i18n_elements)) return card.i18n_elements.zh_cn ?? Object.values(card.i18n_elements)[0];
  return card.elements;
}

function say(context: Context, text: string): void {
  context.view.texts.push(...linesOf(text));
}

/** A text element: its lines, and the links in them. */
function written(context: Context, value: unknown): void {
  say(context, wordsOf(value, context.nameOf));
  if (isThing(value) && value.tag !== "plain_text") context.view.links.push(...linksIn(str(value.content)));
}

function walk(context: Context, list: unknown, path: string): void {
  if (Array.isArray(list))
    list.forEach((item, index) => isThing(item) && element(context, item, `${path}.${index}`));
}

function element(context: Context, item: Thing, path: string): void {
  const tag = str(item.tag);
  if (tag === "button" || tag === "overflow") return button(context, item, path);
  if (INPUTS.has(tag)) return input(context, item, path);
  if (tag === "interactive_container") container(context, item, path);
  content(context, item, tag);
  const inner = tag === "form" ? { ...context, form: str(item.name ?? "") } : context;
  if (isThing(item.header)) say(context, wordsOf(item.header.title, context.nameOf));
  walk(inner, item.columns, `${path}.columns`);
  walk(inner, item.elements, `${path}.elements`);
  walk(inner, item.actions, `${path}.actions`);
  if (isThing(item.extra)) element(inner, item.extra, `${path}.extra`);
}

function content(context: Context, item: Thing, tag: string): void {
  if (tag === "markdown" || tag === "plain_text" || tag === "lark_md") written(context, item);
  if (item.text !== undefined && tag === "div") written(context, item.text);
  if (Array.isArray(item.fields))
    for (const field of item.fields) if (isThing(field)) written(context, field.text);
  if (tag === "person") say(context, context.nameOf(str(item.user_id)));
  if (tag === "person_list" && Array.isArray(item.persons))
    say(context, item.persons.map((one) => (isThing(one) ? context.nameOf(str(one.id)) : "")).join(" "));
  if (tag === "table") table(context, item);
}

function table(context: Context, item: Thing): void {
  const columns = Array.isArray(item.columns) ? item.columns.filter(isThing) : [];
  say(context, columns.map((column) => str(column.display_name ?? column.name)).join(" | "));
  for (const row of Array.isArray(item.rows) ? item.rows.filter(isThing) : [])
    say(context, columns.map((column) => cell(context, row[str(column.name)])).join(" | "));
}

function cell(context: Context, value: unknown): string {
  if (Array.isArray(value))
    return value.map((one) => (isThing(one) ? str(one.text ?? "") : context.nameOf(str(one)))).join(" ");
  return value === undefined ? "" : wordsOf(str(value), context.nameOf);
}

/** The link a press opens and whether it calls the app, by the rules of each version. */
export function actionsOf(item: Thing, v2: boolean): { url?: string; callback: boolean } {
  const behaviors = Array.isArray(item.behaviors) ? item.behaviors.filter(isThing) : [];
  const opened = behaviors.find((behavior) => behavior.type === "open_url");
  const multi = isThing(item.multi_url) ? item.multi_url.url : undefined;
  const url = opened ? (opened.pc_url ?? opened.default_url) : (item.url ?? multi);
  const called = behaviors.some((behavior) => behavior.type === "callback");
  // Interactive components call the app by default; a plain link does not.
  const byDefault =
    behaviors.length === 0 && (v2 ? url === undefined : url === undefined || item.value !== undefined);
  return {
    ...(typeof url === "string" && url !== "" ? { url } : {}),
    callback: called || byDefault || submits(item),
  };
}

export function submits(item: Thing): boolean {
  return item.form_action_type === "submit" || item.action_type === "form_submit";
}

function button(context: Context, item: Thing, path: string): void {
  const name = typeof item.name === "string" ? { name: item.name } : {};
  context.view.buttons.push({
    text: item.tag === "overflow" ? "⋯" : wordsOf(item.text, context.nameOf),
    ...name,
    tag: str(item.tag),
    ...(item.disabled === true ? { disabled: true as const } : {}),
    ...actionsOf(item, context.v2),
    ...(submits(item) ? { submit: true as const } : {}),
    ...(context.form === undefined ? {} : { form: context.form }),
    path,
  });
}

function container(context: Context, item: Thing, path: string): void {
  const inner: CardView = {
    title: null,
    subtitle: null,
    color: null,
    texts: [],
    links: [],
    buttons: [],
    inputs: [],
  };
  walk({ ...context, view: inner }, item.elements, path);
  context.view.buttons.push({
    text: inner.texts.join(" "),
    tag: "interactive_container",
    ...(item.disabled === true ? { disabled: true as const } : {}),
    ...actionsOf(item, context.v2),
    path,
  });
}

function input(context: Context, item: Thing, path: string): void {
  const label = item.label ?? (item.tag === "checker" ? item.text : undefined);
  if (label !== undefined) say(context, wordsOf(label, context.nameOf));
  const value =
    item.default_value ??
    item.initial_option ??
    item.selected_values ??
    item.initial_date ??
    item.initial_time ??
    item.initial_datetime ??
    item.checked;
  context.view.inputs.push({
    name: str(item.name ?? ""),
    tag: str(item.tag),
    ...(label === undefined ? {} : { label: wordsOf(label, context.nameOf) }),
    ...(item.placeholder === undefined ? {} : { placeholder: wordsOf(item.placeholder, context.nameOf) }),
    ...(item.required === true ? { required: true as const } : {}),
    ...(value === undefined ? {} : { value }),
    ...(Array.isArray(item.options)
      ? { options: item.options.filter(isThing).map((option) => optionOf(context, option)) }
      : {}),
    ...(context.form === undefined ? {} : { form: context.form }),
    path,
  });
}

function optionOf(context: Context, option: Thing): { text: string; value: string } {
  const value = str(option.value ?? "");
  return {
    text: option.text === undefined ? context.nameOf(value) : wordsOf(option.text, context.nameOf),
    value,
  };
}

/** The component at a path of `viewCard`. */
export function componentAt(card: Thing, path: string): Thing | null {
  let at: unknown =
    path.startsWith("elements.") && isThing(card.i18n_elements) ? { elements: bodyOf(card) } : card;
  for (const step of path.split("."))
    at = Array.isArray(at) ? at[Number(step)] : isThing(at) ? at[step] : undefined;
  return isThing(at) ? at : null;
}
