import { pick } from "../case/random.ts";

export type Tone = "praise" | "problem" | "mixed";

/**
 * What learners write, as two halves that go together in any pairing: `{主题}` is the talk's topic. Each tone has well
 * over 150 different comments before the topic is filled in; `bank` lists them.
 */
const HALVES: Record<Tone, [string[], string[]]> = {
  praise: [
    [
      "案例很实用",
      "今天讲的{主题}正好是我卡住的地方",
      "步骤讲得特别清楚",
      "终于听懂了{主题}",
      "干货多,没有废话",
      "举的例子就是我们组的日常",
      "讲师准备得很充分",
      "节奏刚好,四十五分钟不觉得长",
      "清单可以直接拿来用",
      "第一次有人把{主题}讲得这么接地气",
      "现场演练很有帮助",
      "对话示范太真实了",
      "三步法好记",
      "回答问题很耐心",
      "表格模板很好用",
    ],
    [
      "回去就试",
      ",下午见客户就能用上",
      ",已经转给没来的同事了",
      ",希望再来一期",
      ",比看文档强多了",
      ",我记了满满一页",
      ",解决了我一个月的疑问",
      ",建议新人都听一遍",
      ",收获很大",
      ",谢谢讲师",
      ",明天组会上我来复述一遍",
    ],
  ],
  problem: [
    [
      "内容偏理论",
      "{主题}讲得有点散",
      "语速太快,没听懂",
      "例子离我们部门太远",
      "PPT 字太多看不清",
      "前面铺垫太长",
      "{主题}只讲了是什么,没讲怎么做",
      "和上次内容重复不少",
      "术语太多,新人跟不上",
      "提问时间不够",
      "声音断断续续,后半段没听清",
      "数据有点旧",
      "案例不够具体",
      "开头十分钟在调设备",
    ],
    [
      ",希望多一些案例",
      ",回去还是不知道从哪下手",
      ",建议先发提纲",
      ",能不能分基础和进阶",
      ",最好留十分钟讨论",
      ",下次可以少讲两点讲透一点",
      ",建议结合售后的实际单子",
      ",希望给一份操作步骤",
      ",中间有点走神",
      ",对销售岗帮助不大",
      ",可以的话再讲一遍重点",
    ],
  ],
  mixed: [
    [
      "案例好",
      "前半段很精彩",
      "思路有启发",
      "{主题}选得好",
      "讲师很热情",
      "方法不错",
      "开头的故事很吸引人",
      "工具推荐很实用",
      "整体可以",
      "演示清楚",
      "问答环节最有用",
      "框架清晰",
      "材料很全",
      "互动挺多",
    ],
    [
      ",就是时间有点赶",
      ",后面略快",
      ",但是落地步骤少了点",
      ",不过适合有经验的人听",
      ",如果有录像就更好了",
      ",希望补充一个失败的例子",
      ",可惜没讲到我们这种小客户",
      ",只是数字那页没看懂",
      ",建议再配一张流程图",
      ",听完还想知道怎么衡量效果",
      ",但和{主题}关系不大的部分可以删掉",
    ],
  ],
};

/** All comments of a tone, the topic not yet filled in. */
export function bank(tone: Tone): string[] {
  const [first, second] = HALVES[tone];
  return first.flatMap((opening) => second.map((ending) => joined(opening, ending)));
}

/** One comment of the tone on the topic, chosen by the key. */
export function comment(tone: Tone, topic: string, ...key: (string | number)[]): string {
  const [first, second] = HALVES[tone];
  const text = joined(pick(first, "comment", tone, 1, ...key), pick(second, "comment", tone, 2, ...key));
  return text.replaceAll("{主题}", topic).replaceAll(",", "\uff0c");
}

function joined(opening: string, ending: string): string {
  return ending.startsWith(",") ? opening + ending : `${opening},${ending}`;
}

const THANKS = [
  "今天用了您讲的{主题},客户当场就松口了",
  "按您说的步骤做了一遍,一次就过,谢谢!",
  "用了这个技巧,客户转介绍了 2 个新客户,谢谢讲师!",
  "您讲的{主题}帮我省了半天时间",
  "昨天那通电话照着您的话术说的,很顺利",
  "清单我打印贴在工位上了,真好用",
  "回去跟组里讲了一遍,大家都说清楚",
  "那张表我改了改,已经在用",
  "谢谢您把失败的例子也讲出来,对我特别有用",
  "第一次见客户没有慌,多亏了这次分享",
];

/** A signed thanks on the topic, chosen by the key. */
export function thanks(topic: string, ...key: (string | number)[]): string {
  return pick(THANKS, "thanks", ...key)
    .replaceAll("{主题}", topic)
    .replaceAll(",", "\uff0c");
}
