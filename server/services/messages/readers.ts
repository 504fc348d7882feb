import type { TemplateId } from "#domain/messages/templates.ts";

/** Who reads a message; `chat` = the learners' chat, `lecturersChat` = the lecturers' own. */
export type Reader = "lecturer" | "learner" | "chat" | "lecturersChat" | "manager" | "admin";

const others: Partial<Record<TemplateId, Reader>> = {
  announce: "chat",
  "announce.update": "chat",
  "day-of": "chat",
  "day-of.direct": "learner",
  "check-in": "chat",
  rate: "learner",
  "rate.remind": "learner",
  "thanks.reply": "learner",
  "thanks.all": "chat",
  "award.approve": "admin",
  "award.chat": "lecturersChat",
  care: "manager",
  monthly: "admin",
  "manager.monthly": "manager",
  "admin.daily": "admin",
  "admin.urgent": "admin",
  "schedule.ready": "admin",
  "group.ready": "admin",
  "delivered.ask": "admin",
  "unfilled.ask": "admin",
  "volunteer.approve": "admin",
  "announce.review": "admin",
  answered: "learner",
  learned: "learner",
  "first.lecturers": "lecturersChat",
  "first.managers": "manager",
  notice: "admin",
};

export const readerOf = (template: TemplateId): Reader => others[template] ?? "lecturer";
