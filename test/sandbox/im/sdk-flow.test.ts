import * as lark from "@larksuiteoapi/node-sdk";
import { afterAll, beforeAll, expect, test } from "vitest";
import { APP_ID, type TestSandbox } from "#test/support/sandbox.ts";
import { card, GROUP, LIN, START, startCompany } from "./company.ts";

const quiet = () => undefined;
const logger = { error: quiet, warn: quiet, info: quiet, debug: quiet, trace: quiet };
let sandbox: TestSandbox;
let client: lark.Client;

beforeAll(async () => {
  sandbox = await startCompany();
  client = new lark.Client({
    appId: APP_ID,
    appSecret: sandbox.app.appSecret,
    domain: sandbox.url,
    logger,
  });
});
afterAll(() => sandbox.close());

test("the official client, unmodified: message, card update, event with people, free/busy, image", async () => {
  const content = JSON.stringify(card([{ tag: "markdown", content: "周三 15:00" }]));
  const sent = await client.im.message.create({
    params: { receive_id_type: "open_id" },
    data: { receive_id: LIN, msg_type: "interactive", content },
  });
  const message_id = sent.data?.message_id ?? "";
  expect(message_id).toMatch(/^om_/);
  expect(await client.im.message.patch({ path: { message_id }, data: { content } })).toMatchObject({
    code: 0,
  });
  const listed = await client.im.message.list({
    params: { container_id_type: "chat", container_id: sent.data?.chat_id ?? "" },
  });
  expect(listed.data?.items?.map((item) => item.message_id)).toEqual([message_id]);

  const calendar_id =
    (await client.calendar.calendar.create({ data: { summary: "内部分享" } })).data?.calendar?.calendar_id ??
    "";
  const time = (hours: number) => ({
    timestamp: String(START / 1000 + hours * 3600),
    timezone: "Asia/Shanghai",
  });
  const made = await client.calendar.calendarEvent.create({
    path: { calendar_id },
    data: { summary: "分享", start_time: time(24), end_time: time(25) },
  });
  const event_id = made.data?.event?.event_id ?? "";
  const invited = await client.calendar.calendarEventAttendee.create({
    path: { calendar_id, event_id },
    params: { user_id_type: "open_id" },
    data: {
      attendees: [
        { type: "user", user_id: LIN },
        { type: "chat", chat_id: GROUP },
      ],
    },
  });
  expect(invited.data?.attendees?.map((one) => one.type)).toEqual(["user", "chat"]);
  const busy = await client.calendar.freebusy.list({
    params: { user_id_type: "open_id" },
    data: {
      time_min: new Date(START).toISOString(),
      time_max: new Date(START + 3 * 86_400_000).toISOString(),
      user_id: LIN,
    },
  });
  expect(busy.data?.freebusy_list).toHaveLength(1);
  const image = await client.im.image.create({
    data: { image_type: "message", image: Buffer.from("89504e470d0a1a0a", "hex") },
  });
  expect(image?.image_key).toMatch(/^img_/);
  await expect(
    client.im.message.create({
      params: { receive_id_type: "open_id" },
      data: { receive_id: "ou_nobody", msg_type: "text", content: "{}" },
    }),
  ).rejects.toMatchObject({ response: { status: 400, data: { code: 230001 } } });
});
