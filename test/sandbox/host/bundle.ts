import { join } from "node:path";
import { build, type Rolldown } from "vite";

/** The JavaScript of one page of `pages/`, for a browser. */
export async function bundle(name: string): Promise<string> {
  const result = await build({
    configFile: false,
    logLevel: "error",
    build: {
      write: false,
      minify: false,
      target: "es2022",
      modulePreload: false,
      rollupOptions: {
        input: join(import.meta.dirname, "pages", `${name}.ts`),
        output: { codeSplitting: false },
      },
    },
  });
  const outputs = [result].flat() as Rolldown.RolldownOutput[];
  const chunk = outputs.flatMap(({ output }) => output).find((one) => one.type === "chunk");
  if (!chunk) throw new Error(`${name} was bundled into nothing`);
  return chunk.code;
}
