import { z } from "zod";
import type { Wire } from "./wire.ts";

const tick = z.object({ now: z.number(), generation: z.number() });

/**
 * Lives on the sandbox's clock under a name: at every tick `pass(now)` does what is due and returns the next due time
 * (ms or null); then the tick is reported as done. Ticks that arrive meanwhile are done in one further pass.
 * Resolves when the stream ends or `signal` aborts; a failing pass ends it with its error.
 */
export async function participate(
  wire: Wire,
  name: string,
  pass: (now: number) => Promise<number | null>,
  signal: AbortSignal,
): Promise<void> {
  // A pass that failed leaves the clock at once: whoever advances it hears of it then, and not after a long wait.
  const broken = new AbortController();
  const response = await fetch(`${wire.url}/sandbox/clock/stream?name=${name}`, {
    signal: AbortSignal.any([signal, broken.signal]),
  });
  if (!response.ok || !response.body) throw new Error(`clock stream: HTTP ${response.status}`);
  let latest: z.infer<typeof tick> | null = null;
  let working: Promise<void> | null = null;
  let failure: unknown = null;

  let done = -1;
  const work = async () => {
    while (latest && latest.generation > done) {
      const { now, generation } = latest;
      const nextDue = await pass(now);
      await wire.post("/sandbox/clock/report", { name, generation, nextDue });
      done = generation;
    }
  };
  const start = () => {
    working ??= work()
      .catch((error: unknown) => {
        failure = error;
        broken.abort();
      })
      .finally(() => {
        working = null;
        // A tick may have come between the last look and now.
        if (!failure && latest && latest.generation > done) start();
      });
  };
  try {
    for await (const line of lines(response.body)) {
      if (failure) throw failure;
      latest = tick.parse(JSON.parse(line));
      start();
    }
  } catch (error) {
    if (failure || !signal.aborted) throw failure ?? error;
  }
}

async function* lines(body: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let rest = "";
  for await (const chunk of body as unknown as AsyncIterable<Uint8Array>) {
    rest += decoder.decode(chunk, { stream: true });
    const parts = rest.split("\n");
    rest = parts.pop() ?? "";
    for (const part of parts) if (part.trim() !== "") yield part;
  }
}
