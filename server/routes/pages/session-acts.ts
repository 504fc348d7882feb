import { z } from "zod";
import type { PressAnswer } from "#automations/define.ts";
import { smallText } from "#base/defaults/small-texts.ts";
import { declineReasons } from "#domain/messages/actions.ts";
import type { Ctx } from "../../context.ts";
import { nudge } from "../../services/admin/nudge.ts";
import { checkIn } from "../../services/attendance/check-in.ts";
import { signUp } from "../../services/attendance/sign-up.ts";
import { handIn } from "../../services/content/hand-in.ts";
import { reviewContent } from "../../services/content/review.ts";
import { startOutline } from "../../services/content/start-outline.ts";
import { undoAnnouncement } from "../../services/content/submit.ts";
import { talkOnly } from "../../services/content/talk-only.ts";
import { askDemand } from "../../services/demand/ask.ts";
import { replyThanks } from "../../services/echo/reply-thanks.ts";
import { sayThanks } from "../../services/echo/say-thanks.ts";
import { thankAll } from "../../services/echo/thank-all.ts";
import { answerLearned } from "../../services/outcome/ask-learned.ts";
import type { Roles } from "../../services/people/roles.ts";
import { giveComment } from "../../services/ratings/give-comment.ts";
import { giveScore } from "../../services/ratings/give-score.ts";
import { decideHeld } from "../../services/sessions/decide-held.ts";
import type { SessionView } from "../../services/sessions/facts.ts";
import { acceptTurn } from "../../services/turns/answer.ts";
import { declineTurn } from "../../services/turns/decline.ts";
import { moveTurn } from "../../services/turns/move.ts";
import { pickTopic } from "../../services/turns/pick-topic.ts";
import {
  acceptSubstitution,
  declineSubstitution,
  searchSubstitute,
} from "../../services/turns/substitute.ts";
import { proposeSwap } from "../../services/turns/swap.ts";

/** A session, and who looks at it. */
export interface Found {
  ctx: Ctx;
  view: SessionView;
  roles: Roles;
  person: string;
}
type Act = (found: Found, fields: Record<string, unknown>) => Promise<PressAnswer>;

const ofWho = ({ view, person }: Found) => ({ session: view.session.id, person });
const words = (value: unknown) => (typeof value === "string" ? value : "");
const inAudience = ({ audience, lecturer }: Roles) => audience || lecturer;

/** What can be done on the page: the very verbs of the cards. Who may is judged by the verb, and where it does not, by `may`. */
export const sessionActs: Record<string, { run: Act; may?: (roles: Roles) => boolean }> = {
  accept: { run: (found) => acceptTurn(found.ctx, ofWho(found)) },
  move: {
    run: (found, { start }) =>
      moveTurn(found.ctx, { ...ofWho(found), start: z.coerce.number().int().parse(start) }),
  },
  decline: {
    run: (found, { reason }) =>
      declineTurn(found.ctx, {
        ...ofWho(found),
        reason: z.enum(declineReasons).optional().catch(undefined).parse(reason),
      }),
  },
  substitute: { run: (found) => searchSubstitute(found.ctx, ofWho(found)) },
  "step-in": { run: (found) => acceptSubstitution(found.ctx, ofWho(found)) },
  "not-me": { run: (found) => declineSubstitution(found.ctx, ofWho(found)) },
  swap: { run: (found, fields) => proposeSwap(found.ctx, { ...ofWho(found), with: words(fields["with"]) }) },
  topic: {
    run: (found, { topic }) => pickTopic(found.ctx, { ...ofWho(found), topic: words(topic) || undefined }),
  },
  outline: { run: (found) => startOutline(found.ctx, ofWho(found)) },
  "talk-only": { run: (found) => talkOnly(found.ctx, ofWho(found)) },
  "hand-in": {
    run: async (found, fields) => handIn(found.ctx, { ...ofWho(found), ...(await handedIn(fields)) }),
  },
  undo: { run: takeBack },
  review: {
    run: (found, { approve }) => reviewContent(found.ctx, { ...ofWho(found), approve: approve === "yes" }),
  },
  nudge: { run: (found) => nudge(found.ctx, ofWho(found)) },
  held: { run: (found, { held }) => decideHeld(found.ctx, { ...ofWho(found), held: held === "yes" }) },
  coming: { run: (found) => signUp(found.ctx, { ...ofWho(found), coming: true }), may: inAudience },
  "not-coming": { run: (found) => signUp(found.ctx, { ...ofWho(found), coming: false }), may: inAudience },
  "check-in": { run: (found) => checkIn(found.ctx, { ...ofWho(found), source: "qr" }), may: inAudience },
  question: {
    run: ({ ctx, person }, { text }) => askDemand(ctx, { person, text: words(text) }),
    may: inAudience,
  },
  rate: { run: rate },
  thanks: { run: (found, { text }) => sayThanks(found.ctx, { ...ofWho(found), text: words(text) }) },
  reply: {
    run: (found, { thanks, text }) =>
      replyThanks(found.ctx, { ...ofWho(found), thanks: words(thanks), text: words(text) }),
  },
  "thank-all": { run: (found) => thankAll(found.ctx, ofWho(found)) },
  learned: {
    run: (found, { answer }) =>
      answerLearned(found.ctx, {
        ...ofWho(found),
        answer: z.enum(["used", "not-yet", "no"]).parse(answer),
      }),
  },
};

/** Score and sentence of one form; both verbs seal what they get, and nothing of it is kept or logged here. */
async function rate(found: Found, { score, comment }: Record<string, unknown>): Promise<PressAnswer> {
  const chosen = z.coerce.number().int().min(1).max(5).safeParse(score);
  if (!chosen.success)
    return {
      toast: {
        type: "info",
        text: found.ctx.settings.language === "zh" ? "请先选一个。" : "Please choose one first.",
      },
    };
  const answer = await giveScore(found.ctx, { ...ofWho(found), score: chosen.data });
  if (answer.card?.template !== "rate.comment") return answer;
  return giveComment(found.ctx, { ...ofWho(found), comment: words(comment) });
}

async function takeBack(found: Found): Promise<PressAnswer> {
  const undone = (await undoAnnouncement(found.ctx, ofWho(found))) === "undone";
  const text = smallText(undone ? "announceUndone" : "announceGone", found.ctx.settings.language);
  return { card: { template: "settled", data: { text } } };
}

async function handedIn({ file, link, title }: Record<string, unknown>) {
  const given =
    file instanceof File && file.size > 0
      ? { name: file.name.slice(0, 200), type: file.type, bytes: new Uint8Array(await file.arrayBuffer()) }
      : undefined;
  return { file: given, link: words(link), title: words(title) };
}
