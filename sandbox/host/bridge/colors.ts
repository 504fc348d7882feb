/** One colour of a select option, as `ui.getSelectOptionColorInfoList` names it. */
export interface OptionColor {
  id: number;
  name: string;
  bgColor: string;
  textColor: string;
  iconColor: string;
  iconAltColor: string;
}

/** Hue, saturation in percent. */
const HUES: [string, number, number][] = [
  ["Red", 4, 86],
  ["Orange", 27, 94],
  ["Yellow", 45, 95],
  ["Lime", 76, 72],
  ["Green", 128, 58],
  ["Turquoise", 172, 70],
  ["Wathet", 199, 88],
  ["Blue", 221, 92],
  ["Purple", 262, 80],
  ["Carmine", 325, 76],
  ["Gray", 220, 8],
];
/** Lightness of ground and of text, from pale to strong. */
const SHADES: [number, number][] = [
  [94, 24],
  [86, 20],
  [76, 16],
  [46, 99],
  [32, 99],
];

/** The 55 colours that options refer to by number, 0 to 54. */
export const OPTION_COLORS: OptionColor[] = SHADES.flatMap(([ground, text], shade) =>
  HUES.map(([hue, degrees, saturation], index) => ({
    id: shade * HUES.length + index,
    name: `${hue}${shade + 1}`,
    bgColor: hsl(degrees, saturation, ground),
    textColor: hsl(degrees, text > 50 ? 20 : saturation, text),
    iconColor: hsl(degrees, saturation, 42),
    iconAltColor: hsl(degrees, saturation, 88),
  })),
);

/** `#RRGGBB` of a colour given as hue (degrees), saturation and lightness (percent). */
function hsl(degrees: number, saturation: number, lightness: number): string {
  const l = lightness / 100;
  const a = (saturation / 100) * Math.min(l, 1 - l);
  const part = (n: number) => {
    const k = (n + degrees / 30) % 12;
    const value = l - a * Math.max(-1, Math.min(k - 3, 9 - k, 1));
    return Math.round(value * 255)
      .toString(16)
      .padStart(2, "0");
  };
  return `#${part(0)}${part(8)}${part(4)}`.toUpperCase();
}
