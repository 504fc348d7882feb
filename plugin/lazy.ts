import { lazy as reactLazy, type ComponentType } from "react";

/** A screen; `preload` fetches its code before it is shown, where it comes apart from the rest. */
export type ScreenCode = ComponentType & { preload?: () => Promise<unknown> };

/** As React's own, with `preload`. */
export function lazy(load: () => Promise<{ default: ComponentType }>): ScreenCode {
  return Object.assign(reactLazy(load), { preload: load });
}
