import { IconCalendar, IconComment, IconFile, IconGridView } from "@douyinfe/semi-icons";
import { Badge } from "@douyinfe/semi-ui";
import { BaseScreen } from "./base/BaseScreen.tsx";
import { Week } from "./calendar/Week.tsx";
import { Docs } from "./docs/Docs.tsx";
import { Messenger } from "./messenger/Messenger.tsx";
import { useUnread } from "./messenger/unread.ts";
import { useWorld } from "./world.tsx";

type Screen = "base" | "chat" | "calendar" | "docs";

/** The four parts of the client. The Base stays in place behind the others, so that its plugin is not loaded anew. */
export function Screens() {
  const { words, place, go, person } = useWorld();
  const shown = (["chat", "calendar", "docs"] as const).find((one) => one === place[0]) ?? "base";
  const unread = useUnread(person.open_id);
  const items: { screen: Screen; label: string; icon: React.ReactNode; count?: number }[] = [
    { screen: "base", label: words.base, icon: <IconGridView size="large" /> },
    { screen: "chat", label: words.messenger, icon: <IconComment size="large" />, count: unread.total },
    { screen: "calendar", label: words.calendar, icon: <IconCalendar size="large" /> },
    { screen: "docs", label: words.docs, icon: <IconFile size="large" /> },
  ];
  return (
    <div className="screens">
      <nav className="rail">
        {items.map(({ screen, label, icon, count = 0 }) => (
          <button
            key={screen}
            type="button"
            className="rail-item"
            aria-current={screen === shown ? "page" : undefined}
            onClick={() => go(screen)}
          >
            {count > 0 ? (
              <Badge count={count} overflowCount={99} type="danger">
                {icon}
              </Badge>
            ) : (
              icon
            )}
            <span>{label}</span>
          </button>
        ))}
      </nav>
      <main className="screen" hidden={shown !== "base"}>
        <BaseScreen key={person.open_id} />
      </main>
      {shown !== "base" && (
        <main className="screen">
          {shown === "chat" && <Messenger key={person.open_id} unread={unread} />}
          {shown === "calendar" && <Week key={person.open_id} />}
          {shown === "docs" && <Docs key={person.open_id} />}
        </main>
      )}
    </div>
  );
}
