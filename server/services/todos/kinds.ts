export type TodoKind =
  | "delivery-failed"
  | "delivery-uncertain"
  | "record-problem"
  | "unconfirmed"
  | "no-substitute"
  | "held-or-not"
  | "award"
  | "care"
  | "unfilled"
  | "schedule"
  | "volunteer"
  | "person-left"
  | "chat-gone"
  | "base-drift"
  | "close-preview"
  | "settings-problem"
  | "topic-suggested"
  | "absent"
  | "day-off"
  | "points-question";

export type NewTodo = {
  /** Same matter, same key: asked once however often it is found. */
  key: string;
  kind: TodoKind;
  session?: string;
  record?: string;
  /** What the screen and the daily summary say: words, names, numbers. */
  detail: Record<string, string | number | string[]>;
  urgent?: boolean;
};
