import { inspect } from "node:util";
import { afterEach, describe, expect, test, vi } from "vitest";
import {
  ConflictError,
  FeishuError,
  InvalidRequestError,
  NotFoundError,
  PermissionError,
  RateLimitedError,
  TokenError,
  UnavailableError,
  UncertainError,
  UnreachableError,
} from "#server/errors.ts";
import { json, SECRET, startStub } from "./stub.ts";
import type { Answer, Stub } from "./stub.ts";

let stub: Stub;
afterEach(() => stub.close());

const MESSAGE = {
  code: 0,
  data: { message_id: "om_1", chat_id: "oc_1", msg_type: "text", create_time: "1" },
};
const text = { msgType: "text", content: { text: "本周三轮到您分享" } } as const;
const send = (since?: number) =>
  stub.gateway.messages.send({ openId: "ou_zhang" }, text, { key: "invite:1", since });
const drop: Answer = (response) => void response.socket?.destroy();
const silence: Answer = () => undefined;

async function failure(promise: Promise<unknown>): Promise<FeishuError> {
  const error = await promise.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof FeishuError)) throw new Error(`expected a FeishuError, got ${String(error)}`);
  return error;
}

describe("frequency", () => {
  test("a 429 is waited out on the clock, not before the reset that Feishu names", async () => {
    stub = await startStub((response, _, index) =>
      index === 0
        ? json(response, 429, { code: 99991400, msg: "limit" }, { "x-ogw-ratelimit-reset": "37" })
        : json(response, 200, MESSAGE),
    );
    expect(await send()).toMatchObject({ messageId: "om_1" });
    expect(stub.clock.waits).toEqual([37_250]);
  });

  test("without a reset the waits grow, with jitter, and end in an error that says when to come back", async () => {
    stub = await startStub((response) => json(response, 200, { code: 1254290, msg: "TooManyRequest" }));
    const error = await failure(stub.gateway.records.update({ appToken: "bas", tableId: "tbl" }, "rec", {}));
    expect(stub.clock.waits).toEqual([250, 500, 1000, 2000, 4000, 8000, 16_000]);
    expect(error).toBeInstanceOf(RateLimitedError);
    expect((error as RateLimitedError).retryAt).toBe(stub.clock.now() + 30_000);
  });

  test("a wait of more than two minutes is left to the caller", async () => {
    stub = await startStub((response) =>
      json(response, 429, { code: 99991400, msg: "limit" }, { "x-ogw-ratelimit-reset": "3600" }),
    );
    const error = await failure(send());
    expect(error).toBeInstanceOf(RateLimitedError);
    expect((error as RateLimitedError).retryAt).toBe(stub.clock.now() + 3_600_250);
    expect(stub.clock.waits).toEqual([]);
  });

  test("a used-up quota names the next month in China", async () => {
    stub = await startStub((response) => json(response, 400, { code: 99991403, msg: "quota exceeded" }));
    const error = await failure(stub.gateway.chats.list());
    expect((error as RateLimitedError).retryAt).toBe(Date.parse("2026-10-01T00:00:00+08:00"));
    expect(error.nextStep.zh).toContain("额度");
  });

  test("a write that is never repeated is repeated after a refusal for frequency: nothing happened", async () => {
    stub = await startStub((response, _, index) =>
      index === 0
        ? json(response, 400, { code: 99991400, msg: "limit" })
        : json(response, 200, { code: 0, data: { document: { document_id: "d", revision_id: 1 } } }),
    );
    expect(await stub.gateway.docs.createDocument({ title: "客户维护技巧" })).toMatchObject({
      documentId: "d",
    });
    expect(stub.calls).toHaveLength(2);
  });
});

