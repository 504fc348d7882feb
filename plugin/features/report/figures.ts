import type { Baseline, Figures } from "#domain/outcome/figures.ts";

/** One of the four figures: how it is taken from a month, and shown. */
export interface FigureKind {
  id: "proactive" | "satisfaction" | "hours" | "willing";
  /** null = no data that month: never shown as 0. */
  of: (month: Figures) => number | null;
  before: (baseline: Baseline) => number | null;
  /** How it is written: a share as %, else with one decimal. */
  share: boolean;
  /** Upper end of the axis; absent = by the data. */
  most?: number;
}

export const figures: readonly FigureKind[] = [
  {
    id: "proactive",
    of: ({ proactive }) => proactive.share,
    before: ({ proactive }) => proactive,
    share: true,
    most: 1,
  },
  {
    id: "satisfaction",
    of: ({ satisfaction }) => satisfaction.mean,
    before: ({ satisfaction }) => satisfaction,
    share: false,
    most: 5,
  },
  {
    id: "hours",
    of: ({ coordination }) => (coordination.acts === 0 ? null : coordination.hoursPerWeek),
    before: ({ hoursPerWeek }) => hoursPerWeek,
    share: false,
  },
  {
    id: "willing",
    of: ({ willing }) => willing?.share ?? null,
    before: ({ willing }) => willing,
    share: true,
    most: 1,
  },
];
