import { sum } from "../numbers.ts";

type Point = readonly number[];
type Fn = (point: Point) => number;

/** Nelder and Mead's simplex, restarted where it stopped until a restart gains nothing: no derivatives, no randomness. */
export function minimize(fn: Fn, start: Point): { point: Point; value: number } {
  let best = simplex(fn, start, 0.5);
  for (let round = 0; round < 20; round += 1) {
    const again = simplex(fn, best.point, 0.2);
    const gained = best.value - again.value;
    if (again.value < best.value) best = again;
    if (gained <= 1e-12 * Math.max(1, Math.abs(best.value))) break;
  }
  return best;
}

interface Vertex {
  point: Point;
  value: number;
}

function simplex(fn: Fn, start: Point, step: number): Vertex {
  const vertex = (point: Point): Vertex => ({ point, value: fn(point) });
  const vertices = [
    vertex(start),
    ...start.map((_, at) => vertex(start.map((x, i) => (i === at ? x + step : x)))),
  ];
  for (let turn = 0; turn < 2_000; turn += 1) {
    vertices.sort((a, b) => a.value - b.value);
    const [best, worst] = [vertices[0] as Vertex, vertices.at(-1) as Vertex];
    const spread = Math.max(
      ...start.map((_, at) => Math.abs((worst.point[at] ?? 0) - (best.point[at] ?? 0))),
    );
    if (spread < 1e-9 && worst.value - best.value <= 1e-13 * Math.max(1, Math.abs(best.value))) break;
    replaceWorst(fn, vertices);
  }
  return vertices.reduce((a, b) => (b.value < a.value ? b : a));
}

function replaceWorst(fn: Fn, vertices: Vertex[]): void {
  const worst = vertices.pop() as Vertex;
  const [best, second] = [vertices[0] as Vertex, vertices.at(-1) as Vertex];
  const centre = worst.point.map((_, at) => sum(vertices.map((one) => one.point[at] ?? 0)) / vertices.length);
  const along = (factor: number): Vertex => {
    const point = centre.map((x, at) => x + factor * (x - (worst.point[at] ?? 0)));
    return { point, value: fn(point) };
  };
  const reflected = along(1);
  if (reflected.value < best.value) {
    const expanded = along(2);
    vertices.push(expanded.value < reflected.value ? expanded : reflected);
  } else if (reflected.value < second.value) vertices.push(reflected);
  else {
    const contracted = reflected.value < worst.value ? along(0.5) : along(-0.5);
    if (contracted.value < Math.min(worst.value, reflected.value)) vertices.push(contracted);
    else shrink(fn, vertices, best, worst);
  }
}

function shrink(fn: Fn, vertices: Vertex[], best: Vertex, worst: Vertex): void {
  const all = [...vertices, worst].map((one) => {
    if (one === best) return one;
    const point = one.point.map((x, at) => ((best.point[at] ?? 0) + x) / 2);
    return { point, value: fn(point) };
  });
  vertices.splice(0, vertices.length, ...all);
}

/** Second derivatives by central differences. */
export function hessian(fn: Fn, at: Point, step = 1e-3): number[][] {
  const shifted = (i: number, di: number, j: number, dj: number) =>
    fn(at.map((x, k) => x + (k === i ? di * step : 0) + (k === j ? dj * step : 0)));
  return at.map((_, i) =>
    at.map(
      (__, j) =>
        (shifted(i, 1, j, 1) - shifted(i, 1, j, -1) - shifted(i, -1, j, 1) + shifted(i, -1, j, -1)) /
        (4 * step * step),
    ),
  );
}

/** The least eigenvalue of a symmetric matrix (Jacobi rotations). */
export function leastEigenvalue(matrix: readonly Point[]): number {
  const a = matrix.map((row) => [...row]);
  const get = (i: number, j: number) => a[i]?.[j] ?? 0;
  for (let sweep = 0; sweep < 50; sweep += 1)
    for (let p = 0; p < a.length; p += 1) for (let q = p + 1; q < a.length; q += 1) rotate(a, p, q);
  return Math.min(...a.map((_, i) => get(i, i)));
}

function rotate(a: number[][], p: number, q: number): void {
  const get = (i: number, j: number) => a[i]?.[j] ?? 0;
  if (get(p, q) === 0) return;
  const angle = 0.5 * Math.atan2(2 * get(p, q), get(q, q) - get(p, p));
  const [c, s] = [Math.cos(angle), Math.sin(angle)];
  for (const row of a) {
    const [x, y] = [row[p] ?? 0, row[q] ?? 0];
    [row[p], row[q]] = [c * x - s * y, s * x + c * y];
  }
  const [up, uq] = [[...(a[p] ?? [])], [...(a[q] ?? [])]];
  a[p] = up.map((x, at) => c * x - s * (uq[at] ?? 0));
  a[q] = up.map((x, at) => s * x + c * (uq[at] ?? 0));
}
