import { spawn } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Company } from "../case/generate.ts";
import type { Bases } from "../case/load.ts";
import { files } from "../case/write.ts";
import type { Running } from "./boot.ts";
import type { Wire } from "./wire.ts";

const ROOT = join(import.meta.dirname, "../..");

/**
 * What the admin does beside the cards and the Base: the command line for setting up and bringing data in. Schedules are
 * published and groups go live on the admin's cards.
 */
export class Admin {
  readonly #of: Company;
  readonly #env: Record<string, string>;

  constructor({ env }: Running, of: Company) {
    this.#of = of;
    this.#env = env;
  }

  /** Binds the two Bases to a workspace and makes tables, views and the calendar. */
  async provision(bases: Bases): Promise<void> {
    const admins = this.#of.org.people
      .filter((person) => person.role === "admin")
      .flatMap((person) => ["--admin", person.open_id]);
    await this.#lectern("provision", "--base", bases.shared, "--admin-base", bases.admin, ...admins);
  }

  /** Past sessions, their ratings and the declared baseline, silently. */
  async importHistory(): Promise<void> {
    const folder = await mkdtemp(join(tmpdir(), "lectern-sheets-"));
    try {
      const sheets = files(this.#of);
      for (const kind of ["sessions", "ratings", "baseline"]) {
        const file = join(folder, `${kind}.csv`);
        await writeFile(file, sheets[`${kind}.csv`] ?? "");
        await this.#lectern("import", kind, file, "--as", this.#of.admin);
      }
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }

  /** Care notes and offers start switched off; this programme wants them from the first day. */
  async switchOn(wire: Wire, base: string, ids: readonly string[]): Promise<void> {
    const table = "消息与提醒";
    const dump = await wire.dump(base);
    const rows = dump.rows(table).filter((row) => ids.includes(dump.text(row.fields["标识"])));
    if (rows.length !== ids.length) throw new Error(`${table} has no rows for ${ids.join(", ")}`);
    for (const row of rows) await wire.write(this.#of.admin, base, table, row.record_id, { 启用: true });
  }

  /** `lectern …`; anything but success stops the walk with what the command said. */
  #lectern(...args: string[]): Promise<void> {
    return new Promise((resolve, reject) => {
      const child = spawn(process.execPath, ["--import", "tsx", "cli/main.ts", ...args], {
        cwd: ROOT,
        env: { ...process.env, ...this.#env },
        stdio: ["ignore", "pipe", "pipe"],
      });
      let said = "";
      for (const stream of [child.stdout, child.stderr])
        stream.on("data", (chunk: Buffer) => (said += chunk.toString("utf8")));
      child.once("error", reject);
      child.once("exit", (code) =>
        code === 0
          ? resolve()
          : reject(
              new Error(`lectern ${args.slice(0, 2).join(" ")}: exit status ${code}\n${said.slice(-2000)}`),
            ),
      );
    });
  }
}
