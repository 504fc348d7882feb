import type { Operation } from "./kernel.ts";

interface Node {
  fixed: Map<string, Node>;
  param: Node | null;
  operations: Map<string, Operation>;
}

export interface Match {
  operation: Operation;
  path: Record<string, string>;
}

const empty = (): Node => ({ fixed: new Map(), param: null, operations: new Map() });

/** Finds an operation by method and path; a fixed segment wins over a parameter, as `/users/batch` over `/users/:user_id`. */
export function createRouter(operations: Operation[]) {
  const root = empty();
  for (const operation of operations) insert(root, operation);
  return (method: string, pathname: string): Match | null => {
    const segments = pathname.split("/").slice(1);
    const operation = walk(root, segments, 0, method);
    return operation ? { operation, path: parameters(operation.path, segments) } : null;
  };
}

function insert(root: Node, operation: Operation): void {
  let node = root;
  for (const segment of operation.path.split("/").slice(1)) {
    if (segment.startsWith(":")) node = node.param ??= empty();
    else {
      const next = node.fixed.get(segment) ?? empty();
      node.fixed.set(segment, next);
      node = next;
    }
  }
  if (node.operations.has(operation.method)) {
    throw new Error(
      `${operation.method} ${operation.path} is declared twice: remove one of the two operations`,
    );
  }
  node.operations.set(operation.method, operation);
}

function walk(node: Node, segments: string[], depth: number, method: string): Operation | null {
  const segment = segments[depth];
  if (segment === undefined) return node.operations.get(method) ?? null;
  const fixed = node.fixed.get(segment);
  const found = fixed ? walk(fixed, segments, depth + 1, method) : null;
  if (found) return found;
  return node.param && segment !== "" ? walk(node.param, segments, depth + 1, method) : null;
}

function parameters(template: string, segments: string[]): Record<string, string> {
  const path: Record<string, string> = {};
  for (const [index, part] of template.split("/").slice(1).entries()) {
    if (part.startsWith(":")) path[part.slice(1)] = decoded(segments[index] ?? "");
  }
  return path;
}

/** SDKs insert path parameters unencoded (facts.md §2.1), so a lone `%` may stand there. */
function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
