import type { Hono } from "hono";
import type { Kernel } from "../kernel.ts";
import { baseLevers } from "./base.ts";
import { fileLevers } from "./files.ts";

/** Levers of one area under `/sandbox/…`, never under Feishu's own paths. */
export type Levers = (app: Hono, kernel: Kernel) => void;

/** The levers of the services; the core's own are in `../levers.ts`. */
export const serviceLevers: Levers[] = [baseLevers, fileLevers];
