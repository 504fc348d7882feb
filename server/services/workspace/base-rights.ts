import type { Names } from "#base/table.ts";
import type { Gateway, Member } from "../../feishu/gateway.ts";

export interface BaseRights {
  token: string;
  /** Only for people who manage it. */
  name: string | null;
  /** The app manages it: reads, writes, roles and events need that (decisions.md 3). */
  app: boolean;
  /** The person manages it, by name or through a chat they are in. */
  person: boolean;
  /** Others who may open it: people, chats, departments. */
  others: number;
  /** What to do where one of the two is false. */
  next: Names | null;
}

type Rights = Pick<Gateway, "drive" | "bases" | "chats">;

const ADD_APP: Names = {
  zh: "打开这张多维表格，点右上角「…」→ 更多 → 添加文档应用，选「讲台」，权限给「可管理」，再回来重试。",
  en: "Open this Base, “…” → More → Add document app, choose Lectern with “Can manage”, then try again.",
};
const NOT_YOURS: Names = {
  zh: "只有对这张多维表格有「可管理」权限的人能启用。请它的所有者来做，或请 TA 把您设为可管理。",
  en: "Only someone with “Can manage” on this Base can set it up. Ask its owner to do it, or to give you that right.",
};
const NO_BASE: Names = {
  zh: "这个链接打不开一张多维表格。请复制多维表格自己的链接；知识库和文档里的多维表格不能用。",
  en: "This link opens no Base. Copy the link of a Base of its own; Bases inside a wiki or document cannot be used.",
};

/**
 * Who manages a Base, as Feishu says itself: nothing the client claims counts. Where the app cannot look nobody is believed,
 * and who does not manage it does not learn its name.
 */
export async function baseRights(feishu: Rights, token: string, person: string): Promise<BaseRights> {
  const none = { token, name: null, app: false, person: false, others: 0 };
  let members: Member[];
  try {
    members = await feishu.drive.listMembers(token, "bitable");
  } catch (error) {
    if (isRefusal(error, "NotFoundError", "InvalidRequestError")) return { ...none, next: NO_BASE };
    if (isRefusal(error, "PermissionError")) return { ...none, next: ADD_APP };
    throw error;
  }
  if (!(await isManager(feishu, members, person))) return { ...none, next: NOT_YOURS };
  try {
    // Answered to managers only (facts.md §5.6).
    await feishu.drive.isSubscribed(token, "bitable");
    const { name } = await feishu.bases.getApp(token);
    const others = members.filter((one) => one.memberId !== person && !isApp(one)).length;
    return { token, name, app: true, person: true, others, next: null };
  } catch (error) {
    if (isRefusal(error, "PermissionError")) return { ...none, person: true, next: ADD_APP };
    if (isRefusal(error, "NotFoundError", "InvalidRequestError"))
      return { ...none, person: true, next: NO_BASE };
    throw error;
  }
}

const isApp = ({ memberType, type }: Member) => [memberType, type].some((kind) => kind?.startsWith("app"));
const isRefusal = (error: unknown, ...names: string[]) =>
  error instanceof Error && names.includes(error.name);

async function isManager(feishu: Rights, members: Member[], person: string): Promise<boolean> {
  const managers = members.filter(({ perm }) => perm === "full_access");
  if (managers.some(({ memberType, memberId }) => memberType === "openid" && memberId === person))
    return true;
  for (const { memberType, memberId } of managers)
    if (memberType === "openchat" && (await sitsIn(feishu, memberId, person))) return true;
  return false;
}

async function sitsIn(feishu: Rights, chat: string, person: string): Promise<boolean> {
  try {
    return (await feishu.chats.members(chat)).some(({ openId }) => openId === person);
  } catch (error) {
    // A chat the bot is not in proves nothing about anybody.
    if (isRefusal(error, "PermissionError", "NotFoundError", "UnreachableError", "InvalidRequestError"))
      return false;
    throw error;
  }
}
