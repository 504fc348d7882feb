const HUES = [210, 160, 265, 22, 340, 190, 45, 290];

/** The round mark of a person, a chat or a bot. */
export function Face({ name, large = false }: { name: string; large?: boolean }) {
  const sum = Array.from(name).reduce((total, sign) => total + (sign.codePointAt(0) ?? 0), 0);
  const shown = /^[\x20-\x7e]+$/.test(name)
    ? name.slice(0, 1).toUpperCase()
    : name.length > 3
      ? name.slice(0, 2)
      : name.slice(-2);
  return (
    <span
      aria-hidden="true"
      className={large ? "face face-large" : "face"}
      style={{ background: `hsl(${HUES[sum % HUES.length]} 55% 42%)` }}
    >
      {shown}
    </span>
  );
}
