import { DatePicker, Input, Switch, TextArea } from "@douyinfe/semi-ui";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { get } from "../api.ts";
import { Choice } from "../Choice.tsx";
import { useWorld } from "../world.tsx";
import { type Address, datePattern } from "./cell.ts";
import { Files } from "./Files.tsx";
import type { InputProps } from "./input-props.ts";
import { T } from "./model.ts";
import { useChoices } from "./rows.ts";

/** The control that writes a field of this kind. */
export function FieldInput(props: InputProps) {
  const { field } = props;
  if (field.type === T.number) return <NumberInput {...props} />;
  if (field.type === T.select || field.type === T.multiSelect) return <Options {...props} />;
  if (field.type === T.date) return <DateInput {...props} />;
  if (field.type === T.checkbox)
    return (
      <Switch
        checked={props.value === true}
        aria-label={props.label ?? field.name}
        onChange={(on) => props.change(on)}
      />
    );
  if (field.type === T.user) return <PeopleInput {...props} />;
  if (field.type === T.group) return <ChatsInput {...props} />;
  if (field.type === T.link || field.type === T.duplex) return <LinkInput {...props} />;
  if (field.type === T.url) return <UrlInput {...props} />;
  if (field.type === T.attachment) return <Files {...props} />;
  return <TextInput {...props} />;
}

function TextInput({ field, value, change, done, label }: InputProps) {
  const text = typeof value === "string" ? value : "";
  return (
    <TextArea
      autosize={{ minRows: 1, maxRows: 8 }}
      aria-label={label ?? field.name}
      value={text}
      onChange={change}
      onBlur={done}
      onKeyDown={(event) => {
        if (!done || event.key !== "Enter" || event.shiftKey || event.nativeEvent.isComposing) return;
        event.preventDefault();
        done();
      }}
    />
  );
}

/** A number as it is typed; what is no number stays in the field, marked. */
function NumberInput({ field, value, change, done, label }: InputProps) {
  const [text, setText] = useState(typeof value === "number" ? String(value) : "");
  const wrong = text.trim() !== "" && !Number.isFinite(Number(text));
  return (
    <Input
      aria-label={label ?? field.name}
      inputMode="decimal"
      value={text}
      validateStatus={wrong ? "error" : "default"}
      onChange={(next) => {
        setText(next);
        if (next.trim() === "") change(null);
        else if (Number.isFinite(Number(next))) change(Number(next));
      }}
      onBlur={done}
      onEnterPress={done}
    />
  );
}

const closing = (done: (() => void) | undefined) => (open: boolean) => {
  if (!open) done?.();
};

function Options({ field, value, change, done, label }: InputProps) {
  const { words } = useWorld();
  const multiple = field.type === T.multiSelect;
  return (
    <Choice
      style={{ width: "100%" }}
      filter
      showClear
      multiple={multiple}
      defaultOpen={done !== undefined}
      label={label ?? field.name}
      placeholder={words.choose}
      {...(value === null ? {} : { value: value as string | string[] })}
      onChange={(next) => change(next ?? (multiple ? [] : null))}
      onDropdownVisibleChange={closing(done)}
      optionList={field.property.options?.map(({ name }) => ({ value: name, label: name })) ?? []}
    />
  );
}

function DateInput({ field, value, change, done, label }: InputProps) {
  const withTime = datePattern(field).includes("HH");
  return (
    <DatePicker
      type={withTime ? "dateTime" : "date"}
      format={withTime ? "yyyy-MM-dd HH:mm" : "yyyy-MM-dd"}
      density="compact"
      style={{ width: "100%" }}
      showClear
      defaultOpen={done !== undefined}
      aria-label={label ?? field.name}
      {...(typeof value === "number" ? { value } : {})}
      onChange={(date) => change(date instanceof Date ? date.getTime() : null)}
      onOpenChange={closing(done)}
    />
  );
}

interface Choosing extends InputProps {
  options: { value: string; label: string }[];
  chosen: string[];
  write: (ids: string[]) => unknown;
  search?: (words: string) => void;
}

/** Several of many, found by words. */
function Choose({ field, done, label, change, options, chosen, write, search }: Choosing) {
  const { words } = useWorld();
  return (
    <Choice
      style={{ width: "100%" }}
      filter
      {...(search ? { remote: true, onSearch: search } : {})}
      multiple
      defaultOpen={done !== undefined}
      label={label ?? field.name}
      placeholder={words.choose}
      value={chosen}
      onChange={(next) => {
        const ids = (next ?? []) as string[];
        change(write(field.property.multiple === false ? ids.slice(-1) : ids));
      }}
      onDropdownVisibleChange={closing(done)}
      optionList={options}
    />
  );
}

const idsOf = (value: unknown): string[] =>
  Array.isArray(value) ? value.map((one: { id: string }) => one.id) : [];
const asIds = (ids: string[]) => ids.map((id) => ({ id }));

function PeopleInput(props: InputProps) {
  const { people } = useWorld();
  const options = people.map((one) => ({ value: one.open_id, label: `${one.name} · ${one.department}` }));
  return <Choose {...props} options={options} chosen={idsOf(props.value)} write={asIds} />;
}

function ChatsInput(props: InputProps) {
  const { data } = useQuery({
    queryKey: ["messages", "all chats"],
    queryFn: () => get<{ chats: { chat_id: string; name: string; mode: string }[] }>("/chats"),
  });
  const groups = data?.chats.filter((chat) => chat.mode === "group") ?? [];
  const options = groups.map((chat) => ({ value: chat.chat_id, label: chat.name }));
  return <Choose {...props} options={options} chosen={idsOf(props.value)} write={asIds} />;
}

function LinkInput(props: InputProps) {
  const [search, setSearch] = useState("");
  const { data } = useChoices({ ...props.place, table: props.field.property.table_id ?? "" }, search);
  const primary = data?.fields.find((field) => field.primary);
  const title = (cells: Record<string, unknown>) =>
    (cells[primary?.id ?? ""] as { text: string }[] | undefined)?.map((one) => one.text).join("") ?? "";
  const options = data?.rows.map((row) => ({ value: row.id, label: title(row.cells) || row.id })) ?? [];
  return (
    <Choose
      {...props}
      options={options}
      chosen={(props.value ?? []) as string[]}
      write={(ids) => ids}
      search={setSearch}
    />
  );
}

function UrlInput({ value, change, done }: InputProps) {
  const { words } = useWorld();
  const [{ text, link }, setUrl] = useState<Address>((value as Address | null) ?? { text: "", link: "" });
  const set = (next: Address) => {
    setUrl(next);
    change(next.link === "" ? null : { ...next, text: next.text || next.link });
  };
  return (
    <div className="stack">
      <Input
        aria-label={words.linkUrl}
        placeholder={words.linkUrl}
        value={link}
        onChange={(next) => set({ text, link: next })}
        onEnterPress={done}
      />
      <Input
        aria-label={words.linkText}
        placeholder={words.linkText}
        value={text}
        onChange={(next) => set({ text: next, link })}
        onEnterPress={done}
      />
    </div>
  );
}
