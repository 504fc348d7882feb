import { Checkbox, DatePicker, Input, TextArea, TimePicker } from "@douyinfe/semi-ui";
import { useState, type ReactNode } from "react";
import { byPattern } from "../dates.ts";
import { Choice } from "../Choice.tsx";
import { useWorld } from "../world.tsx";
import { initialOf, useFormHand } from "./form.tsx";
import { useCardHand, type Pressing } from "./press.ts";
import { str, type Thing, things, wordsOf } from "../thing.ts";

interface Control {
  item: Thing;
  label: string;
  hint: string;
  value: unknown;
  disabled: boolean;
  /** A new value; outside forms it is sent at once. */
  change: (value: unknown) => void;
  /** Sends a text that was typed outside a form. */
  done: () => void;
}

/** An input, select, picker or checkbox of a card, in a form or by itself. */
export function Field({ item, path }: { item: Thing; path: string }) {
  const { language, words } = useWorld();
  const { busy, press } = useCardHand();
  const form = useFormHand();
  const [own, setOwn] = useState<unknown>(initialOf(item));
  const tag = str(item.tag);
  const name = str(item.name);
  const value = form ? form.values[name] : own;
  const label = wordsOf(item.label, language);
  const control: Control = {
    item,
    label,
    hint: wordsOf(item.placeholder, language) || (tag === "input" ? words.fillIn : words.choose),
    value,
    disabled: item.disabled === true || (!form && busy !== null),
    change(next) {
      if (form) return form.set(name, next);
      setOwn(next);
      if (tag !== "input") press(item, path, choiceOf(tag, next));
    },
    done: () => {
      if (!form && value !== initialOf(item)) press(item, path, { input: str(value) });
    },
  };
  return (
    <div className={item.label_position === "left" ? "card-field beside" : "card-field"}>
      {label !== "" && (
        <span className="card-label">
          {label}
          {item.required === true && <i aria-hidden="true">*</i>}
        </span>
      )}
      {draw(tag, control, language)}
    </div>
  );
}

function choiceOf(tag: string, value: unknown): Pressing {
  if (tag === "checker") return { checked: value === true };
  return Array.isArray(value) ? { options: value.map(str) } : { option: str(value) };
}

function draw(tag: string, control: Control, language: "zh" | "en"): ReactNode {
  if (tag === "input") return <Text {...control} />;
  if (tag === "checker")
    return (
      <Checkbox
        checked={control.value === true}
        disabled={control.disabled}
        onChange={(event) => control.change(event.target.checked === true)}
      >
        {wordsOf(control.item.text, language)}
      </Checkbox>
    );
  if (tag === "picker_time") return <Time {...control} />;
  if (tag === "date_picker" || tag === "picker_datetime")
    return <DateField {...control} withTime={tag !== "date_picker"} />;
  return <Choose {...control} multiple={tag.startsWith("multi_") || control.item.multi_select === true} />;
}

function Text({ item, label, hint, value, disabled, change, done }: Control) {
  const limit = typeof item.max_length === "number" ? { maxLength: item.max_length } : {};
  const common = {
    value: str(value),
    placeholder: hint,
    "aria-label": label || hint,
    disabled,
    onChange: change,
    onBlur: done,
    ...limit,
  };
  return item.input_type === "multiline_text" ? (
    <TextArea
      {...common}
      autosize={{ minRows: Number(item.rows ?? 2), maxRows: Number(item.max_rows ?? 6) }}
    />
  ) : (
    <Input {...common} mode={item.input_type === "password" ? "password" : undefined} onEnterPress={done} />
  );
}

function Choose({ item, label, hint, value, disabled, change, multiple }: Control & { multiple: boolean }) {
  const { language, people } = useWorld();
  const options = things(item.options).map((option) => {
    const own = str(option.value);
    const person = people.find((one) => one.open_id === own);
    return { value: own, label: wordsOf(option.text, language) || person?.name || own };
  });
  const everybody = people.map((one) => ({ value: one.open_id, label: one.name }));
  return (
    <Choice
      style={{ width: "100%" }}
      filter
      label={label || hint}
      placeholder={hint}
      disabled={disabled}
      multiple={multiple}
      {...(value === undefined ? {} : { value: value as string | string[] })}
      onChange={change}
      optionList={options.length > 0 ? options : everybody}
    />
  );
}

/** `2026-12-01 09:00 +0800` and the like: the zone stands behind, as Feishu sends it. */
const shown = (value: unknown): string => str(value).replace(/ [+-]\d{4}$/, "");

function DateField({ hint, label, value, disabled, change, withTime }: Control & { withTime: boolean }) {
  const pattern = withTime ? "yyyy-MM-dd HH:mm" : "yyyy-MM-dd";
  const text = shown(value);
  return (
    <DatePicker
      type={withTime ? "dateTime" : "date"}
      format={pattern}
      density="compact"
      style={{ width: "100%" }}
      placeholder={hint}
      aria-label={label || hint}
      disabled={disabled}
      {...(text === "" ? {} : { value: text })}
      onChange={(date) => change(date instanceof Date ? byPattern(date.getTime(), pattern) : "")}
    />
  );
}

function Time({ hint, label, value, disabled, change }: Control) {
  const text = shown(value);
  return (
    <TimePicker
      format="HH:mm"
      style={{ width: "100%" }}
      placeholder={hint}
      aria-label={label || hint}
      disabled={disabled}
      {...(text === "" ? {} : { value: text })}
      onChange={(date) => change(date instanceof Date ? byPattern(date.getTime(), "HH:mm") : "")}
    />
  );
}
