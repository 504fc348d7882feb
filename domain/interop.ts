/**
 * The members of a package that is CommonJS in Node and ES modules in a bundler:
 * there they hang on `default`, here on the namespace itself.
 */
export function members<T extends object>(namespace: T): T {
  const inner = (namespace as { default?: unknown }).default;
  return typeof inner === "object" && inner !== null ? (inner as T) : namespace;
}
