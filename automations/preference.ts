import { cardAction } from "#domain/messages/actions.ts";
import { askPreferences } from "#server/services/preference/ask.ts";
import { choosePreference } from "#server/services/preference/choose.ts";
import { copyAllPreferences } from "#server/services/preference/copy-to-profile.ts";
import { dailyAt, defineAutomation } from "./define.ts";

/** What makes it worthwhile, asked after the first share and a year later. */
export const askPreference = defineAutomation({
  id: "preference.ask",
  on: { cron: ({ settings }) => dailyAt(settings.releaseAt), missed: "latest", card: ["preference.choose"] },
  async run(ctx, trigger) {
    if (trigger.on === "cron") return { ...(await askPreferences(ctx)), ...(await copyAllPreferences(ctx)) };
    if (trigger.on !== "card") return;
    const action = cardAction.parse(trigger.press.value);
    if (action.act === "preference.choose")
      return choosePreference(ctx, {
        person: trigger.press.person,
        choice: action.choice,
        also: action.also,
      });
  },
});
