import type { createCamera } from "./camera.ts";

export type Camera = ReturnType<typeof createCamera>;
