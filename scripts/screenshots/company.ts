import { z } from "zod";

const basesSchema = z.object({ bases: z.array(z.object({ app_token: z.string(), name: z.string() })) });
const castSchema = z.object({
  people: z.array(z.object({ open_id: z.string(), name: z.string(), part: z.string() })),
});
const dumpSchema = z.object({
  tables: z.array(
    z.object({
      name: z.string(),
      records: z.array(z.object({ record_id: z.string(), fields: z.record(z.string(), z.unknown()) })),
    }),
  ),
});

export interface Row {
  id: string;
  fields: Record<string, unknown>;
}

/** What the pictures need to know of the case company: who is who, and the rows of its Bases. */
export async function lookAt(sandbox: string) {
  const get = async (path: string): Promise<unknown> => (await fetch(`${sandbox}/sandbox/${path}`)).json();
  const { bases } = basesSchema.parse(await get("bases"));
  const token = (name: string) => bases.find((base) => base.name === name)!.app_token;
  const { people } = castSchema.parse(await get("workspace/cast"));
  return {
    base: token("讲台"),
    adminBase: token("讲台·管理"),
    people,
    async rows(base: string, table: string): Promise<Row[]> {
      const { tables } = dumpSchema.parse(await get(`bases/${base}/dump`));
      const found = tables.find(({ name }) => name === table)!;
      return found.records.map(({ record_id, fields }) => ({ id: record_id, fields }));
    },
    async act(body: object): Promise<void> {
      const response = await fetch(`${sandbox}/sandbox/act`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify(body),
      });
      if (!response.ok) throw new Error(`act: ${response.status} ${await response.text()}`);
    },
  };
}
