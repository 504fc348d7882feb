import { Hono } from "hono";
import { html } from "hono/html";
import type { Env } from "../edge.ts";
import { page, say, section, type Html, type Reader } from "./layout.ts";
import { readerOf } from "./reading.ts";

/** How anonymity works, in plain words; true of the way answers are really kept. */
function how({ language }: Reader): Html[] {
  const paragraphs = (list: readonly string[]) => list.map((text) => html`<p>${text}</p>`);
  return [
    section(
      say(language, "谁能看到我写了什么？", "Who can see what I wrote?"),
      paragraphs([
        say(
          language,
          "没有人。讲师、管理员、主管都看不到哪一条是谁写的。",
          "Nobody. Neither lecturer, admin nor manager can see who wrote which answer.",
        ),
        say(
          language,
          "你的选择和那句话从一开始就分开放，打乱、加密，和别人的一起存成一份；数据表、日志和备份里都没有「谁写了哪一条」。",
          "Your choice and your sentence are kept apart from the start, shuffled and encrypted together with everybody's. No table, log or backup says who wrote which.",
        ),
        say(
          language,
          "系统只记一个看不出姓名的记号，用来保证一人一次；反馈关闭 30 天后记号也会删掉。",
          "Only a mark that shows no name is kept, so that each answers once; it is deleted 30 days after the rating closes.",
        ),
      ]),
    ),
    section(
      say(language, "讲师什么时候看到？", "When does the lecturer see it?"),
      paragraphs([
        say(
          language,
          "满一定人数（通常 5 人）才一起公布，只写月份，不写日期；不够就和之后的场次合在一起。",
          "Once enough people (usually 5) have answered, together and by month only; fewer are joined with later sessions.",
        ),
        say(
          language,
          "提交之前可以改，或者点完 10 分钟内可以改；之后谁也改不了，因为没有人知道是哪一条。",
          "You can change it until you send it, or for 10 minutes after the tap; later nobody can, for nobody knows which it is.",
        ),
      ]),
    ),
    section(
      say(language, "什么不是匿名的？", "What is not anonymous?"),
      paragraphs([
        say(
          language,
          "「写句感谢」会署名转给讲师，从不计入评分。签到和打开材料会记名，只用来数人数。",
          "“Say thanks” goes to the lecturer with your name and never counts in the score. Check-in and opens of material are kept by name, only to count people.",
        ),
      ]),
    ),
  ];
}

/** The figures and what exactly they count (texts.md §5.10). */
const FIGURES = [
  [
    "主动分享率",
    "已开的场次里，没有人催就有了内容的比例。系统自动的提醒不算催；旁边会写出连自动提醒都没用上的比例。",
    "Proactive sharing",
    "Sessions held whose content came without a person's nudge ÷ sessions held. Automatic reminders are no nudge; the share that came even without them stands beside it.",
  ],
  [
    "按人的主动率",
    "当月有轮次的讲师里，一次都没被催的比例。",
    "Proactive by person",
    "Lecturers who needed no nudge ÷ lecturers who had a turn in the month.",
  ],
  [
    "主动提交率",
    "已开的场次里，提前 1 个工作日就有内容的比例。",
    "In time",
    "Sessions with content one workday before ÷ sessions held.",
  ],
  ["催更次数", "当月记下的人工提醒次数。", "Nudges", "Manual nudges recorded in the month."],
  [
    "学员满意度",
    "所有已公布评分的平均，附分布、回收率和人数。",
    "Learner satisfaction",
    "Mean of all released ratings, with distribution, response rate and count.",
  ],
  [
    "管理员协调工时",
    "记下的人工动作 × 分钟：提醒 3、调整 10、找代讲 15、要材料 5、改签到 5、做一个月的排期 20，再加补记。",
    "Coordination hours",
    "Recorded manual acts × minutes: nudge 3, rearrange 10, find a substitute 15, chase content 5, correct attendance 5, plan a month 20; plus what the admin adds.",
  ],
  [
    "分享意愿",
    "回答 4–5 的人 ÷ 回答的人；至少 5 人回答才显示。",
    "Willingness",
    "Answers 4–5 ÷ answers; shown from 5 answers up.",
  ],
  [
    "准备时间",
    "上传时本人点一下选的，不看时钟。",
    "Preparation",
    "What the lecturer taps at upload; never taken from the clock.",
  ],
] as const;

const definitions = ({ language }: Reader): Html[] => [
  ...FIGURES.map(([zh, zhText, en, enText]) => section(say(language, zh, en), say(language, zhText, enText))),
  html`<p class="soft">
    ${say(language, "每个比例旁边都有人数或场数。和您自报的起点、上个月比较；一季度不到 5 场的群不做比较。", "Every rate stands beside its count. Compared with your declared baseline and the last month; groups under 5 sessions a quarter are not compared.")}
  </p>`,
];

/** Pages that explain; the same for everybody who is signed in. */
export function wordPages() {
  const app = new Hono<Env>();
  app.get("/how", (c) =>
    c.html(
      page(
        c.get("language"),
        say(c.get("language"), "匿名是怎么做到的", "How anonymity works"),
        how(readerOf(c)),
        readerOf(c),
      ),
    ),
  );
  app.get("/definitions", (c) =>
    c.html(
      page(
        c.get("language"),
        say(c.get("language"), "这些数是怎么算的", "How the figures are computed"),
        definitions(readerOf(c)),
        readerOf(c),
      ),
    ),
  );
  return app;
}
