import type { Hono } from "hono";
import { z } from "zod";
import type { Core } from "../core.ts";
import { input } from "../lever-input.ts";
import { lineStream } from "../line-stream.ts";

/** How long the clock waits at one instant, in real time, before it says who holds it up. */
const patience = z.number().min(1).max(3_600_000).default(120_000);

const reportSchema = z.strictObject({
  name: z.string(),
  generation: z.number().int(),
  nextDue: z.number().nullable(),
});
const advanceSchema = z.strictObject({
  ms: z.number().min(0).optional(),
  until: z.number().optional(),
  next: z.literal(true).optional(),
  patienceMs: patience,
});

/** `/sandbox/clock`: read, set, advance, settle, and the participants' stream and reports. */
export function clockLevers(app: Hono, { clock, kernel, kick }: Core): void {
  const shown = () => ({ now: clock.now(), generation: clock.generation() });

  app.get("/sandbox/clock", (c) =>
    c.json({ ...shown(), expected: clock.expected(), participants: clock.participants.list() }),
  );
  app.get("/sandbox/clock/stream", (c) => {
    const name = c.req.query("name");
    if (name === undefined || name === "")
      return c.json({ error: "name yourself: /sandbox/clock/stream?name=…" }, 400);
    return lineStream(c, (write) => clock.participants.join(name, write));
  });
  app.post("/sandbox/clock/report", async (c) => {
    const { name, generation, nextDue } = await input(c, reportSchema);
    if (!clock.participants.report(name, generation, nextDue))
      return c.json({ error: `${name} holds no stream open` }, 409);
    kick();
    return c.json(shown());
  });
  app.post("/sandbox/clock/expect", async (c) => {
    const { participants } = await input(c, z.strictObject({ participants: z.number().int().min(0) }));
    clock.expect(participants);
    return c.json({ expected: participants });
  });
  app.post("/sandbox/clock/set", async (c) => {
    const { now } = await input(c, z.strictObject({ now: z.number() }));
    if (now < clock.now())
      return c.json({ error: `the clock goes forward only: it shows ${clock.now()}, asked was ${now}` }, 400);
    await clock.set(now);
    kernel.touched();
    return c.json(shown());
  });
  app.post("/sandbox/clock/settle", async (c) => {
    const { patienceMs } = await input(c, z.strictObject({ patienceMs: patience }));
    await clock.settle(patienceMs);
    return c.json(shown());
  });
  app.post("/sandbox/clock/advance", async (c) => {
    const { ms, until, next, patienceMs } = await input(c, advanceSchema);
    if ([ms, until, next].filter((one) => one !== undefined).length !== 1) {
      return c.json({ error: "say one of ms, until, next: how far to advance" }, 400);
    }
    const goal = next === true ? null : (until ?? clock.now() + (ms ?? 0));
    return c.json(await clock.advance({ until: goal, nextOnly: next === true, patienceMs }));
  });
}