describe("an unknown outcome", () => {
  test("a message lost after it went out is sent again with the same uuid", async () => {
    stub = await startStub((response, seen, index) =>
      index === 0 ? drop(response, seen, index) : json(response, 200, MESSAGE),
    );
    await send();
    const uuids = stub.calls.map((call) => (JSON.parse(call.body) as { uuid: string }).uuid);
    expect(uuids).toHaveLength(2);
    expect(new Set(uuids).size).toBe(1);
  });

  test("a time-out likewise", async () => {
    stub = await startStub((response, seen, index) =>
      index === 0 ? silence(response, seen, index) : json(response, 200, MESSAGE),
    );
    expect(await send()).toMatchObject({ messageId: "om_1" });
  });

  test("when it stays lost, the error says until when the same key is harmless", async () => {
    stub = await startStub(drop);
    const start = stub.clock.now();
    const error = await failure(send());
    expect(error).toBeInstanceOf(UncertainError);
    expect((error as UncertainError).repeatUntil).toBe(start + 50 * 60_000);
    expect(stub.calls).toHaveLength(4);
  });

  test("after the window of the uuid nothing is sent: look it up first", async () => {
    stub = await startStub((response) => json(response, 200, MESSAGE));
    const error = await failure(send(stub.clock.now() - 50 * 60_000));
    expect(error).toBeInstanceOf(UncertainError);
    expect((error as UncertainError).repeatUntil).toBeNull();
    expect(stub.calls).toHaveLength(0);
  });

  test("a write without a token is sent once and looked up", async () => {
    stub = await startStub(drop);
    const error = await failure(
      stub.gateway.calendar.addAttendees("cal@group", "ev_0", [{ openId: "ou_zhang" }]),
    );
    expect(error).toBeInstanceOf(UncertainError);
    expect((error as UncertainError).repeatUntil).toBeNull();
    expect(stub.calls).toHaveLength(1);
  });

  test("a fault of Feishu's own on such a write is uncertain too", async () => {
    stub = await startStub((response) => json(response, 500, { code: 2200, msg: "Internal Error" }));
    const error = await failure(stub.gateway.docs.createDocument({ title: "x" }));
    expect(error).toBeInstanceOf(UncertainError);
    expect(stub.calls).toHaveLength(1);
  });

  test("a read is repeated and then simply unavailable", async () => {
    stub = await startStub(drop);
    const error = await failure(stub.gateway.chats.list());
    expect(error).toBeInstanceOf(UnavailableError);
    expect(stub.calls).toHaveLength(4);
  });

  test("what never left this machine is no uncertainty", async () => {
    stub = await startStub(drop);
    const dead = await startStub(drop);
    await dead.close();
    const error = await failure(dead.gateway.docs.createDocument({ title: "x" }));
    expect(error).toBeInstanceOf(UnavailableError);
  });

  test("a reply of another shape than documented is no success", async () => {
    stub = await startStub((response) => json(response, 200, { code: 0, data: { message: "?" } }));
    expect(await failure(send())).toBeInstanceOf(UncertainError);
  });

  test("neither is HTTP 200 without JSON", async () => {
    stub = await startStub((response) => void response.end("<html>maintenance</html>"));
    expect(await failure(stub.gateway.chats.list())).toBeInstanceOf(UnavailableError);
  });
});

describe("the tenant token", () => {
  test("concurrent calls share one request for it", async () => {
    stub = await startStub((response) => json(response, 200, { code: 0, data: { is_in_chat: true } }));
    await Promise.all(["oc_1", "oc_2", "oc_3"].map((chat) => stub.gateway.chats.isInChat(chat)));
    expect(stub.tokensIssued()).toBe(1);
    expect(stub.calls.map((call) => call.authorization)).toEqual(["Bearer t-1", "Bearer t-1", "Bearer t-1"]);
  });

  test("it is renewed when less than five minutes are left", async () => {
    stub = await startStub((response) => json(response, 200, { code: 0, data: { is_in_chat: true } }));
    await stub.gateway.chats.isInChat("oc_1");
    stub.clock.pass(115 * 60_000);
    await stub.gateway.chats.isInChat("oc_1");
    expect(stub.tokensIssued()).toBe(1);
    stub.clock.pass(1);
    await stub.gateway.chats.isInChat("oc_1");
    expect(stub.tokensIssued()).toBe(2);
  });

  test.each([99991663, 99991661, 99991668])(
    "after %i there is one new token and one more try",
    async (code) => {
      stub = await startStub((response, seen) =>
        seen.authorization === "Bearer t-1"
          ? json(response, 400, { code, msg: "Invalid access token" })
          : json(response, 200, { code: 0, data: { is_in_chat: true } }),
      );
      expect(await stub.gateway.chats.isInChat("oc_1")).toBe(true);
      expect(stub.clock.waits).toEqual([]);
    },
  );

  test("a second refusal is an error", async () => {
    stub = await startStub((response) =>
      json(response, 400, { code: 99991663, msg: "Invalid access token" }),
    );
    expect(await failure(stub.gateway.chats.list())).toBeInstanceOf(TokenError);
    expect(stub.calls).toHaveLength(2);
  });
});

