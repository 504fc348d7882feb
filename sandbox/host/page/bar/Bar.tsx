import { IconMoon, IconSun } from "@douyinfe/semi-icons";
import { Button, Tooltip } from "@douyinfe/semi-ui";
import { useLive } from "../live.ts";
import { useWorld } from "../world.tsx";
import { ActAs } from "./ActAs.tsx";
import { Clock } from "./Clock.tsx";

interface Props {
  actAs: (openId: string) => void;
  toggleLanguage: () => void;
  toggleTheme: () => void;
}

/** Above everything: who one is, what time it is, how the page looks. */
export function Bar({ actAs, toggleLanguage, toggleTheme }: Props) {
  const { words, theme } = useWorld();
  const { connected } = useLive();
  const themeName = theme === "light" ? words.toDark : words.toLight;
  return (
    <header className="bar">
      <ActAs choose={actAs} />
      <Clock />
      <span className="bar-gap" />
      <Button theme="borderless" type="tertiary" onClick={toggleLanguage}>
        {words.language}
      </Button>
      <Tooltip content={themeName}>
        <Button
          theme="borderless"
          type="tertiary"
          aria-label={themeName}
          icon={theme === "light" ? <IconMoon /> : <IconSun />}
          onClick={toggleTheme}
        />
      </Tooltip>
      {!connected && (
        <div className="offline" role="alert">
          {words.offline}
        </div>
      )}
    </header>
  );
}
