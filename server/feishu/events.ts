/** An event the server handles, and what its subscription needs. */
export interface SubscribedEvent {
  /** Any one is enough; the first is the one manifest.json asks for. */
  scopes: readonly string[];
  /** Scopes needed in the user's name too. */
  userScopes?: readonly string[];
  schema: "1.0" | "2.0";
}

const contact = ["contact:contact.base:readonly", "contact:contact:readonly_as_app"];
const chats = ["im:chat:readonly", "im:chat"];
const approval = ["approval:approval:readonly", "approval:approval"];
// A Base subscribed with the tenant token delivers only when app and user both hold the scope (facts.md §5.7).
const bitable = {
  scopes: ["bitable:app", "drive:drive"],
  userScopes: ["bitable:app"],
  schema: "2.0",
} as const;

/** Every event the server acts on; scopes from the events' pages. */
export const EVENTS = {
  "drive.file.bitable_record_changed_v1": bitable,
  "drive.file.bitable_field_changed_v1": bitable,
  "im.message.receive_v1": { scopes: ["im:message.p2p_msg:readonly", "im:message.p2p_msg"], schema: "2.0" },
  "im.chat.disbanded_v1": { scopes: chats, schema: "2.0" },
  "im.chat.member.bot.added_v1": { scopes: [], schema: "2.0" },
  "im.chat.member.bot.deleted_v1": { scopes: [], schema: "2.0" },
  "contact.user.updated_v3": { scopes: contact, schema: "2.0" },
  "contact.user.deleted_v3": { scopes: contact, schema: "2.0" },
  leave_approval: { scopes: approval, schema: "1.0" },
  leave_approvalV2: { scopes: approval, schema: "1.0" },
  leave_approval_revert: { scopes: approval, schema: "1.0" },
} as const satisfies Record<string, SubscribedEvent>;

/** Callbacks wait for the answer and are never pushed again. */
export const CALLBACKS = ["card.action.trigger"] as const;
