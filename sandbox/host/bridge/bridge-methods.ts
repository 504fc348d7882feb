import { optionalText, record, text } from "./args.ts";
import type { Method } from "./session.ts";

const LANGUAGES: Record<string, string> = { "zh-TW": "zh-TW", "zh-HK": "zh-HK" };

/** `zh-CN` → `zh`, `zh-TW` stays. */
const languageOf = (locale: string) => LANGUAGES[locale] ?? locale.split("-")[0] ?? locale;

/** Neither is the open_id of the Open Platform: a plugin that joins them by equality must fail here as well. */
export const bridgeMethods: Record<string, Method> = {
  Bridge_getUserId: ({ backend }) => `ou_${digits(backend.as, 16, 32)}`,
  Bridge_getBaseUserId: ({ backend }) => `7${digits(`base ${backend.as}`, 10, 18)}`,
  Bridge_getTheme: ({ environment }) => environment.theme,
  Bridge_getLocale: ({ environment }) => environment.locale,
  Bridge_getLanguage: ({ environment }) => languageOf(environment.locale),
  Bridge_getTenantKey: ({ environment }) => environment.tenantKey,
  Bridge_getEnv: ({ environment }) => ({ product: environment.product, needChangeBase: false }),
  Bridge_getInstanceId: ({ environment }) => environment.instanceId,
  Bridge_getBitableUrl: ({ environment }, [given]) => {
    const place = record(given ?? {}, "getBitableUrl");
    return environment.urlOf({
      tableId: optionalText(place["tableId"], "tableId"),
      viewId: optionalText(place["viewId"], "viewId"),
      recordId: optionalText(place["recordId"], "recordId"),
      fieldId: optionalText(place["fieldId"], "fieldId"),
    });
  },
  Bridge_setData: ({ backend, environment }, [key, data]) =>
    // Before 0.4.0 the one argument was all data at once.
    typeof key === "object"
      ? backend.call("Bridge_setData", [], environment.instanceId, null, record(key, "setData"))
      : backend.call("Bridge_setData", [], environment.instanceId, text(key, "setData key"), data),
  Bridge_getData: ({ backend, environment }, [key]) =>
    backend.call("Bridge_getData", [], environment.instanceId, optionalText(key, "getData key") ?? null),
  Bridge_navigateToExtension: () => false,
};

/** So many digits of the given base, always the same for the same text (FNV-1a, four rounds of it). */
function digits(from: string, base: number, length: number): string {
  let out = "";
  for (let round = 0; out.length < length; round += 1) {
    let hash = 0x811c9dc5;
    for (const letter of `${round} ${from}`)
      hash = Math.imul(hash ^ (letter.codePointAt(0) ?? 0), 0x01000193);
    out += (hash >>> 0).toString(base).padStart(8, "0").slice(-8);
  }
  return out.slice(0, length);
}
