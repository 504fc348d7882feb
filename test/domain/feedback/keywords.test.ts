import { expect, test } from "vitest";
import { extractKeywords } from "#cli/jieba.ts";
import { findKeywords } from "#domain/feedback/keywords.ts";
import { toneOf } from "#domain/feedback/tone.ts";

test.each([
  ["案例好,很实用", "positive"],
  ["没听懂", "negative"],
  ["不太实用", "negative"],
  ["听懂了,谢谢老师", "positive"],
  ["内容不够具体", "negative"],
  ["今天讲了售后流程", "neutral"],
  ["很实用,但后半段没听懂", "neutral"],
  ["not clear at all", "negative"],
  ["Very useful, thanks!", "positive"],
  ["讲得太快,听不清", "negative"],
] as const)("%s is %s", (comment, tone) => {
  expect(toneOf(comment).tone).toBe(tone);
  expect(Math.abs(toneOf(comment).score)).toBeLessThanOrEqual(1);
});

test("keywords count the comments they stand in; comments keep their order", () => {
  const comments = ["售后案例很实用", "", "售后流程没听懂", "demo 很清楚"];
  const result = findKeywords({ comments, top: 3 }, extractKeywords);
  expect(result.comments.map((one) => one.tone)).toEqual(["positive", "neutral", "negative", "positive"]);
  expect(result.keywords).toHaveLength(3);
  expect(result.keywords[0]).toMatchObject({ word: "售后", count: 2, tone: "neutral" });
});
