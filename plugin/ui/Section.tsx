import { useId, type ReactNode } from "react";

interface Props {
  title?: ReactNode;
  /** Beside the title. */
  extra?: ReactNode;
  children: ReactNode;
}

/** A card of a screen. */
export function Section({ title, extra, children }: Props) {
  const id = useId();
  return (
    <section className="section" aria-labelledby={title ? id : undefined}>
      {title && (
        <div className="section-head">
          <h2 id={id}>{title}</h2>
          {extra}
        </div>
      )}
      {children}
    </section>
  );
}
