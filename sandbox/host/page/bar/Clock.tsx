import { IconClock, IconMore, IconStop } from "@douyinfe/semi-icons";
import { Button, DatePicker, Dropdown, Modal, Spin } from "@douyinfe/semi-ui";
import { useState } from "react";
import { DAY, dayName, HOUR, time } from "../dates.ts";
import { useLive } from "../live.ts";
import { useWorld } from "../world.tsx";
import { useClockHand } from "./clock-hand.ts";

/** The company's clock and the ways to move it on. */
export function Clock() {
  const { words, language } = useWorld();
  const { now, running } = useLive();
  const { moving, move, stop } = useClockHand(now);
  const [asking, setAsking] = useState(false);
  if (now === 0) return null;
  const ways = [
    { name: words.hour, go: () => move({ until: now + HOUR }) },
    { name: words.day, go: () => move({ until: now + DAY }) },
    { name: words.next, go: () => move({ next: true }) },
    { name: words.goTo, go: () => setAsking(true) },
  ];
  return (
    <section className="clock" aria-label={words.clock}>
      <IconClock />
      <time dateTime={new Date(now).toISOString()}>
        <span>{dayName(now, language)}</span> <b>{time(now, language)}</b>
      </time>
      <span className="clock-ways">
        {ways.map((way) => (
          <Button key={way.name} size="small" type="tertiary" disabled={moving} onClick={way.go}>
            {way.name}
          </Button>
        ))}
      </span>
      <span className="clock-more">
        <Dropdown
          trigger="click"
          position="bottomRight"
          menu={ways.map((way) => ({ node: "item", name: way.name, onClick: way.go, disabled: moving }))}
        >
          <Button size="small" aria-label={words.goTo} icon={<IconMore />} />
        </Dropdown>
      </span>
      {(moving || running) && (
        <output className="clock-running">
          <Spin size="small" />
          <span>{words.running}</span>
        </output>
      )}
      {moving && (
        <Button
          size="small"
          theme="borderless"
          type="danger"
          aria-label={words.cancel}
          icon={<IconStop />}
          onClick={stop}
        />
      )}
      {asking && (
        <GoTo
          now={now}
          close={() => setAsking(false)}
          go={(until) => {
            setAsking(false);
            move({ until });
          }}
        />
      )}
    </section>
  );
}

function GoTo({ now, close, go }: { now: number; close: () => void; go: (until: number) => void }) {
  const { words } = useWorld();
  const [at, setAt] = useState(now + DAY);
  const past = at <= now;
  return (
    <Modal
      visible
      width={340}
      title={words.goTo}
      onCancel={close}
      onOk={() => go(at)}
      okText={words.go}
      cancelText={words.cancel}
      okButtonProps={{ disabled: past }}
    >
      <DatePicker
        type="dateTime"
        density="compact"
        format="yyyy-MM-dd HH:mm"
        needConfirm={false}
        style={{ width: "100%" }}
        value={at}
        onChange={(date) => date instanceof Date && setAt(date.getTime())}
      />
      {past && <p className="warn">{words.past}</p>}
    </Modal>
  );
}
