import { IconMore } from "@douyinfe/semi-icons";
import { Button, Dropdown, Toast } from "@douyinfe/semi-ui";
import { useWorld } from "../world.tsx";
import { useFormHand } from "./form.tsx";
import { useCardHand } from "./press.ts";
import { str, type Thing, things, wordsOf } from "../thing.ts";

const submits = (item: Thing) => item.form_action_type === "submit" || item.action_type === "form_submit";
const resets = (item: Thing) => item.form_action_type === "reset" || item.action_type === "form_reset";

/** A button; within a form it may send or clear what was filled in. */
export function CardButton({ item, path }: { item: Thing; path: string }) {
  const { language, words } = useWorld();
  const { busy, press } = useCardHand();
  const form = useFormHand();
  const kind = str(item.type);
  const filled = kind.startsWith("primary") || kind.startsWith("danger");
  const click = () => {
    if (resets(item)) return form?.clear();
    if (!submits(item) || !form) return press(item, path);
    if (form.missing()) return void Toast.warning(words.missing);
    press(item, path, { form: form.values });
  };
  return (
    <Button
      className="card-button"
      theme={
        kind.includes("filled") || kind === "primary" || kind === "danger"
          ? "solid"
          : kind === "text"
            ? "borderless"
            : "outline"
      }
      type={kind.startsWith("danger") ? "danger" : filled ? "primary" : "tertiary"}
      size={item.size === "small" || item.size === "tiny" ? "small" : "default"}
      block={item.width === "fill"}
      disabled={item.disabled === true || (busy !== null && busy !== path)}
      loading={busy === path}
      onClick={click}
    >
      {wordsOf(item.text, language)}
    </Button>
  );
}

export function Overflow({ item, path }: { item: Thing; path: string }) {
  const { language } = useWorld();
  const { press, busy } = useCardHand();
  const menu = things(item.options).map((option) => ({
    node: "item" as const,
    name: wordsOf(option.text, language),
    onClick: () => press(item, path, { option: str(option.value) }),
  }));
  return (
    <Dropdown trigger="click" menu={menu}>
      <Button
        size="small"
        theme="outline"
        type="tertiary"
        loading={busy === path}
        aria-label="⋯"
        icon={<IconMore />}
      />
    </Dropdown>
  );
}
