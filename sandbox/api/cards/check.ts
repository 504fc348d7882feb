/** Strict check of card JSON 2.0: the first break found, in the words of a 230099 (facts.md §7.2, §7.3). */
import { type Kind, PARTS, SHAPES } from "./shape.ts";
import { str } from "../text.ts";

export interface CardBreak {
  /** Sub-code of 230099. */
  sub: number;
  path: string;
  message: string;
  value: string;
}

export interface CardWorld {
  knowsPerson(id: string): boolean;
  knowsImage(key: string): boolean;
}

type Thing = Record<string, unknown>;
interface Place {
  path: string;
  depth: number;
  inForm: boolean;
}
interface Walk {
  world: CardWorld;
  count: number;
  elementIds: Set<string>;
  names: Set<string>;
}

const MOST_ELEMENTS = 200;
const DEEPEST = 5;
const PARSE = "parse card json err, please check whether the card json is correct";
const GONE = "cards of schema V2 no longer support this capability";

class Break extends Error {
  readonly found: CardBreak;
  constructor(found: CardBreak) {
    super(found.message);
    this.found = found;
  }
}

function fail(sub: number, path: string, message: string, value: string): never {
  throw new Break({ sub, path, message, value });
}

export function isThing(value: unknown): value is Thing {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Null when the card is right; else the first break. Sizes are checked where messages are. */
export function checkCard(card: Thing, world: CardWorld): CardBreak | null {
  const walk: Walk = { world, count: 0, elementIds: new Set(), names: new Set() };
  try {
    root(walk, card);
    return null;
  } catch (error) {
    if (error instanceof Break) return error.found;
    throw error;
  }
}

function root(walk: Walk, card: Thing): void {
  const at = { path: "ROOT", depth: 0, inForm: false };
  part(walk, "root", card, at);
  for (const name of ["config", "card_link", "header", "body"])
    if (card[name] !== undefined) part(walk, name, card[name], { ...at, path: `ROOT -> ${name}` });
  if (isThing(card.config) && card.config.update_multi === false)
    fail(200861, "ROOT -> config", GONE, "update_multi false");
  const tags = isThing(card.header) ? card.header.text_tag_list : undefined;
  if (Array.isArray(tags))
    tags.forEach((tag, index) =>
      part(walk, "text_tag", tag, { ...at, path: `ROOT -> header -> text_tag_list -> [${index}]` }),
    );
}

/** A thing that is no component: its listed properties and nothing else. */
function part(walk: Walk, name: string, value: unknown, at: Place): void {
  const known = PARTS[name];
  if (!known) throw new Error(`no shape for the card part ${name}`);
  if (!isThing(value)) fail(200621, at.path, PARSE, `${name} must be an object`);
  if (typeof value.tag === "string" && name !== "icon") counted(walk, at);
  identity(walk, value, at);
  properties(walk, value, known.props, known.required, at);
  if (name === "text" && value.tag !== "plain_text" && value.tag !== "lark_md")
    fail(200621, at.path, PARSE, `unsupported text tag ${str(value.tag)}`);
  if (value.tag === "lark_md") mentions(walk, str(value.content ?? ""), at.path);
}

function counted(walk: Walk, at: Place): void {
  walk.count += 1;
  if (walk.count > MOST_ELEMENTS) fail(11310, at.path, "element exceeds the limit", str(MOST_ELEMENTS));
}

function identity(walk: Walk, value: Thing, at: Place): void {
  const id = value.element_id;
  if (id === undefined) return;
  if (typeof id !== "string" || !/^[A-Za-z]\w{0,19}$/.test(id))
    fail(
      200621,
      at.path,
      PARSE,
      `element_id must start with a letter and have at most 20 letters, digits or underscores: ${str(id)}`,
    );
  if (walk.elementIds.has(id)) fail(200621, at.path, PARSE, `duplicate element_id ${id}`);
  walk.elementIds.add(id);
}

function properties(
  walk: Walk,
  value: Thing,
  props: Record<string, Kind>,
  required: string[],
  at: Place,
): void {
  for (const name of required)
    if (value[name] === undefined) fail(200621, at.path, PARSE, `missing property ${name}`);
  for (const [name, content] of Object.entries(value)) {
    const kind = Object.hasOwn(props, name) ? props[name] : undefined;
    if (!kind) fail(200621, at.path, PARSE, `unknown property ${name}`);
    property(walk, kind, content, { ...at, path: `${at.path} -> ${name}` });
  }
}

const PLAIN: Partial<Record<Kind, (value: unknown) => boolean>> = {
  string: (value) => typeof value === "string",
  number: (value) => typeof value === "number",
  boolean: (value) => typeof value === "boolean",
  size: (value) => typeof value === "number" || typeof value === "string",
  any: () => true,
  object: isThing,
  list: Array.isArray,
  value: (value) => isThing(value) || typeof value === "string",
};

const LISTS: Partial<Record<Kind, string>> = {
  selectOptions: "selectOption",
  personOptions: "personOption",
  overflowOptions: "overflowOption",
  imageOptions: "imageOption",
  images: "image",
  persons: "person",
  fields: "field",
};

function property(walk: Walk, kind: Kind, value: unknown, at: Place): void {
  const plain = PLAIN[kind];
  if (plain) {
    if (!plain(value)) fail(200621, at.path, PARSE, `expected ${kind}`);
  } else if (kind === "elements") elements(walk, value, at);
  else if (kind === "columns") columns(walk, value, at);
  else if (kind === "behaviors") behaviors(walk, value, at);
  else if (kind === "panelHeader") panelHeader(walk, value, at);
  else if (kind === "icon" || kind === "confirm" || kind === "buttonArea") optional(walk, kind, value, at);
  else if (kind === "text") optional(walk, "text", value, at);
  else each(value, at, (item, place) => part(walk, LISTS[kind] ?? "", item, place));
}

/** `{}` stands for "none" in hover tips and confirm windows of the documented examples. */
function optional(walk: Walk, name: string, value: unknown, at: Place): void {
  if (isThing(value) && Object.keys(value).length === 0) return;
  part(walk, name, value, at);
}

function each(value: unknown, at: Place, run: (item: unknown, place: Place) => void): void {
  if (!Array.isArray(value)) fail(200621, at.path, PARSE, "expected a list");
  value.forEach((item, index) =>
    run(item, {
      ...at,
      path: `${at.path} -> [${index}]${isThing(item) && typeof item.tag === "string" ? `(tag: ${item.tag})` : ""}`,
    }),
  );
}

function columns(walk: Walk, value: unknown, at: Place): void {
  each(value, at, (item, place) => {
    if (isThing(item) && item.tag !== "column")
      fail(200621, place.path, PARSE, `columns hold column, not ${str(item.tag)}`);
    element(walk, item, place);
  });
}

function behaviors(walk: Walk, value: unknown, at: Place): void {
  each(value, at, (item, place) => {
    const type = isThing(item) ? item.type : undefined;
    if (type !== "callback" && type !== "open_url")
      fail(200621, place.path, PARSE, `unknown behavior ${str(type)}`);
    part(walk, type, item, place);
  });
}

function panelHeader(walk: Walk, value: unknown, at: Place): void {
  part(walk, "panelHeader", value, at);
  const title = isThing(value) ? value.title : undefined;
  const name = isThing(title) && title.tag === "markdown" ? "panelTitle" : "text";
  part(walk, name, title, { ...at, path: `${at.path} -> title` });
}

function elements(walk: Walk, value: unknown, at: Place): void {
  each(value, at, (item, place) => element(walk, item, place));
}

function element(walk: Walk, item: unknown, at: Place): void {
  if (!isThing(item)) fail(200621, at.path, PARSE, "an element must be an object");
  const tag = str(item.tag);
  const shape = Object.hasOwn(SHAPES, tag) ? SHAPES[tag] : undefined;
  if (!shape) fail(200861, at.path, GONE, `unsupported tag ${tag}`);
  counted(walk, at);
  identity(walk, item, at);
  const depth = at.depth + (shape.container && tag !== "column" ? 1 : 0);
  if (depth > DEEPEST) fail(200621, at.path, PARSE, "containers nest at most five deep");
  if (tag === "form") form(item, at);
  if (at.inForm && tag === "table") fail(200621, at.path, PARSE, "a form cannot hold a table");
  named(walk, item, shape.interactive === true, at);
  properties(walk, item, shape.props, shape.required, {
    path: at.path,
    depth,
    inForm: at.inForm || tag === "form",
  });
  world(walk, item, tag, at);
}

function form(item: Thing, at: Place): void {
  if (at.depth > 0) fail(200621, at.path, PARSE, "a form stands at the root of the card only");
  if (!submits(item.elements))
    fail(200621, at.path, PARSE, "a form needs a button with form_action_type submit");
}

function submits(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(submits);
  if (!isThing(value)) return false;
  return (
    (value.tag === "button" && value.form_action_type === "submit") ||
    submits(value.elements) ||
    submits(value.columns)
  );
}

function named(walk: Walk, item: Thing, interactive: boolean, at: Place): void {
  if (item.tag === "form" || (interactive && at.inForm)) {
    if (typeof item.name !== "string" || item.name === "")
      fail(200621, at.path, PARSE, `${str(item.tag)} in a form needs a name`);
    if (walk.names.has(item.name)) fail(200621, at.path, PARSE, `duplicate name ${item.name}`);
    walk.names.add(item.name);
  }
}

/** Ids that must exist: people shown or mentioned, images. */
function world(walk: Walk, item: Thing, tag: string, at: Place): void {
  if (tag === "markdown") mentions(walk, str(item.content), at.path);
  if (tag === "person") person(walk, str(item.user_id), at.path);
  if (tag === "person_list" && item.drop_invalid_user_id !== true && Array.isArray(item.persons))
    for (const one of item.persons) if (isThing(one)) person(walk, str(one.id), at.path);
  if (tag === "img" && !walk.world.knowsImage(str(item.img_key)))
    fail(200570, at.path, "card contains invalid image keys", `image key ${str(item.img_key)}`);
}

function mentions(walk: Walk, content: string, path: string): void {
  for (const match of content.matchAll(
    /<at\s+id\s*=\s*['"]?([^'">\s]+)['"]?\s*>|<person\s+id\s*=\s*['"]([^'"]+)['"]/g,
  ))
    person(walk, match[1] ?? match[2] ?? "", path);
}

function person(walk: Walk, id: string, path: string): void {
  if (id !== "all" && !walk.world.knowsPerson(id))
    fail(100290, path, "There is an invalid user resource(at/person) in your card", id);
}
