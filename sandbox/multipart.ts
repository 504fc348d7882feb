/**
 * Reads multipart/form-data by hand: official SDKs send a `file` part without a filename (facts.md §2.1), which the
 * platform's parser would take for text and damage. A part is a file when it has a filename, is named `file` or `image`, or
 * declares a type other than text.
 */
export function parseMultipart(body: Buffer, contentType: string): FormData | null {
  const boundary = /boundary=(?:"([^"]+)"|([^;]+))/i.exec(contentType);
  const mark = boundary?.[1] ?? boundary?.[2]?.trim();
  if (!mark) return null;
  const form = new FormData();
  for (const part of parts(body, Buffer.from(`--${mark}`))) addPart(form, part);
  return form;
}

function* parts(body: Buffer, mark: Buffer): Generator<Buffer> {
  let start = body.indexOf(mark);
  while (start >= 0) {
    const next = body.indexOf(mark, start + mark.length);
    if (next < 0) return;
    // Between two marks stands CRLF, the part, CRLF.
    yield body.subarray(start + mark.length + 2, next - 2);
    start = next;
  }
}

function addPart(form: FormData, part: Buffer): void {
  const end = part.indexOf("\r\n\r\n");
  if (end < 0) return;
  const head = part.subarray(0, end).toString("utf8");
  const content = part.subarray(end + 4);
  const name = /[; ]name="([^"]*)"/i.exec(head)?.[1];
  if (name === undefined) return;
  const filename = /filename\*?="?([^";\r\n]*)"?/i.exec(head)?.[1];
  const type = /content-type:\s*([^\r\n;]+)/i.exec(head)?.[1]?.trim();
  const isFile =
    filename !== undefined ||
    name === "file" ||
    name === "image" ||
    (type !== undefined && !type.startsWith("text/"));
  if (isFile)
    form.append(
      name,
      new File([new Uint8Array(content)], filename ?? name, { type: type ?? "application/octet-stream" }),
    );
  else form.append(name, content.toString("utf8"));
}
