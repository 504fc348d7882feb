import type { Camera } from "./pictures.ts";
import type { Cast } from "./cast.ts";

/** Before anybody was told anything: what the admin of a new programme sees. */
export async function firstDay(camera: Camera, cast: Cast): Promise<void> {
  const desk = await camera.desk(cast.admin);
  await desk.screen("begin", "admin-begin");
  await desk.screen("schedule", "admin-preview", async (frame) => {
    await frame.getByRole("button", { name: "生成排期" }).click();
    await frame.getByText("还没有通知任何人").waitFor();
    await frame.locator("details summary").first().click();
  });
  await desk.close();
}
