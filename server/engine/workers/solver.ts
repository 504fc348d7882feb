import loadHighs, { type Highs } from "highs";
import type { Mip, MipAnswer, MipLimits, SolveMip } from "#domain/schedule/solver.ts";

/** HiGHS as the planner's solver. Its memory never shrinks and its calls block: use it in a worker that ends afterwards. */
export async function loadSolver(): Promise<SolveMip> {
  const highs = await loadHighs();
  return (mip, limits) => solve(highs, mip, limits);
}

function solve(highs: Highs, mip: Mip, limits: MipLimits): MipAnswer {
  return highs.withModel(modelOf(highs, mip), (model): MipAnswer => {
    model.options.set({
      output_flag: false,
      random_seed: 0,
      mip_rel_gap: 0,
      mip_abs_gap: limits.gap,
      mip_max_nodes: limits.nodes,
      ...(mip.fine ? tight : {}),
      ...(limits.seconds === undefined ? {} : { time_limit: Math.max(0.05, limits.seconds) }),
    });
    if (mip.start) {
      const colValue = new Float64Array(mip.cost.length);
      for (const column of mip.start) colValue[column] = 1;
      model.setSolution({ colValue });
    }
    model.run();
    const { modelStatus } = highs.constants;
    const status = model.getModelStatus();
    if (status === modelStatus.infeasible) return { status: "infeasible" };
    const bound = Number(model.info.get("mip_dual_bound"));
    const feasible = model.info.get("primal_solution_status") === highs.constants.solutionStatus.feasible;
    // After a limit there may be no value at all, so the status is asked first.
    const chosen = feasible ? ones(model.getSolution().colValue) : null;
    if (status === modelStatus.optimal && chosen) return { status: "optimal", chosen, bound };
    return { status: "stopped", chosen, bound: Number.isFinite(bound) ? bound : Infinity };
  });
}

/** The tightest that stays numerically quiet. */
const tight = {
  mip_feasibility_tolerance: 1e-9,
  primal_feasibility_tolerance: 1e-9,
  dual_feasibility_tolerance: 1e-9,
};

function ones(values: Float64Array): number[] {
  const chosen: number[] = [];
  values.forEach((value, column) => {
    if (value > 0.5) chosen.push(column);
  });
  return chosen;
}

function modelOf(highs: Highs, { cost, rows }: Mip) {
  const starts = new Int32Array(rows.length + 1);
  rows.forEach((row, at) => (starts[at + 1] = starts[at]! + row.columns.length));
  const indices = new Int32Array(starts[rows.length]!);
  const values = new Float64Array(indices.length).fill(1);
  rows.forEach((row, at) => {
    indices.set(row.columns, starts[at]);
    if (row.values) values.set(row.values, starts[at]);
  });
  return {
    numCols: cost.length,
    numRows: rows.length,
    sense: highs.constants.objectiveSense.maximize,
    colCost: Float64Array.from(cost),
    colLower: new Float64Array(cost.length),
    colUpper: new Float64Array(cost.length).fill(1),
    rowLower: Float64Array.from(rows, (row) => row.lower),
    rowUpper: Float64Array.from(rows, (row) => row.upper),
    matrix: { format: "csr", numRows: rows.length, numCols: cost.length, starts, indices, values },
    integrality: new Int32Array(cost.length).fill(1),
  } as const;
}
