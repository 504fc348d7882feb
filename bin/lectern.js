#!/usr/bin/env node
// The command line is TypeScript: tsx loads it, so that the checkout needs no build step.
import { tsImport } from "tsx/esm/api";

await tsImport("../cli/main.ts", import.meta.url);
