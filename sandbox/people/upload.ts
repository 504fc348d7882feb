import { dateOf } from "../case/dates.ts";
import { deck } from "./deck.ts";
import type { Intent } from "./acts.ts";
import type { Dump } from "./dump.ts";
import type { Wire } from "./wire.ts";

/** Bringing material: the lecturer finds the own row in 分享 and puts a file or a link and a title into it, by hand. */
export class Upload {
  readonly #wire: Wire;
  readonly #base: string;

  constructor(wire: Wire, base: string) {
    this.#wire = wire;
    this.#base = base;
  }

  /** Null when the lecturer has no session that day (any more). `taken` = titles in use: a second one gets a number. */
  async bring(
    who: string,
    nameOf: (who: string) => string,
    intent: Extract<Intent, { do: "upload" }>,
    taken: ReadonlySet<string>,
  ): Promise<{ start: number; group: string; title: string } | null> {
    const dump = await this.#wire.dump(this.#base);
    const row = ownRow(dump, who, dateOf(intent.about.start ?? 0));
    if (!row) return null;
    let title = intent.title;
    for (let n = 2; taken.has(title); n++) title = `${intent.title} ${n}`;
    const fields: Record<string, unknown> = { 标题: title };
    if (intent.how === "file") {
      const bytes = await deck(title, intent.topic || title, nameOf(who));
      const token = await this.#wire.upload(who, this.#base, `${title}.pptx`, bytes);
      fields["内容"] = [{ file_token: token }];
    } else {
      fields["内容链接"] = { text: title, link: `https://docs.case.example/${encodeURIComponent(title)}` };
    }
    await this.#wire.write(who, this.#base, "分享", row.record_id, fields);
    return { start: row.start, group: row.group, title };
  }
}

/** The lecturer's planned session on a day, as the table shows it. */
function ownRow(
  dump: Dump,
  who: string,
  date: string,
): { record_id: string; start: number; group: string } | null {
  for (const row of dump.rows("分享")) {
    const start = Number(row.fields["开始"]);
    const state = dump.text(row.fields["状态"]);
    if (!Number.isFinite(start) || dateOf(start) !== date || !["已安排", "已确认", "已提交"].includes(state))
      continue;
    if (dump.people(row.fields["讲师账号"]).includes(who)) {
      return { record_id: row.record_id, start, group: dump.linked(row.fields["讲师群"])[0] ?? "" };
    }
  }
  return null;
}
