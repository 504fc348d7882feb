/** contact/v3/users: get, batch, find_by_department, batch_get_id (facts.md §8). */
import { directory, findPerson, idFor, idType, type Person, reaches, requirePerson } from "../directory.ts";
import { type Call, FeishuError, operations } from "../../kernel.ts";
import { pageOf, sizeOf } from "../paging.ts";
import { requireDepartment } from "./departments.ts";
import { mayNameBy, statusOf, userView } from "./view.ts";
import { str } from "../text.ts";

const READ = [
  "contact:contact.base:readonly",
  "contact:contact:access_as_app",
  "contact:contact:readonly",
  "contact:contact:readonly_as_app",
];
const RATE = { perMinute: 1000, perSecond: 50 };
const outOfRange = (): FeishuError => new FeishuError(41050, 400, "no user authority error");
const invalid = (msg: string): FeishuError =>
  new FeishuError(99992402, 400, `field validation failed: ${msg}`);

/** A person within the app's contact range; resigned people are outside it. */
function visible(call: Call, id: string): Person {
  const person = requirePerson(call, id);
  if (person.resigned || !reaches(call.app, person.open_id)) throw outOfRange();
  return person;
}

function batch(call: Call): unknown {
  const ids = call.query.user_ids as string[];
  if (ids.length < 1 || ids.length > 50)
    throw new FeishuError(40001, 400, "invalid parameter: user_ids takes 1 to 50 ids");
  const people = ids.map((id) => findPerson(call.state, id, idType(call)));
  const seen = people.filter(
    (person) => person && !person.resigned && reaches(call.app, person.open_id),
  ) as Person[];
  if (!seen.length) throw outOfRange();
  return { items: seen.map((person) => userView(call, person)) };
}

function findByDepartment(call: Call): unknown {
  const size = sizeOf(
    call.query.page_size,
    { initial: 10, min: 1, max: 50 },
    () => new FeishuError(40011, 400, "page size is invalid"),
  );
  const id = str(call.query.department_id);
  const department = id === "0" ? "0" : requireDepartment(call, id).open_department_id;
  if (department === "0" && call.app?.availability)
    throw new FeishuError(40004, 403, "no dept authority error");
  const people = Object.values(directory(call.state).people).filter(
    (person) =>
      person.department_ids.includes(department) && !person.resigned && reaches(call.app, person.open_id),
  );
  const page = pageOf(
    people,
    { kind: `department-${department}`, size, token: call.query.page_token },
    () => new FeishuError(40012, 400, "page token is invalid error"),
  );
  return { ...page, items: page.items.map((person) => userView(call, person)) };
}

/** One answer per asked address; an unknown one comes back without `user_id` and without an error. */
function answerFor(call: Call, kind: "email" | "mobile", value: string): Record<string, unknown> {
  const person = findPerson(call.state, value, kind);
  const hidden =
    !person || !reaches(call.app, person.open_id) || (person.resigned && call.body.include_resigned !== true);
  return hidden
    ? { [kind]: value }
    : { user_id: idFor(call, person.open_id), [kind]: value, status: statusOf(person) };
}

function batchGetId(call: Call): unknown {
  const emails = (call.body.emails ?? []) as string[];
  const mobiles = (call.body.mobiles ?? []) as string[];
  if (emails.length > 50) throw invalid("the max size of emails is 50");
  if (mobiles.length > 50) throw invalid("the max size of mobiles is 50");
  if (!mayNameBy(call))
    throw new FeishuError(
      99991672,
      400,
      "Access denied. One of the following scopes is required: [contact:user.employee_id:readonly]",
    );
  return {
    user_list: [
      ...emails.map((value) => answerFor(call, "email", value)),
      ...mobiles.map((value) => answerFor(call, "mobile", value)),
    ],
  };
}

export const users = operations([
  {
    method: "GET",
    path: "/open-apis/contact/v3/users/batch",
    scopes: ["contact:contact.base:readonly", ...READ],
    rate: RATE,
    handle: batch,
  },
  {
    method: "GET",
    path: "/open-apis/contact/v3/users/find_by_department",
    scopes: ["contact:department.organize:readonly", ...READ],
    rate: RATE,
    handle: findByDepartment,
  },
  {
    method: "POST",
    path: "/open-apis/contact/v3/users/batch_get_id",
    scopes: ["contact:user.id:readonly"],
    rate: RATE,
    handle: batchGetId,
  },
  {
    method: "GET",
    path: "/open-apis/contact/v3/users/:user_id",
    scopes: READ,
    rate: RATE,
    handle: (call) => ({ user: userView(call, visible(call, call.path.user_id ?? "")) }),
  },
]);
