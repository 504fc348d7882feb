import { commonSurnames } from "./surnames.ts";

const QUOTE_LIMIT = 40;
const CONTACTS = [
  /[\w.+-]+@[\w-]+(\.[\w-]+)+/g,
  /https?:\/\/\S+/g,
  // Any run of 5 digits or more, spaces and dashes between them included: phones, ids, order and account numbers.
  /\+?\d(?:[ \-－]?\d){4,}/g,
  /(微信|wechat|vx|qq)\s*(号|id)?\s*[:：]?\s*[A-Za-z][\w-]{4,}/gi,
];
const HONORIFIC = new RegExp(
  // 谢 is a surname, 谢谢 is not: 谢谢张老师 is 谢谢某老师.
  `(?!谢谢|(?<=(?<!谢)[谢感多致答])谢)[${commonSurnames}][\\u4e00-\\u9fa5]{0,2}?(先生|女士|小姐|太太|经理|主任|老板|医生|院长|校长|局长|处长|科长|总监|老师|哥|姐|工(?![作程具厂业资]))`,
  "g",
);
const BOSS = new RegExp(`([${commonSurnames}])总(?![结体是之部数共量监会算有能要价额归])`, "g");
const CUSTOMER = new RegExp(
  `(客户|顾客|用户)([${commonSurnames}][\\u4e00-\\u9fa5]{1,2})(?=[\\s,，。;；:：!！?？、]|$|说|问|的|在|也|反)`,
  "g",
);
const COMPANY = /(?:[A-Za-z0-9&]+|[\u4e00-\u9fa5]{2,8}?)(?:有限公司|股份公司|公司|集团|银行|医院)/g;
const OWN_COMPANY =
  /^(我们|咱们|本|我|你们|他们|对方|客户|这家|那家|某|同行|其他|一家|各|在|和|跟|给|到|去|的|分)+(有限公司|股份公司|公司|集团|银行|医院)$/;
const ENGLISH = /\b(Mr|Mrs|Ms|Miss|Dr|Prof)\.?\s+[A-Z][\w'-]+(\s+[A-Z][\w'-]+)?/g;

/** Words with people, customers and contacts made unrecognisable; `names` are known ones (colleagues, customers). */
export function maskWords(text: string, names: readonly string[] = []): string {
  let masked = text.replace(/\s+/g, " ").trim();
  const known = names.filter((name) => name.trim().length >= 2).toSorted((a, b) => b.length - a.length);
  for (const name of known) masked = masked.replaceAll(name.trim(), "某某");
  for (const contact of CONTACTS) masked = masked.replace(contact, "***");
  masked = masked.replace(COMPANY, (company) =>
    OWN_COMPANY.test(company)
      ? company
      : `某${/(有限公司|股份公司|公司|集团|银行|医院)$/.exec(company)?.[0] ?? "公司"}`,
  );
  masked = masked.replace(CUSTOMER, "$1某某").replace(HONORIFIC, "某$1").replace(BOSS, "某总");
  return masked.replace(ENGLISH, "$1 …");
}

/** A learner's words as they may be quoted: masked first, then cut to 40 characters (texts.md rule 9). */
export function maskQuote(text: string, names: readonly string[] = []): string {
  const characters = Array.from(maskWords(text, names));
  return characters.length <= QUOTE_LIMIT
    ? characters.join("")
    : `${characters.slice(0, QUOTE_LIMIT - 1).join("")}…`;
}
