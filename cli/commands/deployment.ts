import type { DeploymentCommand } from "../command.ts";

/** Commands that need a deployment, listed apart in `lectern --help`. */
export const deploymentCommands: readonly DeploymentCommand[] = [
  {
    name: "provision",
    summary: "make the tables of both Bases, where missing",
    load: async () => (await import("./provision.ts")).provisionCommand,
  },
  {
    name: "doctor",
    summary: "look at a workspace from all sides; each failure says the next step",
    load: async () => (await import("./doctor.ts")).doctorCommand,
  },
  {
    name: "import",
    summary: "lecturers, past sessions, ratings, files, the baseline; undone as one batch",
    load: async () => (await import("./import.ts")).importCommand,
  },
  {
    name: "fairness",
    summary: "who has had how many turns, and how many would be fair; by person and period, as CSV or XLSX",
    load: async () => (await import("./fairness.ts")).fairnessCommand,
  },
];
