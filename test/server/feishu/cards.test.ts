import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { defaultTexts, messageDefault } from "#base/defaults/texts.ts";
import { cardAction } from "#domain/messages/actions.ts";
import type { MessageFacts, TemplateData } from "#domain/messages/facts.ts";
import { languages, templateIds, type Language, type TemplateId } from "#domain/messages/templates.ts";
import { buildCard, settledCard, type CardOptions } from "#server/feishu/cards/build-card.ts";
import { createCards } from "#server/feishu/cards/cards.ts";
import { checkCard } from "#sandbox/api/cards/check.ts";

const at = (iso: string) => Date.parse(`${iso}+08:00`);
const now = at("2026-11-27T09:30");
const session = "recSession1";

const needs: { [T in TemplateId]?: object } = {
  "schedule.ready": { proposal: "p1" },
  "group.ready": { groupId: "recGroup1" },
  "outline.ready": { document: "https://feishu.cn/docx/doxcn1" },
  "invite.dates": {
    dates: [1, 2, 3, 4, 5, 6].map((day) => ({
      start: at(`2026-12-0${day + 2}T15:00`),
      session: `recOpen${day}`,
    })),
  },
  "topic.choose": {
    topics: [
      { id: "recT1", name: "产品售后" },
      { id: "recT2", name: "客户投诉" },
    ],
  },
  "swap.choose": { peers: [{ session: "recS2", lecturer: "王芳", start: at("2026-12-09T15:00") }] },
  "preference.second": { chosen: "growth" },
};
const ids = {
  session,
  ask: "ask1",
  swap: "swap1",
  care: "recCare1",
  awardId: "recAward1",
  offerId: "offer1",
  survey: "survey1",
  period: "2026-11",
  lecturerId: "recL1",
  thanksId: "thx1",
};

const full: MessageFacts = {
  lecturer: "张三",
  peer: "王芳",
  recipient: "赵经理",
  admin: "小陈",
  group: "客户维护技巧",
  title: "客户维护技巧",
  topic: "客户投诉处理技巧",
  place: "3 楼会议室",
  meetingUrl: "https://vc.example.com/j/1",
  start: at("2026-12-02T15:00"),
  minutes: 45,
  oldStart: at("2026-12-02T15:00"),
  newStart: at("2026-12-09T15:00"),
  evidence: 100,
  share: 0.35,
  count: 35,
  whyMe: "您懂售后,周三下午有空,本季还没轮到",
  template: "客户案例分享框架",
  templateMinutes: 60,
  templateAnswers: 6,
  quotes: ["今天用了这个技巧,客户转介绍了 2 个", "讲得很清楚", "第三条不该出现"],
  attended: 18,
  thanks: 4,
  answers: 12,
  looked: 30,
  score: 4.6,
  minimum: 5,
  points: 0.5,
  pointsPeriod: 1.5,
  award: "内训名师",
  period: "2026-11",
  reward: "销售总监1对1辅导",
  condition: "季度分享次数≥4次,且评分前15%",
  gap: "再分享2次",
  until: at("2026-12-31T12:00"),
  preference: "个人成长",
  reasons: "近2个月没有分享(轮到过1次);评分从4.5到3.8",
  replyBy: at("2026-11-28T12:00"),
  headline: "主动分享率升到 88%",
  decisions: "2 项",
  proactive: "88%",
  proactiveN: 23,
  heldN: 26,
  proactivePrev: "81%",
  scorePrev: "4.4",
  hours: "2.1",
  hoursBase: "10",
  willing: "80%",
  willingN: 16,
  askedN: 20,
  surveyMonth: "2026年10月",
  outcome: "王芳来讲",
  reason: "名单里没有可用的人",
  from: at("2026-12-01T12:00"),
  change: "补了两个案例",
  items: ["开没开成:《售后》", "没有人讲:周五", "称号待批准", "材料没到", "多一件", "再多一件"],
};

function options(language: Language, more: Partial<CardOptions> = {}): CardOptions {
  return {
    language,
    texts: defaultTexts(),
    now,
    zone: "Asia/Shanghai",
    publicUrl: "https://lectern.example.com/",
    key: "invite:recSession1:recL1:v1",
    ...more,
  };
}
function draw(
  template: TemplateId,
  facts: MessageFacts,
  language: Language,
  more: Partial<CardOptions> = {},
) {
  return buildCard(
    template,
    { ...facts, ...ids, ...needs[template] } as unknown as TemplateData<TemplateId>,
    options(language, more),
  );
}

