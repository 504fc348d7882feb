import { text } from "./args.ts";
import { CODE, HostError } from "./errors.ts";
import type { Method } from "./session.ts";
import { EVENT_NAME } from "./subscriptions.ts";

function wireName(module: string, event: unknown, context: unknown[]): string {
  const name = EVENT_NAME[module]?.(text(event, `${module} event`), context);
  if (name) return name;
  throw new HostError(CODE.notRegistered, `not registered: ${module} has no event ${String(event)}`);
}

const register =
  (module: string): Method =>
  ({ subscriptions }, [event], context) =>
    subscriptions.add(wireName(module, event, context));
const unregister =
  (module: string): Method =>
  ({ subscriptions }, [event], context) =>
    subscriptions.remove(wireName(module, event, context));

/** Answered in order of arrival: a mount, unmount, mount must end with the event registered. */
export const registerMethods: Record<string, Method> = {
  WidgetBase_registerBaseEvent: register("WidgetBase"),
  WidgetBase_unregisterBaseEvent: unregister("WidgetBase"),
  WidgetTable_registerTableEvent: register("WidgetTable"),
  WidgetTable_unregisterTableEvent: unregister("WidgetTable"),
  WidgetField_registerFieldEvent: register("WidgetField"),
  WidgetField_unregisterFieldEvent: unregister("WidgetField"),
  Bridge_registerBridgeEvent: register("Bridge"),
  Bridge_unregisterBridgeEvent: unregister("Bridge"),
  UI_registerUIEvent: register("UI"),
  UI_unregisterUIEvent: unregister("UI"),
};
