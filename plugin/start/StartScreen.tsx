import type { ReactNode } from "react";
import { Button } from "../ui/Button.ts";

interface Props {
  title: string;
  children: ReactNode;
  /** The one thing to do. */
  action: { label: string; onClick: () => void; loading?: boolean };
  /** The way out, beside it. */
  aside?: ReactNode;
}

/** One sentence, one thing to do. */
export function StartScreen({ title, children, action, aside }: Props) {
  return (
    <main className="start">
      <h1>{title}</h1>
      {children}
      <div className="acts">
        <Button theme="solid" size="large" loading={action.loading} onClick={action.onClick}>
          {action.label}
        </Button>
        {aside}
      </div>
    </main>
  );
}
