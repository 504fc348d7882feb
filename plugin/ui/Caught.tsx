import { Component, type ReactNode } from "react";
import { Failed } from "./Failed.tsx";

/** A screen that fails takes nothing else with it; another try draws it anew. */
export class Caught extends Component<{ children: ReactNode }, { error: unknown }> {
  override state: { error: unknown } = { error: null };

  static getDerivedStateFromError(error: unknown) {
    return { error };
  }

  override render() {
    if (this.state.error === null) return this.props.children;
    return <Failed error={this.state.error} onRetry={() => this.setState({ error: null })} />;
  }
}
