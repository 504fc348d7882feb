import type { FileRef } from "#base/table.ts";
import type { Cells } from "#plugin/bitable.ts";
import type { FieldPlace } from "#server/services/workspace/places.ts";

type Cell = Cells[string];

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
