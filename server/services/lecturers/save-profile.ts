import { encode } from "#base/codec.ts";
import { InvalidInputError, MissingError } from "../../errors.ts";
import { transaction, type Ctx } from "../../context.ts";
import { audit } from "../../db/schema.ts";
import { post } from "../effects/post.ts";
import { allRecords, getRecord } from "../records/read.ts";

export interface SaveProfileInput {
  lecturer: string;
  weight?: number | null;
  credit?: number | null;
  note?: string | null;
  act: string;
}

/** Weight, opening turns and note of a lecturer: the row of 讲师档案, made when there is none yet. */
export async function saveProfile(ctx: Ctx, input: SaveProfileInput): Promise<{ saved: true }> {
  const { lecturer: id, act, ...fields } = input;
  const lecturer = await getRecord(ctx, "lecturers", id);
  if (!lecturer) throw new MissingError("lecturer_missing", `no lecturer ${id}`);
  try {
    encode(ctx.workspace.mapping, "profiles", fields);
  } catch (error) {
    if (!(error instanceof Error && error.name === "EncodeError")) throw error;
    throw new InvalidInputError("profile_value", error.message, {
      words: {
        zh: "权重要在 0.01 到 100 之间，期初场次要是整数。",
        en: "The weight lies between 0.01 and 100, opening turns are a whole number.",
      },
      cause: error,
    });
  }
  const profile = (await allRecords(ctx, "profiles")).find(({ lecturerRecord }) => lecturerRecord === id);
  return transaction(ctx, async (tx) => {
    const key = `profile:${id}:${act}`;
    const fresh = await post(tx, [
      profile
        ? { kind: "record.update", key, table: "profiles", record: profile.id, fields }
        : {
            kind: "record.create",
            key,
            table: "profiles",
            fields: {
              lecturer: lecturer.name,
              account: lecturer.person,
              lecturerRecord: id,
              ...Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null)),
            },
          },
    ]);
    if (fresh.length > 0)
      await tx.db.insert(audit).values({
        workspace: tx.workspace.id,
        actor: tx.actor,
        action: "save.profiles",
        target: id,
        detail: fields,
        at: tx.now,
      });
    return { saved: true };
  });
}
