import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

export interface CliResult {
  status: number | null;
  stdout: string;
  stderr: string;
}

const bin = fileURLToPath(new URL("../../bin/lectern.js", import.meta.url));

/** Runs the command as a user does: a process, standard input, standard output. */
export function runCli(args: readonly string[], input: unknown = ""): Promise<CliResult> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [bin, ...args], { stdio: ["pipe", "pipe", "pipe"] });
    let [stdout, stderr] = ["", ""];
    child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text));
    child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
    child.on("error", reject);
    child.on("close", (status) => resolve({ status, stdout, stderr }));
    // A command that refuses its options ends without reading.
    child.stdin.on("error", () => {});
    child.stdin.end(typeof input === "string" ? input : JSON.stringify(input));
  });
}
