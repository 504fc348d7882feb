import { randomUUID } from "node:crypto";
import pg from "pg";
import { inject } from "vitest";

/** A database of this test's own, cloned from the migrated template; dropped by `drop`. */
export async function testDatabase(): Promise<{ url: string; drop(): Promise<void> }> {
  const template = inject("postgres");
  const name = `t_${randomUUID().replaceAll("-", "")}`;
  await admin(template, `create database ${name} template lectern`);
  const url = new URL(template);
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => admin(template, `drop database if exists ${name} with (force)`) };
}

async function admin(template: string, statement: string): Promise<void> {
  const url = new URL(template);
  url.pathname = "/postgres";
  const client = new pg.Client({ connectionString: url.href });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
