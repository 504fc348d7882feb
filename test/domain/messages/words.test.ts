import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { defaultTexts, messageDefault, messageDefaults } from "#base/defaults/texts.ts";
import { smallText } from "#base/defaults/small-texts.ts";
import { messageRows, readMessageRows } from "#base/defaults/message-rows.ts";
import { lecturerAddress } from "#domain/messages/address.ts";
import { checkText } from "#domain/messages/check.ts";
import { maskQuote, maskWords } from "#domain/messages/mask.ts";
import { placeholders, type Values } from "#domain/messages/placeholders.ts";
import { fill, renderMessage, shortName } from "#domain/messages/render.ts";
import { readMessageText, writeMessageText } from "#domain/messages/text-form.ts";

describe("filling a text", () => {
  it("drops an aside that is not known, and the line when more is missing", () => {
    expect(fill("主题:{topic}({evidence})。", { topic: "售后" })).toBe("主题:售后。");
    expect(fill("主题:{topic}({evidence})。", { evidence: "基于…" })).toBeUndefined();
    expect(fill("主题:{主题}({依据})。", { topic: "售后", evidence: "基于100条" })).toBe(
      "主题:售后(基于100条)。",
    );
  });

  it("never prints a placeholder, whatever is known", () => {
    const names = Object.keys(placeholders) as (keyof Values)[];
    fc.assert(
      fc.property(
        fc.subarray(names),
        fc.constantFrom(...messageDefaults),
        fc.constantFrom("zh" as const, "en" as const),
        (known, { text }, language) => {
          const values: Values = Object.fromEntries(known.map((name) => [name, "x"]));
          const { title, lines } = renderMessage(
            text[language],
            values,
            language,
            text[language].title.at(-1) ?? "",
          );
          expect([title, ...lines].join("\n")).not.toMatch(/[{}]/);
          expect(title).not.toBe("");
        },
      ),
    );
  });

  it("leaves braces inside a name alone", () => {
    expect(fill("{lecturer}", { lecturer: "{topic}", topic: "售后" })).toBe("{topic}");
  });

  it("cuts names in titles only, at 12 characters", () => {
    const name = "欧阳一二三四五六七八九十一二三";
    const { title, lines } = renderMessage(
      { title: ["{lecturer}好"], lines: [["{lecturer}好"]], buttons: [] },
      { lecturer: name },
      "zh",
      "",
    );
    expect(title).toBe("欧阳一二三四五六七八九…好");
    expect(lines).toEqual([`${name}好`]);
    expect(Array.from(shortName(name))).toHaveLength(12);
  });
});

describe("how a lecturer is addressed", () => {
  it.each([
    ["李雷", "李老师"],
    ["张三丰", "张老师"],
    ["欧阳娜", "欧阳老师"],
    ["司马相如", "司马老师"],
    ["欧阳", "欧阳"],
    ["尼格买提", "尼格买提"],
    ["小陈", "小陈"],
    ["Zhang San", "Zhang San"],
    ["王老师", "王老师"],
  ])("%s → %s", (name, address) => expect(lecturerAddress(name, "zh")).toBe(address));
});

describe("masking", () => {
  it.each([
    ["张伟讲得好,打13812345678找他", ["张伟"], "某某讲得好,打***找他"],
    ["138 1234 5678 或 a.b@c.com.cn", [], "*** 或 ***"],
    ["王总和李经理都夸了", [], "某总和某经理都夸了"],
    ["客户刘强说很满意", [], "客户某某说很满意"],
    ["华兴科技有限公司当天就签了", [], "某有限公司当天就签了"],
    ["我们公司也能用", [], "我们公司也能用"],
    ["高总结得很清楚,时间安排好", [], "高总结得很清楚,时间安排好"],
    ["今天用了这个技巧,客户转介绍了 2 个", [], "今天用了这个技巧,客户转介绍了 2 个"],
    ["Mr. Smith liked it", [], "Mr … liked it"],
    ["谢谢张老师，感谢王芳老师，谢老师也讲得好", [], "谢谢某老师，感谢某老师，某老师也讲得好"],
  ])("%s", (text, names, masked) => expect(maskWords(text, names)).toBe(masked));

  it("masks before it cuts, to at most 40 characters", () => {
    const quote = maskQuote(`${"好".repeat(38)}13812345678`);
    expect(quote).not.toMatch(/\d/);
    expect(Array.from(quote).length).toBeLessThanOrEqual(40);
    fc.assert(fc.property(fc.string({ maxLength: 200 }), (text) => Array.from(maskQuote(text)).length <= 40));
    fc.assert(
      fc.property(
        fc.string(),
        fc.integer({ min: 13000000000, max: 19999999999 }),
        (text, phone) => !maskWords(`${text} ${phone}`).includes(String(phone)),
      ),
    );
  });
});

