import type { Message } from "../messenger/chat.ts";
import { useWorld } from "../world.tsx";
import { Elements } from "./Elements.tsx";
import { type CardHand, CardHandProvider, usePress } from "./press.ts";
import { isThing, str, type Thing, things, wordsOf } from "../thing.ts";

const COLORS = new Set(
  "blue wathet turquoise green yellow orange red carmine violet purple indigo grey".split(" "),
);

/** Where the parts of a card stand, and the path by which the sandbox names them. */
function bodyOf(card: Thing): { elements: unknown; path: string } {
  if (isThing(card.body)) return { elements: card.body.elements, path: "body.elements" };
  const translated = isThing(card.i18n_elements) ? card.i18n_elements : null;
  return {
    elements: translated ? (translated.zh_cn ?? Object.values(translated)[0]) : card.elements,
    path: "elements",
  };
}

/** An interactive card, JSON 1.0 or 2.0, as Feishu draws it. */
export function Card(props: { message: Message; card: Thing; imageOf: (key: string) => string }) {
  const { message, card, imageOf } = props;
  const { language } = useWorld();
  const hand: CardHand = { ...usePress(message.message_id), imageOf, isV2: card.schema === "2.0" };
  const header = isThing(card.header) ? card.header : null;
  const { elements, path } = bodyOf(card);
  const color = str(header?.template);
  const wide =
    isThing(card.config) && (card.config.wide_screen_mode === true || card.config.width_mode === "fill");
  return (
    <CardHandProvider value={hand}>
      <article className={wide ? "card card-wide" : "card"}>
        {header && (
          <div className={`card-header head-${COLORS.has(color) ? color : "default"}`}>
            <div className="card-title">
              {wordsOf(header.title, language)}
              {things(header.text_tag_list).map((tag, at) => (
                <span key={at} className="text-tag">
                  {wordsOf(tag.text, language)}
                </span>
              ))}
            </div>
            {header.subtitle !== undefined && (
              <div className="card-subtitle">{wordsOf(header.subtitle, language)}</div>
            )}
          </div>
        )}
        <div className="card-body">
          <Elements list={elements} path={path} />
        </div>
      </article>
    </CardHandProvider>
  );
}
