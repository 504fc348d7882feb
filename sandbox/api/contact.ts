/** Contact v3: who works here, within the app's contact range. */
import { departments } from "./contact/departments.ts";
import { users } from "./contact/users.ts";
import { directory, type Person } from "./directory.ts";
import type { ApiModule, Kernel, Person as SignedIn } from "../kernel.ts";

function signedIn(person: Person): SignedIn {
  const { open_id, union_id, user_id, name, en_name, email, mobile, employee_no } = person;
  const avatar_url = `https://sandbox.feishu.local/avatar/${open_id}`;
  return {
    open_id,
    union_id,
    user_id,
    name,
    en_name,
    email,
    mobile,
    employee_no,
    avatar_url,
    status: person.resigned ? "resigned" : "active",
  };
}

export const contact: ApiModule = {
  name: "contact",
  operations: [...users, ...departments],
  setup(kernel: Kernel) {
    kernel.people = {
      find: (openId) => {
        const person = directory(kernel.state).people[openId];
        return person ? signedIn(person) : null;
      },
      list: () => Object.values(directory(kernel.state).people).map(signedIn),
    };
  },
};
