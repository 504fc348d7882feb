import axe from "axe-core";
import type { Frame, Page } from "playwright-core";

/** What axe finds on the page as it stands: `rule: element`, none when all is well. */
export async function axeOn(page: Page | Frame): Promise<string[]> {
  // By the debugger, so that no content security policy is in the way.
  await page.evaluate(axe.source);
  return page.evaluate(async () => {
    const { axe: here } = globalThis as unknown as {
      axe: { run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
    };
    const { violations } = await here.run();
    return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`));
  });
}
