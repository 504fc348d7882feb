/** Surnames of two characters (standard list; rare ones that are also common given words are left out). */
export const compoundSurnames: ReadonlySet<string> = new Set(
  "欧阳 上官 司马 诸葛 东方 皇甫 尉迟 公孙 慕容 长孙 宇文 司徒 司空 令狐 夏侯 轩辕 端木 独孤 南宫 西门 东郭 申屠 公冶 太史 闾丘 钟离 濮阳 淳于 单于 万俟 澹台 赫连 呼延 拓跋 百里 第五 完颜 纳兰 叶赫 子车 颛孙 亓官 仲孙 鲜于 宗政 公羊 梁丘 左丘 谷梁 段干 巫马 漆雕 乐正 壤驷 公良 夹谷 羊舌 微生 东门 南门".split(
    " ",
  ),
);

/** The surnames of nearly everyone in China (the most frequent ones of the name statistics). */
export const commonSurnames =
  "李王张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文庞樊兰殷施陶洪翟安颜倪严牛温芦季俞章鲁葛伍韦申尤毕聂丛焦向柳邢路岳齐沿梅莫庄辛管祝左涂谷祁时舒耿牟卜詹关苗凌费纪靳盛童欧甄项曲成游阳裴席卫查屈鲍位覃霍翁隋植甘景薄单包司柏宁柯阮桂闵解强柴华车冉房边净阴闫吉饶邸肖";
