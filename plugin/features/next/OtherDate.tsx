import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { answer, api } from "../../api.ts";
import { Answered } from "../../ui/Answered.tsx";
import { Button } from "../../ui/Button.ts";
import { useFormat } from "../../ui/format.ts";
import { useAnswer } from "./use-answer.ts";

interface Props {
  session: string;
  onDone: () => void;
}

/** 换个时间: up to five dates that are really free, then a swap, then a substitute. */
export function OtherDate({ session, onDone }: Props) {
  const { t } = useTranslation("next");
  const { when } = useFormat();
  const [swap, setSwap] = useState(false);
  const { say, busy } = useAnswer(session, onDone);
  const dates = useQuery({
    queryKey: ["dates", session],
    queryFn: () => answer(api.turns[":session"].dates.$get({ param: { session } })),
    staleTime: 0,
  });
  return (
    <Answered of={dates}>
      {({ dates: free }) => (
        <div className="panel">
          <p>{t(free.length > 0 ? "whichDate" : "noDate")}</p>
          <div className="acts">
            {free.map(({ start }) => (
              <Button key={start} disabled={busy} onClick={() => say({ act: "move", start })}>
                {when(start)}
              </Button>
            ))}
          </div>
          <p className="soft">{t("noneFits")}</p>
          <div className="acts">
            <Button aria-expanded={swap} onClick={() => setSwap(!swap)}>
              {t("swap")}
            </Button>
            <Button disabled={busy} onClick={() => say({ act: "substitute" })}>
              {t("substitute")}
            </Button>
          </div>
          {swap && <Peers session={session} onDone={onDone} />}
        </div>
      )}
    </Answered>
  );
}

/** 和同事对换: nothing changes until the colleague agrees. */
function Peers({ session, onDone }: Props) {
  const { t } = useTranslation("next");
  const { when } = useFormat();
  const { say, busy } = useAnswer(session, onDone);
  const peers = useQuery({
    queryKey: ["peers", session],
    queryFn: () => answer(api.turns[":session"].peers.$get({ param: { session } })),
    staleTime: 0,
  });
  return (
    <Answered of={peers}>
      {({ peers: list }) => (
        <>
          <p className="soft">{t(list.length > 0 ? "swapWith" : "noSwap")}</p>
          <div className="acts">
            {list.map((peer) => (
              <Button
                key={peer.session}
                disabled={busy}
                onClick={() => say({ act: "swap", with: peer.session })}
              >
                {t("peer", { name: peer.lecturer, when: when(peer.start) })}
              </Button>
            ))}
          </div>
        </>
      )}
    </Answered>
  );
}
