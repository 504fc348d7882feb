import { eq, sql } from "drizzle-orm";
import type { Names } from "#base/table.ts";
import { ForbiddenError, InvalidInputError, LecternError, StaleError } from "../../errors.ts";
import { setUp, workspace } from "../../db/schema.ts";
import { baseRights } from "./base-rights.ts";
import { setUpWorkspace, type SetUpDeps } from "./set-up.ts";

export interface BeginInput {
  /** Who asks; becomes the first admin. */
  person: string;
  /** app_tokens of 「讲台」 and 「讲台·管理」. */
  shared: string;
  admin: string;
  language: "zh" | "en";
}

/**
 * Sets up two Bases for somebody who manages both, as Feishu itself says. The work takes longer than a call may: it goes on
 * behind, `done` tells how it ended for whoever waits, and `setUpState` tells the sidebar.
 */
export async function beginSetUp(deps: SetUpDeps, input: BeginInput): Promise<{ done: Promise<void> }> {
  await mustManage(deps, input);
  await mustBeFree(deps, input);
  const { db, clock } = deps;
  const lease = sql`now() + interval '90 seconds'`;
  const values = {
    adminToken: input.admin,
    by: input.person,
    state: "running" as const,
    made: 0,
    left: [],
    startedAt: clock.now(),
    leaseUntil: lease,
  };
  const mine = await db
    .insert(setUp)
    .values({ appToken: input.shared, ...values })
    .onConflictDoUpdate({
      target: setUp.appToken,
      set: values,
      setWhere: sql`${setUp.state} <> 'running' or ${setUp.leaseUntil} < now()`,
    })
    .returning({ appToken: setUp.appToken });
  // Somebody's second tap: the first one's work goes on.
  return { done: mine.length === 0 ? Promise.resolve() : work(deps, input) };
}

async function work(deps: SetUpDeps, input: BeginInput): Promise<void> {
  const write = (values: Partial<typeof setUp.$inferInsert>) =>
    deps.db.update(setUp).set(values).where(eq(setUp.appToken, input.shared));
  const progress = async (made: number) => {
    await deps.db
      .update(setUp)
      .set({ made, leaseUntil: sql`now() + interval '90 seconds'` })
      .where(eq(setUp.appToken, input.shared));
  };
  try {
    const { report } = await setUpWorkspace(
      { ...deps, progress },
      {
        appToken: input.shared,
        adminAppToken: input.admin,
        language: input.language,
        admins: [input.person],
      },
    );
    const left = [
      ...report.problems.map(({ detail, next }) => same(`${detail}: ${next}`)),
      ...report.byHand.map(({ view, next }) => same(`${view}: ${next}`)),
    ];
    await write({ state: "done", made: report.created.length, left });
  } catch (error) {
    deps.log.error(
      { base: input.shared, error: error instanceof Error ? error.message : String(error) },
      "set-up",
    );
    await write({ state: "failed", left: [reasonOf(error)] });
  }
}

/** Reports are written in the workspace's language. */
const same = (text: string): Names => ({ zh: text, en: text });

function reasonOf(error: unknown): Names {
  const known = error instanceof LecternError ? (error.words ?? error.nextStep) : null;
  return (
    known ?? {
      zh: "中途出了问题，已经建好的都在。再点一次会接着做。",
      en: "Something went wrong half way; what was made is kept. Another tap goes on from there.",
    }
  );
}

async function mustManage({ feishu }: SetUpDeps, { person, shared, admin }: BeginInput): Promise<void> {
  if (shared === admin)
    throw new InvalidInputError("same_base", "「讲台」 and 「讲台·管理」 must be two different Bases", {
      words: {
        zh: "需要两张不同的多维表格：一张和讲师共用，一张只给管理员。",
        en: "Two different Bases are needed: one shared with lecturers, one for admins only.",
      },
    });
  for (const token of [shared, admin]) {
    const { next } = await baseRights(feishu, token, person);
    if (next) throw new ForbiddenError("no_manage_right", `${person} and the app: ${token}`, { words: next });
  }
}

/** A Base belongs to one workspace, in one role; set up again it keeps its other half. */
async function mustBeFree({ db }: SetUpDeps, { shared, admin }: BeginInput): Promise<void> {
  const others = (await db.select().from(workspace)).filter(
    ({ appToken, adminToken }) => appToken !== shared || adminToken !== admin,
  );
  const taken = others.find(({ appToken, adminToken }) =>
    [appToken, adminToken].some((token) => token === shared || token === admin),
  );
  if (taken)
    throw new StaleError("base_taken", `a Base of workspace ${taken.id}`, {
      words: {
        zh: "其中一张多维表格已经在用讲台，配的是另一张。请换一张空的。",
        en: "One of these Bases is in use by Lectern already, with another one beside it. Take an empty one.",
      },
    });
}
