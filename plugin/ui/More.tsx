import type { ReactNode } from "react";

/** What one may want to know but need not: behind a word of its own, reached by keyboard. */
export function More({ label, children }: { label: string; children: ReactNode }) {
  return (
    <details className="more">
      <summary>{label}</summary>
      <div>{children}</div>
    </details>
  );
}
