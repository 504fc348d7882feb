import { message } from "./words.ts";

/** Awards, offers, care notes, figures, the admin's messages and the small ones: texts.md §3.11–3.14, §4. */
export const programmeTexts = [
  message(
    "award.approve",
    { zh: "称号待批准", en: "Award to approve" },
    "yellow",
    {
      title: ["请您定:{lecturer} 的「{award}」", "请您定一个称号"],
      lines: ["{period},依据:{answers} 人反馈,评分 {score}。", "{reasons}"],
      buttons: ["批准", "这次不授予"],
    },
    {
      title: ["For you to decide: {award}, {lecturer}", "For you to decide: an award"],
      lines: ["{period}, based on {answers} responses, rating {score}.", "{reasons}"],
      buttons: ["Approve", "Not this time"],
    },
  ),
  message(
    "award",
    { zh: "祝贺", en: "Award" },
    "yellow",
    {
      title: ["恭喜您获得{period}「{award}」", "恭喜您获得「{award}」", "恭喜您获得新称号"],
      lines: [
        "学员这样说:「{quote}」",
        ["依据:{answers} 人反馈,评分 {score};积分 {points}。", "依据:{answers} 人反馈,评分 {score}。"],
      ],
      buttons: ["看我的证书", "分享到讲师群", "不公开"],
    },
    {
      title: [
        "Congratulations: {award}, {period}",
        "Congratulations: {award}",
        "Congratulations on your new title",
      ],
      lines: [
        'Learners said: "{quote}"',
        [
          "Based on {answers} responses, rating {score}; points {points}.",
          "Based on {answers} responses, rating {score}.",
        ],
      ],
      buttons: ["My certificate", "Share with the group", "Keep private"],
    },
  ),
  message(
    "award.chat",
    { zh: "群内祝贺(本人同意后)", en: "Award in the chat, by consent" },
    "yellow",
    {
      title: ["祝贺 {lecturer}!", "祝贺我们的讲师!"],
      lines: [
        [
          "祝贺 {lecturer} 获得{period}「{award}」!学员说:「{quote}」",
          "祝贺 {lecturer} 获得{period}「{award}」!",
        ],
      ],
    },
    {
      title: ["{lecturer}: congratulations!", "A lecturer to congratulate"],
      lines: [
        [
          'Congratulations to {lecturer}, {award} of {period}! Learners said: "{quote}"',
          "Congratulations to {lecturer}, {award} of {period}!",
        ],
      ],
    },
    { off: true },
  ),
  message(
    "offer",
    { zh: "机会", en: "Offer" },
    "yellow",
    {
      title: ["给您留了一个机会:{reward}", "给您留了一个机会"],
      lines: [
        "若您{condition},可获得‘{reward}’机会。",
        ["您现在:{gap}就达到了({until} 前)。近期有空档可以报名。", "近期有空档可以报名。"],
        "推给您,是因为您选过「{preference}」。",
      ],
      buttons: ["我来报名一场", "换一种奖励", "不感兴趣"],
    },
    {
      title: ["An opportunity for you: {reward}", "An opportunity for you"],
      lines: [
        'If {condition}, you can have "{reward}".',
        ["You need {gap} by {until}. There are open dates.", "There are open dates."],
        'We suggest this because you chose "{preference}".',
      ],
      buttons: ["Volunteer for a session", "Another reward", "Not for me"],
    },
    { off: true },
  ),
  message(
    "care",
    { zh: "关怀提醒", en: "Care note" },
    "blue",
    {
      title: ["可以关心一下 {lecturer} 的分享", "可以关心一下一位讲师"],
      lines: [
        "留意到:{reasons}。可能只是忙,您最了解情况。",
        [
          "可以这样说:「{sentence}」",
          "可以这样说:「{lecturer_address},最近是不是没时间分享?需要我帮你找素材或调整日程吗?」",
        ],
        ["仅供参考,不计入绩效,{lecturer} 也能看到这条。", "仅供参考,不计入绩效。"],
      ],
      buttons: ["发给 TA", "改一改再发", "不需要"],
    },
    {
      title: ["A kind word for {lecturer}?", "A kind word for a lecturer?"],
      lines: [
        "Noticed: {reasons}. It may just be a busy time; you know best.",
        [
          'You could say: "{sentence}"',
          'You could say: "{lecturer_address}, have you been short of time lately? Shall I help you find material or move your date?"',
        ],
        [
          "Advice only, never part of performance; {lecturer} can see it too.",
          "Advice only, never part of performance.",
        ],
      ],
      buttons: ["Send", "Edit first", "Not needed"],
    },
    { off: true },
  ),
  message(
    "care.edit",
    { zh: "改一改再发", en: "Edit first" },
    "blue",
    {
      title: ["改好后发给 {lecturer}", "改好后再发"],
      lines: ["以您的名义发出,里面没有原因。"],
      buttons: ["发给 TA"],
    },
    {
      title: ["Edit, then send to {lecturer}", "Edit, then send"],
      lines: ["It goes out in your name, without the reasons."],
      buttons: ["Send"],
    },
    { step: true },
  ),
  message(
    "care.why",
    { zh: "不需要的原因", en: "Why not needed" },
    "blue",
    {
      title: "好的,不再提了",
      lines: ["想说一声为什么吗?不点也可以。"],
      buttons: ["在休假", "已转岗", "已聊过", "判断不准"],
    },
    {
      title: "All right, it is closed",
      lines: ["Would you say why? You need not."],
      buttons: ["On leave", "Changed job", "We have talked", "Misjudged"],
    },
    { step: true },
  ),
  message(
    "care.sentence",
    { zh: "主管的一句话", en: "A word from the manager" },
    "blue",
    { title: ["{recipient} 想和您聊聊分享", "有人想和您聊聊分享"], lines: ["{sentence}"], buttons: [] },
    { title: ["{recipient} has a word for you", "A word for you"], lines: ["{sentence}"], buttons: [] },
    { step: true },
  ),
  message(
    "care.outcome",
    { zh: "关怀提醒的结果", en: "Outcome of a care note" },
    "blue",
    {
      title: ["和 {lecturer} 聊过之后,有帮助吗?", "上次的关怀提醒,有帮助吗?"],
      lines: ["点一下就好,只用来改进提醒。"],
      buttons: ["有帮助", "一点", "没有"],
    },
    {
      title: ["Did the word with {lecturer} help?", "Did the care note help?"],
      lines: ["One tap; it only improves the notes."],
      buttons: ["Yes", "Somewhat", "No"],
    },
    { step: true },
  ),
  message(
    "monthly",
    { zh: "月报", en: "Monthly figures" },
    "blue",
    {
      title: ["{period}内训月报:{headline}", "{period}内训月报", "内训月报"],
      lines: [
        [
          "主动分享率 {proactive}({proactive_n}/{held_n} 场,上月 {proactive_prev})",
          "主动分享率 {proactive}({proactive_n}/{held_n} 场)",
          "主动分享率:本月没有数据",
        ],
        [
          "学员满意度 {score}({answers} 人反馈,上月 {score_prev})",
          "学员满意度 {score}({answers} 人反馈)",
          "学员满意度:本月没有数据",
        ],
        [
          "管理员协调 {hours} 小时/周(记录到的操作;基线 {hours_base},自报)",
          "管理员协调 {hours} 小时/周(记录到的操作)",
          "管理员协调:本月没有数据",
        ],
        [
          "分享意愿 {willing}({willing_n}/{asked_n} 人,{survey_month} 调研)。学员最想听:{topic}({share})。需要您定的:{decisions}",
          "分享意愿 {willing}({willing_n}/{asked_n} 人,{survey_month} 调研)。学员最想听:{topic}({share})",
          "分享意愿 {willing}({willing_n}/{asked_n} 人,{survey_month} 调研)。需要您定的:{decisions}",
          "分享意愿 {willing}({willing_n}/{asked_n} 人,{survey_month} 调研)",
          "分享意愿:本月没有数据。学员最想听:{topic}({share})。需要您定的:{decisions}",
          "分享意愿:本月没有数据。学员最想听:{topic}({share})",
          "分享意愿:本月没有数据",
        ],
      ],
      buttons: ["看月报", "转成文档", "口径说明"],
    },
    {
      title: [
        "In-house lecturing, {period}: {headline}",
        "In-house lecturing, {period}",
        "In-house lecturing",
      ],
      lines: [
        [
          "Shared unprompted {proactive} ({proactive_n}/{held_n}; before {proactive_prev})",
          "Shared unprompted {proactive} ({proactive_n}/{held_n})",
          "Shared unprompted: no data this month",
        ],
        [
          "Learner satisfaction {score} ({answers} responses; before {score_prev})",
          "Learner satisfaction {score} ({answers} responses)",
          "Learner satisfaction: no data this month",
        ],
        [
          "Coordination {hours} h a week (recorded acts; baseline {hours_base}, self-reported)",
          "Coordination {hours} h a week (recorded acts)",
          "Coordination: no data this month",
        ],
        [
          "Willing to go on {willing} ({willing_n}/{asked_n}, survey of {survey_month}). Most wanted: {topic} ({share}). For you to decide: {decisions}",
          "Willing to go on {willing} ({willing_n}/{asked_n}, survey of {survey_month}). Most wanted: {topic} ({share})",
          "Willing to go on {willing} ({willing_n}/{asked_n}, survey of {survey_month}). For you to decide: {decisions}",
          "Willing to go on {willing} ({willing_n}/{asked_n}, survey of {survey_month})",
          "Willing to go on: no data this month. Most wanted: {topic} ({share}). For you to decide: {decisions}",
          "Willing to go on: no data this month. Most wanted: {topic} ({share})",
          "Willing to go on: no data this month",
        ],
      ],
      buttons: ["Open report", "Make a document", "Definitions"],
    },
    { time: "10:00", days: 1 },
  ),
  message(
    "manager.monthly",
    { zh: "主管月度小结", en: "Manager's monthly summary" },
    "blue",
    { title: ["{period}您团队的内训小结", "您团队的内训小结"], lines: ["{items}"], buttons: ["我的团队"] },
    {
      title: ["Your team's lecturing in {period}", "Your team's lecturing"],
      lines: ["{items}"],
      buttons: ["My team"],
    },
    { off: true, time: "10:00" },
  ),
  message(
    "admin.daily",
    { zh: "每日小结", en: "Daily summary" },
    "blue",
    { title: ["今天有 {n} 件事要处理", "今天要处理的"], lines: ["{items}"], buttons: ["今天要处理"] },
    { title: ["{n} things to do today", "To do today"], lines: ["{items}"], buttons: ["To do today"] },
    { time: "09:10" },
  ),
  message(
    "admin.urgent",
    { zh: "48 小时内的事", en: "Within 48 hours" },
    "orange",
    {
      title: ["要您看一下:{when}这场", "有件事要您看一下"],
      lines: [["{items}", "{reason}"]],
      buttons: ["去处理"],
    },
    {
      title: ["Please look: {when}", "Something needs you"],
      lines: [["{items}", "{reason}"]],
      buttons: ["Open"],
    },
  ),
  message(
    "schedule.ready",
    { zh: "排期待发布", en: "Schedule to publish" },
    "blue",
    {
      title: ["新的排期排好了,请您看一眼"],
      lines: ["{items}"],
      buttons: ["发布并通知"],
    },
    {
      title: ["A new schedule is ready to publish"],
      lines: ["{items}"],
      buttons: ["Publish and tell"],
    },
  ),
  message(
    "group.ready",
    { zh: "可以正式启用", en: "Ready to go live" },
    "blue",
    {
      title: ["「{group}」可以正式启用了", "可以正式启用了"],
      lines: ["{items}"],
      buttons: ["正式启用"],
    },
    {
      title: ['"{group}" can go live', "A group can go live"],
      lines: ["{items}"],
      buttons: ["Go live"],
    },
  ),
  message(
    "delivered.ask",
    { zh: "开了还是没开成", en: "Did it take place" },
    "blue",
    {
      title: ["《{title}》开了吗?", "这场分享开了吗?"],
      lines: ["{when}({lecturer})。还没有人签到。"],
      buttons: ["开了", "没开成"],
    },
    {
      title: ['Did "{title}" take place?', "Did the session take place?"],
      lines: ["{when} ({lecturer}). Nobody has checked in."],
      buttons: ["It did", "It did not"],
    },
  ),
  message(
    "unfilled.ask",
    { zh: "没有人能讲", en: "Nobody can speak" },
    "orange",
    {
      title: ["{when}这场还没有人讲,怎么办好?", "有一场还没有人讲,怎么办好?"],
      lines: ["「{group}」,原来是 {lecturer}。问过的同事这次都不方便。", "{reason}"],
      buttons: ["改期", "点播回放", "取消"],
    },
    {
      title: ["Nobody yet for {when}: what now?", "Nobody yet for a session: what now?"],
      lines: ['"{group}", planned with {lecturer}. The colleagues asked can\'t make it.', "{reason}"],
      buttons: ["Another date", "Play a replay", "Cancel it"],
    },
  ),
  message(
    "volunteer.approve",
    { zh: "报名待批准", en: "A volunteer to approve" },
    "blue",
    {
      title: ["{lecturer} 想报名讲一场", "有同事想报名讲一场"],
      lines: ["「{group}」{when}(主题:{topic})"],
      buttons: ["同意", "这次不安排"],
    },
    {
      title: ["{lecturer} volunteers for a session", "Someone volunteers for a session"],
      lines: ['"{group}", {when} (topic: {topic})'],
      buttons: ["Agree", "Not this time"],
    },
  ),
  message(
    "announce.review",
    { zh: "通知前看一眼", en: "Look before the announcement" },
    "blue",
    {
      title: ["《{title}》可以通知学员吗?", "新材料可以通知学员吗?"],
      lines: ["{lecturer} 已上传,{when}分享。{reply_by} 前没回复,就直接通知。"],
      buttons: ["可以通知", "先等等"],
    },
    {
      title: ['May learners be told of "{title}"?', "May learners be told of new material?"],
      lines: ["{lecturer} has uploaded it for {when}. No answer by {reply_by}: they are told."],
      buttons: ["Tell them", "Not yet"],
    },
  ),
  message(
    "survey",
    { zh: "分享意愿调研", en: "Willingness survey" },
    "violet",
    {
      title: "接下来还愿意分享吗?",
      lines: ["匿名,2 题,10 秒。[怎么做到的]"],
      buttons: ["很愿意", "愿意", "看情况", "不太想", "不想"],
    },
    {
      title: "Would you go on sharing?",
      lines: ["Anonymous, 2 questions, 10 seconds. [How]"],
      buttons: ["Gladly", "Yes", "Depends", "Rather not", "No"],
    },
  ),
  message(
    "survey.second",
    { zh: "分享意愿调研(第 2 题)", en: "Willingness survey, question 2" },
    "violet",
    {
      title: "什么更能打动您?",
      lines: ["收到,谢谢!还有一题,也是匿名。"],
      buttons: ["荣誉", "物质", "成长", "都不是"],
    },
    {
      title: "What would motivate you?",
      lines: ["Got it, thank you! One more, anonymous too."],
      buttons: ["Honour", "Material", "Growth", "None"],
    },
    { step: true },
  ),
  message(
    "preference",
    { zh: "偏好", en: "Preference" },
    "violet",
    {
      title: "什么最让您觉得值得?",
      lines: ["选 1–2 个。只有您自己和系统知道,可以随时改。"],
      buttons: ["被认可(称号、证书)", "实在的(积分、礼品、假期)", "成长(培训、辅导、晋升)"],
    },
    {
      title: "What makes it worthwhile?",
      lines: ["Choose 1–2. Only you and the system know; change it any time."],
      buttons: ["Recognition", "Something tangible", "Growth"],
    },
  ),
  message(
    "preference.second",
    { zh: "偏好(再选一个)", en: "Preference, one more" },
    "violet",
    {
      title: "记下了,还想再选一个吗?",
      lines: ["不选也可以。"],
      buttons: ["被认可(称号、证书)", "实在的(积分、礼品、假期)", "成长(培训、辅导、晋升)"],
    },
    {
      title: "Noted. One more?",
      lines: ["You need not."],
      buttons: ["Recognition", "Something tangible", "Growth"],
    },
    { step: true },
  ),
  message(
    "points.corrected",
    { zh: "积分更正", en: "Points corrected" },
    "blue",
    {
      title: ["积分有一处更正:{points}", "积分有一处更正"],
      lines: ["更正 {points}:{reason}。原记录保留。"],
      buttons: ["积分明细"],
    },
    {
      title: ["A correction of your points: {points}", "A correction of your points"],
      lines: ["Correction {points}: {reason}. The old entry stays."],
      buttons: ["Points statement"],
    },
  ),
  message(
    "first.lecturers",
    { zh: "给讲师的第一条", en: "First message to lecturers" },
    "blue",
    {
      title: "「讲台」来帮忙排期和提醒了",
      lines: [
        [
          "大家好,从 {from} 起由「讲台」帮忙排期和提醒。轮到您时会收到一张卡片,点一下就行;材料传一次,学员自动收到。不方便的时间可以先告诉它。",
          "大家好,以后由「讲台」帮忙排期和提醒。轮到您时会收到一张卡片,点一下就行;材料传一次,学员自动收到。不方便的时间可以先告诉它。",
        ],
      ],
      buttons: ["我的偏好"],
    },
    {
      title: "Lectern now helps with scheduling",
      lines: [
        [
          "From {from} Lectern helps with scheduling. When it is your turn you get one card and tap once; upload once and learners are told. Tell it which times don't suit.",
          "Lectern helps with scheduling. When it is your turn you get one card and tap once; upload once and learners are told. Tell it which times don't suit.",
        ],
      ],
      buttons: ["My preferences"],
    },
  ),
  message(
    "first.managers",
    { zh: "给主管的第一条", en: "First message to managers" },
    "blue",
    {
      title: "您团队里的内训讲师",
      lines: [
        [
          "您团队有 {count} 位内训讲师。每月会有一次小结;需要您关心时会提前告诉您。",
          "每月会有一次小结;需要您关心时会提前告诉您。",
        ],
      ],
      buttons: ["我的团队"],
    },
    {
      title: "The lecturers in your team",
      lines: [
        [
          "{count} of your people lecture in-house. You get one summary a month, and a note when a kind word would help.",
          "You get one summary a month, and a note when a kind word would help.",
        ],
      ],
      buttons: ["My team"],
    },
  ),
  message(
    "notice",
    { zh: "管理员通知", en: "Notice to the admin" },
    "grey",
    { title: ["需要您看一处:{headline}", "有一处需要您看看"], lines: ["{items}"], buttons: ["去看看"] },
    { title: ["Please look at: {headline}", "Something to look at"], lines: ["{items}"], buttons: ["Open"] },
  ),
  message(
    "reply",
    { zh: "回答写给机器人的话", en: "Reply to who writes to the bot" },
    "blue",
    { title: ["{headline}", "讲台可以帮您"], lines: ["{items}"], buttons: ["打开讲台"] },
    { title: ["{headline}", "What Lectern can do for you"], lines: ["{items}"], buttons: ["Open Lectern"] },
    { step: true },
  ),
];
