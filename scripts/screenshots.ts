import { execFile } from "node:child_process";
import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs, promisify } from "node:util";
import { startLocalCompany } from "#server/local/company.ts";
import { createCamera, launch } from "./screenshots/camera.ts";
import { castOf } from "./screenshots/cast.ts";
import { lookAt } from "./screenshots/company.ts";
import { firstDay } from "./screenshots/first-day.ts";
import { later } from "./screenshots/later.ts";

const help = `npm run screenshots

Starts the case company as npm start does, lets its people live until January, and puts pictures of the main screens into
docs/pictures. About ten minutes. Look at them before they are committed.

  --png FOLDER                 PNG besides, for viewers that know no WebP
  --sandbox URL --server URL   of a company that runs already and is as far as it should be
  --only lecturer,admin,…      these pictures alone: first, ${Object.keys(later).join(", ")}
`;
const ROOT = join(import.meta.dirname, "..");
const UNTIL = "2027-01-07T11:00:00+08:00";
const run = promisify(execFile);

const { values } = parseArgs({
  options: {
    sandbox: { type: "string" },
    server: { type: "string" },
    only: { type: "string" },
    png: { type: "string" },
    help: { type: "boolean", default: false },
  },
});
const wants = (name: string) => !values.only || values.only.split(",").includes(name);
const say = (line: string) => console.log(line);

interface Place {
  sandbox: string;
  server: string;
  close: () => Promise<void>;
}

async function start(): Promise<Place> {
  const data = await mkdtemp(join(tmpdir(), "lectern-pictures-"));
  // The database's own user must be able to walk in.
  await chmod(data, 0o755);
  await run(process.execPath, ["--import", "tsx", "scripts/build.ts"], { cwd: ROOT });
  const company = await startLocalCompany({ tenant: false, data, host: "127.0.0.1", port: 0 }, say);
  await company.ready;
  const close = async () => {
    await company.close();
    await rm(data, { recursive: true, force: true });
  };
  return { ...company, close };
}

/** Weeks pass: everybody acts by what their cards show; care notes, off at first, are switched on by the admin. */
async function live(place: Place, admin: string): Promise<void> {
  const company = await lookAt(place.sandbox);
  const care = (await company.rows(company.adminBase, "消息与提醒")).filter(({ fields }) =>
    ["care", "offer"].some((id) => JSON.stringify(fields["标识"]).includes(`"${id}"`)),
  );
  const update = care.map(({ id }) => ({ record_id: id, fields: { 启用: true } }));
  await company.act({ as: admin, base: company.adminBase, table: "消息与提醒", update });
  say(`the company lives until ${UNTIL.slice(0, 10)}`);
  const args = ["sandbox/people/walk.ts", "--sandbox", place.sandbox, "--join", "--until", UNTIL];
  await run(process.execPath, ["--import", "tsx", ...args], { cwd: ROOT });
}

async function main(): Promise<void> {
  const given = values.sandbox && values.server ? { sandbox: values.sandbox, server: values.server } : null;
  const place: Place = given ? { ...given, close: async () => undefined } : await start();
  const browser = await launch();
  try {
    const company = await lookAt(place.sandbox);
    const folder = join(ROOT, "docs/pictures");
    const { sandbox, server } = place;
    const camera = createCamera(browser, { sandbox, server, base: company.base, folder, png: values.png });
    const [admin] = company.people.filter(({ part }) => part === "admin").map(({ open_id }) => open_id);
    if (admin === undefined) throw new Error(`${sandbox} has no admin: is it the case company?`);
    if (wants("first") && !given) await firstDay(camera, await castOf(company, admin));
    if (!given) await live(place, admin);
    const cast = await castOf(company, admin);
    for (const [name, take] of Object.entries(later)) if (wants(name)) await take(camera, cast);
    say(`${camera.taken.length} pictures: ${camera.taken.join(", ")}`);
  } finally {
    await browser.close();
    await place.close();
  }
}

if (values.help) say(help);
else await main();
