import * as loaded from "rrule";

/** What a CommonJS package exports: Node puts it under `default`, bundlers give it as it is. */
function exportsOf<T extends object>(found: T & { default?: T }): T {
  return found.default ?? found;
}

/** The rrule package's class, whichever way the package was loaded. */
export const { RRule } = exportsOf(loaded);
