import { z } from "zod";
import { CODE, HostError } from "./errors.ts";
import { plain } from "./plain.ts";
import type { Answer, BaseBackend, BaseChange, Call } from "./types.ts";

interface Where {
  /** Address of the sandbox's server; "" = that of this page. */
  server: string;
  base: string;
  as: string;
}

interface Waiting {
  method: string;
  calls: Call[];
  done: (answers: Answer[]) => void;
  failed: (error: unknown) => void;
}

const failure = z.object({ error: z.object({ code: z.number(), message: z.string() }) });
const answers = z.array(z.union([failure, z.object({ value: z.unknown().optional() })]));
const uploaded = z.union([failure, z.object({ token: z.string() })]);
const reply = z.object({ batches: z.array(answers) });
const refusal = z.object({ code: z.number().optional(), error: z.string() });

/** A Base on the sandbox's server, read and written as one person, with that person's permissions. */
export function createBackend(where: Where): BaseBackend {
  const root = `${where.server}/sandbox/host`;
  let waiting: Waiting[] = [];
  let running = false;

  /** One request at a time, with all that came up meanwhile: calls keep their order. */
  async function run(): Promise<void> {
    running = true;
    // What is answered has been seen with open eyes: changes after it are heard.
    await live.ready;
    while (waiting.length > 0) {
      const now = waiting;
      waiting = [];
      try {
        const lists = await send(now);
        now.forEach((one, index) => one.done(lists[index] ?? []));
      } catch (error) {
        for (const one of now) one.failed(error);
      }
    }
    running = false;
  }

  async function send(now: Waiting[]): Promise<Answer[][]> {
    const { base, as } = where;
    const body = JSON.stringify({ base, as, batches: now.map(({ method, calls }) => ({ method, calls })) });
    const response = await fetch(`${root}/calls`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body,
    });
    if (!response.ok) throw await refusalOf(response);
    return reply.parse(await response.json()).batches;
  }

  async function batch(method: string, calls: Call[]): Promise<Answer[]> {
    const checked = calls.map(checkedCall);
    const sent = checked.filter((one): one is Call => !("error" in one));
    const answered = sent.length === 0 ? [] : await queued(method, sent);
    return checked.map((one) => ("error" in one ? one : answered[sent.indexOf(one)]!));
  }

  function queued(method: string, calls: Call[]): Promise<Answer[]> {
    return new Promise((done, failed) => {
      waiting.push({ method, calls, done, failed });
      if (!running) void run();
    });
  }

  const stream = new URL(`${root}/changes`, location.href);
  stream.protocol = stream.protocol.replace("http", "ws");
  stream.search = new URLSearchParams({ base: where.base, as: where.as }).toString();
  const live = openStream(stream.href);

  return {
    base: where.base,
    as: where.as,
    batch,
    async call<T>(method: string, c: unknown[], ...p: unknown[]) {
      const [given] = await batch(method, [{ c, p }]);
      if (!given) throw new HostError(CODE.recordUnknown, `no answer to ${method}`);
      if ("error" in given) throw new HostError(given.error.code, given.error.message);
      return given.value as T;
    },
    upload: (file, progress) => upload(`${root}/files`, where, file, progress),
    listen: (heard) => live.listen(heard),
    close: () => live.close(),
  };
}

/** A call as JSON can carry it, or its refusal: the others of its batch go on. */
function checkedCall({ c, p }: Call): Call | Extract<Answer, { error: unknown }> {
  try {
    return { c: plain(c), p: plain(p) };
  } catch (error) {
    if (!(error instanceof HostError)) throw error;
    return { error: { code: error.code, message: error.message } };
  }
}

async function refusalOf(response: Response): Promise<HostError> {
  const body = await response.text();
  return refusalFrom(response.status, body);
}

function refusalFrom(status: number, body: string): HostError {
  try {
    const { code, error } = refusal.parse(JSON.parse(body));
    return new HostError(code ?? CODE.recordUnknown, error);
  } catch {
    return new HostError(CODE.recordUnknown, `the sandbox answered ${status}: ${body.slice(0, 200)}`);
  }
}

/** XMLHttpRequest, since `fetch` does not tell how much has been sent. */
function upload(
  address: string,
  { base, as }: Where,
  file: File,
  progress?: (sent: number) => void,
): Promise<string> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", `${address}?${new URLSearchParams({ base, as, name: file.name })}`);
    request.setRequestHeader("content-type", file.type || "application/octet-stream");
    request.upload.onprogress = (event) => progress?.(event.loaded);
    request.onerror = () =>
      reject(new HostError(CODE.recordUnknown, `${file.name} did not reach the sandbox`));
    request.onload = () => {
      if (request.status !== 200) return reject(refusalFrom(request.status, request.responseText));
      const given = uploaded.parse(JSON.parse(request.responseText));
      if ("token" in given) return resolve(given.token);
      return reject(new HostError(given.error.code, given.error.message));
    };
    request.send(file);
  });
}

const AGAIN_MS = 1000;

/** Live changes; after a break it connects again, and then something may have been missed. */
function openStream(address: string) {
  const heard = new Set<(change: BaseChange) => void>();
  let socket: WebSocket | null = null;
  let again: ReturnType<typeof setTimeout> | undefined;
  const tell = (change: BaseChange) => {
    for (const one of heard) one(change);
  };
  let settled: () => void;
  const ready = new Promise<void>((resolve) => (settled = resolve));
  function connect(isFirst: boolean): void {
    socket = new WebSocket(address);
    socket.onopen = () => {
      settled();
      if (!isFirst) tell({ kind: "stale" });
    };
    socket.onmessage = (event: MessageEvent<string>) => tell(JSON.parse(event.data) as BaseChange);
    socket.onclose = () => {
      settled();
      again = setTimeout(() => connect(false), AGAIN_MS);
    };
  }
  connect(true);
  return {
    /** Connected, or failed to: without live changes calls are answered all the same. */
    ready,
    listen(one: (change: BaseChange) => void) {
      heard.add(one);
      return () => void heard.delete(one);
    },
    close(): void {
      clearTimeout(again);
      if (socket) socket.onclose = null;
      socket?.close();
    },
  };
}
