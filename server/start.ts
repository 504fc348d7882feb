import { readStart } from "./config.ts";
import { createChildren } from "./local/children.ts";
import { startLocalCompany } from "./local/company.ts";

const began = performance.now();
const say = (line: string) =>
  console.log(`${((performance.now() - began) / 1000).toFixed(1).padStart(6)} s  ${line}`);

interface Started {
  failed: Promise<never>;
  close(): Promise<void>;
}

/** With an app of a tenant: the server on that tenant. */
function startOnTenant(): Started {
  const children = createChildren(say);
  children.start("the server", ["server/main.ts"]);
  return { failed: children.failed, close: () => children.end() };
}

/** Without one: the local Feishu and the case company, to look at and to try things on. */
async function startLocally(config: ReturnType<typeof readStart>): Promise<Started> {
  say(
    "没有设置 FEISHU_APP_ID:启动本地沙盒与示例公司 / no FEISHU_APP_ID: starting the local Feishu with the case company",
  );
  const company = await startLocalCompany(config, say);
  const failed = Promise.race([company.failed, company.ready.then(() => company.failed)]);
  void company.ready.then(
    () => {
      say(`讲台 Lectern            ${company.server}/`);
      say(`本地飞书 local Feishu    ${company.sandbox}/sandbox/workspace`);
      say("Ctrl-C 结束,状态保留 / Ctrl-C ends it, its state is kept");
    },
    () => undefined,
  );
  return { failed, close: () => company.close() };
}

/** Resolves with the first signal; `npm start` passes them on. */
function asked(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => resolve());
    // Set when another process started this one and has gone.
    process.once("disconnect", () => resolve());
  });
}

/** The plugin is made of its sources when they have changed; everything else starts meanwhile. */
function buildPlugin(): void {
  const builders = createChildren(say);
  builders.run("the plugin", ["scripts/build.ts", "--gently"]).then(
    (printed) => printed.trim() && say(printed.trim().replaceAll("\n", "; ")),
    (error: Error) => say(`侧边栏插件没有构建成功 / the sidebar plugin was not built: ${error.message}`),
  );
}

const ended = asked();
try {
  const config = readStart();
  buildPlugin();
  const started = config.tenant ? startOnTenant() : await startLocally(config);
  try {
    await Promise.race([ended, started.failed]);
  } finally {
    await started.close();
  }
  process.exit(0);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
