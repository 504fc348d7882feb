import type { ReactNode } from "react";

interface Props {
  /** Heading of the screen; the tab already names it, so it may say more. */
  title: string;
  /** Buttons beside the heading. */
  actions?: ReactNode;
  children: ReactNode;
}

export function Screen({ title, actions, children }: Props) {
  return (
    <main className="screen">
      <header className="screen-head">
        <h1>{title}</h1>
        {actions}
      </header>
      {children}
    </main>
  );
}
