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
