import { z } from "zod";
import type { Client, Request } from "./client.ts";
import type { OperationName } from "./operations.ts";

const MAX_PAGES = 10_000;

/**
 * Page by page until Feishu says there is no more. Errors are thrown where they happen, and a reply that claims more without a
 * new page_token is one: a partial read must never look complete.
 */
export async function* pages<T extends z.ZodRawShape>(
  client: Client,
  operation: OperationName,
  request: Request,
  shape: z.ZodObject<T>,
): AsyncGenerator<z.infer<z.ZodObject<T>>> {
  const reply = z.intersection(
    shape,
    z.object({ has_more: z.boolean().nullish(), page_token: z.string().nullish() }),
  );
  let pageToken: string | undefined;
  for (let page = 0; page < MAX_PAGES; page++) {
    const query = { ...request.query, page_token: pageToken };
    const data = await client.call(operation, { ...request, query }, reply);
    yield data;
    if (!data.has_more) return;
    if (!data.page_token || data.page_token === pageToken)
      throw new Error(
        `${operation}: page ${page + 1} says has_more without a new page_token; the list is incomplete. Try again; if it stays, give this line to the maintainer.`,
      );
    pageToken = data.page_token;
  }
  throw new Error(`${operation}: more than ${MAX_PAGES} pages; narrow the query.`);
}

/** All pages as one list, taken from each page by `pick`. */
export async function collect<T extends z.ZodRawShape, Item>(
  client: Client,
  operation: OperationName,
  request: Request,
  shape: z.ZodObject<T>,
  pick: (page: z.infer<z.ZodObject<T>>) => readonly Item[] | null | undefined,
): Promise<Item[]> {
  const items: Item[] = [];
  for await (const page of pages(client, operation, request, shape)) items.push(...(pick(page) ?? []));
  return items;
}

/** Cuts a list into batches of at most `size`. */
export function batches<T>(items: readonly T[], size: number): T[][] {
  const result: T[][] = [];
  for (let at = 0; at < items.length; at += size) result.push(items.slice(at, at + size));
  return result;
}
