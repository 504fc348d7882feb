import { expect, test } from "vitest";
import { segment } from "#cli/jieba.ts";
import { classifyDemands, classifyOne } from "#domain/demand/classify.ts";
import { suggestTopics } from "#domain/demand/suggest.ts";

const topics = [
  { id: "after", name: "产品售后", keywords: ["售后", "退换货", "维修"] },
  { id: "new", name: "新员工培训", keywords: ["新员工", "新人", "onboarding", "it"] },
];
const at = (day: number) => new Date(Date.UTC(2026, 9, 1, 0, day)).toISOString();
const demand = (id: string, text: string, minute: number) => ({ id, text, at: at(minute) });

test("one topic each: the most said wins, Latin words match whole, a topic set by hand wins", () => {
  expect(classifyOne(topics, { text: "新人怎么处理售后和维修?" })).toBe("after");
  expect(classifyOne(topics, { text: "I want to visit the plant" })).toBeNull();
  expect(classifyOne(topics, { text: "More about IT, please" })).toBe("new");
  expect(classifyOne(topics, { text: "售后", topic: "new" })).toBe("new");
});

test("the article's 35 %: shares over the window, unclassified ones included, and the trend against the window before", () => {
  const texts = (after: number, all: number) =>
    Array.from({ length: all }, (_, n) => (n < after ? "售后太慢" : "别的事"));
  const demands = [...texts(20, 100), ...texts(35, 100)].map((text, n) =>
    demand(`d${String(n).padStart(3, "0")}`, text, n),
  );
  const result = classifyDemands({ topics, demands: demands.toReversed(), window: 100 }, segment);
  expect(result.topics[0]).toMatchObject({ topic: "after", count: 35, share: 0.35, trend: 15 });
  expect(result.topics[0]?.evidence[0]).toBe("d100");
  expect(result.topics[1]).toMatchObject({ topic: "new", count: 0, share: 0, trend: 0, evidence: [] });
  expect(result.unclassified).toHaveLength(65);
  const short = classifyDemands({ topics, demands: demands.slice(0, 150), window: 100 }, segment);
  expect(short.topics[0]?.trend).toBeNull();
});

test("equal times go by id, so that the window is the same for any order of input", () => {
  const demands = ["b", "a", "c"].map((id) => demand(id, "售后", 0));
  const ids = classifyDemands({ topics, demands, window: 2 }, segment).topics[0]?.evidence;
  expect(ids).toEqual(["b", "c"]);
});

test("emerging: a phrase at least five unclassified demands share, each demand as evidence once", () => {
  const said = [
    "跨部门沟通太难",
    "想学跨部门沟通",
    "跨部门沟通有什么技巧",
    "怎么做好跨部门沟通?",
    "跨部门沟通案例",
  ];
  const demands = [...said, "食堂的菜"].map((text, n) => demand(`d${n}`, text, n));
  const result = classifyDemands({ topics, demands, window: 100 }, segment);
  expect(result.emerging).toHaveLength(1);
  expect(result.emerging[0]).toMatchObject({ count: 5, evidence: ["d0", "d1", "d2", "d3", "d4"] });
  expect(result.emerging[0]?.words.join("")).toBe("跨部门沟通");
  expect(classifyDemands({ topics, demands: demands.slice(1), window: 100 }, segment).emerging).toEqual([]);
});

test("three topics to choose from: evidence only from 10 demands and 10 %, none shared within 60 days", () => {
  const share = (topic: string, count: number) => ({
    topic,
    count,
    share: count / 100,
    trend: null,
    evidence: [],
  });
  const suggestions = suggestTopics({
    shares: [share("a", 35), share("b", 20), share("c", 9), share("d", 30)],
    window: 100,
    topics: [
      { id: "a", tags: ["sales"], lastShared: null },
      { id: "b", tags: ["tech"], lastShared: "2026-10-02" },
      { id: "c", tags: ["tech"], lastShared: null },
      { id: "d", tags: ["tech"], lastShared: "2026-10-03" },
      { id: "e", tags: [], lastShared: null },
    ],
    expertise: new Map([["tech", 0.9]]),
    day: "2026-12-02",
  });
  expect(suggestions.map((one) => [one.topic, one.evidence?.count ?? null])).toEqual([
    ["b", 20],
    ["a", 35],
    ["c", null],
  ]);
});
