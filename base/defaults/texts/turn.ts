import { message } from "./words.ts";

const ANSWERS_ZH = ["可以,我来讲", "换个时间", "这次不行"];
const ANSWERS_EN = ["Yes, I'll speak", "Another date", "Not this time"];

/** From the invite to the content: texts.md §3.1–3.3, 3.9, 3.10. */
export const turnTexts = [
  message(
    "invite",
    { zh: "邀请", en: "Invite" },
    "blue",
    {
      title: ["{when},想请您来分享", "想请您来分享"],
      lines: [
        [
          "{lecturer},您好!「{group}」{when}轮到您,地点:{place}。",
          "{lecturer},您好!「{group}」{when}轮到您。",
          "您好!{when}轮到您。",
        ],
        "原来是{old_when},现在改了时间。",
        "建议主题:{topic}({evidence})。主题可以换。",
        "为什么是您:{why_me}。",
      ],
      buttons: ANSWERS_ZH,
    },
    {
      title: ["Could you speak {when}?", "Could you speak?"],
      lines: [
        [
          'Hello {lecturer}, your turn in "{group}" is {when}, at {place}.',
          'Hello {lecturer}, your turn in "{group}" is {when}.',
          "Hello, your turn is {when}.",
        ],
        "It was {old_when} before; the date has changed.",
        "Suggested topic: {topic} ({evidence}). You may choose another.",
        "Why you: {why_me}.",
      ],
      buttons: ANSWERS_EN,
    },
  ),
  message(
    "invite.dates",
    { zh: "换个时间", en: "Another date" },
    "blue",
    {
      title: "换到哪一天合适?",
      lines: ["原来是{when}。这些时间您都有空,选一个就改。", "都不行?也可以和同事对换,或请人代讲。"],
      buttons: ["就这个时间", "和同事对换", "请人代讲"],
    },
    {
      title: "Which date suits you?",
      lines: [
        "It was {when}. You are free on these; choose one.",
        "None fits? Swap with a colleague or find a substitute.",
      ],
      buttons: ["This date", "Swap", "Find a substitute"],
    },
    { step: true },
  ),
  message(
    "invite.reasons",
    { zh: "这次不行", en: "Not this time" },
    "blue",
    {
      title: "没关系,是因为什么?",
      lines: ["{when}这场会请别的同事来讲。点一个原因就好。"],
      buttons: ["出差/见客户", "请假", "主题不熟", "最近太忙", "其他"],
    },
    {
      title: "No problem. What is the reason?",
      lines: ["A colleague will be asked for {when}. One tap is enough."],
      buttons: ["Travel / client", "On leave", "Not my topic", "Too busy", "Other"],
    },
    { step: true },
  ),
  message(
    "remind.before",
    { zh: "提前3天提醒", en: "Three workdays before" },
    "blue",
    {
      title: ["您{day}需分享,素材帮您找好了", "素材帮您找好了"],
      lines: [
        ["您{day}需分享,主题建议为‘{topic}’({evidence})。", "您{day}需分享。"],
        "其中 {share}({count} 条)在问这个。",
        ["用「{template}」,同事平均 {template_minutes} 分钟准备好。", "可以用「{template}」开始。"],
      ],
      buttons: ["用模板开始", "上传材料", "换主题"],
    },
    {
      title: ["You speak {day}; we found material for you", "We found material for you"],
      lines: [
        ['You speak {day}. Suggested topic: "{topic}" ({evidence}).', "You speak {day}."],
        "{share} of them ({count}) ask about this.",
        [
          'With "{template}" colleagues need about {template_minutes} minutes.',
          'You can start from "{template}".',
        ],
      ],
      buttons: ["Start from a template", "Upload", "Another topic"],
    },
    { time: "09:30", days: 3 },
  ),
  message(
    "remind.ready",
    { zh: "提前3天提醒(材料已有)", en: "Three workdays before, content there" },
    "blue",
    {
      title: ["{day}的分享,材料已就位", "分享材料已就位"],
      lines: ["{when}({place})", "已有 {looked} 人看过。"],
      buttons: ["换一个文件"],
    },
    {
      title: ["Content for {day} is in place", "Your content is in place"],
      lines: ["{when} ({place})", "{looked} people have looked."],
      buttons: ["Replace file"],
    },
  ),
  message(
    "topic.choose",
    { zh: "换主题", en: "Another topic" },
    "blue",
    {
      title: "换一个想讲的主题",
      lines: ["{when}这场,学员还想听这些。也可以写自己的主题。"],
      buttons: ["我有自己的主题"],
    },
    {
      title: "Choose another topic",
      lines: ["For {when}, learners also ask about these. Your own topic is welcome too."],
      buttons: ["My own topic"],
    },
    { step: true },
  ),
  message(
    "confirm.follow",
    { zh: "待确认跟进", en: "Not yet confirmed" },
    "blue",
    {
      title: ["{when}这场,您方便吗?", "这场分享,您方便吗?"],
      lines: [
        "还差您点一下。方便就选「可以」;不方便也没关系,换时间或请人代讲都行。",
        "需要帮忙,直接回复 {admin}。",
      ],
      buttons: ANSWERS_ZH,
    },
    {
      title: ["Does {when} suit you?", "Does your date suit you?"],
      lines: [
        "One tap is all that's missing. If it doesn't suit, another date or a substitute is fine.",
        "Need a hand? Just write to {admin}.",
      ],
      buttons: ANSWERS_EN,
    },
  ),
  message(
    "confirm.last",
    { zh: "待确认跟进(最后一次)", en: "Not yet confirmed, last one" },
    "blue",
    {
      title: ["{when}这场,您方便吗?", "这场分享,您方便吗?"],
      lines: [
        "还差您点一下。方便就选「可以」;不方便也没关系,换时间或请人代讲都行。",
        "需要帮忙,直接回复 {admin}。",
        "如果还没定,{admin} 会来和您商量。",
      ],
      buttons: ANSWERS_ZH,
    },
    {
      title: ["Does {when} suit you?", "Does your date suit you?"],
      lines: [
        "One tap is all that's missing. If it doesn't suit, another date or a substitute is fine.",
        "Need a hand? Just write to {admin}.",
        "If it stays open, {admin} will get in touch.",
      ],
      buttons: ANSWERS_EN,
    },
  ),
  message(
    "content.missing",
    { zh: "材料还差一步", en: "Content missing" },
    "blue",
    {
      title: ["{day}的分享,材料还差一步", "分享材料还差一步"],
      lines: [
        [
          "{when},《{title}》。方便时传上来,学员会自动收到。",
          "{when}。方便时传上来,学员会自动收到。",
          "方便时传上来,学员会自动收到。",
        ],
        "没有材料也没关系,点一下就好。",
      ],
      buttons: ["上传材料", "口头分享,没有材料"],
    },
    {
      title: ["One step left for {day}", "One step left: your content"],
      lines: [
        [
          '{when}, "{title}". Upload when it suits; learners are told.',
          "{when}. Upload when it suits; learners are told.",
          "Upload when it suits; learners are told.",
        ],
        "No slides? One tap is enough.",
      ],
      buttons: ["Upload", "No slides, I'll just talk"],
    },
    { time: "10:00", days: 1 },
  ),
  message(
    "uploaded",
    { zh: "已上传,可撤回", en: "Uploaded, can be undone" },
    "green",
    {
      title: ["《{title}》已收到", "材料已收到"],
      lines: ["已上传。2 分钟后通知学员,可撤回。"],
      buttons: ["撤回(2 分钟内)"],
    },
    {
      title: ['"{title}" has arrived', "Your content has arrived"],
      lines: ["Uploaded. Learners will be told in 2 minutes; you can undo."],
      buttons: ["Undo (2 min)"],
    },
  ),
  message(
    "outline.ready",
    { zh: "提纲准备好了", en: "Outline ready" },
    "green",
    {
      title: ["您的提纲准备好了"],
      lines: ["已经放进您的文档,直接填上经验就行。讲完前都可以改。"],
      buttons: ["打开提纲", "上传材料"],
    },
    {
      title: ["Your outline is ready"],
      lines: ["It is in your documents; just add your experience."],
      buttons: ["Open the outline", "Upload"],
    },
    { step: true },
  ),
  message(
    "substitute.ask",
    { zh: "请人代讲", en: "Substitute request" },
    "orange",
    {
      title: ["{when},能帮 {lecturer} 讲一场吗?", "能帮同事讲一场吗?"],
      lines: [
        [
          "{lecturer} 这次来不了。「{group}」,建议主题:{topic},材料可以直接用已有的。",
          "{lecturer} 这次来不了。「{group}」,材料可以直接用已有的。",
        ],
        [
          "想到您,是因为{why_me}。帮忙代讲,积分照算。不方便没关系,{reply_by} 前点一下就好。",
          "帮忙代讲,积分照算。不方便没关系,{reply_by} 前点一下就好。",
          "帮忙代讲,积分照算。不方便没关系,点一下就好。",
        ],
      ],
      buttons: ["我来讲", "这次不行"],
    },
    {
      title: ["Could you step in for {lecturer} {when}?", "Could you step in for a colleague?"],
      lines: [
        [
          '{lecturer} can\'t make it. "{group}", suggested topic: {topic}; existing material may be used.',
          '{lecturer} can\'t make it. "{group}"; existing material may be used.',
        ],
        [
          "We thought of you because {why_me}. Points count as usual. If not, no problem: one tap before {reply_by}.",
          "Points count as usual. If not, no problem: one tap before {reply_by}.",
          "Points count as usual. If not, no problem: one tap is enough.",
        ],
      ],
      buttons: ["I'll do it", "Not this time"],
    },
  ),
  message(
    "swap.choose",
    { zh: "选对换的同事", en: "Choose whom to swap with" },
    "orange",
    {
      title: "想和哪位同事对换?",
      lines: ["您现在是{when}。选一位,对方同意后两边一起改。"],
      buttons: ["问问 TA"],
    },
    {
      title: "Whom would you like to swap with?",
      lines: ["Yours is {when}. Choose one; both change once they agree."],
      buttons: ["Ask"],
    },
    { step: true },
  ),
  message(
    "swap.ask",
    { zh: "对换", en: "Swap request" },
    "orange",
    {
      title: ["{lecturer} 想和您对换一场", "有同事想和您对换一场"],
      lines: [
        ["您讲 {new_when}({topic});{lecturer} 讲 {old_when}。"],
        ["您同意后,两边日历一起改。{reply_by} 前没回复,就保持原样。", "您同意后,两边日历一起改。"],
      ],
      buttons: ["同意对换", "保持原样"],
    },
    {
      title: ["{lecturer} would like to swap with you", "A colleague would like to swap"],
      lines: [
        ["You would speak {new_when} ({topic}); {lecturer} takes {old_when}."],
        [
          "If you agree, both calendars change together. No answer by {reply_by}: nothing changes.",
          "If you agree, both calendars change together.",
        ],
      ],
      buttons: ["Agree", "Keep as it is"],
    },
  ),
  message(
    "swap.kept",
    { zh: "对换没成", en: "Swap not agreed" },
    "blue",
    {
      title: ["{peer} 这次不方便对换", "这次没换成"],
      lines: [["还是您原来的安排:{when}。"], "不方便的话,可以换个时间,或请人代讲。"],
      buttons: ["换个时间", "请人代讲"],
    },
    {
      title: ["{peer} cannot swap this time", "No swap this time"],
      lines: [
        ["It stays as it was: you speak {when}."],
        "If that does not suit, take another date or find a substitute.",
      ],
      buttons: ["Another date", "Find a substitute"],
    },
  ),
  message(
    "changed",
    { zh: "时间或讲师有变化", en: "A session changed" },
    "orange",
    {
      title: ["《{title}》有变化", "有一场分享有变化"],
      lines: [["原来:{old_when};现在:{new_when}。", "{when}。"], "{outcome}", "{place}"],
      buttons: [],
    },
    {
      title: ['"{title}" has changed', "A session has changed"],
      lines: [["Before: {old_when}; now: {new_when}.", "{when}."], "{outcome}", "{place}"],
      buttons: [],
    },
  ),
  message(
    "nudge",
    { zh: "提醒一下", en: "A nudge" },
    "blue",
    {
      title: ["{admin} 想问问{day}的分享", "想问问您的分享"],
      lines: ["{when},《{title}》。还差一步,需要帮忙吗?", "直接回复 {admin} 就好。"],
      buttons: ["上传材料", "口头分享,没有材料"],
    },
    {
      title: ["{admin} is asking about {day}", "A question about your session"],
      lines: ['{when}, "{title}". One step left; may we help?', "Just write to {admin}."],
      buttons: ["Upload", "No slides, I'll just talk"],
    },
  ),
];
