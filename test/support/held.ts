import pg from "pg";
import type { Message } from "#sandbox/people/reading.ts";
import type { Company } from "./company.ts";

/** Messages go to people from here on; the schedule, and the admin's tap that follows it, are other tests' matter. */
export async function setLive(company: Company): Promise<void> {
  await query(company, "update workspace set live = $1", [JSON.stringify([company.group])]);
}

export async function query<T extends pg.QueryResultRow>(
  company: Company,
  text: string,
  values: unknown[] = [],
): Promise<T[]> {
  const client = new pg.Client({ connectionString: company.config.databaseUrl! });
  await client.connect();
  try {
    return (await client.query<T>(text, values)).rows;
  } finally {
    await client.end();
  }
}

export interface Held {
  title: string;
  /** ISO with offset. */
  start: string;
  /** Index into the company's lecturers. */
  lecturer: number;
  present: string[];
}

/** Sessions that have taken place, put in by the admin's hand: the Base is the signal. */
export async function addHeld(company: Company, held: Held[]): Promise<string[]> {
  const rows = held.map(({ title, start, lecturer, present }) => ({
    标题: title,
    状态: "已分享",
    开始: Date.parse(start),
    "时长（分钟）": 45,
    讲师群: [company.group],
    讲师: [company.lecturers[lecturer]],
    参加者: present.map((id) => ({ id })),
  }));
  const ids = await company.add("分享", rows);
  await company.settle();
  await company.advance(60_000);
  return ids;
}

/** The newest card of a person that speaks of the title and has the button. */
export async function cardWith(
  company: Company,
  person: string,
  title: string,
  button: string,
): Promise<Message> {
  const cards = await company.inboxOf(person);
  const card = cards.findLast(
    (message) =>
      [message.title ?? "", ...message.texts].some((text) => text.includes(title)) &&
      message.buttons.some(({ text }) => text === button),
  );
  if (!card)
    throw new Error(
      `${person} has no card 《${title}》 with ${button}: ${cards.map((one) => one.title).join(" | ")}`,
    );
  return card;
}

/** Presses on that very card; the card as it is afterwards. */
export async function pressOn(
  company: Company,
  person: string,
  card: Message,
  button: string,
  form?: Record<string, string>,
): Promise<{ toast: string; after: Message }> {
  const pressed = await company.wire.press({
    as: person,
    message_id: card.message_id,
    button,
    ...(form ? { form } : {}),
  });
  if (!pressed.ok) throw new Error(`${person} pressed ${button}: ${JSON.stringify(pressed)}`);
  const after = (await company.inboxOf(person)).find(({ message_id }) => message_id === card.message_id);
  return { toast: pressed.toast, after: after! };
}
