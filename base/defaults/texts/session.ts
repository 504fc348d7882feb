import { message } from "./words.ts";

/** What learners read, from the announcement to the rating, and what comes back to the lecturer: texts.md §3.4–3.8. */
export const sessionTexts = [
  message(
    "announce",
    { zh: "上传通知", en: "Announcement" },
    "green",
    {
      title: ["《{title}》可以提前看了", "新材料可以提前看了"],
      lines: [
        ["{lecturer}讲师的《{title}》已上传,大家可提前查看。", "材料已上传,大家可提前查看。"],
        ["{when},{place}。", "{when}。"],
      ],
      buttons: ["先看看", "加到日历", "提个问题"],
    },
    {
      title: ['"{title}" is ready to look at', "New material is ready to look at"],
      lines: [
        [
          '{lecturer} has uploaded "{title}". Have a look beforehand.',
          "New material is up. Have a look beforehand.",
        ],
        ["{when}, {place}.", "{when}."],
      ],
      buttons: ["Have a look", "Add to calendar", "Ask a question"],
    },
  ),
  message(
    "announce.update",
    { zh: "上传通知(有更新)", en: "Announcement, new version" },
    "green",
    { title: ["《{title}》有更新", "材料有更新"], lines: ["{change}"], buttons: ["先看看"] },
    {
      title: ["'{title}' was updated", "Material was updated"],
      lines: ["{change}"],
      buttons: ["Have a look"],
    },
  ),
  message(
    "day-of",
    { zh: "当天提醒(群)", en: "Day of the session, in the chat" },
    "green",
    {
      title: ["{day} {time},{lecturer}讲《{title}》", "{day} {time}有一场分享", "有一场分享马上开始"],
      lines: [["{time}准时开始分享,记得参与哦~ {place}", "{time}准时开始分享,记得参与哦~"]],
      buttons: ["进入会议", "有事来不了"],
    },
    {
      title: ['{day} {time}: {lecturer} on "{title}"', "{day} {time}: a session", "A session starts soon"],
      lines: [
        ["We start at {time} sharp. See you there! {place}", "We start at {time} sharp. See you there!"],
      ],
      buttons: ["Join", "I can't come"],
    },
    { time: "09:30" },
  ),
  message(
    "day-of.direct",
    { zh: "当天提醒(报名的人)", en: "Day of the session, to those who signed up" },
    "green",
    {
      title: ["{day} {time}的分享,先看 2 分钟提纲?", "分享前,先看 2 分钟提纲?"],
      lines: [
        ["{time}准时开始分享,记得参与哦~"],
        ["提纲在这里,带一个问题来更有收获。{place}", "提纲在这里,带一个问题来更有收获。"],
      ],
      buttons: ["看提纲", "进入会议"],
    },
    {
      title: ["{day} at {time}: two minutes for the outline?", "Two minutes for the outline?"],
      lines: [
        ["We start at {time} sharp. See you there!"],
        ["Here is the outline; bring a question. {place}", "Here is the outline; bring a question."],
      ],
      buttons: ["See the outline", "Join"],
    },
    { time: "09:30" },
  ),
  message(
    "check-in",
    { zh: "签到", en: "Check-in" },
    "green",
    {
      title: ["《{title}》签到", "分享签到"],
      lines: ["点一下就好。签到后,结束时会请你匿名反馈一句。"],
      buttons: ["签到"],
    },
    {
      title: ['Check in: "{title}"', "Check in"],
      lines: ["One tap. Afterwards you'll be asked for a short anonymous rating."],
      buttons: ["Check in"],
    },
  ),
  message(
    "rate",
    { zh: "反馈卡", en: "Rating card" },
    "violet",
    {
      title: ["《{title}》对你有用吗?", "这场分享对你有用吗?"],
      lines: [
        "点一个就好,想多说一句也欢迎。",
        [
          "匿名:满 {minimum} 份才一起显示,看不到是谁、几点写的。[怎么做到的]",
          "匿名:看不到是谁、几点写的。[怎么做到的]",
        ],
      ],
      buttons: ["5 很有用", "4 有用", "3 一般", "2 不太有用", "1 没帮助"],
    },
    {
      title: ['Was "{title}" useful to you?', "Was the session useful to you?"],
      lines: [
        "One tap is enough; a sentence more is welcome.",
        [
          "Anonymous: shown only together with at least {minimum} others' answers, without name or hour. [How]",
          "Anonymous: shown without name or hour. [How]",
        ],
      ],
      buttons: ["5 very useful", "4 useful", "3 so-so", "2 not very", "1 not at all"],
    },
  ),
  message(
    "rate.comment",
    { zh: "反馈卡(补一句)", en: "Rating card, a sentence more" },
    "violet",
    {
      title: ["收到,想补一句吗?"],
      lines: ["哪一点会用上?哪里没听懂?"],
      buttons: ["提交", "重选", "写句感谢(署名)"],
    },
    {
      title: ["Got it. Anything to add?"],
      lines: ["What will you use? What was unclear?"],
      buttons: ["Send", "Choose again", "Say thanks (signed)"],
    },
    { step: true },
  ),
  message(
    "rate.remind",
    { zh: "反馈卡(次日一次)", en: "Rating card, the next workday" },
    "violet",
    {
      title: ["《{title}》,你怎么看?", "上一场分享,你怎么看?"],
      lines: [
        "方便时点一个就好,之后不再问。",
        [
          "匿名:满 {minimum} 份才一起显示,看不到是谁、几点写的。[怎么做到的]",
          "匿名:看不到是谁、几点写的。[怎么做到的]",
        ],
      ],
      buttons: ["5 很有用", "4 有用", "3 一般", "2 不太有用", "1 没帮助"],
    },
    {
      title: ['What did you think of "{title}"?', "What did you think of the session?"],
      lines: [
        "One tap when it suits you; you won't be asked again.",
        [
          "Anonymous: shown only together with at least {minimum} others' answers, without name or hour. [How]",
          "Anonymous: shown without name or hour. [How]",
        ],
      ],
      buttons: ["5 very useful", "4 useful", "3 so-so", "2 not very", "1 not at all"],
    },
  ),
  message(
    "thanks.write",
    { zh: "写句感谢", en: "Say thanks" },
    "green",
    {
      title: ["写句感谢给 {lecturer}", "写句感谢给讲师"],
      lines: ["这句会署名,今天就转给讲师。"],
      buttons: ["发给 TA"],
    },
    {
      title: ["Say thanks to {lecturer}", "Say thanks to the lecturer"],
      lines: ["This carries your name and goes to the lecturer today."],
      buttons: ["Send"],
    },
    { step: true },
  ),
  message(
    "thanks",
    { zh: "署名感谢", en: "Signed thanks" },
    "green",
    { title: ["{peer} 用上了您讲的", "有同事用上了您讲的"], lines: ["「{quote}」"], buttons: ["回一句"] },
    {
      title: ["{peer} used what you shared", "A colleague used what you shared"],
      lines: ['"{quote}"'],
      buttons: ["Answer"],
    },
  ),
  message(
    "thanks.reply",
    { zh: "讲师回感谢", en: "The lecturer's answer to thanks" },
    "green",
    { title: ["{lecturer} 回了你一句", "讲师回了你一句"], lines: ["「{sentence}」"] },
    { title: ["{lecturer} has answered you", "The lecturer has answered you"], lines: ['"{sentence}"'] },
  ),
  message(
    "thanks.all",
    { zh: "讲师谢谢大家(群)", en: "The lecturer thanks everybody, in the chat" },
    "green",
    {
      title: ["{lecturer}:谢谢大家来听《{title}》", "讲师谢谢大家来听"],
      lines: ["大家的反馈和感谢都收到了。"],
    },
    {
      title: ['{lecturer}: thank you for coming to "{title}"', "Thank you for coming"],
      lines: ["Your responses and thanks have arrived."],
    },
  ),
  message(
    "echo",
    { zh: "给讲师的回响", en: "Response to the lecturer" },
    "green",
    {
      title: ["{lecturer},大家听进去了", "大家听进去了"],
      lines: [
        ["{attended} 位同事来听了《{title}》,{thanks} 位写了感谢:", "{attended} 位同事来听了《{title}》:"],
        "「{quote}」",
        [
          "学员评分 {score}({answers} 人反馈)。您的积分 {points}。",
          "学员评分 {score}({answers} 人反馈)。",
          "您的积分 {points}。",
        ],
      ],
      buttons: ["看全部回响", "谢谢大家"],
    },
    {
      title: ["{lecturer}, it landed", "It landed"],
      lines: [
        [
          '{attended} colleagues came to "{title}", {thanks} said thanks:',
          '{attended} colleagues came to "{title}":',
        ],
        '"{quote}"',
        [
          "Learner rating {score} ({answers} responses). Points {points}.",
          "Learner rating {score} ({answers} responses).",
          "Points {points}.",
        ],
      ],
      buttons: ["See everything", "Thank them"],
    },
    { time: "10:00", days: 1 },
  ),
  message(
    "echo.waiting",
    { zh: "给讲师的回响(人数未满)", en: "Response to the lecturer, below the minimum" },
    "green",
    {
      title: ["{lecturer},大家听进去了", "大家听进去了"],
      lines: [
        ["{attended} 位同事来听了《{title}》,{thanks} 位写了感谢:", "{attended} 位同事来听了《{title}》:"],
        "「{quote}」",
        "已有 {answers} 人反馈,满 {minimum} 份就能看到评分;不足时会和您的下一场合并。",
        "您的积分 {points}。",
      ],
      buttons: ["看全部回响", "谢谢大家"],
    },
    {
      title: ["{lecturer}, it landed", "It landed"],
      lines: [
        [
          '{attended} colleagues came to "{title}", {thanks} said thanks:',
          '{attended} colleagues came to "{title}":',
        ],
        '"{quote}"',
        "{answers} responded. From {minimum} on you will see the rating; until then it is kept for your next session.",
        "Points {points}.",
      ],
      buttons: ["See everything", "Thank them"],
    },
  ),
  message(
    "echo.quiet",
    { zh: "给讲师的回响(还没有反馈)", en: "Response to the lecturer, nobody answered" },
    "green",
    {
      title: ["{lecturer},大家听进去了", "大家听进去了"],
      lines: [
        ["{attended} 位同事来听了《{title}》,{thanks} 位写了感谢:", "{attended} 位同事来听了《{title}》:"],
        "「{quote}」",
        "提纲被看了 {looked} 人次。",
      ],
      buttons: ["看全部回响", "谢谢大家"],
    },
    {
      title: ["{lecturer}, it landed", "It landed"],
      lines: [
        [
          '{attended} colleagues came to "{title}", {thanks} said thanks:',
          '{attended} colleagues came to "{title}":',
        ],
        '"{quote}"',
        "The outline was opened {looked} times.",
      ],
      buttons: ["See everything", "Thank them"],
    },
  ),
  message(
    "answered",
    { zh: "想听的讲到了", en: "Your question was answered" },
    "green",
    {
      title: ["你想听的「{topic}」讲到了", "你想听的讲到了"],
      lines: [
        ["你问过的「{topic}」,{lecturer} 讲了,回放和材料在这里。", "你问过的讲到了,回放和材料在这里。"],
      ],
      buttons: ["看回放和材料"],
    },
    {
      title: ["{topic}: your question was answered", "Your question was answered"],
      lines: [
        [
          "{lecturer} has answered what you asked about {topic}; here are replay and material.",
          "Here are replay and material for what you asked.",
        ],
      ],
      buttons: ["Open"],
    },
  ),
  message(
    "learned",
    { zh: "30 天后问一句", en: "30 days later" },
    "violet",
    {
      title: ["《{title}》里的方法,用上了吗?", "上月听的方法,用上了吗?"],
      lines: ["上月《{title}》里的方法,你用上了吗?"],
      buttons: ["用上了", "还没机会", "不适合"],
    },
    {
      title: ['Have you used "{title}"?', "Have you used what you heard?"],
      lines: ['Have you used what "{title}" showed?'],
      buttons: ["Yes", "Not yet", "Doesn't fit"],
    },
    { off: true },
  ),
];