interface Thing {
  [name: string]: unknown;
}
const isThing = (value: unknown): value is Thing => typeof value === "object" && value !== null;
function collect(value: unknown, pick: (thing: Thing) => unknown): unknown[] {
  if (Array.isArray(value)) return value.flatMap((item) => collect(item, pick));
  if (!isThing(value)) return [];
  const found = pick(value);
  return [
    ...(found === undefined ? [] : [found]),
    ...Object.values(value).flatMap((item) => collect(item, pick)),
  ];
}
const actions = (card: unknown) =>
  collect(card, (thing) => (thing["type"] === "callback" ? thing["value"] : undefined));
const urls = (card: unknown) => collect(card, ({ default_url: url }) => url) as string[];
const labels = (card: unknown) =>
  collect(card, ({ tag, text }) =>
    tag === "button" && isThing(text) ? text["content"] : undefined,
  ) as string[];
const bodyText = (card: { body: { elements: Thing[] } }) =>
  card.body.elements
    .filter(({ tag, text_size }) => tag === "markdown" && text_size === undefined)
    .map(({ content }) => String(content))
    .join("\n");
const title = (card: { header?: { title: { content: string } } }) => card.header?.title.content ?? "";
const world = { knowsPerson: () => false, knowsImage: () => false };
const both = templateIds.flatMap((template) => languages.map((language) => [template, language] as const));

// Steps on the same card and variants of one message may share a title.
const variants: TemplateId[] = ["confirm.last", "echo.waiting", "echo.quiet"];
const longTitle: TemplateId[] = [
  "invite",
  "remind.before",
  "confirm.follow",
  "confirm.last",
  "substitute.ask",
  "award",
  "monthly",
  "unfilled.ask",
  "invite.dates",
  "day-of",
  "day-of.direct",
  "offer",
  "admin.urgent",
  "award.approve",
  "notice",
];

describe("every card", () => {
  it.each(both)("%s in %s keeps the rules of the texts with full data", (template, language) => {
    const card = draw(template, full, language);
    const json = JSON.stringify(card);
    expect(checkCard(card as unknown as Thing, world)).toBeNull();
    expect(new TextEncoder().encode(json).length).toBeLessThan(30 * 1024);
    expect(title(card) + bodyText(card)).not.toMatch(/[{}]|undefined|NaN|null/);
    expect(bodyText(card).split("\n").length).toBeLessThanOrEqual(4);
    expect(title(card) + bodyText(card) + labels(card).join()).not.toMatch(
      /催|逾期|未按时|仍未|不合格|预警|[!！]{2}|哥|姐|@所有人|排班|替补|课程/,
    );
    for (const value of actions(card)) expect(cardAction.safeParse(value)).toMatchObject({ success: true });
    if (!longTitle.includes(template))
      expect(Array.from(title(card)).length, title(card)).toBeLessThanOrEqual(language === "zh" ? 20 : 45);
  });

  it.each(both)("%s in %s drops what is not known", (template, language) => {
    const card = draw(template, {}, language);
    expect(checkCard(card as unknown as Thing, world)).toBeNull();
    expect(title(card)).not.toBe("");
    expect(title(card) + bodyText(card)).not.toMatch(/[{}]|undefined|NaN|《》|「」|‘’|\(\)|0 ?人|0条/);
  });

  it.each(both)("%s in %s stands each fact missing", (template, language) => {
    for (const name of Object.keys(full)) {
      const card = draw(template, { ...full, [name]: undefined }, language);
      expect(title(card) + bodyText(card), name).not.toMatch(/[{}]|undefined|NaN|《》|「」|‘’|\(\)/);
      expect(bodyText(card).split("\n").length).toBeLessThanOrEqual(4);
    }
  });

  it.each(both)("%s in %s cuts long names in its title and stays small", (template, language) => {
    const name = "阿".repeat(60);
    const card = draw(
      template,
      { ...full, lecturer: name, peer: name, recipient: name, title: "题".repeat(400) },
      language,
    );
    expect(title(card)).not.toContain("阿".repeat(12));
    expect(new TextEncoder().encode(JSON.stringify(card)).length).toBeLessThan(30 * 1024);
  });

  it.each(both)("%s in %s has a plain link beside its buttons, and its hidden key", (template, language) => {
    const card = draw(template, full, language);
    const hash = createHash("sha256").update("invite:recSession1:recL1:v1").digest("hex").slice(0, 16);
    const last = card.body.elements.at(-1);
    expect(last?.["content"]).toMatch(/^\[.+\]\(https:\/\/lectern\.example\.com\/m[/?].*\)$/);
    expect(JSON.stringify(card)).toContain(hash);
  });

  it("begins no two messages with the same title", () => {
    for (const language of languages) {
      const titles = templateIds
        .filter((template) => !variants.includes(template))
        .map((template) => title(draw(template, full, language)));
      expect(titles.filter((one, place) => titles.indexOf(one) !== place)).toEqual([]);
    }
  });

  it("has at most three buttons besides answers that are one tap each", () => {
    const taps: TemplateId[] = [
      "rate",
      "rate.remind",
      "survey",
      "survey.second",
      "invite.reasons",
      "care.why",
      "invite.dates",
      "topic.choose",
      "swap.choose",
    ];
    for (const template of templateIds)
      if (!taps.includes(template))
        expect(labels(draw(template, full, "zh")).length, template).toBeLessThanOrEqual(3);
  });

  it("has as many labels as the texts name, in their order", () => {
    for (const [template, language] of both) {
      const named = messageDefault(template).text[language].buttons;
      const chooses: TemplateId[] = ["invite.dates", "swap.choose", "preference.second", "topic.choose"];
      if (!chooses.includes(template))
        expect(labels(draw(template, full, language)), template).toEqual([...named]);
    }
  });
});

