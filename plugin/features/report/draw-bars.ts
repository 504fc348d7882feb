import { registerBarChart } from "@visactor/vchart/esm/chart/bar/bar";
import { registerCartesianBandAxis } from "@visactor/vchart/esm/component/axis/cartesian/band-axis";
import { registerCartesianLinearAxis } from "@visactor/vchart/esm/component/axis/cartesian/linear-axis";
import { registerLabel } from "@visactor/vchart/esm/component/label/label";
import { VChart } from "@visactor/vchart/esm/core";
import { semiDesignDark } from "@visactor/vchart-semi-theme/esm/dark";
import { semiDesignLight } from "@visactor/vchart-semi-theme/esm/light";

VChart.useRegisters([
  registerBarChart,
  registerCartesianBandAxis,
  registerCartesianLinearAxis,
  registerLabel,
]);
/** Semi's primary colour. */
const BAR = { light: "#0064fa", dark: "#54a9ff" };
const tallest = (points: Drawing["points"]) => Math.max(...points.map(({ value }) => value ?? 0)) || 1;
const themes = { light: semiDesignLight, dark: semiDesignDark };

interface Drawing {
  points: readonly { month: string; value: number | null }[];
  share: boolean;
  most: number | undefined;
  theme: "light" | "dark";
}

/** Draws into `place`; gives what takes the drawing away again. A month without data has no bar. */
export function drawBars(place: HTMLElement, { points, share, most, theme }: Drawing): () => void {
  const words = (value: number) => (share ? `${Math.round(value * 100)}%` : value.toFixed(1));
  const chart = new VChart(
    {
      type: "bar",
      height: 140,
      padding: 4,
      background: "transparent",
      animation: false,
      data: [
        {
          id: "months",
          values: points.map(({ month, value }) => ({ month, value })),
        },
      ],
      xField: "month",
      yField: "value",
      barMaxWidth: 32,
      color: [BAR[theme]],
      label: {
        visible: true,
        position: "top",
        // Above the bar, always: inside a bar it would be drawn in other colours.
        overlap: { strategy: [], hideOnHit: false },
        smartInvert: false,
        formatMethod: (_: string | string[], datum: { value?: number | null } = {}) =>
          typeof datum.value === "number" ? words(datum.value) : "",
      },
      axes: [
        { orient: "bottom", label: { autoHide: true } },
        // Room above the tallest bar for its label.
        { orient: "left", visible: false, min: 0, max: 1.2 * (most ?? tallest(points)) },
      ],
    },
    { dom: place, theme: themes[theme] },
  );
  chart.renderSync();
  return () => chart.release();
}
