import { IconClose, IconUpload } from "@douyinfe/semi-icons";
import { Button, Toast } from "@douyinfe/semi-ui";
import { useRef, useState } from "react";
import { post } from "../api.ts";
import { useWorld } from "../world.tsx";
import { type Attached, attached } from "./cell.ts";
import type { InputProps } from "./input-props.ts";

/** Attachments of a cell: taken away, or uploaded as the person. */
export function Files({ place, field, value, change, label }: InputProps) {
  const { words } = useWorld();
  const picker = useRef<HTMLInputElement>(null);
  const [busy, setBusy] = useState(false);
  const files = attached(value);

  async function upload(chosen: File[]): Promise<void> {
    setBusy(true);
    try {
      const made: Attached[] = [];
      for (const file of chosen) {
        const form = new FormData();
        form.set("as", place.person);
        form.set("base", place.token);
        form.set("name", file.name);
        form.set("file", file);
        const { file_token } = await post<{ file_token: string }>("/act/upload", form);
        made.push({ file_token, name: file.name });
      }
      change([...files, ...made]);
    } catch (error) {
      Toast.error(error instanceof Error ? error.message : String(error));
    } finally {
      setBusy(false);
    }
  }

  return (
    <div className="stack">
      {files.map((file) => (
        <span key={file.file_token} className="chip">
          {file.name}
          <button
            type="button"
            className="plain"
            aria-label={`${words.deleteRow} ${file.name}`}
            onClick={() => change(files.filter((one) => one.file_token !== file.file_token))}
          >
            <IconClose size="small" />
          </button>
        </span>
      ))}
      <input
        ref={picker}
        type="file"
        multiple
        hidden
        aria-label={label ?? field.name}
        onChange={(event) => {
          void upload([...(event.target.files ?? [])]);
          event.target.value = "";
        }}
      />
      <Button size="small" icon={<IconUpload />} loading={busy} onClick={() => picker.current?.click()}>
        {words.upload}
      </Button>
    </div>
  );
}
