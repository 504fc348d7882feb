import loadHighs, { type Highs } from "highs";
import type { Mip, MipAnswer, MipLimits, MipRow, Relaxation, Solver } from "#domain/schedule/solver.ts";

/** HiGHS as the planner's solver. Its memory never shrinks and its calls block: use it in a worker that ends afterwards. */
export async function loadSolver(): Promise<Solver> {
  const highs = await loadHighs();
  return { solve: (mip, limits) => solve(highs, mip, limits), open: (mip) => open(highs, mip) };
}

/** Bounds and rows change in place, so that each solution starts from the one before. */
function open(highs: Highs, mip: Mip): Relaxation {
  const size = mip.cost.length;
  const model = highs.createModel({ ...modelOf(highs, mip), integrality: new Int32Array(size) });
  const { optimal, infeasible } = highs.constants.modelStatus;
  model.options.set({ output_flag: false, random_seed: 0, ...(mip.fine ? tightLp : {}) });
  const solved = () => {
    model.run();
    return model.getModelStatus();
  };
  return {
    solve() {
      let status = solved();
      if (status !== optimal && status !== infeasible) {
        // From another start: the last basis may be numerically bad.
        model.clearSolver();
        status = solved();
      }
      if (status === infeasible) return null;
      const { colValue, rowDual } = model.getSolution();
      // Duals of whatever quality still give a bound; without any it is a poor one.
      return { values: colValue, duals: status === optimal ? rowDual : new Float64Array(rowDual.length) };
    },
    addRows(rows) {
      const [lower, upper] = [rows.map((row) => row.lower), rows.map((row) => row.upper)];
      model.addRows({
        lower: Float64Array.from(lower),
        upper: Float64Array.from(upper),
        matrix: matrixOf(rows, size),
      });
    },
    setBounds(columns, lower, upper) {
      model.changeColsBounds({ kind: "set", indices: columns }, lower, upper);
    },
    end() {
      model.dispose();
    },
  };
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

const tightLp = {
  primal_feasibility_tolerance: tight.primal_feasibility_tolerance,
  dual_feasibility_tolerance: tight.dual_feasibility_tolerance,
};

function ones(values: Float64Array): number[] {
  const chosen: number[] = [];
  values.forEach((value, column) => {
    if (value > 0.5) chosen.push(column);
  });
  return chosen;
}

function matrixOf(rows: readonly MipRow[], numCols: number) {
  const starts = new Int32Array(rows.length + 1);
  rows.forEach((row, at) => (starts[at + 1] = starts[at]! + row.columns.length));
  const indices = new Int32Array(starts[rows.length]!);
  const values = new Float64Array(indices.length).fill(1);
  rows.forEach((row, at) => {
    indices.set(row.columns, starts[at]);
    if (row.values) values.set(row.values, starts[at]);
  });
  return { format: "csr", numRows: rows.length, numCols, starts, indices, values } as const;
}

function modelOf(highs: Highs, { cost, rows }: Mip) {
  return {
    numCols: cost.length,
    numRows: rows.length,
    sense: highs.constants.objectiveSense.maximize,
    colCost: Float64Array.from(cost),
    colLower: new Float64Array(cost.length),
    colUpper: new Float64Array(cost.length).fill(1),
    rowLower: Float64Array.from(rows, (row) => row.lower),
    rowUpper: Float64Array.from(rows, (row) => row.upper),
    matrix: matrixOf(rows, cost.length),
    integrality: new Int32Array(cost.length).fill(1),
  } as const;
}
