import { expect, test } from "vitest";
import { automations } from "#automations/index.ts";
import { EVENTS } from "#server/feishu/events.ts";
import { cardAction } from "#domain/messages/actions.ts";

test("every automation has an id of its own", () => {
  const ids = automations.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
});

test("every act a card can carry is answered by exactly one automation", () => {
  const acts = cardAction.options.map((option) => option.shape.act.value as string);
  const answered = automations.flatMap(({ on }) => on.card ?? []);
  expect([...answered].sort()).toEqual([...acts].sort());
});

test("every event the app subscribes to is acted on", () => {
  const heard = new Set(automations.flatMap(({ on }) => on.event ?? []));
  expect(Object.keys(EVENTS).filter((type) => !heard.has(type))).toEqual([]);
});