describe("error classes", () => {
  const cases: [
    number,
    number,
    string,
    typeof FeishuError | typeof RateLimitedError | typeof PermissionError,
  ][] = [
    [200, 91403, "FORBIDDEN", PermissionError],
    [403, 1254302, "Permission denied.", PermissionError],
    [400, 230013, "Bot has NO availability to this user.", UnreachableError],
    [400, 230029, "User has resigned.", UnreachableError],
    [400, 230002, "The bot can not be outside the group.", UnreachableError],
    [200, 1254043, "RecordIdNotFound", NotFoundError],
    [200, 1254014, "FieldNameDuplicated", ConflictError],
    [400, 1255006, "Client token conflict", ConflictError],
    [200, 1254060, "TextFieldConvFail", InvalidRequestError],
    [400, 99992402, "field validation failed", InvalidRequestError],
    [403, 4711, "something new", PermissionError],
  ];
  test.each(cases)("HTTP %i with code %i (%s)", async (status, code, msg, kind) => {
    stub = await startStub((response) => json(response, status, { code, msg }));
    const error = await failure(stub.gateway.chats.get("oc_1"));
    expect(error).toBeInstanceOf(kind);
    expect(error).toMatchObject({ feishuCode: code, status, logId: "log-1", operation: "chats.get" });
    expect(error.message).toContain(msg);
    expect(error.nextStep.zh).not.toBe("");
    expect(error.nextStep.en).not.toBe("");
    expect(stub.calls).toHaveLength(1);
  });

  test("a missing scope is named, with what to do", async () => {
    const msg = "Access denied. One of the following scopes is required: [im:chat, im:chat:readonly].";
    stub = await startStub((response) => json(response, 400, { code: 99991672, msg }));
    const error = await failure(stub.gateway.chats.list());
    expect((error as PermissionError).missingScopes).toEqual(["im:chat", "im:chat:readonly"]);
    expect(error.nextStep.zh).toContain("im:chat:readonly");
  });
});

describe("paging", () => {
  test("an error on a later page is thrown: a partial read never looks complete", async () => {
    stub = await startStub((response, _, index) =>
      index === 0
        ? json(response, 200, {
            code: 0,
            data: { items: [{ chat_id: "oc_1" }], has_more: true, page_token: "p2" },
          })
        : json(response, 200, { code: 91403, msg: "FORBIDDEN" }),
    );
    expect(await failure(stub.gateway.chats.list())).toBeInstanceOf(PermissionError);
  });

  test("has_more without a new page_token is an error", async () => {
    stub = await startStub((response) =>
      json(response, 200, { code: 0, data: { items: [], has_more: true } }),
    );
    await expect(stub.gateway.chats.list()).rejects.toThrow(/chats\.list: page 1 .*page_token/);
  });
});

test("path values are encoded, but @ stays; lists are repeated keys", async () => {
  stub = await startStub((response) => json(response, 200, { code: 0, data: {} }));
  await stub.gateway.contact.users(["ou_a", "ou_b"]);
  await stub.gateway.calendar.deleteEvent("feishu.cn_a/b@group.calendar.feishu.cn", "e_0");
  expect(stub.calls[0]?.url).toContain("user_ids=ou_a&user_ids=ou_b");
  expect(stub.calls[1]?.url).toContain("/calendars/feishu.cn_a%2Fb@group.calendar.feishu.cn/events/e_0?");
});

test("no secret, token or word of a person reaches a log line or an error", async () => {
  stub = await startStub((response, seen, index) =>
    index === 0 ? drop(response, seen, index) : json(response, 400, { code: 230001, msg: "invalid" }),
  );
  const printed = (["log", "info", "warn", "error", "debug", "trace"] as const).map((kind) =>
    vi.spyOn(console, kind).mockImplementation(() => undefined),
  );
  const error = await failure(send());
  await stub.gateway.oauth
    .exchange({ code: "c0de", redirectUri: "http://x/", codeVerifier: "v" })
    .catch(() => null);
  const seen = `${stub.lines.join("\n")}\n${inspect(error, { depth: 10, showHidden: true })}\n${error.stack}`;
  for (const spy of printed) {
    expect(spy).not.toHaveBeenCalled();
    spy.mockRestore();
  }
  expect(stub.lines).toHaveLength(4);
  for (const secret of [SECRET, "t-1", "本周三", "c0de", "ou_zhang", "Bearer"])
    expect(seen).not.toContain(secret);
  expect(JSON.parse(stub.lines[2] ?? "")).toMatchObject({
    operation: "messages.send",
    code: 230001,
    logId: "log-1",
    attempt: 2,
    ms: expect.any(Number) as number,
  });
});
