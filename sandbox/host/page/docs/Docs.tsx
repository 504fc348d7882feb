import { useQuery } from "@tanstack/react-query";
import { get, mine } from "../api.ts";
import { Blank, waiting } from "../Blank.tsx";
import { brief } from "../dates.ts";
import { useLive } from "../live.ts";
import { useWorld } from "../world.tsx";
import { type Block, DocBody } from "./DocBody.tsx";

interface Doc {
  token: string;
  name: string;
  owner: string;
  modified: number;
}

/** Documents the person may open: the list, and the one chosen. */
export function Docs() {
  const { person, words, place, go, language } = useWorld();
  const { now } = useLive();
  const list = useQuery({
    queryKey: ["documents", person.open_id],
    queryFn: () => get<{ docs: Doc[] }>(mine(person.open_id, "docs")),
  });
  const chosen = place[0] === "docs" ? place[1] : undefined;
  const docs = list.data?.docs ?? [];
  return (
    <div className={chosen ? "two-panes chosen" : "two-panes"}>
      <aside className="pane-list">
        <h2>{words.docs}</h2>
        {waiting(list)}
        {list.data && docs.length === 0 && <Blank title={words.noDocs} hint={words.noDocsHint} />}
        {docs.map((doc) => (
          <button
            key={doc.token}
            type="button"
            className="list-item"
            aria-current={doc.token === chosen ? "true" : undefined}
            onClick={() => go("docs", doc.token)}
          >
            <span className="list-item-name">{doc.name || words.unnamed}</span>
            <span className="dim">
              {doc.owner} · {brief(doc.modified, now, language)}
            </span>
          </button>
        ))}
      </aside>
      <section className="pane-main">
        {chosen ? <Reading token={chosen} /> : docs.length > 0 && <Blank title={words.pickDoc} />}
      </section>
    </div>
  );
}

type Read = Doc & { blocks: Block[] };
type Closed = { closed: true; owner: string };

function Reading({ token }: { token: string }) {
  const { person, words, go } = useWorld();
  const doc = useQuery({
    queryKey: ["documents", person.open_id, token],
    queryFn: () => get<Read | Closed>(mine(person.open_id, `docs/${token}`)),
  });
  if (!doc.data) return waiting(doc);
  if ("closed" in doc.data) return <Blank title={words.noAccess} hint={words.noAccessHint(doc.data.owner)} />;
  return (
    <article className="doc">
      <button type="button" className="back" onClick={() => go("docs")}>
        ‹ {words.docs}
      </button>
      <h1>{doc.data.name || words.unnamed}</h1>
      <p className="dim">
        {words.owner} {doc.data.owner}
      </p>
      <DocBody blocks={doc.data.blocks} />
    </article>
  );
}
