import { Select } from "@douyinfe/semi-ui";
import { useId } from "react";

type Props = Omit<React.ComponentProps<typeof Select>, "aria-label"> & { label: string };

/** Semi's Select with a name: its own `aria-label` always says "selected". */
export function Choice({ label, ...props }: Props) {
  const id = useId();
  return (
    <>
      <span id={id} hidden>
        {label}
      </span>
      <Select {...props} aria-labelledby={id} />
    </>
  );
}
