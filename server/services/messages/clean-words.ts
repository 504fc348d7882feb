/** What a person typed, without the signs a database refuses (NUL, halves of a pair), at most `most` characters. */
export function cleanWords(text: string, most: number): string {
  // oxlint-disable-next-line no-control-regex -- NUL is the sign meant
  return Array.from(text.replace(/[\p{Surrogate}\u0000]/gu, "").trim())
    .slice(0, most)
    .join("");
}
