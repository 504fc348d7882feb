import { afterAll, beforeAll, expect, test } from "vitest";
import { WebSocket } from "ws";
import { type Hosted, LIN, type Stage, startStage } from "./stage.ts";

let stage: Stage;
beforeAll(async () => {
  stage = await startStage();
});
afterAll(() => stage.close());

test("only a page of the sandbox itself may follow the changes of a Base", async () => {
  const ask = async (origin: string, query: Record<string, string>) => {
    const address = stage.box.url.replace("http", "ws");
    const socket = new WebSocket(`${address}/sandbox/host/changes?${new URLSearchParams(query)}`, { origin });
    const outcome = await new Promise((resolve) => {
      socket.once("open", () => resolve("open"));
      socket.once("error", ({ message }) => resolve(message));
    });
    socket.terminate();
    return outcome;
  };
  const query = { base: stage.app, as: LIN };
  const refused = "Unexpected server response: 403";
  expect(await ask(stage.box.url, query)).toBe("open");
  expect(await ask("http://elsewhere.example", query)).toBe(refused);
  expect(await ask(stage.box.url, { ...query, base: "basNone" })).toBe(refused);
  expect(await ask(stage.box.url, { ...query, as: "ou_none" })).toBe(refused);
});

test("eight windows at once are all served: none starves another of connections", async () => {
  const windows: Hosted[] = [];
  for (let n = 0; n < 8; n += 1)
    windows.push(await stage.open(windows[0] ? { beside: windows[0].page } : {}));
  const id = await stage.record({ 名称: "给所有人" });
  for (const { plugin } of windows) {
    const text = await plugin.evaluate(
      async ({ tableId, recordId }) => {
        const table = await window.sdk.bitable.base.getTableById(tableId);
        return table.getCellString((await table.getFieldByName("名称")).id, recordId);
      },
      { tableId: stage.table, recordId: id },
    );
    expect(text).toBe("给所有人");
  }
  await windows[0]?.close();
});
