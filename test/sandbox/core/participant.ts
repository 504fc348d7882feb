/** A participant of the clock for tests: it holds a stream open and reports by `due`, after `work` of its own. */
export async function participate(
  url: string,
  name: string,
  behaviour: { due?: (now: number) => number | null; work?: (now: number) => Promise<void> } = {},
) {
  const controller = new AbortController();
  const response = await fetch(`${url}/sandbox/clock/stream?name=${name}`, { signal: controller.signal });
  const ticks: { now: number; generation: number }[] = [];
  const state = { silent: false };

  async function report(tick: { now: number; generation: number }): Promise<void> {
    await behaviour.work?.(tick.now);
    if (state.silent) return;
    const body = JSON.stringify({
      name,
      generation: tick.generation,
      nextDue: behaviour.due?.(tick.now) ?? null,
    });
    const reply = await fetch(`${url}/sandbox/clock/report`, { method: "POST", body });
    await reply.text();
  }

  async function listen(): Promise<void> {
    let rest = "";
    const decoder = new TextDecoder();
    for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>) {
      const lines = (rest + decoder.decode(chunk, { stream: true })).split("\n");
      rest = lines.pop() ?? "";
      for (const line of lines) {
        const tick = JSON.parse(line) as { now: number; generation: number };
        ticks.push(tick);
        await report(tick);
      }
    }
  }

  const ended = listen().catch(() => undefined);
  return {
    ticks,
    state,
    async leave(): Promise<void> {
      controller.abort();
      await ended;
    },
  };
}
