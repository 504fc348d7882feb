/** How somebody who would like to hear something begins. */
const WISH =
  /^(我?(想听|想学|想了解|希望(能)?(听|讲|分享)|能不能(讲|分享|听))|i(’|'| woul)?d like to (hear|learn)|could (someone|somebody) (talk|speak))/iu;
const QUESTION = /[?？]\s*$|怎么|如何|为什么|怎样|\bhow (do|to|can|should)\b|\bwhy\b/iu;
/** Questions about the programme itself are answered, not collected. */
const ABOUT_US = /签到|积分|匿名|你是谁|怎么用|帮助|\bhelp\b|who are you|check.?in|anonym/iu;
const LEAST_CHARACTERS = 4;

/** What a message to the bot asks to hear about, in its own words; null when it asks for nothing of the kind. */
export function demandIn(message: string): string | null {
  const text = message.trim();
  if (Array.from(text).length < LEAST_CHARACTERS || ABOUT_US.test(text)) return null;
  return WISH.test(text) || QUESTION.test(text) ? text : null;
}
