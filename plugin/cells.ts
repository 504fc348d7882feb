import type { FileRef, UrlValue } from "#base/table.ts";
import type { FieldPlace } from "#server/services/workspace/places.ts";
import type { Cells } from "./bitable.ts";

type Cell = Cells[string];

/** The SDK's shape of a cell (base-host-protocol §6.1) for a value of ours; null clears it. Throws for an unknown option. */
export function cellOf(place: FieldPlace, value: unknown): Cell {
  if (value === null || value === "" || (Array.isArray(value) && value.length === 0)) return null;
  switch (place.kind) {
    case "text":
      return [{ type: "text", text: value }] as Cell;
    case "url": {
      const { link, text } = value as UrlValue;
      return [{ type: "url", text: text || link, link }] as Cell;
    }
    case "select":
      return optionOf(place, value as string);
    case "multiSelect":
    case "openSelect":
      return (value as string[]).map((key) => optionOf(place, key));
    case "person":
    case "persons":
      return [value].flat().map((id) => ({ id })) as Cell;
    case "chat":
    case "chats":
      // The id decides; name and picture are shown from Feishu's own.
      return [value].flat().map((id) => ({ id, name: "", avatarUrl: "" })) as Cell;
    case "link":
    case "links":
      return { text: "", type: "text", recordIds: [value].flat(), tableId: place.linked ?? "" } as Cell;
    case "attachment":
      return (value as FileRef[]).map(({ fileToken, ...file }) => ({
        ...file,
        token: fileToken,
        timeStamp: Date.now(),
      }));
    default:
      return value as Cell;
  }
}

/** With id and text: for a name alone the SDK would edit the field (§6.2). Open lists also go by name. */
function optionOf(place: FieldPlace, key: string): { id: string; text: string } {
  const options = place.options ?? {};
  const found = options[key] ?? Object.values(options).find(({ name }) => name === key);
  if (!found) throw new Error(`${place.name}: there is no option ${key}`);
  return { id: found.id, text: found.name };
}

/** A value of ours from a cell as the SDK reads it; undefined for an empty one, false for an empty checkbox. */
export function valueOf(place: FieldPlace, cell: Cell | undefined): unknown {
  if (cell === null || cell === undefined) return place.kind === "checkbox" ? false : undefined;
  switch (place.kind) {
    case "text":
      return textOf(cell);
    case "url": {
      const [first] = cell as { text: string; link: string }[];
      return first && { text: first.text, link: first.link };
    }
    case "select":
      return keyOf(place, cell as { id: string });
    case "multiSelect":
      return (cell as { id: string }[]).flatMap((option) => keyOf(place, option) ?? []);
    case "openSelect":
      return (cell as { text: string }[]).map(({ text }) => text);
    case "person":
    case "chat":
      return (cell as { id: string }[])[0]?.id;
    case "persons":
    case "chats":
      return (cell as { id: string }[]).map(({ id }) => id);
    case "link":
      return (cell as { recordIds: string[] }).recordIds[0];
    case "links":
    case "backLinks":
      return (cell as { recordIds: string[] }).recordIds;
    case "attachment":
      return (cell as { token: string; name: string; size: number; type: string }[]).map(
        ({ token, name, size, type }): FileRef => ({ fileToken: token, name, size, type }),
      );
    default:
      return cell;
  }
}

const keyOf = (place: FieldPlace, { id }: { id: string }) =>
  Object.entries(place.options ?? {}).find(([, option]) => option.id === id)?.[0];

function textOf(cell: Cell): string {
  if (!Array.isArray(cell)) return typeof cell === "string" || typeof cell === "number" ? `${cell}` : "";
  return cell.map((part) => (typeof part === "object" && "text" in part ? part.text : "")).join("");
}
