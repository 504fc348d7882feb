import type { ApiModule } from "../kernel.ts";
import { auth } from "./auth.ts";
import { authen } from "./authen.ts";
import { bitableModule } from "./bitable.ts";
import { attendance } from "./attendance.ts";
import { calendar } from "./calendar/index.ts";
import { contact } from "./contact.ts";
import { docx } from "./docx.ts";
import { driveModule } from "./drive.ts";
import { im } from "./im.ts";
import { wiki } from "./wiki.ts";

/** The services of the local Feishu, in one place. */
export const modules: ApiModule[] = [
  auth,
  authen,
  contact,
  im,
  calendar,
  attendance,
  bitableModule,
  driveModule,
  docx,
  wiki,
];
