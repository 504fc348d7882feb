import type { ReactNode } from "react";

type TagColour = "grey" | "blue" | "teal" | "green" | "orange";

interface Props {
  colour: TagColour;
  /** Of what is no longer so. */
  struck?: boolean;
  children: ReactNode;
}

/** A word in a colour; the word alone says it all. */
export function Tag({ colour, struck, children }: Props) {
  return <span className={`tag tag-${colour}${struck ? " struck" : ""}`}>{children}</span>;
}
