import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { changeRule, readReport, seeEntries } from "./afterwards.ts";
import { handIn, openAsLearner } from "./content.ts";
import { lookAround, lookAtPhone } from "./looks.ts";
import type { Seat } from "./seat.ts";
import { checkIn, hearEcho, rate } from "./session.ts";
import { bringPeopleIn, chooseChats, firstSchedule, goLive, makeTables } from "./set-up.ts";
import { type Held, openStage, type Stage } from "./stage.ts";
import { acceptByCard, careIsTaken, declineByCard, takeAnotherDate } from "./turns.ts";

/** The whole product as its people meet it, in order: each test goes on where the one before it ended. */
const LONG = 400_000;
let stage: Stage;
let admin: Seat;
let [first, second, third]: Held[] = [];

beforeAll(async () => {
  stage = await openStage();
}, LONG);
afterEach(async () => {
  expect(stage.trouble).toEqual([]);
  expect(await stage.company.refusals()).toEqual([]);
});
afterAll(() => stage?.close());

test(
  "two empty Bases become a programme: signed in by a window with a code, tables made from the sidebar",
  async () => {
    admin = await makeTables(stage);
  },
  LONG,
);

test(
  "chats, thirty people from a sheet, the past of one of them: silently",
  async () => {
    await chooseChats(stage, admin);
    await bringPeopleIn(stage, admin);
  },
  LONG,
);

test(
  "a first schedule is looked at and published in trial: nobody but the admin hears of it",
  async () => {
    await firstSchedule(stage, admin);
  },
  LONG,
);

test(
  "going live shows who will get what, and then each is invited once",
  async () => {
    await goLive(stage);
    [first, second, third] = await stage.sessions();
  },
  LONG,
);

test(
  "a lecturer accepts on the card; another takes one of five other dates in the sidebar",
  async () => {
    await acceptByCard(stage, first!);
    await takeAnotherDate(stage, second!);
  },
  LONG,
);

test(
  "one who cannot says so on the card, and next morning her manager has a kind word for her",
  async () => {
    await declineByCard(stage, third!);
    await stage.leap("2026-12-01T09:50:00");
    await careIsTaken(stage);
  },
  LONG,
);

test(
  "uploaded, taken back, uploaded again: both chats hear of it once, and a learner without any right opens the file",
  async () => {
    await handIn(stage, first!);
    await openAsLearner(stage);
  },
  LONG,
);

test(
  "five check in by card and by the room's code, rate, and nothing shows the same day",
  async () => {
    await checkIn(stage, first!);
    await rate(stage, first!);
  },
  LONG,
);

test(
  "the next workday the lecturer hears what came back, on a card and in the sidebar",
  async () => {
    await hearEcho(stage, first!);
  },
  LONG,
);

test(
  "in English, in the dark, at 280 px and on a phone everything fits",
  async () => {
    await lookAround(stage, first!);
    await lookAtPhone(stage, first!);
  },
  LONG,
);

test(
  "a rule is changed; the month's figures are those of the rows; each month counts by its own rule",
  async () => {
    await changeRule(stage);
    await readReport(stage);
    await seeEntries(stage, first!);
  },
  LONG,
);
