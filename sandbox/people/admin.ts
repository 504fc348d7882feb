import type { Bases } from "../case/load.ts";
import { files } from "../case/write.ts";
import type { Company } from "../case/generate.ts";
import { Wire } from "./wire.ts";

/**
 * What the admin does on the server's own pages, as calls of its admin API: the one place of the sandbox that knows the
 * server's addresses. Everything else happens on cards and in the Base.
 */
const ADDRESS = {
  workspace: "/admin/workspaces",
  import: "/admin/import",
  plan: "/admin/plan",
  publish: "/admin/publish",
  live: "/admin/live",
} as const;

export class Admin {
  readonly #server: Wire;
  readonly #of: Company;

  constructor(server: string, of: Company) {
    this.#server = new Wire(server);
    this.#of = of;
  }

  /** Binds the two Bases to a workspace and lets the server make tables, views and roles in them. */
  async provision(bases: Bases): Promise<void> {
    await this.#server.post(ADDRESS.workspace, {
      shared: bases.shared,
      admin: bases.admin,
      language: "zh",
      as: this.#of.admin,
    });
  }

  /** Past sessions, their ratings and the declared baseline, silently. */
  async importHistory(): Promise<void> {
    const sheets = files(this.#of);
    for (const kind of ["sessions", "ratings", "baseline"] as const) {
      await this.#server.post(ADDRESS.import, { kind, csv: sheets[`${kind}.csv`], as: this.#of.admin });
    }
  }

  /** The first schedule: made, looked at, published. */
  async publishSchedule(): Promise<void> {
    await this.#server.post(ADDRESS.plan, { as: this.#of.admin });
    await this.#server.post(ADDRESS.publish, { as: this.#of.admin });
  }

  /** Ends the trial of a group: from now on messages go to people. */
  async goLive(group: string): Promise<void> {
    await this.#server.post(ADDRESS.live, { group, as: this.#of.admin });
  }
}
