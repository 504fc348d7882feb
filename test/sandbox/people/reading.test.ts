import { describe, expect, test } from "vitest";
import { at } from "#sandbox/case/dates.ts";
import { button, dateIn, dayIn, kindOf, type Message, startIn, titleIn } from "#sandbox/people/reading.ts";

function card(title: string, texts: string[] = [], buttons: string[] = []): Message {
  const sent = at("2026-11-27", "09:30");
  return {
    n: 1,
    message_id: "om_1",
    chat_id: "oc_1",
    p2p: true,
    to: ["ou_1"],
    create_time: sent,
    update_time: sent,
    title,
    texts: [title, ...texts],
    buttons: buttons.map((text) => ({ text, callback: true })),
    inputs: [],
    sender: { kind: "app" },
    deleted: false,
  };
}

describe("reading a card by what is printed on it", () => {
  test.each([
    ["下周三(12月2日)15:00–15:45,想请您来分享", "invite"],
    ["下周三(12月2日)15:00，想请您来分享", "invite"],
    ["下周三(12月2日)15:00这场,您方便吗?", "follow-up"],
    ["您下周三需分享,素材帮您找好了", "reminder"],
    ["下周三的分享,材料已就位", "reminder"],
    ["《客户维护技巧》可以提前看了", "announcement"],
    ["《客户维护技巧》有更新", "update"],
    ["今天 15:00,张三讲《客户维护技巧》", "day-of"],
    ["《客户维护技巧》签到", "day-of"],
    ["《客户维护技巧》对你有用吗?", "rating"],
    ["张三,大家听进去了", "echo"],
    ["王芳 用上了您讲的", "thanks"],
    ["下周三(12月2日)15:00,能帮 张三 讲一场吗?", "substitute"],
    ["张三 想和您对换一场", "swap"],
    ["恭喜您获得2026年11月「内训名师」", "award"],
    ["给您留了一个机会:销售总监1对1辅导", "offer"],
    ["可以关心一下 李建国 的分享", "care"],
    ["2026年11月内训月报:与上月基本持平", "report"],
  ])("%s → %s", (title, kind) => expect(kindOf(card(title))).toBe(kind));

  test("steps inside a card are told by their buttons", () => {
    expect(kindOf(card("请选一个原因", [], ["出差/见客户", "请假", "主题不熟"]))).toBe("reasons");
    expect(kindOf(card("换到哪天?", [], ["下周五(12月4日)15:00", "和同事对换", "请人代讲"]))).toBe("dates");
    expect(kindOf(card("想补一句吗?", [], ["提交", "重选", "写句感谢(署名)"]))).toBe("rated");
  });

  test("relative dates are those of the day the card was sent, a Friday", () => {
    const sent = at("2026-11-27", "09:30");
    expect(dateIn("您下周三需分享", sent)).toBe("2026-12-02");
    expect(dateIn("本周五", sent)).toBe("2026-11-27");
    expect(dateIn("明天 15:00", sent)).toBe("2026-11-28");
    expect(dateIn("1月4日", sent)).toBe("2027-01-04");
    expect(dateIn("随时", sent)).toBeNull();
    expect(startIn(card("下周三(12月2日)15:00–15:45,想请您来分享"))).toBe(at("2026-12-02", "15:00"));
    expect(dayIn(card("您下周三需分享,素材帮您找好了"))).toBe("2026-12-02");
  });

  test("a title in 《》 and buttons with either width of comma are found, disabled ones are not", () => {
    expect(titleIn(card("您好", ["18 位同事来听了《一张图看懂型号》"]))).toBe("一张图看懂型号");
    expect(button(card("x", [], ["可以，我来讲"]), "可以,我来讲")).toBe("可以，我来讲");
    const off = card("x", [], ["签到"]);
    expect(
      button({ buttons: off.buttons.map((entry) => ({ ...entry, disabled: true })) }, "签到"),
    ).toBeNull();
  });
});
