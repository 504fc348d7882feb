import { z } from "zod";
import { slice } from "../../kernel.ts";
import { announce } from "../../api/bitable/announce.ts";
import { given } from "./parameters.ts";
import type { Methods, Visit } from "./types.ts";
import { openedOf } from "./visit.ts";

/** What plugins keep by `bridge.setData`: shared by all people of one plugin in one Base. */
const stores = slice<Record<string, Record<string, unknown>>>("pluginData", () => ({}));

function storeOf(visit: Visit, plugin: unknown): Record<string, unknown> {
  const key = `${openedOf(visit).base.token} ${given(z.string(), plugin, "instance id")}`;
  return (stores(visit.kernel.state)[key] ??= {});
}

export const dataMethods: Methods = {
  reads: {
    Bridge_getData: (visit, [plugin, key]) => {
      const store = storeOf(visit, plugin);
      return typeof key === "string" ? store[key] : store;
    },
  },
  writes: {
    Bridge_setData: (visit, [plugin, key, data]) => {
      const store = storeOf(visit, plugin);
      const part =
        typeof key === "string" ? { [key]: data } : given(z.record(z.string(), z.unknown()), data, "data");
      Object.assign(store, part);
      announce(visit.kernel, visit.base, {
        kind: "data",
        plugin: given(z.string(), plugin, "instance id"),
        keys: Object.keys(part),
      });
      return true;
    },
  },
};
