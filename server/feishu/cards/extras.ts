import { formFields } from "#domain/messages/actions.ts";
import { lecturerAddress } from "#domain/messages/address.ts";
import { whenWords, type Reading } from "#domain/messages/dates.ts";
import type { TemplateData } from "#domain/messages/facts.ts";
import type { RenderedMessage } from "#domain/messages/render.ts";
import type { TemplateId } from "#domain/messages/templates.ts";
import { button, form, input, row, type Part } from "./parts.ts";

const MOST_CHOICES = 5;
const MOST_TOPICS = 3;

type Extras<T extends TemplateId> = (
  data: TemplateData<T>,
  words: RenderedMessage,
  reading: Reading,
) => Part[];

/** The parts of a card that are more than words and buttons: dates, peers and topics to choose from, fields to write in. */
export const cardExtras: { [T in TemplateId]?: Extras<T> } = {
  "invite.dates": ({ session, dates, minutes }, _, reading) =>
    dates.slice(0, MOST_CHOICES).map((date, at) =>
      button(
        whenWords(date.start, minutes, reading),
        {
          v: 1,
          act: "invite.pick-date",
          session,
          start: date.start,
          ...(date.session === undefined ? {} : { slot: date.session }),
        },
        at === 0,
      ),
    ),
  "topic.choose": ({ session, topics }) =>
    topics.length === 0
      ? []
      : [
          row(
            topics
              .slice(0, MOST_TOPICS)
              .map(({ id, name }, at) =>
                button(name, { v: 1, act: "topic.pick", session, topic: id }, at === 0),
              ),
          ),
        ],
  "swap.choose": ({ session, peers }, _, reading) =>
    peers
      .slice(0, MOST_CHOICES)
      .map((peer, at) =>
        button(
          `${peer.lecturer} · ${whenWords(peer.start, undefined, reading)}`,
          { v: 1, act: "swap.propose", session, with: peer.session },
          at === 0,
        ),
      ),
  "rate.comment": ({ session }, words, { language }) => [
    form("comment_form", [input(formFields.comment, hint(words, language), false)], label(words), {
      v: 1,
      act: "rate.comment",
      session,
    }),
  ],
  "thanks.write": ({ session }, words, { language }) => [
    form(
      "thanks_form",
      [input(formFields.thanks, language === "zh" ? "哪一句帮到了你?" : "What helped you?", true, 200)],
      label(words),
      {
        v: 1,
        act: "thanks.say",
        session,
      },
    ),
  ],
  thanks: ({ session, thanksId }, words, { language }) => [
    form(
      "reply_form",
      [input(formFields.comment, language === "zh" ? "想回什么?" : "Your answer", true, 200)],
      label(words),
      {
        v: 1,
        act: "thanks.reply",
        session,
        thanks: thanksId,
      },
    ),
  ],
  "care.edit": (data, words, { language }) => [
    form(
      "care_form",
      [
        input(
          formFields.sentence,
          language === "zh" ? "想对 TA 说的话" : "What you would like to say",
          true,
          300,
          data.sentence ?? careSentence(data, language),
        ),
      ],
      label(words),
      {
        v: 1,
        act: "care.send",
        care: data.care,
      },
    ),
  ],
};

/** The sentence of the care note as it stands before anyone edits it (texts.md §3.13). */
export function careSentence(
  { lecturer, lecturerAddress: given }: { lecturer?: string; lecturerAddress?: string },
  language: "zh" | "en",
): string {
  const address = given ?? lecturerAddress(lecturer ?? "", language);
  if (language === "zh")
    return `${address === "" ? "" : `${address},`}最近是不是没时间分享?需要我帮你找素材或调整日程吗?`;
  const question = "have you been short of time lately? Shall I help you find material or move your date?";
  return address === "" ? `H${question.slice(1)}` : `${address}, ${question}`;
}

function label({ buttons }: RenderedMessage): string {
  return buttons[0] ?? "";
}

function hint({ lines }: RenderedMessage, language: "zh" | "en"): string {
  return lines[0] ?? (language === "zh" ? "想补一句吗?" : "Anything to add?");
}
