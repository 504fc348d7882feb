import { parseArgs } from "node:util";
import { DEFAULT_APP_ID } from "./apps.ts";
import { createSandbox } from "./server.ts";

const { values } = parseArgs({
  options: {
    port: { type: "string", default: "0" },
    snapshot: { type: "string" },
    start: { type: "string" },
    realtime: { type: "boolean", default: false },
  },
});

const start = values.start === undefined ? undefined : Date.parse(values.start);
if (start !== undefined && Number.isNaN(start)) {
  throw new Error(`--start ${values.start} is no date: give ISO 8601, such as 2026-01-05T09:00:00+08:00`);
}

const sandbox = await createSandbox({
  port: Number(values.port),
  realtime: values.realtime,
  apps: [{ appId: DEFAULT_APP_ID }],
  ...(values.snapshot === undefined ? {} : { snapshot: values.snapshot }),
  ...(start === undefined ? {} : { start }),
});
// One JSON line, so that a parent process can read the address.
console.log(JSON.stringify({ url: sandbox.url, pid: process.pid }));

let ending = false;
// "disconnect": the process that started this one has gone.
for (const end of ["SIGINT", "SIGTERM", "disconnect"] as const) {
  process.on(end, () => {
    if (ending) return;
    ending = true;
    void sandbox.close().then(() => process.exit(0));
  });
}
