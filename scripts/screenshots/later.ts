import type { Cast } from "./cast.ts";
import type { Camera } from "./pictures.ts";

/** Weeks later: what each of the four kinds of people meets. */
export const later = {
  lecturer: lecturerPictures,
  admin: adminPictures,
  manager: managerPictures,
  learner: learnerPictures,
  whole: wholePictures,
  looks: otherLooks,
} satisfies Record<string, (camera: Camera, cast: Cast) => Promise<void>>;

async function lecturerPictures(camera: Camera, { lecturer }: Cast): Promise<void> {
  const desk = await camera.desk(lecturer);
  for (const id of ["next", "prepare", "echo", "points", "preferences"])
    await desk.screen(id, `lecturer-${id}`);
  await desk.close();
}

async function adminPictures(camera: Camera, { admin }: Cast): Promise<void> {
  const desk = await camera.desk(admin);
  for (const id of ["todo", "schedule", "lecturers", "demand", "rules", "messages", "report", "settings"])
    await desk.screen(id, `admin-${id}`);
  await desk.screen("schedule", "admin-calendar", async (frame) => {
    await frame.getByLabel("月", { exact: true }).check({ force: true });
  });
  await desk.close();
}

async function managerPictures(camera: Camera, { manager }: Cast): Promise<void> {
  const desk = await camera.desk(manager);
  await desk.screen("team", "manager-team");
  await desk.close();
}

async function learnerPictures(camera: Camera, { learner, lecturer }: Cast): Promise<void> {
  const phone = await camera.phone(learner);
  await phone.shot("phone-learner", "/m");
  await phone.close();
  const speaker = await camera.phone(lecturer);
  await speaker.shot("phone-lecturer", "/m");
  await speaker.shot("phone-echo", "/m/echo");
  await speaker.close();
}

async function wholePictures(camera: Camera, { admin, lecturer, learner }: Cast): Promise<void> {
  const desk = await camera.desk(admin);
  await desk.whole("workspace");
  await desk.close();
  const speaker = await camera.desk(lecturer, {}, false);
  await speaker.whole("messenger-lecturer", "chat", { chat: "讲台" });
  await speaker.close();
  const listener = await camera.desk(learner, {}, false);
  await listener.whole("messenger-learner", "chat", { chat: "讲台" });
  await listener.close();
}

async function otherLooks(camera: Camera, { admin, lecturer }: Cast): Promise<void> {
  const english = await camera.desk(lecturer, { language: "en" });
  await english.screen("next", "lecturer-next-en");
  await english.close();
  const dark = await camera.desk(admin, { theme: "dark" });
  await dark.screen("report", "admin-report-dark");
  await dark.close();
  const narrow = await camera.desk(lecturer, { width: 280 });
  await narrow.screen("echo", "lecturer-echo-280");
  await narrow.close();
}
