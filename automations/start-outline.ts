import { cardAction } from "#domain/messages/actions.ts";
import { startOutline } from "#server/services/content/start-outline.ts";
import { defineAutomation } from "./define.ts";

/** 用模板开始: an outline filled in beforehand, as a document of the lecturer's own. */
export const startFromTemplate = defineAutomation({
  id: "content.outline",
  on: { card: ["template.use"] },
  async run(ctx, trigger) {
    if (trigger.on !== "card") return;
    const action = cardAction.parse(trigger.press.value);
    if (action.act !== "template.use") return;
    return startOutline(ctx, {
      session: action.session,
      person: trigger.press.person,
      template: action.template,
    });
  },
});
