/** Where the scopes of an operation are known from. */
export type ScopeSource = "API page" | "none needed" | "unconfirmed";

export interface Operation {
  method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  path: string;
  /** Any one is enough; the first is the one manifest.json asks for. */
  scopes: readonly string[];
  source: ScopeSource;
  /** Further scopes without which Feishu leaves out fields that we read. */
  fieldScopes?: readonly string[];
  /** Called with a user token. */
  user?: boolean;
  /** The token by which Feishu makes it once. */
  idempotency: "uuid" | "client_token" | "idempotency_key" | "none";
  /**
   * After an unknown outcome: `read` changes nothing and `idempotent` sets a state or carries a token, so both are repeated;
   * `never` is looked up instead. Refusals for frequency are repeated in any case: nothing happened.
   */
  retry: "read" | "idempotent" | "never";
  /** One at a time: writes of a Base (by app_token), uploads of the app (facts.md §4.1, §5.1). */
  lane?: "base" | "upload";
  /** The reply has no `data` envelope (facts.md §1.1). */
  flat?: boolean;
}

const BASE = "/open-apis/bitable/v1/apps/:app_token";
const TABLE = `${BASE}/tables/:table_id`;
const CALENDAR = "/open-apis/calendar/v4/calendars/:calendar_id";
const EVENT = `${CALENDAR}/events/:event_id`;
const MESSAGE = "/open-apis/im/v1/messages/:message_id";
const CHAT = "/open-apis/im/v1/chats/:chat_id";
const FILE = "/open-apis/drive/v1/files/:file_token";
const MEMBERS = "/open-apis/drive/v1/permissions/:token/members";

const bitable = (finer: string) => ({ scopes: ["bitable:app", finer], source: "API page" }) as const;
const calendar = (finer: string) => ({ scopes: ["calendar:calendar", finer], source: "API page" }) as const;
const send = { scopes: ["im:message:send_as_bot", "im:message"], source: "API page" } as const;
const readMessages = { scopes: ["im:message:readonly", "im:message"], source: "API page" } as const;
const readChats = { scopes: ["im:chat:readonly", "im:chat"], source: "API page" } as const;
const readContact = {
  scopes: ["contact:contact.base:readonly", "contact:contact:readonly_as_app"],
  source: "API page",
} as const;
const noScope = { scopes: [], source: "none needed" } as const;
const drive = (finer: string) => ({ scopes: [finer, "drive:drive"], source: "API page" }) as const;
const docx = (finer: string) => ({ scopes: ["docx:document", finer], source: "API page" }) as const;

const read = { idempotency: "none", retry: "read" } as const;
const setsState = { idempotency: "none", retry: "idempotent" } as const;
const once = { idempotency: "none", retry: "never" } as const;
const byClientToken = { idempotency: "client_token", retry: "idempotent" } as const;

const PERSON_FIELDS = [
  "contact:user.base:readonly",
  "contact:user.department:readonly",
  "contact:user.employee:readonly",
] as const;

