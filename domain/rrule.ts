import * as rruleModule from "rrule";
import { members } from "./interop.ts";

/** The rrule package's class, whichever way the package was loaded. */
export const { RRule } = members(rruleModule);
