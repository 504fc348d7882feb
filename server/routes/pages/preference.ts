import { html } from "hono/html";
import { motivations, type Motivation } from "#domain/messages/actions.ts";
import type { Ctx } from "../../context.ts";
import { myPreferences } from "../../services/preference/my-preferences.ts";
import type { Rec } from "../../services/records/read.ts";
import { choices, form, post, say, section, type Html, type Reader } from "./layout.ts";

const MOTIVATIONS = {
  honour: ["被认可（称号、证书）", "Recognition"],
  material: ["实在的（积分、礼品、假期）", "Something tangible"],
  growth: ["成长（培训、辅导、晋升）", "Growth"],
} as const;

/** 我的偏好: what makes it worthwhile, and what others may see. */
export async function preferenceParts(ctx: Ctx, lecturer: Rec<"lecturers">, reader: Reader): Promise<Html[]> {
  const { language } = reader;
  const { motivation, shown } = await myPreferences(ctx, lecturer, lecturer.person ?? "");
  const word = (key: Motivation) => say(language, MOTIVATIONS[key][0], MOTIVATIONS[key][1]);
  const said = motivation?.choice.map(word) ?? [];
  const options = motivations.map((key) => [key, word(key)] as const);
  const workspace = html`<input type="hidden" name="workspace" value="${ctx.workspace.id}" />`;
  return [
    section(say(language, "什么最让您觉得值得？", "What makes it worthwhile?"), [
      said.length > 0
        ? html`<p class="soft">
            ${say(language, "现在选的：", "Chosen now: ")}${said.join(say(language, "、", ", "))}
          </p>`
        : "",
      form(
        reader,
        "/m/preference",
        [
          workspace,
          choices(say(language, "最看重", "Most of all"), "choice", options),
          html`<label
            >${say(language, "还有（可不选）", "And, if you like")}
            <select name="also">
              <option value=""></option>
              ${options.map(([value, label]) => html`<option value="${value}">${label}</option>`)}
            </select></label
          >`,
        ],
        say(language, "保存", "Save"),
      ),
    ]),
    section(say(language, "主管能看到什么", "What your manager sees"), [
      html`<p>
        ${say(language, "次数和到场人数。评分、积分和偏好看不到。", "Shares and attendance; never rating, points or preferences.")}
        ${shown.quotes ? say(language, "您同意让主管看到学员的好评。", "You let your manager read praise.") : say(language, "学员的好评要您同意才看得到。", "Praise only if you agree.")}
      </p>`,
      post(
        reader,
        "/m/shown",
        shown.quotes
          ? say(language, "不再让主管看到好评", "No longer show praise")
          : say(language, "让主管看到好评", "Show praise"),
        { workspace: ctx.workspace.id, given: shown.quotes ? "no" : "yes" },
      ),
    ]),
    html`<p><a href="/m/messages">${say(language, "我要收哪些消息", "Which messages I get")}</a></p>`,
  ];
}
