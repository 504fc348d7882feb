import { useId } from "react";

interface Props<K extends string> {
  legend: string;
  options: readonly (readonly [key: K, label: string])[];
  /** What is chosen; several only with `most` > 1. */
  chosen: readonly K[];
  most?: number;
  onChange: (chosen: K[]) => void;
}

/** One or several of a few, by mouse, finger or keyboard: the browser's own controls. */
export function Choice<K extends string>({ legend, options, chosen, most = 1, onChange }: Props<K>) {
  const name = useId();
  const toggle = (key: K) => {
    if (most === 1) return onChange([key]);
    onChange(chosen.includes(key) ? chosen.filter((one) => one !== key) : [...chosen, key].slice(-most));
  };
  return (
    <fieldset className="choice">
      <legend>{legend}</legend>
      {options.map(([key, label]) => (
        <label key={key}>
          <input
            type={most === 1 ? "radio" : "checkbox"}
            name={name}
            checked={chosen.includes(key)}
            onChange={() => toggle(key)}
          />
          <span>{label}</span>
        </label>
      ))}
    </fieldset>
  );
}
