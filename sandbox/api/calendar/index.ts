/** Calendar v4. */
import type { ApiModule } from "../../kernel.ts";
import { acls } from "./acls.ts";
import { attendees } from "./attendees.ts";
import { calendars } from "./calendars.ts";
import { eventReads } from "./event-reads.ts";
import { eventWrites } from "./event-writes.ts";
import { freebusy } from "./freebusy.ts";
import { timeoff } from "./timeoff.ts";

export const calendar: ApiModule = {
  name: "calendar",
  operations: [...calendars, ...acls, ...eventWrites, ...eventReads, ...attendees, ...freebusy, ...timeoff],
};
