import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { APP_ID } from "#test/support/sandbox.ts";
import { type BaseBench, LIN, XU, startBench } from "../bitable/support.ts";

let bench: BaseBench;
let lin: string;
beforeAll(async () => {
  bench = await startBench();
  lin = await bench.box.userToken(LIN);
});
afterAll(() => bench.box.close());

const type = { type: "bitable" };
const members = () => `/drive/v1/permissions/${bench.app}/members`;
const auth = async (action: string, token?: string) =>
  (await bench.box.api("GET", `${members()}/auth`, undefined, { ...type, action }, token)).json.data[
    "auth_result"
  ];

describe("collaborators", () => {
  it("are added, listed, changed and removed; permission follows at once", async () => {
    expect(await auth("view", lin)).toBe(false);
    const added = await bench.call(
      "POST",
      members(),
      { member_type: "openid", member_id: LIN, perm: "view" },
      type,
    );
    expect(added.json.data["member"]).toMatchObject({ member_type: "openid", member_id: LIN, perm: "view" });
    expect([await auth("view", lin), await auth("edit", lin)]).toEqual([true, false]);
    await bench.call("PUT", `${members()}/${LIN}`, { member_type: "openid", perm: "edit" }, type);
    expect([await auth("edit", lin), await auth("manage_public", lin)]).toEqual([true, false]);
    const listed = await bench.call("GET", members(), undefined, type);
    expect(listed.json.data["items"]).toEqual([
      expect.objectContaining({ member_id: APP_ID, perm: "full_access" }),
      expect.objectContaining({ member_type: "openid", member_id: LIN, perm: "edit", name: "林知远" }),
    ]);
    await bench.call("DELETE", `${members()}/${LIN}`, undefined, { ...type, member_type: "openid" });
    expect(await auth("view", lin)).toBe(false);
  });

  const wrong: [string, Record<string, unknown>, Record<string, string>, number, number][] = [
    ["an unknown person", { member_type: "openid", member_id: "ou_none", perm: "view" }, {}, 400, 1063001],
    [
      "a department by an app",
      { member_type: "opendepartmentid", member_id: "od-1", perm: "view" },
      {},
      400,
      1063003,
    ],
    [
      "a notice by an app",
      { member_type: "openid", member_id: LIN, perm: "view" },
      { need_notification: "true" },
      400,
      1063003,
    ],
    [
      "another type of file",
      { member_type: "openid", member_id: LIN, perm: "view" },
      { type: "docx" },
      400,
      1063001,
    ],
    [
      "a member type nobody knows",
      { member_type: "telegram", member_id: LIN, perm: "view" },
      {},
      400,
      99992402,
    ],
  ];
  it.each(wrong)("%s is refused", async (_name, body, query, status, code) => {
    const reply = await bench.call("POST", members(), body, { ...type, ...query });
    expect([reply.status, reply.json.code]).toEqual([status, code]);
  });

  it("nobody gives more than they have, strangers give nothing", async () => {
    const give = (perm: string) =>
      bench.box.api("POST", members(), { member_type: "openid", member_id: XU, perm }, type, lin);
    expect([(await give("view")).status, (await give("view")).json.code]).toEqual([403, 1063002]);
    await bench.call("POST", members(), { member_type: "openid", member_id: LIN, perm: "edit" }, type);
    expect([(await give("full_access")).status, (await give("full_access")).json.code]).toEqual([
      403, 1063004,
    ]);
    expect((await give("view")).json.code).toBe(0);
  });

  it("batch_create is all or nothing", async () => {
    const before = await bench.call("GET", members(), undefined, type);
    const body = {
      members: [
        { member_type: "userid", member_id: XU.slice(3, 11), perm: "edit" },
        { member_type: "openid", member_id: "ou_none", perm: "view" },
      ],
    };
    expect((await bench.call("POST", `${members()}/batch_create`, body, type)).json.code).toBe(1063001);
    expect((await bench.call("GET", members(), undefined, type)).json.data).toEqual(before.json.data);
  });
});

