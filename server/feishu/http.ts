import { Agent as HttpAgent } from "node:http";
import { Agent as HttpsAgent } from "node:https";
import axios from "axios";
import type { AxiosInstance } from "axios";

export interface Agents {
  http: HttpAgent;
  https: HttpsAgent;
}

/** Repeated keys, as Feishu's own clients send arrays (facts.md §2.1); absent values are left out. */
function serializeQuery(params: Record<string, unknown>): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(params)) {
    if (value === undefined || value === null) continue;
    for (const item of Array.isArray(value) ? value : [value]) query.append(name, String(item));
  }
  return query.toString();
}

/** Fills `:name` of a path. Everything is URL-encoded but `@`, which stays in calendar ids. */
export function fillPath(path: string, values: Record<string, string> = {}): string {
  return path.replace(/:([a-z_]+)/g, (_, name: string) => {
    const value = values[name];
    if (!value) throw new Error(`No value for :${name} in ${path}: the caller must give one.`);
    return encodeURIComponent(value).replaceAll("%40", "@");
  });
}

const isLoopback = (domain: string): boolean => /^http:\/\/(127\.|localhost|\[::1\])/.test(domain);

/**
 * The HTTP the SDK is given: replies of any status come back whole and as text, so that code, status and headers are judged in
 * one place; a time-out, since the SDK has none.
 */
export function createHttp(domain: string, timeoutMs: number): AxiosInstance {
  return axios.create({
    timeout: timeoutMs,
    validateStatus: () => true,
    responseType: "text",
    transformResponse: [(data: unknown) => data],
    paramsSerializer: { serialize: serializeQuery },
    maxBodyLength: Infinity,
    maxContentLength: Infinity,
    // A proxy from the environment is for the outside; the sandbox is on this machine.
    ...(isLoopback(domain) ? { proxy: false as const } : {}),
  });
}

/** Writes never reuse a connection: one that the other side just closed would make the outcome unknown for nothing. */
export function createAgents(): { reads: Agents; writes: Agents } {
  const agents = (keepAlive: boolean): Agents => ({
    http: new HttpAgent({ keepAlive }),
    https: new HttpsAgent({ keepAlive }),
  });
  return { reads: agents(true), writes: agents(false) };
}
