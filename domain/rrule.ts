import * as rruleModule from "rrule";
import { members } from "./interop.ts";

/** The rrule package's classes, whichever way it was loaded. */
export const { RRule, rrulestr } = members(rruleModule);
