import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { TurnView } from "#server/services/turns/my-turns.ts";
import { answer, api } from "../../api.ts";
import { go, useLocation } from "../../navigation.ts";
import { Answered } from "../../ui/Answered.tsx";
import { Empty } from "../../ui/Empty.tsx";
import { Field } from "../../ui/Field.tsx";
import { useFormat } from "../../ui/format.ts";
import { Screen } from "../../ui/Screen.tsx";
import { StateTag } from "../../ui/StateTag.tsx";
import { turnsQuery } from "../next/queries.ts";
import { HandedIn } from "./HandedIn.tsx";
import { Outline } from "./Outline.tsx";
import { Upload } from "./Upload.tsx";

const SOON_MS = 2000;

/** 准备与上传, in two steps: something to start from, then the file, the link, or nothing but words. */
export default function Prepare() {
  const { t } = useTranslation("prepare");
  const turns = useQuery(turnsQuery);
  const { params } = useLocation();
  return (
    <Screen title={t("title")}>
      <Answered of={turns}>
        {({ turns: all }) => {
          const open = all.filter(({ may }) => may.prepare);
          const session = open.find((turn) => turn.session === params["record"]) ?? open[0];
          if (!session) return <Empty>{t("none")}</Empty>;
          return (
            <>
              {open.length > 1 && <Which turns={open} chosen={session.session} />}
              <Session session={session.session} key={session.session} />
            </>
          );
        }}
      </Answered>
    </Screen>
  );
}

function Which({ turns, chosen }: { turns: TurnView[]; chosen: string }) {
  const { t } = useTranslation("prepare");
  const { when } = useFormat();
  return (
    <Field label={t("which")}>
      <select
        className="control"
        value={chosen}
        onChange={(event) => go("prepare", { record: event.target.value })}
      >
        {turns.map((turn) => (
          <option key={turn.session} value={turn.session}>
            {when(turn.start)} {turn.title ?? turn.group}
          </option>
        ))}
      </select>
    </Field>
  );
}

function Session({ session }: { session: string }) {
  const { when } = useFormat();
  const prepared = useQuery({
    queryKey: ["prepare", session],
    queryFn: () => answer(api.prepare[":session"].$get({ param: { session } })),
    // What is under way on the server is looked at until it is over.
    refetchInterval: ({ state: { data } }) =>
      data && (data.outline.state === "making" || ["noticed", "waiting"].includes(data.announcement.state))
        ? SOON_MS
        : false,
  });
  return (
    <Answered of={prepared}>
      {(data) => (
        <>
          <p className="row">
            <span>
              {when(data.start, data.minutes)} · {data.group}
            </span>
            <StateTag state={data.state} />
          </p>
          <HandedIn prepared={data} />
          <Outline prepared={data} />
          {data.open && <Upload prepared={data} />}
        </>
      )}
    </Answered>
  );
}
