import { ConfigProvider } from "@douyinfe/semi-ui";
import enUS from "@douyinfe/semi-ui/lib/es/locale/source/en_US";
import zhCN from "@douyinfe/semi-ui/lib/es/locale/source/zh_CN";
import { useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { get, post } from "./api.ts";
import { Bar } from "./bar/Bar.tsx";
import { Blank } from "./Blank.tsx";
import { ZONE } from "./dates.ts";
import { useKept } from "./kept.ts";
import { usePlace } from "./place.ts";
import { Screens } from "./Screens.tsx";
import { type Language, WORDS } from "./words.ts";
import { type Person, type Settings, type Theme, type World, WorldProvider } from "./world.tsx";

const asked = new URLSearchParams(location.search);

export function App() {
  const [language, setLanguage] = useKept<Language>(
    "language",
    (asked.get("lang") as Language | null) ?? "zh",
  );
  const [theme, setTheme] = useKept<Theme>("theme", "light");
  const [as, setAs] = useKept("person", asked.get("as") ?? "");
  const { place, go } = usePlace();
  const people = useQuery({
    queryKey: ["cast"],
    queryFn: () => get<{ people: Person[] }>("/workspace/cast"),
    // People come by levers of which the stream says nothing; a company is set up once.
    refetchInterval: (query) => (query.state.data?.people.length ? false : 3000),
  });
  const settings = useQuery({
    queryKey: ["settings"],
    queryFn: () => get<Settings>("/workspace/settings"),
    refetchInterval: (query) => (query.state.data?.plugin ? false : 3000),
  });
  const words = WORDS[language];
  const cast = people.data?.people ?? [];
  const person =
    cast.find((one) => one.open_id === as) ?? cast.find((one) => one.part === "admin") ?? cast[0];

  useEffect(() => {
    document.documentElement.lang = language === "zh" ? "zh-CN" : "en";
    document.title = words.product;
    if (theme === "dark") document.body.setAttribute("theme-mode", "dark");
    else document.body.removeAttribute("theme-mode");
  }, [language, theme, words]);
  useEffect(() => {
    if (person) becomePerson(person.open_id);
  }, [person]);

  if (!person || !settings.data) {
    const trouble = people.error ?? settings.error;
    if (!trouble && (people.isPending || settings.isPending)) return null;
    return (
      <Blank title={trouble ? words.failed : words.nobody} hint={trouble?.message ?? words.nobodyHint} />
    );
  }
  const world: World = {
    person,
    people: cast,
    settings: { ...settings.data, plugin: pluginAddress(settings.data.plugin) },
    language,
    theme,
    words,
    place,
    go,
  };
  return (
    <ConfigProvider locale={language === "zh" ? zhCN : enUS} timeZone={ZONE}>
      <WorldProvider value={world}>
        <Bar
          actAs={setAs}
          toggleLanguage={() => setLanguage(language === "zh" ? "en" : "zh")}
          toggleTheme={() => setTheme(theme === "light" ? "dark" : "light")}
        />
        <Screens />
      </WorldProvider>
    </ConfigProvider>
  );
}

/** The sandbox's sign-in page offers this person first, and the app's pages no longer know another one. */
function becomePerson(openId: string): void {
  const before = /(?:^|;\s*)sandbox_person=(\w+)/.exec(document.cookie)?.[1];
  if (before === openId) return;
  document.cookie = `sandbox_person=${openId}; path=/; SameSite=Lax`;
  if (before) void post("/workspace/forget");
}

/** `?plugin=URL` goes before the address that was set; null when neither is one. */
function pluginAddress(set: string | null): string | null {
  const given = asked.get("plugin") ?? set;
  return given !== null && URL.canParse(given) ? given : null;
}
