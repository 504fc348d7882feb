import { type ApiModule, FeishuError, operations, Raw } from "#sandbox/kernel.ts";

/** A service made up for these tests: it shows what the pipeline hands to an operation, and what it makes of the result. */
export const probe: ApiModule = {
  name: "probe",
  operations: operations([
    {
      method: "GET",
      path: "/open-apis/probe/v1/echo/:id",
      tokens: ["tenant", "user"],
      scopes: ["probe:read", "probe:all"],
      schema: {
        params: {
          type: "object",
          properties: {
            ids: { type: "array", items: { type: "string" } },
            size: { type: "number" },
            deep: { type: "boolean" },
            kind: { type: "string", enum: ["open_id", "user_id"] },
          },
        },
      },
      handle: ({ query, path, actor, body }) => ({ query, path, actor, body }),
    },
    {
      method: "POST",
      path: "/open-apis/probe/v1/things",
      tokens: ["tenant"],
      rate: { perSecond: 3 },
      schema: {
        data: {
          type: "object",
          properties: {
            name: { type: "string" },
            more: { type: "object", properties: { n: { type: "number" } } },
          },
          required: ["name"],
        },
      },
      handle: ({ body, state }) => {
        const done = (state["probe"] ??= []) as string[];
        done.push(String(body["name"]));
        return { name: body["name"], done: done.length };
      },
    },
    {
      method: "DELETE",
      path: "/open-apis/probe/v1/things/:id",
      tokens: ["tenant"],
      schema: { path: { type: "object", properties: { id: { type: "string" } }, required: ["id"] } },
      handle: () => ({}),
    },
    {
      method: "POST",
      path: "/open-apis/probe/v1/old",
      tokens: ["tenant"],
      rate: { perMinute: 1, status: 400 },
      handle: () => ({}),
    },
    {
      method: "POST",
      path: "/open-apis/probe/v1/own_codes",
      tokens: ["tenant"],
      schema: {
        data: { type: "object", properties: { content: { type: "string" } }, required: ["content"] },
      },
      invalid: () => new FeishuError(230001, 400, "Your request contains an invalid request parameter."),
      handle: () => {
        throw new FeishuError(1254043, 200, "RecordIdNotFound");
      },
    },
    {
      method: "POST",
      path: "/open-apis/probe/v1/upload",
      tokens: ["tenant"],
      schema: {
        data: {
          type: "object",
          properties: { file_name: { type: "string" }, size: { type: "number" }, file: {} },
          required: ["file_name", "size"],
        },
      },
      handle: async ({ form, body }) => {
        const file = form?.get("file");
        const bytes = file instanceof File ? Buffer.from(await file.arrayBuffer()) : null;
        return { size: body["size"], file_name: body["file_name"], hex: bytes?.toString("hex") ?? null };
      },
    },
    {
      method: "POST",
      path: "/open-apis/probe/v1/exclusive/:key",
      tokens: ["tenant"],
      rate: { perSecond: 1000 },
      handle: async (call) => {
        await call.exclusive(`base ${call.path["key"]}`, new FeishuError(1254291, 200, "Write conflict"));
        return {};
      },
    },
    {
      method: "POST",
      path: "/open-apis/probe/v1/emit",
      tokens: ["tenant"],
      rate: { perSecond: 1000 },
      handle: ({ emit, body }) => {
        emit(String(body["type"]), { n: body["n"] }, body["schema"] === "1.0" ? { schema: "1.0" } : {});
        return {};
      },
    },
    {
      method: "POST",
      path: "/open-apis/probe/v1/timer",
      tokens: ["tenant"],
      handle: ({ timer, now, body }) => {
        timer("probe.ring", now() + Number(body["ms"]), String(body["name"]));
        return {};
      },
    },
    {
      method: "GET",
      path: "/open-apis/probe/v1/file",
      tokens: ["tenant"],
      handle: () => new Raw(new Response("bytes", { headers: { "content-type": "text/plain" } })),
    },
  ]),
  setup(kernel) {
    kernel.onTimer("probe.ring", ({ state, now }, name) => {
      const rung = (state["rung"] ??= []) as { name: unknown; at: number }[];
      rung.push({ name, at: now() });
    });
  },
};
