import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { defaultSettings, parseSettings, settingKeys, settingRows } from "#base/defaults/settings.ts";

describe("settings", () => {
  it("stand on day one as the texts say", () => {
    expect(defaultSettings()).toMatchObject({
      mode: "trial",
      sendingWindows: [
        { from: "09:00", to: "12:00" },
        { from: "13:30", to: "18:30" },
      ],
      minimum: 5,
      remindWorkdays: 3,
      remindAt: "09:30",
      careTo: "manager",
      coefficients: false,
    });
  });

  it("each do something: the code reads every one", () => {
    const root = join(import.meta.dirname, "../../..");
    const code = ["server", "domain", "automations", "cli"].flatMap((folder) =>
      readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
        .filter((name) => name.endsWith(".ts"))
        .map((name) => readFileSync(join(root, folder, name), "utf8")),
    );
    const words = new Set(code.join("\n").match(/\w+/gu));
    expect(settingKeys.filter((key) => !words.has(key))).toEqual([]);
  });

  it("come back unchanged from the rows provisioning writes, in both languages", () => {
    for (const language of ["zh", "en"] as const) {
      const rows = settingRows(language);
      expect(parseSettings(rows)).toEqual({ settings: defaultSettings(), problems: [] });
      expect(rows.every(({ meaning }) => meaning.length > 3)).toBe(true);
      expect(new Set(rows.map(({ key }) => key)).size).toBe(settingKeys.length);
    }
  });

  it("are read as people write them", () => {
    const { settings, problems } = parseSettings([
      { key: " minimum ", value: " 8 " },
      { key: "coefficients", value: "是" },
      { key: "signedThanks", value: "OFF" },
      { key: "sendingWindows", value: "08:30～11:30;14:00-18:00" },
      { key: "baselineProactive", value: "70" },
      { key: "releaseAt", value: "" },
      { key: "", value: "" },
    ]);
    expect(problems).toEqual([]);
    expect(settings).toMatchObject({
      minimum: 8,
      coefficients: true,
      signedThanks: false,
      baselineProactive: 70,
      releaseAt: "10:00",
    });
    expect(settings.sendingWindows).toEqual([
      { from: "08:30", to: "11:30" },
      { from: "14:00", to: "18:00" },
    ]);
  });

  it.each([
    ["minimum", "2"],
    ["minimum", "21"],
    ["minimum", "5.5"],
    ["minimum", "五"],
    ["horizonWeeks", "27"],
    ["frozenDays", "31"],
    ["remindAt", "9:30"],
    ["remindAt", "24:00"],
    ["mode", "on"],
    ["coefficients", "maybe"],
    ["sendingWindows", "09:00-12:00, 11:00-18:00"],
    ["sendingWindows", "12:00-09:00"],
    ["priorWeight", "-1"],
    ["priorWeight", "1e9"],
    ["baselineHours", "many"],
  ])("refuse %s = %s: the problem is said, the default stays", (key, value) => {
    const { settings, problems } = parseSettings([{ key, value, record: "rec1" }]);
    expect(settings).toEqual(defaultSettings());
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatchObject({ key, value, record: "rec1" });
    expect(problems[0]?.zh).toContain(`「${value}」`);
    expect(problems[0]?.en).toContain(`"${value}"`);
  });

  it("say unknown and doubled keys", () => {
    const { settings, problems } = parseSettings([
      { key: "minimum", value: "6" },
      { key: "minimum", value: "7" },
      { key: "mimimum", value: "9" },
      { key: "toString", value: "1" },
      { key: "", value: "3" },
    ]);
    expect(settings.minimum).toBe(6);
    expect(problems.map(({ key }) => key)).toEqual(["minimum", "mimimum", "toString", ""]);
  });
});
