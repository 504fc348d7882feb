import { Hono } from "hono";
import { html } from "hono/html";
import type { PressAnswer } from "#automations/define.ts";
import type { Ctx } from "../../context.ts";
import { isAdmin } from "../../services/people/name.ts";
import { allRecords, type Rec } from "../../services/records/read.ts";
import { goLive } from "../../services/schedule/go-live.ts";
import { restGroup } from "../../services/schedule/pause.ts";
import { allContexts, contextOfRecord, type Env, type PeopleOptions } from "../edge.ts";
import { answerText, page, post, say, section, type Html, type Reader } from "./layout.ts";
import { done, forbidden, readerOf, readForm } from "./reading.ts";

type Act = (ctx: Ctx, input: { group: string; person: string }) => Promise<PressAnswer>;

const acts: Record<string, Act> = {
  live: goLive,
  pause: (ctx, input) => restGroup(ctx, { ...input, to: "paused" }),
  trial: (ctx, input) => restGroup(ctx, { ...input, to: "trial" }),
};
const LABELS: Record<string, readonly [string, string]> = {
  live: ["正式启用", "Go live"],
  pause: ["暂停这个群", "Pause this group"],
  trial: ["先只发给管理员", "Admins only for now"],
};
const STATES = {
  live: ["正式运行", "Live", ["pause", "trial"]],
  paused: ["已暂停", "Paused", ["live", "trial"]],
  trial: ["试运行中：消息只发给管理员", "Trial: messages go to admins only", ["live", "pause"]],
} as const;

/** `/m/groups`: for admins, what each group is in, and one tap to change it. */
export function groupPages(options: PeopleOptions) {
  const app = new Hono<Env>();
  app.get("/", async (c) => {
    const reader = readerOf(c);
    const { openId } = c.get("who");
    const parts: Html[] = [];
    let admin = false;
    for (const ctx of await allContexts(options, openId)) {
      if (!(await isAdmin(ctx, openId))) continue;
      admin = true;
      for (const group of await allRecords(ctx, "groups")) parts.push(one(ctx, group, reader));
    }
    if (!admin) return c.html(forbidden(reader), 403);
    return c.html(page(reader.language, say(reader.language, "讲师群", "Groups"), parts, reader));
  });
  app.post("/:id/:act", async (c) => {
    const reader = readerOf(c);
    const { openId } = c.get("who");
    const fields = await readForm(c);
    const act = Object.hasOwn(acts, c.req.param("act")) ? acts[c.req.param("act")] : undefined;
    const ctx = fields && (await contextOfRecord(options, "groups", c.req.param("id"), openId));
    if (!ctx || !act || !(await isAdmin(ctx, openId))) return c.html(forbidden(reader), 403);
    const answer = await act(ctx, { group: c.req.param("id"), person: openId });
    options.wake();
    return c.html(done(reader, answerText(answer), "/m/groups"));
  });
  return app;
}

function one(ctx: Ctx, group: Rec<"groups">, reader: Reader): Html {
  const { live, paused } = ctx.workspace;
  const state = live.includes(group.id) ? "live" : paused.includes(group.id) ? "paused" : "trial";
  const [zh, en, choices] = STATES[state];
  const buttons = choices.map((act) =>
    post(
      reader,
      `/m/groups/${encodeURIComponent(group.id)}/${act}`,
      say(reader.language, LABELS[act]![0], LABELS[act]![1]),
    ),
  );
  return section(
    group.name ?? "",
    html`<p>${say(reader.language, zh, en)}</p>
      <div class="acts">${buttons}</div>`,
  );
}
