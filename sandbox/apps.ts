import { USER_FIELD_SCOPES } from "./api/contact/view.ts";
import type { App, Kernel, Operation } from "./kernel.ts";
import { chance } from "./ids.ts";

export const DEFAULT_APP_ID = "cli_5ec7e20000000001";

/** Events and callbacks an app gets when it does not say otherwise: all that the sandbox can send. */
const ALL_EVENTS = [
  "drive.file.bitable_record_changed_v1",
  "drive.file.bitable_field_changed_v1",
  "im.message.receive_v1",
  "im.message.message_read_v1",
  "im.chat.disbanded_v1",
  "im.chat.updated_v1",
  "im.chat.member.user.added_v1",
  "im.chat.member.user.deleted_v1",
  "im.chat.member.bot.added_v1",
  "im.chat.member.bot.deleted_v1",
  "contact.user.created_v3",
  "contact.user.updated_v3",
  "contact.user.deleted_v3",
  "contact.scope.updated_v3",
  "calendar.calendar.event.changed_v4",
  "leave_approval",
  "leave_approvalV2",
  "leave_approval_revert",
  "approval_instance",
];

/** All scopes that some operation asks for, and those that open fields of people. */
function allScopes(operations: Operation[]): string[] {
  const asked = operations.flatMap((operation) => operation.scopes ?? []);
  return [...new Set([...asked, ...USER_FIELD_SCOPES])].toSorted();
}

/** Creates an app or changes one; what a new app leaves unsaid is filled in, secrets from its id. */
export function upsertApp(
  kernel: Kernel,
  operations: Operation[],
  given: Partial<App> & { appId: string },
): App {
  const before = kernel.apps[given.appId] ?? fresh(given.appId, operations);
  const stated = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
  const app = { ...before, ...stated } as App;
  kernel.apps[given.appId] = app;
  return app;
}

function fresh(appId: string, operations: Operation[]): App {
  const derived = (what: string, size: number): string =>
    Array.from({ length: size }, (_, at) =>
      Math.floor(chance(`${appId}/${what}/${at}`) * 36).toString(36),
    ).join("");
  return {
    appId,
    appSecret: derived("secret", 32),
    name: "讲台 Lectern",
    tenantKey: "5ec7e2c0ffee0001",
    encryptKey: derived("encrypt key", 32),
    verificationToken: derived("verification token", 32),
    tenantScopes: allScopes(operations),
    userScopes: [...allScopes(operations), "offline_access"],
    events: ALL_EVENTS,
    callbacks: ["card.action.trigger"],
    eventUrl: null,
    cardUrl: null,
    redirectUris: [],
    availability: null,
    botOpenId: `ou_${Array.from({ length: 32 }, (_, at) => Math.floor(chance(`${appId}/bot/${at}`) * 16).toString(16)).join("")}`,
  };
}
