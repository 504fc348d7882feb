/** What a press sends: the pressed component, the form around it, the choices made (facts.md §7.4). */
import { isThing } from "../api/cards/check.ts";
import { actionsOf, type CardInput, type CardView, componentAt, submits } from "../api/cards/view.ts";
import { str } from "../api/text.ts";

type Thing = Record<string, unknown>;

/** The client itself refuses, in words a person reads; no callback is sent. */
export class Refused extends Error {}

export interface Choice {
  button: string;
  form?: Record<string, unknown> | undefined;
  option?: string | undefined;
  options?: string[] | undefined;
  input?: string | undefined;
  checked?: boolean | undefined;
}

export interface Picked {
  item: Thing;
  url?: string;
  callback: boolean;
  /** Values of the form when the press submits it. */
  form: Record<string, unknown> | null;
  /** The input itself, when no button was pressed. */
  input: CardInput | null;
}

/** The component a press means: a button by path, name or label, else an input by name. */
export function pick(view: CardView, card: Thing, choice: Choice): Picked {
  const wanted = choice.button;
  const button =
    view.buttons.find((one) => one.path === wanted) ??
    view.buttons.find((one) => one.name === wanted) ??
    view.buttons.find((one) => one.text === wanted);
  const input = button
    ? null
    : (view.inputs.find((one) => one.path === wanted || one.name === wanted) ?? null);
  const item = componentAt(card, button?.path ?? input?.path ?? "");
  if (!item) throw new Refused(`卡片上没有「${wanted}」`);
  if (item.disabled === true) throw new Refused(`「${wanted}」已停用`);
  if (input?.form !== undefined) throw new Refused(`「${wanted}」随表单一起提交`);
  const actions = input ? { callback: true } : actionsOf(item, card.schema === "2.0");
  const form = button?.form !== undefined && submits(item) ? formOf(view, button.form, choice) : null;
  if (form === null && choice.form && Object.keys(choice.form).length)
    throw new Refused(`「${wanted}」不提交表单`);
  const reset = item.form_action_type === "reset" || item.action_type === "form_reset";
  return { item, ...actions, ...(reset ? { callback: false } : {}), form, input };
}

/** Values of all inputs of a form; a required one left empty stops the press. */
function formOf(view: CardView, form: string, choice: Choice): Record<string, unknown> {
  const inputs = view.inputs.filter((one) => one.form === form);
  const given = choice.form ?? {};
  const unknown = Object.keys(given).find((name) => !inputs.some((one) => one.name === name));
  if (unknown) throw new Refused(`表单里没有「${unknown}」`);
  const values = inputs.map((one) => [one, valueOf(one, given[one.name])] as const);
  const missing = values.find(
    ([one, value]) =>
      one.required && (value === undefined || value === "" || (Array.isArray(value) && value.length === 0)),
  );
  if (missing) throw new Refused("有必填项未填写");
  return Object.fromEntries(
    values.filter(([, value]) => value !== undefined).map(([one, value]) => [one.name, value]),
  );
}

/** A choice by its label or its value, and dates in the form Feishu sends them. */
export function valueOf(one: CardInput, given: unknown): unknown {
  const value = given ?? one.value;
  if (one.tag === "input") return str(value ?? "");
  if (one.tag === "checker") return value === true;
  if (value === undefined) return undefined;
  if (Array.isArray(value)) return value.map((entry) => optionOf(one, str(entry)));
  if (one.tag === "multi_select_static" || one.tag === "multi_select_person")
    return [optionOf(one, str(value))];
  if (/^(date_picker|picker_time|picker_datetime)$/.test(one.tag))
    return / [+-]\d{4}$/.test(str(value)) ? str(value) : `${str(value)} +0800`;
  return optionOf(one, str(value));
}

function optionOf(one: CardInput, given: string): string {
  if (!one.options) return given;
  const found =
    one.options.find((option) => option.value === given) ??
    one.options.find((option) => option.text === given);
  if (!found) throw new Refused(`「${one.name}」没有选项「${given}」`);
  return found.value;
}

/** `action` of the callback. */
export function actionOf(found: Picked, choice: Choice): Thing {
  const { item, form, input } = found;
  const behaviors = Array.isArray(item.behaviors) ? item.behaviors.filter(isThing) : [];
  const value = behaviors.find((behavior) => behavior.type === "callback")?.value ?? item.value;
  return {
    ...(value === undefined ? {} : { value }),
    tag: str(item.tag),
    ...(typeof item.name === "string" ? { name: item.name } : {}),
    ...(form ? { form_value: form } : {}),
    ...chosen(item, input, choice),
    timezone: "Asia/Shanghai",
  };
}

/** What a component outside forms reports by itself. */
function chosen(item: Thing, input: CardInput | null, choice: Choice): Thing {
  if (item.tag === "overflow")
    return choice.option === undefined ? {} : { option: optionIn(item, choice.option) };
  if (!input) return {};
  if (input.tag === "input") return { input_value: choice.input ?? choice.option ?? "" };
  if (input.tag === "checker") return { checked: choice.checked ?? true };
  if (input.tag.startsWith("multi_select"))
    return { options: (choice.options ?? []).map((one) => optionOf(input, one)) };
  return { option: str(valueOf(input, choice.option ?? "")) };
}

function optionIn(item: Thing, given: string): string {
  const options = Array.isArray(item.options) ? item.options.filter(isThing) : [];
  const found = options.find(
    (option) => option.value === given || (isThing(option.text) && option.text.content === given),
  );
  if (!found) throw new Refused(`没有选项「${given}」`);
  return str(found.value);
}
