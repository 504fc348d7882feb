import { baseMethods } from "./base-methods.ts";
import { bridgeMethods } from "./bridge-methods.ts";
import { registerMethods } from "./register-methods.ts";
import type { Method } from "./session.ts";
import { uiMethods } from "./ui-methods.ts";

/** What the page itself answers. Everything else goes to the sandbox's server, which knows the Base. */
const OWN: Record<string, Method> = {
  ...registerMethods,
  ...baseMethods,
  ...bridgeMethods,
  ...uiMethods,
  Private_setClientVersion: () => undefined,
  Private_showPrivateTips: ({ ui }) => {
    ui.toast("warning", "此内容不允许复制 · Copying is not allowed here");
    return true;
  },
};

export function ownMethod(name: string): Method | undefined {
  return Object.hasOwn(OWN, name) ? OWN[name] : undefined;
}
