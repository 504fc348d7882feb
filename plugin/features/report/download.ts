import { api, CallError } from "../../api.ts";
import { i18n } from "../../language.ts";

/** Fetches the report as a file, with the person's token, and hands it to the browser. */
export async function download(format: "csv" | "xlsx"): Promise<void> {
  const response = await api.report.export.$get({ query: { format } });
  if (!response.ok) throw new CallError("no_file", i18n.t("common:noServer"), { status: response.status });
  const url = URL.createObjectURL(await response.blob());
  const link = document.createElement("a");
  link.href = url;
  link.download = `lectern-report.${format}`;
  link.click();
  // The browser has begun by then; the address would hold the file in memory.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
