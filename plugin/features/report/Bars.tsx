import { useEffect, useRef, useSyncExternalStore } from "react";

interface Props {
  points: readonly { month: string; value: number | null }[];
  share: boolean;
  most: number | undefined;
  /** The same in words, for those who do not see the picture. */
  label: string;
}

const themeNow = () => (document.body.getAttribute("theme-mode") === "dark" ? "dark" : "light");
function listen(changed: () => void): () => void {
  const observer = new MutationObserver(changed);
  observer.observe(document.body, { attributes: true, attributeFilter: ["theme-mode"] });
  return () => observer.disconnect();
}

/** Months as bars. The chart's code comes when the first one is shown. */
export function Bars({ points, share, most, label }: Props) {
  const place = useRef<HTMLDivElement>(null);
  const theme = useSyncExternalStore(listen, themeNow);
  // Points are new with every render of their parent; what they say is not.
  const said = JSON.stringify(points);
  useEffect(() => {
    let end: (() => void) | null = null;
    let gone = false;
    void import("./draw-bars.ts").then(({ drawBars }) => {
      if (!gone && place.current)
        end = drawBars(place.current, { points: JSON.parse(said) as Props["points"], share, most, theme });
    });
    return () => {
      gone = true;
      end?.();
    };
  }, [said, share, most, theme]);
  return (
    <figure className="bars" aria-label={label}>
      <div ref={place} aria-hidden="true" />
    </figure>
  );
}
