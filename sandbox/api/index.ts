import type { ApiModule } from "../kernel.ts";
import { auth } from "./auth.ts";
import { authen } from "./authen.ts";
import { bitableModule } from "./bitable.ts";
import { driveModule } from "./drive.ts";

/** The services of the local Feishu, in one place. */
export const modules: ApiModule[] = [auth, authen, bitableModule, driveModule];
