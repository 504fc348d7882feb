// Workers do not inherit what runs TypeScript in the process that starts them, so this one brings it along.
import { register } from "tsx/esm/api";

register();
await import("./plan-worker.ts");
