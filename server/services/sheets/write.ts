import Papa from "papaparse";
import writeExcelFile from "write-excel-file/node";

export type Cell = string | number;
export interface Sheet {
  name: string;
  header: readonly string[];
  rows: readonly (readonly Cell[])[];
}

/** A table as CSV, with the mark by which spreadsheets know UTF-8. */
export function toCsv({ header, rows }: Sheet): string {
  const lines = [header, ...rows].map((row) => row.map(harmless));
  return `\uFEFF${Papa.unparse(lines, { newline: "\r\n" })}\r\n`;
}

/** A table as an XLSX file with one sheet; numbers stay numbers. */
export async function toXlsx({ name, header, rows }: Sheet): Promise<Uint8Array<ArrayBuffer>> {
  const head = header.map((value) => ({ value, type: String, fontWeight: "bold" as const }));
  const data = [head, ...rows.map((row) => row.map(cellOf))];
  const buffer = await writeExcelFile(data, { sheet: name, stickyRowsCount: 1 }).toBuffer();
  return Uint8Array.from(buffer);
}

const cellOf = (value: Cell) =>
  typeof value === "number" ? { value, type: Number } : { value, type: String };

/** Words of people must not become formulas when a spreadsheet opens them. */
function harmless(value: Cell): Cell {
  return typeof value === "string" && /^[=+\-@\t\r]/u.test(value) ? `'${value}` : value;
}
