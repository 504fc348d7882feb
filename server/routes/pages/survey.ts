import { Hono } from "hono";
import { html } from "hono/html";
import { z } from "zod";
import { motivations } from "#domain/messages/actions.ts";
import type { Ctx } from "../../context.ts";
import { activeLecturer } from "../../services/people/roles.ts";
import { answerMotivates, answerWilling } from "../../services/survey/answer.ts";
import { roundOf } from "../../services/survey/rounds.ts";
import { allContexts, contextOfWorkspace, type Env, type PeopleOptions } from "../edge.ts";
import { answerText, choices, form, page, say, type Reader } from "./layout.ts";
import { done, forbidden, readForm, readerOf } from "./reading.ts";

const answers = z.object({
  willing: z.coerce.number().int().min(1).max(5),
  motivates: z.enum([...motivations, "none"]),
});

/** `/m/survey/:period`: the two anonymous questions, by the verbs of the card; nothing of the answer is kept or logged here. */
export function surveyPages(options: PeopleOptions) {
  const asked = async (ctx: Ctx, period: string, person: string) => {
    const lecturer = await activeLecturer(ctx, person);
    return lecturer !== null && ((await roundOf(ctx, period))?.asked.includes(lecturer.id) ?? false);
  };
  const app = new Hono<Env>();
  app.get("/:period", async (c) => {
    const reader = readerOf(c);
    const person = c.get("who").openId;
    for (const ctx of await allContexts(options, person))
      if (await asked(ctx, c.req.param("period"), person))
        return c.html(
          page(
            reader.language,
            say(reader.language, "接下来还愿意分享吗？", "Would you go on sharing?"),
            questions(ctx, c.req.param("period"), reader),
            reader,
          ),
        );
    return c.html(forbidden(reader), 403);
  });
  app.post("/:period", async (c) => {
    const reader = readerOf(c);
    const person = c.get("who").openId;
    const period = c.req.param("period");
    const fields = await readForm(c);
    const ctx = fields && (await contextOfWorkspace(options, String(fields["workspace"]), person));
    if (!ctx) return c.html(forbidden(reader), 403);
    const given = answers.safeParse(fields);
    if (!given.success)
      return c.html(
        done(
          reader,
          say(reader.language, "两题都选一下就好。", "Please answer both."),
          `/m/survey/${encodeURIComponent(period)}`,
        ),
      );
    const first = await answerWilling(ctx, { period, person, answer: given.data.willing });
    const answer =
      first.card?.template === "survey.second"
        ? await answerMotivates(ctx, { period, person, answer: given.data.motivates })
        : first;
    return c.html(done(reader, answerText(answer), "/m"));
  });
  return app;
}

function questions(ctx: Ctx, period: string, reader: Reader) {
  const { language } = reader;
  const willing = say(language, "很愿意,愿意,看情况,不太想,不想", "Gladly,Yes,Depends,Rather not,No").split(
    ",",
  );
  const motives = [
    ["honour", say(language, "被认可", "Recognition")],
    ["material", say(language, "实在的", "Something tangible")],
    ["growth", say(language, "成长", "Growth")],
    ["none", say(language, "都不太是", "None of these")],
  ] as const;
  return html`<section>
    <p class="soft">
      ${say(language, "匿名，2 题，10 秒。", "Anonymous, 2 questions, 10 seconds.")}
      <a href="/m/how">${say(language, "怎么做到的", "How")}</a>
    </p>
    ${form(
      reader,
      `/m/survey/${encodeURIComponent(period)}`,
      [
        html`<input type="hidden" name="workspace" value="${ctx.workspace.id}" />`,
        choices(
          say(language, "接下来还愿意分享吗？", "Would you go on sharing?"),
          "willing",
          willing.map((word, n) => [5 - n, word] as const),
        ),
        choices(say(language, "什么最能让您愿意讲？", "What would move you most?"), "motivates", motives),
      ],
      say(language, "提交", "Send"),
    )}
  </section>`;
}
