import { hash } from "./random.ts";

/** Common surnames, commoner ones more often, and given names; any likeness to people is chance. */
const SURNAMES = [
  ...Array.from("王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗".repeat(3)),
  ...Array.from(
    "郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤",
  ),
];

const GIVEN = (
  "伟 敏 静 丽 强 磊 洋 艳 勇 军 杰 娟 涛 明 超 霞 平 刚 建华 桂兰 志强 秀英 建国 晓明 海燕 文静 雪梅 春梅 玉兰 国栋 " +
  "志远 俊杰 子涵 雨桐 思远 浩然 欣怡 嘉怡 宇航 梓轩 婷婷 佳琪 晨曦 若溪 天宇 一鸣 立新 永强 振华 卫东 红梅 丽华 晓燕 " +
  "淑珍 亚楠 雅婷 明辉 少华 家豪 德明 学军 新宇 文博 泽宇 博文 慧敏 巧玲 美玲 凤英 金凤 晓东 晓峰 海涛 海波 云飞 鹏飞 " +
  "志明 志勇 建平 建军 国强 国平 小红 小玲 莉莉 倩倩 丹丹 玲玲 诗涵 梦琪 语嫣 可欣 怡然 书瑶 静怡 雅琴 春华 秋月 冬梅"
).split(" ");

/** `count` different names, none of them among `taken`. */
export function names(count: number, taken: readonly string[], ...seed: (string | number)[]): string[] {
  const used = new Set(taken);
  const list: string[] = [];
  for (let i = 0; list.length < count; i++) {
    const surname = SURNAMES[hash(...seed, "surname", i) % SURNAMES.length] ?? "王";
    const given = GIVEN[hash(...seed, "given", i) % GIVEN.length] ?? "明";
    const name = surname + given;
    if (used.has(name)) continue;
    used.add(name);
    list.push(name);
  }
  return list;
}
