import { readFileSync, writeFileSync } from "node:fs";
import { z } from "zod";

/**
 * npm leaves packages for other platforms out of package-lock.json when the registry at hand does not have them, and then
 * `npm ci` refuses the file everywhere. This adds them by name and version; where they are wanted they come from the registry.
 */
const names = z.record(z.string(), z.string());
const entry = z.looseObject({
  version: z.string().optional(),
  dev: z.boolean().optional(),
  optional: z.boolean().optional(),
  optionalDependencies: names.optional(),
});
const lockSchema = z.looseObject({ packages: z.record(z.string(), entry) });

const SYSTEMS = [
  "android",
  "darwin",
  "freebsd",
  "linux",
  "win32",
  "openharmony",
  "aix",
  "netbsd",
  "openbsd",
  "sunos",
];
const PROCESSORS = ["arm64", "x64", "ia32", "ppc64", "riscv64", "s390x", "loong64", "wasm32"];

/** `@oxlint/binding-linux-arm-gnueabihf` → for arm, Linux, glibc. */
function platformOf(name: string) {
  const words = name.split(/[-/]/u);
  const os = words.filter((word) => SYSTEMS.includes(word));
  const cpu = words.filter((word) => PROCESSORS.includes(word));
  if (words.includes("arm")) cpu.push("arm");
  const libc = words.some((word) => word.startsWith("musl"))
    ? ["musl"]
    : words.some((word) => word.startsWith("gnu"))
      ? ["glibc"]
      : [];
  return {
    ...(cpu.length > 0 ? { cpu } : {}),
    ...(os.includes("linux") && libc.length > 0 ? { libc } : {}),
    ...(os.length > 0 ? { os } : {}),
  };
}

const file = new URL("../package-lock.json", import.meta.url);
const lock = lockSchema.parse(JSON.parse(readFileSync(file, "utf8")));
const added: string[] = [];
for (const owner of Object.values(lock.packages)) {
  for (const [name, version] of Object.entries(owner.optionalDependencies ?? {})) {
    const place = `node_modules/${name}`;
    const platform = platformOf(name);
    if (lock.packages[place] || !/^\d/u.test(version) || Object.keys(platform).length === 0) continue;
    lock.packages[place] = { version, ...(owner.dev ? { dev: true } : {}), optional: true, ...platform };
    added.push(`${name}@${version}`);
  }
}
const sorted = Object.entries(lock.packages).toSorted(([a], [b]) => a.localeCompare(b, "en"));
lock.packages = Object.fromEntries(sorted);
writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`);
console.log(added.length > 0 ? `added ${added.length}: ${added.join(", ")}` : "nothing is missing");
