import { lazy as reactLazy, type ComponentType, type LazyExoticComponent } from "react";

/** A screen whose code can be fetched before it is shown. */
export type LazyScreen = LazyExoticComponent<ComponentType> & { preload: () => Promise<unknown> };

/** As React's own, with `preload`. */
export function lazy(load: () => Promise<{ default: ComponentType }>): LazyScreen {
  return Object.assign(reactLazy(load), { preload: load });
}
