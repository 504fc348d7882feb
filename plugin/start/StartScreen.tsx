import { Button } from "@douyinfe/semi-ui";
import type { ReactNode } from "react";

interface Props {
  title: string;
  children: ReactNode;
  /** The one thing to do. */
  action: { label: string; onClick: () => void; loading?: boolean };
}

/** One sentence, one thing to do. */
export function StartScreen({ title, children, action }: Props) {
  return (
    <main className="start">
      <h1>{title}</h1>
      {children}
      <Button theme="solid" size="large" loading={action.loading} onClick={action.onClick}>
        {action.label}
      </Button>
    </main>
  );
}
