import { slice } from "../../kernel.ts";
import type { Kernel } from "../../kernel.ts";
import type { View, ViewSettings } from "./model.ts";

/** What a person changed in a view and has not saved: it holds for them alone (docs of the Base SDK, `applySetting`). */
type Look = Pick<View, "filter"> & Pick<ViewSettings, "sort" | "group" | "rowHeight">;

/** By person and view. */
const looks = slice<Record<string, Look>>("viewLooks", () => ({}));
const keyOf = (openId: string, view: View) => `${openId} ${view.id}`;

export const settingsOf = (view: View): ViewSettings =>
  view.settings ?? { sort: [], group: [], widths: {}, rowHeight: 1, shared: false };

/** The view as this person has it before them. */
export function seenBy(kernel: Kernel, openId: string, view: View): View {
  const look = looks(kernel.state)[keyOf(openId, view)];
  if (!look) return view;
  const { filter, ...settings } = look;
  return { ...view, filter, settings: { ...settingsOf(view), ...settings } };
}

export function setLook(kernel: Kernel, openId: string, view: View, part: Partial<Look>): void {
  const { filter, settings } = seenBy(kernel, openId, view);
  const { sort, group, rowHeight } = settings ?? settingsOf(view);
  looks(kernel.state)[keyOf(openId, view)] = { filter, sort, group, rowHeight, ...part };
}

/** What was this person's alone becomes everybody's. */
export function saveLook(kernel: Kernel, openId: string, view: View): void {
  const { filter, settings } = seenBy(kernel, openId, view);
  Object.assign(view, { filter, settings });
  delete looks(kernel.state)[keyOf(openId, view)];
}
