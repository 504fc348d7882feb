import { fill } from "#domain/messages/render.ts";
import type { Values } from "#domain/messages/placeholders.ts";
import type { Language } from "#domain/messages/templates.ts";

/** Small texts: toasts, settled cards, states of a screen (texts.md §4 and the answers named in §3). */
export const smallTexts = {
  settled: { zh: "这件事已经定了:{outcome}。", en: "This is settled: {outcome}." },
  moved: {
    zh: "时间已改为 {new_when},以新卡片为准。",
    en: "Moved to {new_when}; please use the newer card.",
  },
  saved: { zh: "已保存", en: "Saved" },
  uploaded: {
    zh: "已上传。2 分钟后通知学员,可撤回。",
    en: "Uploaded. Learners will be told in 2 minutes; you can undo.",
  },
  sameFile: {
    zh: "这个文件之前传过({title}),仍要用它吗?",
    en: "You uploaded this before ({title}). Use it again?",
  },
  unreadable: {
    zh: "文件打不开:{reason}。可以换 PPTX、PDF 或贴链接。",
    en: "Can't open the file: {reason}. Try PPTX, PDF or a link.",
  },
  offline: {
    zh: "网络断了,您写的内容还在,联网后会继续。",
    en: "You are offline. What you wrote is kept and will be sent.",
  },
  noTurn: { zh: "近期没有轮到您。想讲?报名一场。", en: "No turn coming up. Want to speak? Volunteer." },
  noFeedback: { zh: "反馈还在路上,通常一个工作日内到。", en: "Feedback usually arrives within a workday." },
  noDemands: {
    zh: "还没有人提想听的内容。发个问题收集一下?",
    en: "Nobody has asked yet. Collect some wishes?",
  },
  noToDos: { zh: "今天没有要处理的,放心去忙别的。", en: "Nothing to do today." },
  scheduleMade: {
    zh: "排好 {filled} 场,空 {unfilled} 场,{changed} 场有变化。还没有通知任何人。",
    en: "{filled} filled, {unfilled} open, {changed} changed. Nobody has been told yet.",
  },
  trialBar: { zh: "试运行中:消息只发给管理员。", en: "Trial: messages go to admins only." },
  holidaysUnknown: {
    zh: "{year} 年放假安排还没公布,这些场次先按平日排,公布后会重看。",
    en: "Holidays of {year} are not announced; these dates are provisional.",
  },
  leaveUnseen: {
    zh: "有 {n} 场还看不到请假情况,每周会再核对。",
    en: "For {n} of them leave is not visible yet; checked again every week.",
  },
  botNotInChat: {
    zh: "「讲台」还不在「{chat}」里。请群主添加机器人后再试。",
    en: 'Lectern is not in "{chat}" yet. Ask its owner to add the bot.',
  },
  fieldMissing: {
    zh: "《{title}》这条缺少「{field}」,先放着没处理。",
    en: '"{title}" lacks "{field}"; left as it is.',
  },
  ruleChanged: {
    zh: "新规则从 {from} 起生效,之前的积分不变。试算:{gain} 人增加,{lose} 人减少。",
    en: "In force from {from}; earlier points stay. Preview: {gain} gain, {lose} lose.",
  },
  pointsCorrected: {
    zh: "更正 {points}:{reason}。原记录保留。",
    en: "Correction {points}: {reason}. The old entry stays.",
  },
  confirmed: {
    zh: "已确认:{when},{topic}。日历里有了。",
    en: "Confirmed: {when}, {topic}. It is in your calendar.",
  },
  confirmedPlain: { zh: "已确认:{when}。日历里有了。", en: "Confirmed: {when}. It is in your calendar." },
  declined: { zh: "知道了,{when}这场会请别的同事来讲。", en: "Noted. A colleague will be asked for {when}." },
  searching: { zh: "知道了,正在帮您找人代讲。", en: "Noted. A substitute is being found." },
  takenMeanwhile: {
    zh: "已经有同事接下了,谢谢您愿意看一眼。",
    en: "A colleague has taken it. Thank you for looking.",
  },
  noThanks: { zh: "没关系,谢谢您看一眼。", en: "No problem. Thank you for looking." },
  swapSent: { zh: "已经问了 {peer},有回音就告诉您。", en: "{peer} has been asked; you will hear." },
  swapped: {
    zh: "已对换:您讲 {new_when}。两边日历都改了。",
    en: "Swapped: you speak {new_when}. Both calendars are changed.",
  },
  swapKept: { zh: "保持原样,两边都不变。", en: "Kept as it is; nothing changes." },
  checkedIn: { zh: "已签到,欢迎!", en: "You're in. Welcome!" },
  checkInClosed: {
    zh: "签到时间是 {time} 前后;如果你到场了,告诉 {admin} 补一下就行。",
    en: "Check-in is open around {time}. If you were there, {admin} can add you.",
  },
  rated: { zh: "收到,谢谢!", en: "Got it, thank you!" },
  rateAgain: { zh: "好的,请重新点一个。", en: "All right, choose again." },
  rateClosed: {
    zh: "这场的反馈已经收齐了,谢谢你愿意说。",
    en: "Feedback for this session is closed. Thank you all the same.",
  },
  thanksSent: { zh: "已署名转给讲师,谢谢!", en: "Sent to the lecturer with your name. Thank you!" },
  replySent: { zh: "已转给 {peer}。", en: "Passed on to {peer}." },
  thankedAll: {
    zh: "好的,会在学员群里替您谢谢大家。",
    en: "All right, the learners' chat will be thanked in your name.",
  },
  announceUndone: { zh: "已撤回,还没有通知任何人。", en: "Undone. Nobody has been told." },
  announceGone: {
    zh: "已经通知出去了。可以传新版本,会再说一声。",
    en: "Learners have been told. Upload a new version and they will hear once.",
  },
  calendarAdded: { zh: "已加到你的日历。", en: "Added to your calendar." },
  cannotCome: { zh: "知道了,回放和材料会留着。", en: "Noted. Replay and material will be kept." },
  noMaterial: { zh: "好的,这场口头分享。", en: "All right, just talking this time." },
  topicPicked: { zh: "主题已改为「{topic}」。", en: 'The topic is now "{topic}".' },
  careSent: { zh: "已发给 {lecturer}。", en: "Sent to {lecturer}." },
  careClosed: { zh: "好的,不再提了。", en: "All right, it is closed." },
  careOwnPage: {
    zh: "系统建议 {recipient} 关心一下您的时间安排,原因:{reasons}。不计入绩效。",
    en: "The system suggested that {recipient} ask about your time, because: {reasons}. Never part of performance.",
  },
  approved: { zh: "已批准", en: "Approved" },
  refused: { zh: "这次不授予", en: "Not granted this time" },
  shared: { zh: "已分享到讲师群", en: "Shared with the group" },
  keptPrivate: { zh: "好的,不公开", en: "Kept private" },
  held: { zh: "已记为开了", en: "Noted: it took place" },
  notHeld: { zh: "已记为没开成", en: "Noted: it did not take place" },
  thankYou: { zh: "收到,谢谢!", en: "Got it, thank you!" },
  notForYou: {
    zh: "这张卡片是给别人的,没有改动任何东西。",
    en: "This card is for someone else; nothing was changed.",
  },
  tooOld: {
    zh: "这张卡片有些日子了,已经给您发了新的。",
    en: "This card is rather old; you have been sent a new one.",
  },
  questionPassedOn: {
    zh: "已转给管理员，会尽快回复您。",
    en: "Passed on to the admin, who will get back to you.",
  },
  objectionOver: {
    zh: "这条入账有一阵子了，过了可以提疑问的时间。有需要请直接找管理员。",
    en: "This entry is past the time for questions. Please write to the admin directly.",
  },
  tryAgain: { zh: "刚才没存上,请再点一次。", en: "That was not saved; please tap again." },
} as const;
export type SmallText = keyof typeof smallTexts;

/** Extra words of screens that are no placeholders of messages. */
type ScreenWords = Partial<Record<"filled" | "unfilled" | "changed" | "year" | "gain" | "lose", string>>;

/** A small text in words; a sentence that speaks of something not given is left out. */
export function smallText(name: SmallText, language: Language, values: Values & ScreenWords = {}): string {
  const screen = Object.entries(values);
  const text = screen.reduce(
    (words, [key, word]) => words.replaceAll(`{${key}}`, word ?? ""),
    smallTexts[name][language] as string,
  );
  const whole = fill(text, {});
  if (whole !== undefined) return whole;
  const known = sentences(text).flatMap((sentence) => fill(sentence, {}) ?? []);
  return known.length > 0 ? known.join("").trim() : smallTexts.saved[language];
}

function sentences(text: string): string[] {
  return text.split(/(?<=[。?!])|(?<=[.?!]) /);
}