describe("texts an admin changed", () => {
  const standard = messageDefault("invite").text.zh;
  const check = (text: string) => checkText(text, standard, "zh");

  it("takes back every default unchanged", () => {
    for (const { text } of messageDefaults)
      for (const language of ["zh", "en"] as const) {
        const written = writeMessageText(text[language]);
        expect(checkText(written, text[language], language)).toEqual({ ok: true, text: text[language] });
        const read = readMessageText(written);
        expect(read.buttons).toEqual([...text[language].buttons]);
        expect(read.title[0]).toBe(text[language].title[0]);
      }
  });

  it("takes new words, Chinese placeholders included", () => {
    const checked = check("{时间},请您来分享\n\n{讲师}您好,{place}见。\n[好的] [换时间] [不行]");
    expect(checked).toEqual({
      ok: true,
      text: {
        title: ["{时间},请您来分享"],
        lines: [["{讲师}您好,{place}见。"]],
        buttons: ["好的", "换时间", "不行"],
      },
    });
  });

  it.each([
    ["{when}来讲\n{谁}您好\n[好] [换] [不]", "没有这个占位符:{谁}"],
    ["{when}来讲\n您好", "缺少按钮"],
    ["{when}来讲\n您好\n[好]", "这条消息有 3 个按钮,写了 1 个"],
    ["\n您好\n[好] [换] [不]", "第一行是标题"],
    ["{when来讲\n您好\n[好] [换] [不]", "花括号"],
    [`标题\n${"长".repeat(11_000)}\n[好] [换] [不]`, "30 KB"],
  ])("refuses with a sentence (%#)", (text, problem) => {
    const checked = check(text);
    expect(checked).toMatchObject({ ok: false });
    expect(checked.ok ? "" : checked.problem).toContain(problem);
  });

  it("keeps the old text in force and says why, row by row", () => {
    const rows = messageRows("zh").map((row) => ({ ...row, record: `rec${row.id}` }));
    expect(readMessageRows(rows)).toMatchObject({ texts: defaultTexts(), problems: [], settings: {} });
    const changed = rows.map((row) =>
      row.id === "invite"
        ? { ...row, text: "来讲吧\n{没有这个}\n[好] [换] [不]" }
        : row.id === "remind.before"
          ? { ...row, days: 4, time: "9:3", on: undefined }
          : row,
    );
    const read = readMessageRows(
      [...changed, { id: "invite", on: true }, { id: "nonsense" }].filter(({ id }) => id !== "award"),
    );
    expect(read.texts.invite.zh).toEqual(standard);
    expect(read.on["remind.before"]).toBe(false);
    expect(read.settings).toEqual({ remindWorkdays: 4 });
    expect(read.problems.map(({ id, record }) => record ?? id)).toEqual([
      "recinvite",
      "recremind.before",
      "invite",
      "nonsense",
      "award",
    ]);
    expect(read.on.award).toBe(false);
  });

  it("switches on at go-live what the loop needs and nothing else new", () => {
    const off = messageDefaults.filter(({ on }) => !on).map(({ id }) => id);
    expect(off.toSorted()).toEqual(["award.chat", "care", "learned", "manager.monthly", "offer"]);
  });
});

describe("small texts", () => {
  it("fills, and leaves out the sentence that is not known", () => {
    expect(smallText("confirmed", "zh", { when: "今天 15:00", topic: "售后" })).toBe(
      "已确认:今天 15:00,售后。日历里有了。",
    );
    expect(smallText("confirmed", "zh", {})).toBe("日历里有了。");
    expect(smallText("settled", "en", { outcome: "Wang Fang speaks" })).toBe(
      "This is settled: Wang Fang speaks.",
    );
    expect(smallText("scheduleMade", "zh", { filled: "12", unfilled: "1", changed: "0" })).toBe(
      "排好 12 场,空 1 场,0 场有变化。还没有通知任何人。",
    );
  });
});
