import { normalise } from "../demand/words.ts";

export type Tone = "positive" | "neutral" | "negative";

/** Small on purpose: words that mean the same in nearly every comment on a talk. What it does not know is neutral. */
const positive = (
  "实用 有用 很好 好懂 易懂 清楚 清晰 精彩 生动 有趣 受益 收获 启发 干货 专业 到位 透彻 喜欢 感谢 谢谢 赞 点赞 成功 满意 推荐 案例好 " +
  "讲得好 用上了 听懂了 学到 学到了 详细 接地气 不错 帮助 有帮助 解决了 期待 耐心 互动好 " +
  "useful helpful clear great good excellent practical inspiring interesting thanks thank learned love loved engaging well recommend"
).split(" ");
const negative = (
  "没听懂 听不懂 没懂 不懂 看不懂 太快 太慢 太长 太短 太浅 太深 太难 太多 枯燥 无聊 乏味 混乱 模糊 含糊 跑题 重复 听不清 看不清 没重点 浪费 失望 " +
  "空洞 太理论 理论多 案例少 没案例 没帮助 没用 没收获 照念 念稿 念PPT 拖堂 卡顿 不实用 不清楚 不具体 不够具体 不专业 不满意 不推荐 不好 一般般 糟糕 " +
  "boring confusing unclear useless slow fast dull bad poor waste disappointing disappointed lost long shallow"
)
  .split(" ")
  .map((word) => word.toLowerCase());

/** Directly before a word they turn it round (不太实用, not clear). */
const negations =
  /(?:不|没|没有|不太|不够|不是很|不怎么|缺乏|缺少|not|no|never|isn't|wasn't|n't)(?:\s*(?:很|太|那么|特别|very|so|really|that))?\s*$/;

export interface ToneScore {
  tone: Tone;
  /** (positive − negative) / (positive + negative), −1 to 1; 0 where no word is known. */
  score: number;
}

/** Tone of one comment by a word list; mixed comments land near 0. */
export function toneOf(comment: string): ToneScore {
  let rest = normalise(comment);
  let [good, bad] = [0, 0];
  // Longer words first, each cut out once found: 没听懂 must not count again as 听懂.
  for (const { word, sign } of lexicon) {
    for (let at = find(rest, word); at >= 0; at = find(rest, word)) {
      const turned = negations.test(rest.slice(0, at)) ? -sign : sign;
      if (turned > 0) good += 1;
      else bad += 1;
      rest = `${rest.slice(0, at)}\u0001${rest.slice(at + word.length)}`;
    }
  }
  const score = good + bad === 0 ? 0 : (good - bad) / (good + bad);
  return { tone: score > 0.2 ? "positive" : score < -0.2 ? "negative" : "neutral", score };
}

const lexicon = [
  ...positive.map((word) => ({ word, sign: 1 })),
  ...negative.map((word) => ({ word, sign: -1 })),
].sort((a, b) => b.word.length - a.word.length);

function find(said: string, word: string): number {
  if (!/^[a-z]/.test(word)) return said.indexOf(word);
  const match = new RegExp(`(?<![a-z])${word}(?![a-z])`).exec(said);
  return match ? match.index : -1;
}
