import { declineReasons, motivations, notNeededReasons, type CardAction } from "#domain/messages/actions.ts";
import type { TemplateData } from "#domain/messages/facts.ts";
import { pages } from "#domain/messages/links.ts";
import type { TemplateId } from "#domain/messages/templates.ts";
import type { Press } from "./parts.ts";

/** Addresses a button may open: the card's own page (with a tab), a page of its own, or the meeting. */
export interface Links {
  own: (tab?: string) => string;
  page: (path: string) => string;
}
type Buttons<T extends TemplateId> = (data: TemplateData<T>, links: Links) => readonly (Press | undefined)[];
// Distributes over the argument, so that `act("check-in", …)` is checked against that action's own fields.
type Without<A> = A extends CardAction ? Omit<A, "v" | "act"> : never;

function act<A extends CardAction["act"]>(
  name: A,
  ids: Without<Extract<CardAction, { act: A }>>,
): CardAction {
  // The compiler cannot rebuild the union member from its parts; the argument types above can.
  return { v: 1, act: name, ...ids } as unknown as CardAction;
}
interface OfSession {
  session: string;
}
const url = (address: string): Press => ({ url: address });
const scores = [5, 4, 3, 2, 1] as const;
const answers = ({ session }: OfSession) => [
  act("invite.accept", { session }),
  act("invite.dates", { session }),
  act("invite.decline", { session }),
];
const rating = ({ session }: OfSession) => scores.map((score) => act("rate.score", { session, score }));
const echo = ({ session }: OfSession, { own }: Links) => [url(own("echo")), act("echo.thank", { session })];
const content = ({ session }: OfSession, { own }: Links) => [
  url(own("upload")),
  act("material.none", { session }),
];
const meeting = ({ meetingUrl }: { meetingUrl?: string }, { own }: Links) => url(meetingUrl ?? own());

/** What each label of a message does, in the order of the labels; undefined leaves that label out. */
export const cardButtons: { [T in TemplateId]: Buttons<T> } = {
  invite: answers,
  // The dates themselves stand above as buttons (build-card.ts); the first label is theirs.
  "invite.dates": ({ session, maySwap }) => [
    undefined,
    maySwap === false ? undefined : act("swap.choose", { session }),
    act("substitute.search", { session }),
  ],
  "invite.reasons": ({ session }) =>
    declineReasons.map((reason) => act("invite.decline", { session, reason })),
  "remind.before": ({ session, templateId }, { own }) => [
    act("template.use", { session, ...(templateId === undefined ? {} : { template: templateId }) }),
    url(own("upload")),
    act("topic.pick", { session }),
  ],
  "remind.ready": (_, { own }) => [url(own("upload"))],
  "topic.choose": (_, { own }) => [url(own("topic"))],
  "confirm.follow": answers,
  "confirm.last": answers,
  "content.missing": content,
  uploaded: ({ session }) => [act("announce.undo", { session })],
  "outline.ready": ({ document }, { own }) => [url(document), url(own("upload"))],
  announce: ({ session }, { own }) => [
    url(own("material")),
    act("calendar.add", { session }),
    url(own("question")),
  ],
  "announce.update": (_, { own }) => [url(own("material"))],
  "day-of": (data, links) => [meeting(data, links), act("attend.cannot", { session: data.session })],
  "day-of.direct": (data, links) => [url(links.own("material")), meeting(data, links)],
  "check-in": ({ session }) => [act("check-in", { session })],
  rate: rating,
  // 提交 belongs to the form above (build-card.ts).
  "rate.comment": ({ session, maySign }) => [
    undefined,
    act("rate.undo", { session }),
    maySign === false ? undefined : act("thanks.write", { session }),
  ],
  "rate.remind": rating,
  "thanks.write": () => [undefined],
  thanks: ({ session, thanksId }) => [act("thanks.reply", { session, thanks: thanksId })],
  "thanks.reply": () => [],
  "thanks.all": () => [],
  echo,
  "echo.waiting": echo,
  "echo.quiet": echo,
  "substitute.ask": ({ session, ask }) => [
    act("substitute.accept", { session, ask }),
    act("substitute.decline", { session, ask }),
  ],
  "swap.choose": () => [undefined],
  "swap.ask": ({ swap }) => [act("swap.agree", { swap }), act("swap.keep", { swap })],
  "swap.kept": ({ session }) => [act("invite.dates", { session }), act("substitute.search", { session })],
  changed: () => [],
  nudge: content,
  "award.approve": ({ awardId }) => [
    act("award.approve", { award: awardId }),
    act("award.refuse", { award: awardId }),
  ],
  award: ({ awardId }, { own }) => [
    url(own()),
    act("award.share", { award: awardId }),
    act("award.private", { award: awardId }),
  ],
  "award.chat": () => [],
  offer: ({ offerId }) => [
    act("offer.volunteer", { offer: offerId }),
    act("offer.other", { offer: offerId }),
    act("offer.dismiss", { offer: offerId }),
  ],
  care: ({ care }) => [
    act("care.send", { care }),
    act("care.edit", { care }),
    act("care.not-needed", { care }),
  ],
  "care.edit": () => [undefined],
  "care.why": ({ care }) => notNeededReasons.map((why) => act("care.not-needed", { care, why })),
  "care.sentence": () => [],
  "care.outcome": ({ care }) =>
    (["yes", "some", "no"] as const).map((answer) => act("care.helpful", { care, answer })),
  monthly: (_, { own, page }) => [url(own()), url(own("document")), url(page(pages.definitions))],
  "manager.monthly": (_, { own }) => [url(own())],
  "admin.daily": (_, { own }) => [url(own())],
  "admin.urgent": (_, { own }) => [url(own())],
  "schedule.ready": ({ proposal }) => [act("schedule.publish", { proposal })],
  "group.ready": ({ groupId }) => [act("group.live", { group: groupId })],
  "delivered.ask": ({ session }) => [act("delivered.yes", { session }), act("delivered.no", { session })],
  "unfilled.ask": ({ session }) => [
    act("todo.move", { session }),
    act("todo.replay", { session }),
    act("todo.cancel", { session }),
  ],
  "volunteer.approve": ({ session, lecturerId }) => [
    act("volunteer.approve", { session, lecturer: lecturerId }),
    act("volunteer.refuse", { session, lecturer: lecturerId }),
  ],
  "announce.review": ({ session }) => [
    act("announce.approve", { session }),
    act("announce.hold", { session }),
  ],
  answered: (_, { own }) => [url(own("material"))],
  learned: ({ session }) => [
    act("learned.used", { session }),
    act("learned.not-yet", { session }),
    act("learned.no", { session }),
  ],
  survey: ({ survey }) => scores.map((answer) => act("survey.willing", { survey, answer })),
  "survey.second": ({ survey }) =>
    [...motivations, "none" as const].map((answer) => act("survey.motivates", { survey, answer })),
  preference: () => motivations.map((choice) => act("preference.choose", { choice })),
  "preference.second": ({ chosen }) =>
    motivations.map((also) =>
      also === chosen ? undefined : act("preference.choose", { choice: chosen, also }),
    ),
  "points.corrected": (_, { own }) => [url(own())],
  "first.lecturers": (_, { own }) => [url(own())],
  "first.managers": (_, { own }) => [url(own())],
  notice: (_, { own }) => [url(own())],
  reply: (_, { own }) => [url(own())],
};
