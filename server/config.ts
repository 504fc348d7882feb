import { resolve } from "node:path";
import { z } from "zod";

const port = z.coerce.number().int().min(0).max(65535);
const address = z.url({ protocol: /^https?$/ });

/** `https://a.example, https://*.b.example` */
const origins = z.string().transform((list, context) =>
  list
    .split(/[\s,]+/)
    .filter((origin) => origin !== "")
    .map((origin) => {
      if (!/^https?:\/\/(\*\.)?[\w.-]+(:\d+)?$/.test(origin))
        context.addIssue({
          code: "custom",
          message: `expected origins such as https://a.example, got ${origin}`,
        });
      return origin;
    }),
);

const environment = z.object({
  FEISHU_APP_ID: z.string().min(1).optional(),
  FEISHU_APP_SECRET: z.string().min(1).optional(),
  FEISHU_ENCRYPT_KEY: z.string().min(1).optional(),
  FEISHU_VERIFICATION_TOKEN: z.string().min(1).optional(),
  FEISHU_HOST: z.union([z.enum(["feishu", "lark"]), address]).default("feishu"),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
  LECTERN_DATA: z.string().min(1).default(".lectern"),
  LECTERN_SEAL_KEY: z
    .string()
    .regex(/^[0-9a-f]{64}$/i, "expected 64 hex digits")
    .optional(),
  LECTERN_CLOCK_URL: address.optional(),
  PORT: port.default(3000),
  HOST: z.string().min(1).default("127.0.0.1"),
  PUBLIC_URL: address.optional(),
  PLUGIN_HOSTS: origins.optional(),
  PLUGIN_ORIGINS: origins.optional(),
  LOG_LEVEL: z.enum(["fatal", "error", "warn", "info", "debug", "trace", "silent"]).default("info"),
});

export interface Config {
  feishu: {
    appId: string;
    appSecret: string;
    encryptKey: string;
    verificationToken: string;
    /** Open API host. */
    domain: string;
    /** Where people sign in. */
    accounts: string;
  };
  databaseUrl: string | null;
  data: string;
  sealKey: string | null;
  clockUrl: string | null;
  port: number;
  host: string;
  publicUrl: string | null;
  plugin: {
    /** Who may frame the plugin. */
    hosts: string[];
    /** Origins besides our own from which a plugin may call. */
    origins: string[];
  };
  logLevel: string;
}

/** Where the Base client runs (*unverified* for every client: PLUGIN_HOSTS overrides it). */
const CLIENTS = [
  "https://*.feishu.cn",
  "https://*.feishuapp.cn",
  "https://*.larkoffice.com",
  "https://*.larksuite.com",
  "https://*.larksuiteapp.com",
];

const HOSTS = {
  feishu: { domain: "https://open.feishu.cn", accounts: "https://accounts.feishu.cn" },
  lark: { domain: "https://open.larksuite.com", accounts: "https://accounts.larksuite.com" },
};

export interface StartConfig {
  /** An app of a tenant is set; without one the local Feishu is started. */
  tenant: boolean;
  data: string;
  host: string;
  port: number;
}

/** What `npm start` must know before there is an app. */
export function readStart(env: Record<string, string | undefined> = process.env): StartConfig {
  const e = parse(env);
  return { tenant: e.FEISHU_APP_ID !== undefined, data: resolve(e.LECTERN_DATA), host: e.HOST, port: e.PORT };
}

function parse(env: Record<string, string | undefined>): z.infer<typeof environment> {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ""));
  const parsed = environment.safeParse(given);
  if (!parsed.success)
    throw new Error(
      parsed.error.issues.map(({ path, message }) => `${path.join(".")}: ${message}`).join("\n"),
    );
  return parsed.data;
}

/** Reads the environment, the only place that does. Throws with every wrong or missing key on a line of its own. */
export function readConfig(env: Record<string, string | undefined> = process.env): Config {
  const e = parse(env);
  const missing = (
    ["FEISHU_APP_ID", "FEISHU_APP_SECRET", "FEISHU_ENCRYPT_KEY", "FEISHU_VERIFICATION_TOKEN"] as const
  ).filter((key) => e[key] === undefined);
  if (missing.length > 0)
    throw new Error(
      missing
        .map((key) => `${key}: missing. Copy it from the app's page in the Feishu developer console`)
        .join("\n"),
    );
  // A key that lives only in memory would make every sealed answer unreadable after a restart.
  if (e.DATABASE_URL && !e.LECTERN_SEAL_KEY)
    throw new Error(
      "LECTERN_SEAL_KEY: missing. With DATABASE_URL set it is required: 64 hex digits, kept as a secret",
    );
  const host =
    e.FEISHU_HOST === "feishu" || e.FEISHU_HOST === "lark"
      ? HOSTS[e.FEISHU_HOST]
      : { domain: e.FEISHU_HOST, accounts: e.FEISHU_HOST };
  return {
    feishu: {
      appId: e.FEISHU_APP_ID!,
      appSecret: e.FEISHU_APP_SECRET!,
      encryptKey: e.FEISHU_ENCRYPT_KEY!,
      verificationToken: e.FEISHU_VERIFICATION_TOKEN!,
      ...host,
    },
    databaseUrl: e.DATABASE_URL ?? null,
    data: e.LECTERN_DATA,
    sealKey: e.LECTERN_SEAL_KEY ?? null,
    clockUrl: e.LECTERN_CLOCK_URL ?? null,
    port: e.PORT,
    host: e.HOST,
    publicUrl: e.PUBLIC_URL?.replace(/\/$/, "") ?? null,
    plugin: { hosts: e.PLUGIN_HOSTS ?? clientsOf(e.FEISHU_HOST), origins: e.PLUGIN_ORIGINS ?? [] },
    logLevel: e.LOG_LEVEL,
  };
}

/** Of a Feishu at an address of its own, that address; on this machine by both of its names. */
function clientsOf(host: string): string[] {
  if (host === "feishu" || host === "lark") return CLIENTS;
  const { protocol, port, hostname, origin } = new URL(host);
  const here = ["127.0.0.1", "localhost"];
  return here.includes(hostname) ? here.map((name) => `${protocol}//${name}:${port}`) : [origin];
}
