/** Fields of an event that a call may set, with their limits (facts.md §6.2). */
import { drive } from "../drive/nodes.ts";
import { str } from "../text.ts";
import { type Call, FeishuError } from "../../kernel.ts";
import { invalid } from "./access.ts";
import { requireRule } from "./recurrence.ts";
import type { Personal } from "./state.ts";

const LIMITS: [string, number][] = [
  ["summary", 1000],
  ["description", 40_960],
];
const MOST_MINUTES = 20_160;
const MOST_ATTACHED = 25 * 1024 * 1024;

/** Fields everybody sees; reminders, color and the like are kept per identity. */
const SHARED_FIELDS = [
  "summary",
  "description",
  "vchat",
  "visibility",
  "attendee_ability",
  "free_busy_status",
  "location",
  "schemas",
  "attachments",
  "event_check_in",
];
export const PERSONAL_FIELDS = ["reminders", "color", "visibility", "free_busy_status"] as const;

/** Throws for a value outside its documented range. */
export function requireFields(call: Call, organizerIsBot: boolean): void {
  const body = call.body;
  for (const [name, most] of LIMITS)
    if (str(body[name]).length > most) throw invalid(`${name} may have at most ${most} characters`);
  place(body.location as Record<string, unknown> | undefined);
  for (const { minutes } of (body.reminders ?? []) as { minutes?: number }[])
    if (minutes === undefined || !Number.isInteger(minutes) || Math.abs(minutes) > MOST_MINUTES)
      throw invalid(`reminders.minutes takes −${MOST_MINUTES} to ${MOST_MINUTES}`);
  if (body.recurrence !== undefined) requireRule(str(body.recurrence));
  attached(call, (body.attachments ?? []) as { file_token?: string }[]);
  meeting(body.vchat as Record<string, unknown> | undefined, organizerIsBot);
}

/** Files uploaded for calendars, 25 MB together. */
function attached(call: Call, attachments: { file_token?: string }[]): void {
  const medias = attachments.map(({ file_token }) => drive(call.state).medias[file_token ?? ""]);
  if (medias.some((media) => !media || media.deleted || media.parentType !== "calendar"))
    throw new FeishuError(193105, 400, "invalid attachment file token");
  if (medias.reduce((sum, media) => sum + (media?.size ?? 0), 0) > MOST_ATTACHED)
    throw new FeishuError(193106, 400, "the total size of attachment exceed limit");
}

function place(location: Record<string, unknown> | undefined): void {
  if (str(location?.name).length > 512) throw invalid("location.name may have at most 512 characters");
  if (str(location?.address).length > 255) throw invalid("location.address may have at most 255 characters");
}

function meeting(vchat: Record<string, unknown> | undefined, organizerIsBot: boolean): void {
  const settings = vchat?.meeting_settings as Record<string, unknown> | undefined;
  if (!settings) return;
  const hosts = Array.isArray(settings.assign_hosts) && settings.assign_hosts.length > 0;
  if (organizerIsBot && (hosts || settings.allow_attendees_start === false))
    throw new FeishuError(
      193101,
      400,
      "organizer is bot, can not set assign_hosts, and allow_attendees_start must be true",
    );
  if (settings.password !== undefined && !/^\d{4,9}$/.test(str(settings.password)))
    throw new FeishuError(195112, 400, "invalid password");
}

/** The personal part of a body. */
export function personalOf(body: Record<string, unknown>): Personal {
  return Object.fromEntries(
    PERSONAL_FIELDS.filter((name) => body[name] !== undefined).map((name) => [name, body[name]]),
  ) as Personal;
}

/** The shared part of a body. */
export function sharedOf(body: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    SHARED_FIELDS.filter((name) => body[name] !== undefined).map((name) => [name, body[name]]),
  );
}
