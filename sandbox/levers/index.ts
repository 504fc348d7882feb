import type { Hono } from "hono";
import type { Kernel } from "../kernel.ts";
import { baseLevers } from "./base.ts";
import { calendarLevers } from "./calendar.ts";
import { cardLevers } from "./cards.ts";
import { chatLevers } from "./chats.ts";
import { fileLevers } from "./files.ts";
import { inboxLevers } from "./inbox.ts";
import { leaveLevers } from "./leave.ts";
import { orgLevers } from "./org.ts";
import { pageLevers } from "./page.ts";
import { personBaseLevers } from "./person-bases.ts";
import { personChatLevers } from "./person-chats.ts";
import { personDocLevers } from "./person-docs.ts";
import { personWeekLevers } from "./person-week.ts";
import { wikiLevers } from "./wiki.ts";
import { workspaceLevers } from "./workspace.ts";

/** Levers of one area under `/sandbox/…`, never under Feishu's own paths. */
export type Levers = (app: Hono, kernel: Kernel) => void;

/** The levers of the services; the core's own are in `../levers.ts`. */
export const serviceLevers: Levers[] = [
  orgLevers,
  chatLevers,
  inboxLevers,
  cardLevers,
  calendarLevers,
  leaveLevers,
  wikiLevers,
  baseLevers,
  fileLevers,
  workspaceLevers,
  personBaseLevers,
  personChatLevers,
  personWeekLevers,
  personDocLevers,
  pageLevers,
];
