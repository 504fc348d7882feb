/** Cuts a text into words; jieba in the server and the command line. */
export type Segment = (text: string) => string[];

/** Full-width forms, letter case and spaces made alike. */
export function normalise(text: string): string {
  return text.normalize("NFKC").toLowerCase().replace(/\s+/g, " ").trim();
}

/** Words that say how one asks, not what about. */
const stopWords = new Set(
  (
    "的 了 吗 呢 吧 啊 呀 和 与 及 或 在 是 有 也 都 就 还 很 太 更 最 不 没 没有 能 能否 能不能 会 要 想 想听 想学 希望 请 请问 " +
    "可以 可否 怎么 怎样 如何 什么 为什么 哪些 哪里 多少 一下 一些 一个 这个 那个 这些 那些 我 我们 你 你们 您 他们 大家 自己 " +
    "讲 讲讲 讲师 分享 培训 学习 课程 内容 方面 问题 时候 时 后 前 中 上 下 里 对 给 让 把 被 从 到 用 做 说 看 多 再 又 但 但是 因为 所以 如果 " +
    "老师 关于 需要 建议 现在 今天 觉得 知道 比较 非常 真的 有点 " +
    "a an the of to in on for and or is are be do does how what when why can could would should please we i you it this that with about more want need like hear"
  ).split(" "),
);

/** Words with a meaning of their own: at least 2 characters, no stop word, no bare number. */
export function isContentWord(word: string): boolean {
  return Array.from(word).length >= 2 && !stopWords.has(word) && /\p{L}/u.test(word);
}
