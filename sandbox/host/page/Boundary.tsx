import { Component, type ReactNode } from "react";

interface Props {
  /** What stands in place of what could not be drawn. */
  fallback: (why: string) => ReactNode;
  children: ReactNode;
}

interface State {
  why: string | null;
  of: ReactNode;
}

/** One card that cannot be drawn takes nothing else with it; a changed one is tried again. */
export class Boundary extends Component<Props, State> {
  override state: State = { why: null, of: null };
  static getDerivedStateFromError(error: unknown): Partial<State> {
    return { why: error instanceof Error ? error.message : String(error) };
  }
  static getDerivedStateFromProps({ children }: Props, state: State): State {
    return state.of === children ? state : { why: null, of: children };
  }
  override render(): ReactNode {
    const { why } = this.state;
    return why === null ? this.props.children : this.props.fallback(why);
  }
}
