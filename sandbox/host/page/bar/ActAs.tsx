import { Select, Tag } from "@douyinfe/semi-ui";
import { str } from "../thing.ts";
import { Choice } from "../Choice.tsx";
import { Face } from "../Face.tsx";
import { type Part, type Person, useWorld } from "../world.tsx";

const PARTS: Part[] = ["admin", "lecturer", "manager", "learner"];
const COLORS = { admin: "blue", lecturer: "green", manager: "purple", learner: "grey" } as const;

const found = (words: string, person: Person): boolean =>
  [person.name, person.en_name, person.department, person.job_title, person.open_id]
    .join(" ")
    .toLowerCase()
    .includes(words.trim().toLowerCase());

/** Chooses whose client this is. */
export function ActAs({ choose }: { choose: (openId: string) => void }) {
  const { person, people, words } = useWorld();
  const byId = new Map(people.map((one) => [one.open_id, one]));
  return (
    <Choice
      className="act-as"
      label={words.actAs}
      prefix={<span className="act-as-label">{words.actAs}</span>}
      value={person.open_id}
      onChange={(value) => choose(str(value))}
      searchPosition="dropdown"
      searchPlaceholder={words.findPerson}
      filter={(input, option) => {
        const one = byId.get(String(option.value));
        return one !== undefined && found(input, one);
      }}
      onDropdownVisibleChange={(open) => {
        // Semi leaves the search field of a dropdown without the focus.
        if (open) setTimeout(() => document.querySelector<HTMLElement>(".act-as-list input")?.focus(), 60);
      }}
      maxHeight={420}
      dropdownClassName="act-as-list"
      renderSelectedItem={() => (
        <span className="act-as-chosen">
          <Face name={person.name} />
          <b>{person.name}</b>
          <span className="dim">{person.department}</span>
          <Tag size="small" color={COLORS[person.part]}>
            {words.parts[person.part]}
          </Tag>
        </span>
      )}
    >
      {PARTS.map((part) => (
        <Select.OptGroup key={part} label={words[part]}>
          {people
            .filter((one) => one.part === part)
            .map((one) => (
              <Select.Option key={one.open_id} value={one.open_id}>
                <span className="act-as-option">
                  <b>{one.name}</b>
                  <span className="dim">
                    {one.department} {one.job_title}
                  </span>
                </span>
              </Select.Option>
            ))}
        </Select.OptGroup>
      ))}
    </Choice>
  );
}
