import { allRecords } from "../../records/read.ts";
import type { Ctx } from "../../../context.ts";
import { type CheckDefinition, failing, fine, type Patient, words } from "./check.ts";

/** The cache is read by workspace and database alone. */
const cacheOf = ({ db, workspace }: Patient): Ctx => ({ db, workspace }) as unknown as Ctx;

export const chats: CheckDefinition = {
  id: "chats",
  title: words("机器人在群里", "Bot in the chats"),
  async look(patient) {
    const groups = await allRecords(cacheOf(patient), "groups");
    const missing: string[] = [];
    let seen = 0;
    for (const group of groups)
      for (const chat of [group.chat ?? [], group.audience ?? []].flat()) {
        seen++;
        if (!(await patient.feishu.chats.isInChat(chat))) missing.push(`${group.name ?? group.id}: ${chat}`);
      }
    const without = groups
      .filter((group) => !group.chat || !group.audience?.length)
      .map((group) => group.name ?? group.id);
    if (missing.length > 0)
      return failing(
        words(`不在这些群里：${missing.join("、")}`, `not in: ${missing.join(", ")}`),
        words("请群主在群设置里添加机器人「讲台」", "ask the owner of the chat to add the bot Lectern"),
      );
    if (without.length > 0)
      return failing(
        words(`还没有选群：${without.join("、")}`, `no chat chosen: ${without.join(", ")}`),
        words("在「讲师群」表里选好讲师群聊和学员群聊", "choose both chats in the table Groups"),
      );
    return fine(`${seen} 个群都在`, `in all ${seen} chats`);
  },
};

export const reach: CheckDefinition = {
  id: "reach",
  title: words("联系得到的人", "People within reach"),
  async look(patient) {
    const lecturers = await allRecords(cacheOf(patient), "lecturers");
    const names = new Map(
      lecturers.flatMap((row) => (row.person ? [[row.person, row.name ?? row.person]] : [])),
    );
    for (const admin of patient.workspace.admins) if (!names.has(admin)) names.set(admin, admin);
    const noAccount = lecturers
      .filter((row) => row.state !== "left" && !row.person)
      .map((row) => row.name ?? row.id);
    const there = new Set(
      (await patient.feishu.contact.users([...names.keys()])).map(({ openId }) => openId),
    );
    const far = [...names].filter(([person]) => !there.has(person)).map(([, name]) => name);
    if (far.length > 0)
      return failing(
        words(`应用看不到：${far.join("、")}`, `the app cannot see: ${far.join(", ")}`),
        words(
          "在管理后台把这些人放进应用的可用范围和通讯录权限范围",
          "put these people into the app's availability and contact range in the admin console",
        ),
      );
    if (noAccount.length > 0)
      return failing(
        words(
          `讲师没有填账号：${noAccount.join("、")}`,
          `lecturers without an account: ${noAccount.join(", ")}`,
        ),
        words("在「讲师」表里补上账号", "fill in Account in the table Lecturers"),
      );
    return fine(`${names.size} 人都联系得到`, `all ${names.size} people can be reached`);
  },
};

/** Everyone who may open 「讲台·管理」 sees points, care notes and preferences. */
export const readers: CheckDefinition = {
  id: "readers",
  title: words("谁能看「讲台·管理」", "Who reads the admin Base"),
  async look({ feishu, workspace }) {
    const members = await feishu.drive.listMembers(workspace.adminToken, "bitable");
    const admins = new Set(workspace.admins);
    const apps = new Set(["app", "appid"]);
    const others = members.filter(
      ({ memberId, memberType, type }) =>
        !admins.has(memberId) && !apps.has(memberType) && !apps.has(type ?? ""),
    );
    if (others.length === 0) return fine(`只有 ${admins.size} 位管理员`, `only the ${admins.size} admins`);
    const list = others.map(({ name, memberId, perm }) => `${name ?? memberId}（${perm}）`).join("、");
    return failing(
      words(`管理员以外还有：${list}`, `besides the admins: ${list}`),
      words(
        "在「讲台·管理」的分享设置里移除他们，或把他们加为管理员",
        "remove them in the sharing settings of the admin Base, or make them admins",
      ),
    );
  },
};
