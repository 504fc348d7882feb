/** The company by hand: departments, people and chats in bulk, people who change or leave. */
import type { Hono } from "hono";
import { z } from "zod";
import { fullUser } from "../api/contact/view.ts";
import { directory, PARTS, type Person, savePerson } from "../api/directory.ts";
import { removePeople } from "../api/im/chats.ts";
import { im } from "../api/im/state.ts";
import type { Kernel } from "../kernel.ts";
import { input, LeverError } from "../lever-input.ts";
import { addChat, chatSchema } from "./chats.ts";

const nullable = z.string().nullish();
const departmentSchema = z.object({
  open_department_id: z.string().optional(),
  department_id: z.string().optional(),
  name: z.string(),
  parent: nullable,
  parent_department_id: nullable,
  leader: nullable,
  leader_user_id: nullable,
});

const personSchema = z.object({
  open_id: z.string().optional(),
  union_id: z.string().optional(),
  user_id: z.string().optional(),
  employee_no: z.string().optional(),
  name: z.string(),
  en_name: z.string().optional(),
  email: z.string().optional(),
  mobile: z.string().optional(),
  gender: z.number().optional(),
  job_title: z.string().optional(),
  city: z.string().optional(),
  department: nullable,
  department_ids: z.array(z.string()).optional(),
  leader: nullable,
  leader_user_id: nullable,
  join_time: z.number().optional(),
  is_tenant_manager: z.boolean().optional(),
  resigned: z.boolean().optional(),
  bot_stopped: z.boolean().optional(),
  part: z.enum(PARTS).optional(),
});
type GivenPerson = z.infer<typeof personSchema>;

const orgSchema = z.object({
  departments: z.array(departmentSchema).default([]),
  people: z.array(personSchema).default([]),
  chats: z.array(chatSchema).default([]),
});

/** Other forms in which files name a person's fields. */
function normalised(given: Partial<GivenPerson>): Partial<Person> {
  const { department, leader, leader_user_id, ...rest } = given;
  const boss = leader ?? leader_user_id;
  return {
    ...rest,
    ...(department ? { department_ids: [department] } : {}),
    ...(boss === undefined ? {} : { leader: boss || null }),
  } as Partial<Person>;
}

/** Puts a person into the company; what is not said is made up from the person's id. */
function addPerson(kernel: Kernel, given: GivenPerson): Person {
  const open_id = given.open_id ?? kernel.id("ou_");
  const tail = open_id.replace(/^ou_/, "");
  const person: Person = {
    union_id: `on_${tail}`,
    user_id: tail.slice(0, 8),
    employee_no: `E${tail.slice(0, 6)}`,
    en_name: "",
    email: "",
    mobile: "",
    gender: 0,
    job_title: "",
    city: "",
    department_ids: ["0"],
    leader: null,
    join_time: Math.floor(kernel.now() / 1000),
    is_tenant_manager: false,
    resigned: false,
    bot_stopped: false,
    ...(normalised(given) as Partial<Person> & { name: string }),
    open_id,
  };
  savePerson(kernel.state, person);
  return person;
}

function addDepartment(kernel: Kernel, given: z.infer<typeof departmentSchema>): string {
  const id = given.open_department_id ?? kernel.id("od-");
  directory(kernel.state).departments[id] = {
    open_department_id: id,
    department_id: given.department_id ?? id.slice(3, 11),
    name: given.name,
    parent: given.parent ?? given.parent_department_id ?? "0",
    leader: (given.leader ?? given.leader_user_id) || null,
  };
  return id;
}

/** A record of an event about a person: ids in the app's terms, fields as they are. */
function record(kernel: Kernel, person: Person): Record<string, unknown> {
  return fullUser({ state: kernel.state, query: {}, principal: null }, person);
}

/** Changes fields of a person; what changed goes out as `contact.user.updated_v3`. */
function changePerson(kernel: Kernel, person: Person, given: Partial<GivenPerson>): Person {
  const before = record(kernel, person);
  const next = { ...person, ...normalised(given) };
  savePerson(kernel.state, next);
  const after = record(kernel, next);
  const old = Object.fromEntries(
    Object.entries(before).filter(([field, value]) => JSON.stringify(value) !== JSON.stringify(after[field])),
  );
  if (Object.keys(old).length) kernel.emit("contact.user.updated_v3", { object: after, old_object: old });
  return next;
}

/** A person leaves the company: out of every chat, invisible to the app, told as `contact.user.deleted_v3`. */
function resign(kernel: Kernel, person: Person): Person {
  const gone = { ...person, resigned: true };
  const old = { department_ids: person.department_ids };
  savePerson(kernel.state, gone);
  for (const id of im(kernel.state).groupsOf[person.open_id] ?? []) {
    const chat = im(kernel.state).chats[id];
    if (chat) removePeople(kernel, chat, [person.open_id], person.open_id);
  }
  kernel.emit("contact.user.deleted_v3", { object: record(kernel, gone), old_object: old });
  return gone;
}

/** The person a lever names, or a clear error. */
export function personOf(kernel: Kernel, openId: string): Person {
  const person = directory(kernel.state).people[openId];
  if (!person) throw new LeverError(`nobody has the open_id ${openId}: create people with POST /sandbox/org`);
  return person;
}

export function orgLevers(app: Hono, kernel: Kernel): void {
  app.get("/sandbox/people", (c) => c.json({ people: Object.values(directory(kernel.state).people) }));
  app.post("/sandbox/org", async (c) => {
    const given = await input(c, orgSchema);
    const departments = given.departments.map((one) => addDepartment(kernel, one));
    const people = given.people.map((one) => addPerson(kernel, one).open_id);
    const chats = given.chats.map((one) => addChat(kernel, one).id);
    return c.json({ departments, people, chats });
  });
  app.patch("/sandbox/people/:id", async (c) =>
    c.json(changePerson(kernel, personOf(kernel, c.req.param("id")), await input(c, personSchema.partial()))),
  );
  app.post("/sandbox/people/:id/resign", (c) => c.json(resign(kernel, personOf(kernel, c.req.param("id")))));
}