describe("single cards", () => {
  it("asks for a rating or an opinion with answers that look alike; a turn has its one main button", () => {
    const looks = (template: TemplateId) =>
      collect(draw(template, full, "zh"), ({ tag, type }) => (tag === "button" ? type : undefined));
    for (const template of ["rate", "rate.remind", "survey", "survey.second", "learned"] as const)
      expect(new Set(looks(template)), template).toEqual(new Set(["default"]));
    expect(looks("invite")).toEqual(["primary", "default", "default"]);
  });

  it("invite says when, what, why, as the texts have it", () => {
    const { oldStart, ...first } = full;
    expect(bodyText(draw("invite", { ...full, oldStart }, "zh"))).toContain("原来是");
    const card = draw("invite", first, "zh");
    expect(title(card)).toBe("下周三(12月2日)15:00–15:45,想请您来分享");
    expect(bodyText(card)).toBe(
      "张三,您好!「客户维护技巧」下周三(12月2日)15:00–15:45轮到您,地点:3 楼会议室。\n建议主题:客户投诉处理技巧(基于学员最近100条反馈)。主题可以换。\n为什么是您:您懂售后,周三下午有空,本季还没轮到。",
    );
    expect(actions(card)).toEqual([
      { v: 1, act: "invite.accept", session },
      { v: 1, act: "invite.dates", session },
      { v: 1, act: "invite.decline", session },
    ]);
    expect(title(draw("invite", full, "en"))).toBe("Could you speak next Wed, 2 Dec, 15:00–15:45?");
  });

  it("reminds in the article's words and leaves thin evidence out", () => {
    expect(bodyText(draw("remind.before", full, "zh")).split("\n")[0]).toBe(
      "您下周三需分享,主题建议为‘客户投诉处理技巧’(基于学员最近100条反馈)。",
    );
    const thin = bodyText(
      draw("remind.before", { ...full, evidence: 9, count: 9, templateAnswers: 4 }, "zh"),
    );
    expect(thin).toBe("您下周三需分享,主题建议为‘客户投诉处理技巧’。\n可以用「客户案例分享框架」开始。");
  });

  it("announces and reminds on the day in the article's words", () => {
    expect(bodyText(draw("announce", full, "zh"))).toContain(
      "张三讲师的《客户维护技巧》已上传,大家可提前查看。",
    );
    const day = draw("day-of", full, "zh", { now: at("2026-12-02T09:30") });
    expect(title(day)).toBe("今天 15:00,张三讲《客户维护技巧》");
    expect(bodyText(day)).toBe("15:00准时开始分享,记得参与哦~ 3 楼会议室");
    expect(urls(day)).toContain("https://vc.example.com/j/1");
    expect(title(draw("day-of", full, "en", { now: at("2026-12-01T16:30") }))).toBe(
      'Tomorrow 15:00: 张三 on "客户维护技巧"',
    );
  });

  it("offers five dates, then swap and substitute", () => {
    const card = draw("invite.dates", full, "zh");
    expect(labels(card)).toEqual([
      "下周四(12月3日)15:00–15:45",
      "下周五(12月4日)15:00–15:45",
      "下周六(12月5日)15:00–15:45",
      "下周日(12月6日)15:00–15:45",
      "12月7日 15:00–15:45",
      "和同事对换",
      "请人代讲",
    ]);
  });

  it("rates without a trace of the answer on the card that follows", () => {
    expect(labels(draw("rate", full, "zh"))).toEqual([
      "5 很有用",
      "4 有用",
      "3 一般",
      "2 不太有用",
      "1 没帮助",
    ]);
    expect(bodyText(draw("rate", full, "zh"))).toContain("[怎么做到的](https://lectern.example.com/m/how)");
    const after = draw("rate.comment", full, "zh");
    expect(labels(after)).toEqual(["提交", "重选", "写句感谢(署名)"]);
    expect(JSON.stringify(after)).not.toContain("score");
  });

  it("quotes two comments at most, feedback before points", () => {
    const text = bodyText(draw("echo", full, "zh"));
    expect(text).toContain("「今天用了这个技巧,客户转介绍了 2 个」「讲得很清楚」");
    expect(text).not.toContain("第三条");
    expect(text.indexOf("学员评分")).toBeLessThan(text.indexOf("积分"));
    const quiet = bodyText(draw("echo.quiet", { attended: 3, title: "售后" }, "zh"));
    expect(quiet).toBe("3 位同事来听了《售后》。");
  });

  it("lets a manager edit the sentence, with no reasons in it", () => {
    const form = JSON.stringify(draw("care.edit", { ...full, lecturer: "李雷" }, "zh"));
    expect(form).toContain("李老师,最近是不是没时间分享?需要我帮你找素材或调整日程吗?");
    expect(bodyText(draw("care.sentence", { ...full, sentence: "李老师,最近忙吗?" }, "zh"))).toBe(
      "李老师,最近忙吗?",
    );
    expect(draw("care", full, "zh").header?.template).toBe("blue");
  });

  it("shows a digest's first items and how many more there are", () => {
    expect(bodyText(draw("admin.daily", full, "zh"))).toBe(
      "开没开成:《售后》\n没有人讲:周五\n称号待批准\n还有 3 件",
    );
    expect(title(draw("admin.daily", full, "zh"))).toBe("今天有 6 件事要处理");
  });

  it("marks in trial whom a message is really for", () => {
    expect(JSON.stringify(draw("invite", full, "zh", { trialFor: "张三" }))).toContain(
      "试运行 · 本应发给 张三",
    );
    expect(JSON.stringify(draw("invite", full, "zh"))).not.toContain("试运行");
  });

  it("lets no name or comment mention, link or embolden", () => {
    const text = bodyText(
      draw("thanks", { ...full, quotes: ["<at id=all></at> [点我](https://evil.example) **大**"] }, "zh"),
    );
    expect(text).not.toMatch(/<at|\]\(|\*\*/);
  });

  it("settles into one line without title or buttons", () => {
    const card = settledCard("已确认:下周三(12月2日)15:00,客户投诉处理技巧。日历里有了。");
    expect(checkCard(card as unknown as Thing, world)).toBeNull();
    expect(card.body.elements).toHaveLength(1);
    expect(card.header).toBeUndefined();
    expect(actions(card)).toEqual([]);
  });

  it("says which record id is missing instead of drawing a dead button", () => {
    const cards = createCards();
    expect(() => cards.build("invite", { lecturer: "张三" }, { ...options("zh"), workspace: "ws" })).toThrow(
      /card "invite" cannot be drawn: data\.session/,
    );
    expect(() =>
      cards.build("rate", { session, start: "soon" }, { ...options("zh"), workspace: "ws" }),
    ).toThrow(/data\.start/);
  });
});
