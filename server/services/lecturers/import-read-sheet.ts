import Papa from "papaparse";
import readExcelFile from "read-excel-file/node";
import { InvalidInputError } from "../../errors.ts";
import type { Sheet } from "./import-types.ts";

/** Rows an import takes at once. */
const ROW_LIMIT = 20_000;

/** Reads an XLSX file (first sheet), or CSV or TSV text in UTF-8 or GB18030, as spreadsheets in China save it. */
export async function readSheet(bytes: Uint8Array): Promise<Sheet> {
  const isZip = bytes[0] === 0x50 && bytes[1] === 0x4b;
  return isZip ? toSheet(await readXlsx(bytes)) : readText(decodeText(bytes));
}

/** Reads what was pasted: cells separated by tabs (from a spreadsheet) or commas. */
export function readText(text: string): Sheet {
  const { data } = Papa.parse<string[]>(text.replace(/^\uFEFF/u, ""), {
    delimitersToGuess: ["\t", ",", ";", "，"],
  });
  return toSheet(data);
}

async function readXlsx(bytes: Uint8Array): Promise<string[][]> {
  try {
    const [first] = await readExcelFile(Buffer.from(bytes));
    return (first?.data ?? []).map((row) => row.map(cellText));
  } catch (error) {
    throw new InvalidInputError("unreadable_sheet", `the spreadsheet cannot be read: ${String(error)}`, {
      nextStep: { zh: "请另存为 .xlsx 或 CSV 后再试", en: "save it as .xlsx or CSV and try again" },
      cause: error,
    });
  }
}

/** Dates of a spreadsheet have no zone: read as they are shown. */
function cellText(value: unknown): string {
  if (value === null || value === undefined) return "";
  if (value instanceof Date)
    return value
      .toISOString()
      .slice(0, 16)
      .replace("T", " ")
      .replace(/ 00:00$/u, "");
  return typeof value === "string"
    ? value
    : typeof value === "number" || typeof value === "boolean"
      ? `${value}`
      : "";
}

function decodeText(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    // Not UTF-8: Excel in China saves CSV in the system's code page.
    return new TextDecoder("gb18030").decode(bytes);
  }
}

function toSheet(lines: readonly (readonly string[])[]): Sheet {
  const numbered = lines.map((cells, index) => ({
    number: index + 1,
    cells: cells.map((cell) => cell.trim()),
  }));
  const filled = numbered.filter(({ cells }) => cells.some((cell) => cell !== ""));
  const [head, ...rows] = filled;
  if (!head)
    throw new InvalidInputError("empty_sheet", "the sheet has no rows", {
      nextStep: {
        zh: "第一行写列名，下面每行一条",
        en: "put the headings in the first row, one entry in each row below",
      },
    });
  if (rows.length > ROW_LIMIT)
    throw new InvalidInputError(
      "sheet_too_long",
      `the sheet has ${rows.length} rows, at most ${ROW_LIMIT} at once`,
      {
        nextStep: { zh: "请分几次导入", en: "import it in parts" },
      },
    );
  return { header: head.cells, rows };
}