/** Every operation the gateway calls. manifest.json is held against it by a test. */
export const OPERATIONS = {
  "auth.tenantToken": {
    method: "POST",
    path: "/open-apis/auth/v3/tenant_access_token/internal",
    ...noScope,
    ...read,
    flat: true,
  },
  "oauth.token": {
    method: "POST",
    path: "/open-apis/authen/v2/oauth/token",
    ...noScope,
    ...once,
    user: true,
    flat: true,
  },
  "oauth.userInfo": {
    method: "GET",
    path: "/open-apis/authen/v1/user_info",
    ...noScope,
    ...read,
    user: true,
  },

  "records.search": {
    method: "POST",
    path: `${TABLE}/records/search`,
    ...bitable("base:record:retrieve"),
    ...read,
  },
  "records.batchGet": {
    method: "POST",
    path: `${TABLE}/records/batch_get`,
    ...bitable("base:record:read"),
    ...read,
  },
  "records.create": {
    method: "POST",
    path: `${TABLE}/records`,
    ...bitable("base:record:create"),
    ...byClientToken,
    lane: "base",
  },
  "records.batchCreate": {
    method: "POST",
    path: `${TABLE}/records/batch_create`,
    ...bitable("base:record:create"),
    ...byClientToken,
    lane: "base",
  },
  "records.update": {
    method: "PUT",
    path: `${TABLE}/records/:record_id`,
    ...bitable("base:record:update"),
    ...setsState,
    lane: "base",
  },
  "records.batchUpdate": {
    method: "POST",
    path: `${TABLE}/records/batch_update`,
    ...bitable("base:record:update"),
    ...setsState,
    lane: "base",
  },
  "records.batchDelete": {
    method: "POST",
    path: `${TABLE}/records/batch_delete`,
    ...bitable("base:record:delete"),
    ...setsState,
    lane: "base",
  },

  "bases.createApp": {
    method: "POST",
    path: "/open-apis/bitable/v1/apps",
    ...bitable("base:app:create"),
    ...once,
  },
  "bases.getApp": { method: "GET", path: BASE, ...bitable("base:app:read"), ...read },
  "bases.updateApp": {
    method: "PUT",
    path: BASE,
    ...bitable("base:app:update"),
    ...setsState,
    lane: "base",
  },
  "bases.listTables": { method: "GET", path: `${BASE}/tables`, ...bitable("base:table:read"), ...read },
  "bases.createTable": {
    method: "POST",
    path: `${BASE}/tables`,
    ...bitable("base:table:create"),
    ...once,
    lane: "base",
  },
  "bases.listFields": { method: "GET", path: `${TABLE}/fields`, ...bitable("base:field:read"), ...read },
  "bases.createField": {
    method: "POST",
    path: `${TABLE}/fields`,
    ...bitable("base:field:create"),
    ...byClientToken,
    lane: "base",
  },
  "bases.updateField": {
    method: "PUT",
    path: `${TABLE}/fields/:field_id`,
    ...bitable("base:field:update"),
    ...setsState,
    lane: "base",
  },
  "bases.listViews": { method: "GET", path: `${TABLE}/views`, ...bitable("base:view:read"), ...read },
  "bases.createView": {
    method: "POST",
    path: `${TABLE}/views`,
    ...bitable("base:view:write_only"),
    ...once,
    lane: "base",
  },
  "bases.patchView": {
    method: "PATCH",
    path: `${TABLE}/views/:view_id`,
    ...bitable("base:view:write_only"),
    ...setsState,
    lane: "base",
  },
  "bases.getForm": {
    method: "GET",
    path: `${TABLE}/forms/:form_id`,
    ...bitable("base:form:read"),
    ...read,
  },
  "bases.patchForm": {
    method: "PATCH",
    path: `${TABLE}/forms/:form_id`,
    ...bitable("base:form:update"),
    ...setsState,
    lane: "base",
  },
  "bases.listFormFields": {
    method: "GET",
    path: `${TABLE}/forms/:form_id/fields`,
    ...bitable("base:form:read"),
    ...read,
  },
  "bases.patchFormField": {
    method: "PATCH",
    path: `${TABLE}/forms/:form_id/fields/:field_id`,
    ...bitable("base:form:update"),
    ...setsState,
    lane: "base",
  },
  "bases.listRoles": {
    method: "GET",
    path: "/open-apis/base/v2/apps/:app_token/roles",
    scopes: ["base:role:read"],
    source: "API page",
    ...read,
  },
  "bases.createRole": {
    method: "POST",
    path: "/open-apis/base/v2/apps/:app_token/roles",
    scopes: ["base:role:create"],
    source: "API page",
    ...once,
    lane: "base",
  },
  "bases.listRoleMembers": {
    method: "GET",
    path: `${BASE}/roles/:role_id/members`,
    ...bitable("base:collaborator:read"),
    ...read,
  },
  "bases.addRoleMember": {
    method: "POST",
    path: `${BASE}/roles/:role_id/members`,
    ...bitable("base:collaborator:create"),
    ...setsState,
    lane: "base",
  },

  // An upload whose outcome is unknown is repeated: a file nobody refers to is visible to nobody.
  "drive.upload": {
    method: "POST",
    path: "/open-apis/drive/v1/medias/upload_all",
    scopes: ["bitable:app", "docs:document.media:upload", "drive:drive"],
    source: "API page",
    ...setsState,
    lane: "upload",
  },
  "drive.download": {
    method: "GET",
    path: "/open-apis/drive/v1/medias/:file_token/download",
    scopes: ["bitable:app", "docs:document.media:download", "drive:drive"],
    source: "API page",
    ...read,
  },
  "drive.listMembers": {
    method: "GET",
    path: MEMBERS,
    ...drive("docs:permission.member:retrieve"),
    ...read,
  },
  // Once done, the app is no owner any more and a second call is refused.
  "drive.transferOwner": {
    method: "POST",
    path: `${MEMBERS}/transfer_owner`,
    ...drive("docs:permission.member:transfer"),
    ...once,
  },
  "drive.subscribe": {
    method: "POST",
    path: `${FILE}/subscribe`,
    ...drive("docs:event:subscribe"),
    ...setsState,
  },
  "drive.getSubscribe": {
    method: "GET",
    path: `${FILE}/get_subscribe`,
    ...drive("docs:event:subscribe"),
    ...read,
  },

  "docs.create": {
    method: "POST",
    path: "/open-apis/docx/v1/documents",
    ...docx("docx:document:create"),
    ...once,
  },
  "docs.appendBlocks": {
    method: "POST",
    path: "/open-apis/docx/v1/documents/:document_id/blocks/:block_id/children",
    ...docx("docx:document:write_only"),
    ...byClientToken,
  },

  "docs.rawContent": {
    method: "GET",
    path: "/open-apis/docx/v1/documents/:document_id/raw_content",
    ...docx("docx:document:readonly"),
    ...read,
  },
  "calendar.create": {
    method: "POST",
    path: "/open-apis/calendar/v4/calendars",
    ...calendar("calendar:calendar:create"),
    ...once,
  },
  "calendar.get": { method: "GET", path: CALENDAR, ...calendar("calendar:calendar:read"), ...read },
  "calendar.addAcl": {
    method: "POST",
    path: `${CALENDAR}/acls`,
    ...calendar("calendar:calendar.acl:create"),
    ...setsState,
  },
  "calendar.listAcls": {
    method: "GET",
    path: `${CALENDAR}/acls`,
    ...calendar("calendar:calendar.acl:read"),
    ...read,
  },
  "calendar.createEvent": {
    method: "POST",
    path: `${CALENDAR}/events`,
    ...calendar("calendar:calendar.event:create"),
    idempotency: "idempotency_key",
    retry: "idempotent",
  },
  "calendar.patchEvent": {
    method: "PATCH",
    path: EVENT,
    ...calendar("calendar:calendar.event:update"),
    ...setsState,
  },
  "calendar.deleteEvent": {
    method: "DELETE",
    path: EVENT,
    ...calendar("calendar:calendar.event:delete"),
    ...setsState,
  },
  "calendar.getEvent": {
    method: "GET",
    path: EVENT,
    ...calendar("calendar:calendar.event:read"),
    ...read,
  },
  "calendar.listEvents": {
    method: "GET",
    path: `${CALENDAR}/events`,
    ...calendar("calendar:calendar.event:read"),
    ...read,
  },
  "calendar.addAttendees": {
    method: "POST",
    path: `${EVENT}/attendees`,
    ...calendar("calendar:calendar.event:update"),
    ...once,
  },
  "calendar.listAttendees": {
    method: "GET",
    path: `${EVENT}/attendees`,
    ...calendar("calendar:calendar.event:read"),
    ...read,
  },
  // Feishu refuses who is no attendee any more (194000): the list is read again instead.
  "calendar.removeAttendees": {
    method: "POST",
    path: `${EVENT}/attendees/batch_delete`,
    ...calendar("calendar:calendar.event:update"),
    ...once,
  },
  "calendar.chatMembers": {
    method: "GET",
    path: `${EVENT}/attendees/:attendee_id/chat_members`,
    ...calendar("calendar:calendar.event:read"),
    ...read,
  },
  "calendar.freebusy": {
    method: "POST",
    path: "/open-apis/calendar/v4/freebusy/list",
    ...calendar("calendar:calendar.free_busy:read"),
    ...read,
  },
  "calendar.freebusyBatch": {
    method: "POST",
    path: "/open-apis/calendar/v4/freebusy/batch",
    ...calendar("calendar:calendar.free_busy:read"),
    ...read,
  },

  "messages.send": {
    method: "POST",
    path: "/open-apis/im/v1/messages",
    ...send,
    idempotency: "uuid",
    retry: "idempotent",
  },
  "messages.reply": {
    method: "POST",
    path: `${MESSAGE}/reply`,
    ...send,
    idempotency: "uuid",
    retry: "idempotent",
  },
  "messages.patch": { method: "PATCH", path: MESSAGE, ...send, ...setsState },
  "messages.recall": { method: "DELETE", path: MESSAGE, ...send, ...setsState },
  "messages.get": { method: "GET", path: MESSAGE, ...readMessages, ...read },
  // In groups Feishu also wants im:message.group_msg (manifest.json, optional): without it 230027, and a human decides.
  "messages.list": { method: "GET", path: "/open-apis/im/v1/messages", ...readMessages, ...read },

  "chats.list": { method: "GET", path: "/open-apis/im/v1/chats", ...readChats, ...read },
  "chats.get": { method: "GET", path: CHAT, ...readChats, ...read },
  "chats.members": { method: "GET", path: `${CHAT}/members`, ...readChats, ...read },
  "chats.isInChat": { method: "GET", path: `${CHAT}/members/is_in_chat`, ...readChats, ...read },

  "contact.user": {
    method: "GET",
    path: "/open-apis/contact/v3/users/:user_id",
    ...readContact,
    fieldScopes: PERSON_FIELDS,
    ...read,
  },
  "contact.users": {
    method: "GET",
    path: "/open-apis/contact/v3/users/batch",
    ...readContact,
    fieldScopes: PERSON_FIELDS,
    ...read,
  },
  "contact.batchGetId": {
    method: "POST",
    path: "/open-apis/contact/v3/users/batch_get_id",
    scopes: ["contact:user.id:readonly"],
    source: "API page",
    ...read,
  },
  "contact.children": {
    method: "GET",
    path: "/open-apis/contact/v3/departments/:department_id/children",
    ...readContact,
    fieldScopes: ["contact:department.base:readonly"],
    ...read,
  },
  "contact.usersOf": {
    method: "GET",
    path: "/open-apis/contact/v3/users/find_by_department",
    ...readContact,
    fieldScopes: PERSON_FIELDS,
    ...read,
  },

  "attendance.approvals": {
    method: "POST",
    path: "/open-apis/attendance/v1/user_approvals/query",
    scopes: ["attendance:task:readonly"],
    source: "API page",
    ...read,
  },
  "wiki.getNode": {
    method: "GET",
    path: "/open-apis/wiki/v2/spaces/get_node",
    scopes: ["wiki:node:read", "wiki:wiki:readonly", "wiki:wiki"],
    source: "API page",
    ...read,
  },
} as const satisfies Record<string, Operation>;

export type OperationName = keyof typeof OPERATIONS;

/** ms within which a token makes a repetition harmless; after it the outcome is looked up. */
export const TOKEN_WINDOW_MS: Record<Operation["idempotency"], number> = {
  // One hour by the page; ten minutes kept in reserve (decisions.md 16).
  uuid: 50 * 60_000,
  // Feishu states no window; as careful as with messages. Unconfirmed.
  client_token: 50 * 60_000,
  // Unique per app and calendar, without an end (facts.md §6.2).
  idempotency_key: Infinity,
  // Writes that set a state.
  none: Infinity,
};
