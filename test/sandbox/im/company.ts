import { startSandbox, type TestSandbox } from "#test/support/sandbox.ts";
import type { SandboxOptions } from "#sandbox/server.ts";

/** Five people of the case's cast and a group with the bot in it; 2026-01-05 9:00 in Shanghai. */
export const LIN = "ou_lin";
export const SU = "ou_su";
export const CHEN = "ou_chen";
export const GONE = "ou_gone";
export const GROUP = "oc_lecturers";
export const START = Date.UTC(2026, 0, 5, 1);

export async function startCompany(options: SandboxOptions = {}): Promise<TestSandbox> {
  const sandbox = await startSandbox({ start: START, ...options });
  const person = (open_id: string, name: string, more: object = {}) => ({
    open_id,
    name,
    email: `${open_id.slice(3)}@example.com`,
    department_ids: ["od-sales"],
    ...more,
  });
  await sandbox.lever("POST", "/org", {
    departments: [
      { open_department_id: "od-sales", name: "销售部" },
      { open_department_id: "od-east", name: "销售一组", parent: "od-sales" },
    ],
    people: [
      person(LIN, "林知远", { mobile: "+8613800000001", job_title: "销售顾问" }),
      person(SU, "苏晚晴", { leader: LIN, mobile: "13800000002" }),
      person(CHEN, "陈思源", { department_ids: ["od-east"] }),
      person(GONE, "许云舟"),
    ],
    chats: [{ chat_id: GROUP, name: "专业知识讲师群", owner: LIN, members: [LIN, SU, CHEN] }],
  });
  await sandbox.lever("POST", `/people/${GONE}/resign`);
  return sandbox;
}

/** Moves the clock on by so many ms. */
export const pass = (sandbox: TestSandbox, ms: number) => sandbox.lever("POST", "/clock/advance", { ms });

export const text = (words: string) => JSON.stringify({ text: words });

/** A small card of JSON 2.0 around the given elements. */
export const card = (elements: unknown[], more: object = {}) => ({
  schema: "2.0",
  header: { title: { tag: "plain_text", content: "分享邀请" }, template: "blue" },
  body: { elements },
  ...more,
});

/** Sends to a person or chat; the raw reply. */
export function sender(sandbox: TestSandbox) {
  return (to: string, msg_type: string, content: string, more: object = {}) =>
    sandbox.api(
      "POST",
      "/im/v1/messages",
      { receive_id: to, msg_type, content, ...more },
      { receive_id_type: to.startsWith("oc_") ? "chat_id" : "open_id" },
    );
}
