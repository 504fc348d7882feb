const office = "application/vnd.openxmlformats-officedocument";

/** Types by ending. Only what a browser shows without running anything is shown in place; an unknown ending says nothing. */
const inline: Record<string, string> = {
  pdf: "application/pdf",
  png: "image/png",
  jpg: "image/jpeg",
  jpeg: "image/jpeg",
  gif: "image/gif",
  webp: "image/webp",
  mp4: "video/mp4",
  m4v: "video/mp4",
  webm: "video/webm",
  mov: "video/quicktime",
  mp3: "audio/mpeg",
  m4a: "audio/mp4",
};
const saved: Record<string, string> = {
  pptx: `${office}.presentationml.presentation`,
  docx: `${office}.wordprocessingml.document`,
  xlsx: `${office}.spreadsheetml.sheet`,
  ppt: "application/vnd.ms-powerpoint",
  doc: "application/msword",
  xls: "application/vnd.ms-excel",
  zip: "application/zip",
  txt: "text/plain; charset=utf-8",
  md: "text/markdown; charset=utf-8",
  csv: "text/csv; charset=utf-8",
};

/** How a file goes to a browser, by its name. */
export function fileKind(name: string): { type: string; inline: boolean } {
  const ending = /\.([a-z0-9]+)$/i.exec(name)?.[1]?.toLowerCase() ?? "";
  const shown = inline[ending];
  return shown
    ? { type: shown, inline: true }
    : { type: saved[ending] ?? "application/octet-stream", inline: false };
}
