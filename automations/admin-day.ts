import { cardAction } from "#domain/messages/actions.ts";
import { checkDependents, checkRecord, checkRecords } from "#server/services/admin/check-records.ts";
import { checkSettings } from "#server/services/admin/check-settings.ts";
import { dailySummary } from "#server/services/admin/daily.ts";
import { resolveSession } from "#server/services/admin/resolve-session.ts";
import { finishTodo } from "#server/services/todos/finish.ts";
import { decideVolunteer } from "#server/services/turns/volunteer.ts";
import { dailyAt, defineAutomation } from "./define.ts";

/** One summary on workday mornings, when anything waits. */
export const summarizeDay = defineAutomation({
  id: "admin.daily",
  on: { cron: ({ settings }) => dailyAt(settings.adminDailyAt), missed: "latest" },
  run: (ctx) => dailySummary(ctx),
});

/** What the admin decides on a card. */
export const decideMatters = defineAutomation({
  id: "admin.decide",
  on: {
    card: [
      "todo.move",
      "todo.merge",
      "todo.replay",
      "todo.cancel",
      "todo.done",
      "volunteer.approve",
      "volunteer.refuse",
    ],
  },
  async run(ctx, trigger) {
    if (trigger.on !== "card") return;
    const { person } = trigger.press;
    const action = cardAction.parse(trigger.press.value);
    switch (action.act) {
      case "todo.move":
      case "todo.merge":
      case "todo.replay":
      case "todo.cancel":
        return resolveSession(ctx, {
          session: action.session,
          person,
          how: action.act.slice("todo.".length) as "move" | "merge" | "replay" | "cancel",
        });
      case "todo.done":
        return finishTodo(ctx, { key: action.todo, person });
      case "volunteer.approve":
      case "volunteer.refuse":
        return decideVolunteer(ctx, {
          session: action.session,
          lecturer: action.lecturer,
          person,
          approve: action.act === "volunteer.approve",
        });
      default:
        throw new Error(`admin.decide got ${action.act}`);
    }
  },
});

/** A mess made by hand gives one clear notice, and stops nothing else. */
export const checkAllRecords = defineAutomation({
  id: "records.check",
  on: {
    record: [
      "sessions",
      "lecturers",
      "groups",
      "topics",
      "templates",
      "materials",
      "demands",
      "companyDays",
      "profiles",
    ],
    cron: "55 8 * * *",
    missed: "latest",
  },
  async run(ctx, trigger) {
    if (trigger.on !== "record") return checkRecords(ctx);
    const { table, record } = trigger;
    if (table === "groups" || table === "lecturers") await checkDependents(ctx, table, record);
    return checkRecord(ctx, table, record);
  },
});

/** Settings and texts are checked when they are saved. */
export const checkAllSettings = defineAutomation({
  id: "settings.check",
  on: { record: ["settings", "messages"] },
  run: (ctx) => checkSettings(ctx),
});
