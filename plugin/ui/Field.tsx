import { cloneElement, useId, type ReactElement, type ReactNode } from "react";

interface Props {
  label: string;
  hint?: ReactNode;
  error?: string | null;
  /** One control; it gets its id and its descriptions from here. */
  children: ReactElement<Record<string, unknown>>;
}

/** A labelled control with what helps to fill it in, and what is wrong with it. */
export function Field({ label, hint, error, children }: Props) {
  const id = useId();
  const about = [hint ? `${id}-hint` : "", error ? `${id}-error` : ""].filter(Boolean).join(" ");
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {cloneElement(children, {
        id,
        ...(about ? { "aria-describedby": about } : {}),
        ...(error ? { "aria-invalid": true } : {}),
      })}
      {hint && (
        <p id={`${id}-hint`} className="soft small">
          {hint}
        </p>
      )}
      {error && (
        <p id={`${id}-error`} className="wrong">
          {error}
        </p>
      )}
    </div>
  );
}
