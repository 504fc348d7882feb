import { encode } from "#base/codec.ts";
import { fieldOf, type PatchOf } from "#base/index.ts";
import { fieldNameOf } from "#base/mapping.ts";
import { InvalidInputError, MissingError } from "../../errors.ts";
import { transaction, type Ctx } from "../../context.ts";
import { audit } from "../../db/schema.ts";
import { post } from "../effects/post.ts";
import { getRecord } from "../records/read.ts";
import { problemOfRow, type SavedTable, type SaveRowInput } from "./check-row.ts";

/**
 * Writes what an admin filled in into the Base, by the same checks that the automations make of rows written there by hand:
 * what could not be used is refused here, before it is stored. Throws InvalidInputError naming field and value.
 */
export async function saveRow(ctx: Ctx, input: SaveRowInput): Promise<{ saved: true }> {
  const { table, record, act } = input;
  const fields = checkedFields(ctx, table, input.fields);
  if (record !== null && !(await getRecord(ctx, table, record)))
    throw new MissingError("row_missing", `${table}: no record ${record}`);
  const problem = await problemOfRow(ctx, input);
  if (problem) throw new InvalidInputError("row_problem", problem.en, { words: problem });
  return transaction(ctx, async (tx) => {
    const key = `save:${table}:${record ?? "new"}:${act}`;
    const fresh = await post(tx, [
      record === null
        ? { kind: "record.create", key, table, fields }
        : { kind: "record.update", key, table, record, fields },
    ]);
    if (fresh.length > 0)
      await tx.db.insert(audit).values({
        workspace: tx.workspace.id,
        actor: tx.actor,
        action: `save.${table}`,
        target: record,
        detail: fields,
        at: tx.now,
      });
    return { saved: true };
  });
}

/** Only fields people write, only values a cell can take. */
function checkedFields(ctx: Ctx, table: SavedTable, given: Record<string, unknown>): Record<string, unknown> {
  for (const key of Object.keys(given)) {
    const field = fieldOf(table, key);
    if (!field?.by.includes("P"))
      throw new InvalidInputError("field_closed", `${table}.${key}: not a field that people write`);
  }
  try {
    encode(ctx.workspace.mapping, table, given as PatchOf<SavedTable>);
  } catch (error) {
    if (!(error instanceof Error && error.name === "EncodeError")) throw error;
    const { problems } = error as Error & { problems: { field: string; value: unknown; expected: string }[] };
    const [first] = problems;
    const name = first ? fieldNameOf(ctx.workspace.mapping, table, first.field) : table;
    const value = JSON.stringify(first?.value ?? null);
    throw new InvalidInputError("cell_value", error.message, {
      words: {
        zh: `「${name}」不能是 ${value}。`,
        en: `${name} cannot be ${value}: expected ${first?.expected ?? "another value"}.`,
      },
      cause: error,
    });
  }
  return given;
}