describe("owner and link sharing", () => {
  it("transfer_owner hands the file over, the old owner keeps what is asked", async () => {
    const made = await bench.call("POST", "/bitable/v1/apps", { name: "给林" });
    const { app_token } = made.json.data["app"] as { app_token: string };
    const there = `/drive/v1/permissions/${app_token}/members`;
    const open = () => bench.box.lever("GET", `/files/${app_token}/open?as=${LIN}`);
    expect((await open()).status).toBe(403);
    const done = await bench.call(
      "POST",
      `${there}/transfer_owner`,
      { member_type: "openid", member_id: LIN },
      { ...type, old_owner_perm: "view" },
    );
    expect(done.json.code).toBe(0);
    expect((await open()).json["perm"]).toBe("full_access");
    expect((await bench.call("GET", `/bitable/v1/apps/${app_token}`)).json.code).toBe(0);
    const again = await bench.call(
      "POST",
      `${there}/transfer_owner`,
      { member_type: "openid", member_id: XU },
      type,
    );
    expect([again.status, again.json.code]).toEqual([403, 1063002]);
  });

  it("public settings by v1 and v2; link sharing opens the file to the tenant", async () => {
    const v2 = `/drive/v2/permissions/${bench.app}/public`;
    const before = await bench.box.lever("GET", `/files/${bench.app}/open?as=ou_else`);
    expect(before.status).toBe(403);
    const patched = await bench.call("PATCH", v2, { link_share_entity: "tenant_readable" }, type);
    expect(patched.json.data["permission_public"]).toMatchObject({
      link_share_entity: "tenant_readable",
      copy_entity: "anyone_can_view",
    });
    expect((await bench.box.lever("GET", `/files/${bench.app}/open?as=ou_else`)).json["perm"]).toBe("view");
    const v1 = await bench.call("GET", `/drive/v1/permissions/${bench.app}/public`, undefined, type);
    expect(v1.json.data["permission_public"]).toMatchObject({
      link_share_entity: "tenant_readable",
      external_access: false,
    });
    expect((await bench.call("PATCH", v2, { link_share_entity: "world" }, type)).status).toBe(400);
  });
});

describe("folders and files", () => {
  it("a folder gives its permission to what lies in it, and is listed", async () => {
    const folder = await bench.call("POST", "/drive/v1/files/create_folder", {
      name: "三月",
      folder_token: "",
    });
    const folder_token = folder.json.data["token"] as string;
    const copied = await bench.call("POST", `/drive/v1/files/${bench.app}/copy`, {
      name: "模板副本",
      type: "bitable",
      folder_token,
    });
    const file = copied.json.data["file"] as { token: string; url: string; parent_token: string };
    expect(file.parent_token).toBe(folder_token);
    const early = await bench.call("GET", `/bitable/v1/apps/${file.token}`);
    expect([early.status, early.json.code]).toEqual([400, 1254036]);
    const listed = await bench.call("GET", "/drive/v1/files", undefined, { folder_token });
    expect(listed.json.data["files"]).toEqual([
      expect.objectContaining({ token: file.token, name: "模板副本", type: "bitable" }),
    ]);
    expect((await bench.box.lever("GET", `/files/${file.token}/open?as=${XU}`)).status).toBe(403);
    await bench.call(
      "POST",
      `/drive/v1/permissions/${folder_token}/members`,
      { member_type: "openid", member_id: XU, perm: "view" },
      { type: "folder" },
    );
    expect((await bench.box.lever("GET", `/files/${file.token}/open?as=${XU}`)).status).toBe(200);
    const records = await bench.call("GET", `/drive/v1/files/${file.token}/view_records`, undefined, {
      page_size: "10",
      file_type: "bitable",
    });
    expect(records.json.data["items"]).toEqual([expect.objectContaining({ viewer_id: XU, name: "许清和" })]);
    const metas = await bench.call("POST", "/drive/v1/metas/batch_query", {
      request_docs: [
        { doc_token: file.token, doc_type: "bitable" },
        { doc_token: "none", doc_type: "docx" },
      ],
      with_url: true,
    });
    expect(metas.json.data).toMatchObject({
      metas: [{ title: "模板副本", url: file.url }],
      failed_list: [{ token: "none" }],
    });
    await bench.call("DELETE", `/drive/v1/files/${file.token}`, undefined, { type: "bitable" });
    expect((await bench.call("GET", `/bitable/v1/apps/${file.token}`)).json.code).toBe(1254040);
  });

  it("subscribe: type and file are checked", async () => {
    const subscribe = (token: string, file_type: string) =>
      bench.call("POST", `/drive/v1/files/${token}/subscribe`, undefined, { file_type });
    expect([
      (await subscribe("none", "bitable")).status,
      (await subscribe("none", "bitable")).json.code,
    ]).toEqual([400, 1069604]);
    expect([
      (await subscribe(bench.app, "docx")).status,
      (await subscribe(bench.app, "docx")).json.code,
    ]).toEqual([400, 1069602]);
    expect((await subscribe(bench.app, "bitable")).json.code).toBe(0);
  });
});
