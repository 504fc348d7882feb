import { afterEach, expect, test } from "vitest";
import { ADMIN, LEARNERS_CHAT, learner, startCompany, type Company } from "#test/support/company.ts";

/** The long run kills 20 times in a month, the short one 5 times in ten days (issue's own numbers). */
const LONG = process.env["LECTERN_LONG"] === "1";
const KILLS = LONG ? 20 : 5;
const DAYS = LONG ? 31 : 11;
const DAY = 86_400_000;

let company: Company | undefined;
afterEach(async () => {
  await company?.close();
  company = undefined;
});

test(
  `${KILLS} kills in ${DAYS} days, most of them between a remote call's effect and its record, leave the same end state`,
  { timeout: LONG ? 1_500_000 : 600_000 },
  async () => {
    const undisturbed = await live({ kills: 0 });
    const killed = await live({ kills: KILLS });
    // The one line a reader of the test's output wants to see.
    process.stdout.write(
      `killed ${killed.kills} times, ${killed.between} of them between an effect and its record\n`,
    );
    expect(killed.kills).toBe(KILLS);
    expect(killed.between).toBeGreaterThanOrEqual(KILLS / 2);
    expect(killed.state).toEqual(undisturbed.state);
    expect(undisturbed.state.messages.length).toBeGreaterThan(10);
  },
);

async function live({ kills }: { kills: number }) {
  company = await startCompany({
    lecturers: 4,
    learners: 8,
    process: true,
    group: { 星期: ["周一", "周三", "周五"] },
  });
  await company.add("主题", [{ 主题: "客户投诉处理技巧", 状态: "启用", 领域: ["客户服务"], 关键词: "投诉" }]);
  const killer = kills > 0 ? await startKiller(company, kills) : null;
  const begin = await company.now();
  for (let hour = 2; hour <= DAYS * 24; hour += 2) {
    await killer?.arm(hour / (DAYS * 24));
    await company.advanceTo(begin + hour * 3_600_000);
    await killer?.afterwards();
    await act(company);
  }
  const state = await endState(company);
  const result = { state, kills: killer?.count() ?? 0, between: killer?.between() ?? 0 };
  await killer?.stop();
  await company.close();
  company = undefined;
  return result;
}

/** Everybody does at once what their newest card asks: what they do depends on the cards alone. */
async function act(at: Company): Promise<void> {
  const inChats = await at.messages();
  const now = await at.now();
  const pressed = new Set<string>();
  for (const card of inChats) {
    const button = card.buttons.find(({ text, callback }) => callback && WANTED.includes(text))?.text;
    if (!button || pressed.has(card.message_id) || now - card.create_time > CARD_LIVES) continue;
    pressed.add(card.message_id);
    const people = button === "签到" ? [1, 2, 3, 4, 5, 6].map(learner) : card.to;
    for (const person of people) {
      const done = await at.wire.press({ as: person, message_id: card.message_id, button });
      if (!done.ok) throw new Error(`${person} pressed ${button}: ${done.toast} ${done.code}`);
    }
  }
  await at.settle();
}

/** A card's buttons answer for 14 days after sending. */
const CARD_LIVES = 14 * DAY - 3_600_000;
const WANTED = ["发布并通知", "正式启用", "可以,我来讲", "签到", "开了"];

interface Killer {
  arm(progress: number): Promise<void>;
  afterwards(): Promise<void>;
  count(): number;
  between(): number;
  stop(): Promise<void>;
}

/** Kills the server while one of its calls has had its effect and not yet its reply; every fourth time just so, between two acts. */
async function startKiller(at: Company, kills: number): Promise<Killer> {
  const stop = new AbortController();
  let count = 0;
  let between = 0;
  let restarting: Promise<void> | null = null;
  const reply = await fetch(`${at.sandbox.url}/sandbox/instants/stream`, { signal: stop.signal });
  const listening = (async () => {
    const reader = reply.body!.pipeThrough(new TextDecoderStream()).getReader();
    for (;;) {
      const { value, done } = await reader.read();
      if (done) return;
      if (!value.trim()) continue;
      count++;
      between++;
      restarting = at.restart("kill");
    }
  })().catch((error: unknown) => {
    if (!stop.signal.aborted) throw error;
  });
  return {
    async arm(progress) {
      if (count >= kills || count >= progress * kills + 1) return;
      await at.wire.call("DELETE", "/sandbox/faults");
      await at.wire.post("/sandbox/faults", {
        rules: [
          {
            kind: "announce",
            probability: 0.5,
            count: 1,
            seed: `${count}`,
            match: { path: "/(messages|records|events|attendees|documents)" },
          },
        ],
      });
    },
    async afterwards() {
      await restarting;
      restarting = null;
      if (count % 4 === 3 && count < kills) {
        count++;
        await at.restart("kill");
      }
    },
    count: () => count,
    between: () => between,
    async stop() {
      await at.wire.call("DELETE", "/sandbox/faults");
      stop.abort();
      await listening;
    },
  };
}

/** What the outside world holds at the end, without ids and instants that no reader sees. */
async function endState(at: Company) {
  await at.advance(DAY);
  const messages = (await at.messages()).map(
    ({ title, to, chat_id, texts }) =>
      `${chat_id === LEARNERS_CHAT ? "learners" : to.join(",")} · ${title || texts.join(" ")}`,
  );
  const sessions = (await at.rows("分享")).map(({ fields }) => [
    fields["分享"],
    fields["状态"],
    fields["参加人数"] ?? 0,
    Boolean(fields["日程 ID"]),
  ]);
  const calendar = (await at.wire.get(`/sandbox/people/${ADMIN}/calendar`)) as {
    events: { summary: string }[];
  };
  const rows: Record<string, number> = {};
  for (const table of ["素材库", "评分", "积分流水", "荣誉"]) rows[table] = (await at.rows(table)).length;
  return {
    messages: messages.sort(),
    sessions: sessions.map(String).sort(),
    events: calendar.events.length,
    rows,
  };
}
