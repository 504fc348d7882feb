import type { ApiModule } from "../kernel.ts";
import { downloads } from "./drive/downloads.ts";
import { files } from "./drive/files.ts";
import { members } from "./drive/members.ts";
import { publicSettings } from "./drive/public.ts";
import { subscriptions } from "./drive/subscriptions.ts";
import { uploads } from "./drive/uploads.ts";

/** Drive (云空间): files, folders, permissions, subscriptions: facts.md §5. */
export const driveModule: ApiModule = {
  name: "drive",
  operations: [...uploads, ...downloads, ...files, ...subscriptions, ...members, ...publicSettings],
};
