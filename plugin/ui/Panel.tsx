import type { ReactNode } from "react";

/** What opens below a button: a few controls that belong together under the button's own words. */
export function Panel({ label, children }: { label: string; children: ReactNode }) {
  return (
    <fieldset className="panel">
      <legend className="unseen">{label}</legend>
      {children}
    </fieldset>
  );
}
