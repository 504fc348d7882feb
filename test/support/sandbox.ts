import type { App, Json, Person } from "#sandbox/kernel.ts";
import { createSandbox, type Sandbox, type SandboxOptions } from "#sandbox/server.ts";
import { userToken } from "#sandbox/tokens.ts";

export const APP_ID = "cli_5ec7e20000000001";

export interface Reply {
  status: number;
  headers: Headers;
  /** The JSON of the reply; loosely typed, since a test says what it expects. */
  json: { code: number; msg: string; data: Record<string, Json>; error: Record<string, Json> } & Record<
    string,
    Json
  >;
}

export interface TestSandbox extends Sandbox {
  app: App;
  /** A tenant token of the default app. */
  tenantToken(): Promise<string>;
  /** A user token of the person `openId`, with all scopes of the app unless told otherwise. */
  userToken(openId: string, scopes?: string[]): Promise<string>;
  /** One call of the Open API with the default app's tenant token (or `token`; "" = none). `path` without `/open-apis`. */
  api(
    method: string,
    path: string,
    body?: unknown,
    query?: Record<string, string | string[]>,
    token?: string,
  ): Promise<Reply>;
  /** One call of a lever under `/sandbox`. */
  lever(method: string, path: string, body?: unknown): Promise<Reply>;
  /** Somebody who can sign in; the contact service knows nothing of them (use its levers where it must). */
  person(openId: string, more?: Partial<Person>): Person;
}

const REDIRECT = "http://127.0.0.1/signed-in";

/** A sandbox for a test, with the default app of all scopes; close it in `afterAll`. */
export async function startSandbox(options: SandboxOptions = {}): Promise<TestSandbox> {
  const sandbox = await createSandbox({ apps: [{ appId: APP_ID, redirectUris: [REDIRECT] }], ...options });
  const { kernel } = sandbox;
  const app = kernel.apps[APP_ID];
  if (!app) throw new Error(`the sandbox was started without ${APP_ID}`);

  // In the state, so that they outlive a restart as everybody else does.
  const signedIn = () => (kernel.state["people"] ??= {}) as Record<string, Person>;
  const known = kernel.people;
  kernel.people = {
    find: (openId) => signedIn()[openId] ?? known.find(openId),
    list: () => [...Object.values(signedIn()), ...known.list()],
  };

  async function request(
    method: string,
    url: string,
    headers: Record<string, string>,
    body: unknown,
  ): Promise<Reply> {
    const sent = body === undefined ? {} : { body: JSON.stringify(body) };
    const response = await fetch(url, {
      method,
      headers: { "content-type": "application/json", ...headers },
      ...sent,
    });
    const text = await response.text();
    return { status: response.status, headers: response.headers, json: JSON.parse(text) as Reply["json"] };
  }

  async function tenantToken(): Promise<string> {
    const { json } = await request(
      "POST",
      `${sandbox.url}/open-apis/auth/v3/tenant_access_token/internal`,
      {},
      {
        app_id: APP_ID,
        app_secret: app?.appSecret,
      },
    );
    return json["tenant_access_token"] as string;
  }

  const lever: TestSandbox["lever"] = (method, path, body) =>
    request(method, `${sandbox.url}/sandbox${path}`, {}, body);

  return {
    ...sandbox,
    app,
    tenantToken,
    // Issued directly: the authorize page takes 50 scopes at most, a test may want all.
    userToken: (openId, scopes = app.userScopes) =>
      Promise.resolve(userToken(kernel, APP_ID, openId, scopes)),
    lever,
    async api(method, path, body, query = {}, token) {
      const search = new URLSearchParams();
      for (const [key, value] of Object.entries(query))
        for (const one of [value].flat()) search.append(key, one);
      const bearer = token ?? (await tenantToken());
      const suffix = search.size === 0 ? "" : `?${search.toString()}`;
      const authorization = bearer === "" ? {} : { authorization: `Bearer ${bearer}` };
      return request(
        method,
        `${sandbox.url}/open-apis${path}${suffix}`,
        authorization as Record<string, string>,
        body,
      );
    },
    person(openId, more = {}) {
      const person: Person = {
        open_id: openId,
        union_id: openId.replace("ou_", "on_"),
        user_id: openId.slice(3, 11),
        name: "林知远",
        en_name: "Lin Zhiyuan",
        email: "lin.zhiyuan@example.com",
        mobile: "+8613800000000",
        employee_no: "0001",
        avatar_url: "",
        status: "active",
        ...more,
      };
      signedIn()[openId] = person;
      return person;
    },
  };
}

/** What a server needs to know of a sandbox and its database; each test adds the rest. */
export const serverEnv = (sandbox: TestSandbox, databaseUrl: string): Record<string, string> => ({
  FEISHU_APP_ID: APP_ID,
  FEISHU_APP_SECRET: sandbox.app.appSecret,
  FEISHU_ENCRYPT_KEY: sandbox.app.encryptKey,
  FEISHU_VERIFICATION_TOKEN: sandbox.app.verificationToken,
  FEISHU_HOST: sandbox.url,
  DATABASE_URL: databaseUrl,
  LECTERN_SEAL_KEY: "5e".repeat(32),
  LECTERN_CLOCK_URL: `${sandbox.url}/sandbox/clock`,
});
