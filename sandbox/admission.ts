import { appUnavailable, scopeRefused } from "./gateway-codes.ts";
import type { Kernel, Operation, Principal } from "./kernel.ts";

/** Scopes and the app's availability; one of the operation's scopes is enough. Throws Feishu's refusal. */
export function admit(kernel: Kernel, operation: Operation, principal: Principal): void {
  const app = kernel.apps[principal.appId];
  if (!app) throw appUnavailable();
  const outside =
    app.availability !== null && principal.kind === "user" && !app.availability.includes(principal.openId);
  if (outside) throw appUnavailable();
  const wanted = operation.scopes ?? [];
  if (!kernel.switches.scopes || wanted.length === 0) return;
  const granted = principal.kind === "user" ? app.userScopes : app.tenantScopes;
  if (!wanted.some((scope) => granted.includes(scope))) throw scopeRefused("tenant", wanted);
  if (principal.kind === "user" && !wanted.some((scope) => principal.scopes.includes(scope))) {
    throw scopeRefused("user", wanted);
  }
}
