// Colours of edges by their sign, and of nodes by their bloc; those of nodes by type come from the server.
import { draw, make } from "./dom.js";

const dark = matchMedia("(prefers-color-scheme: dark)");

/** [good, neither, bad] on a light and on a dark ground. The first pair is told apart by all eyes (Okabe and Ito 2008). */
export const PALETTES = {
  safe: { light: ["#0072b2", "#8a949e", "#d55e00"], dark: ["#56b4e9", "#7d8892", "#ff8f3d"] },
  redgreen: { light: ["#1a7f37", "#8a949e", "#c62828"], dark: ["#4cc96a", "#7d8892", "#ff6b60"] },
};

const BLOCS = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#8d6e00", "#7a5ba8"];

export const isDark = () => dark.matches;

export const bySign = (palette, sign) => palette[isDark() ? "dark" : "light"][1 - Math.sign(sign ?? 0)];

export const byBloc = (number) => BLOCS[(number - 1) % BLOCS.length] ?? "#8a949e";

export const ink = () => getComputedStyle(document.body).color;

/** What the colours mean: of edges, and of nodes unless those are blocs. */
export function legend(palette, nodes = []) {
  const types = new Map(nodes.map((n) => [n.entity_type, n.color]));
  const dots = [...types].sort().map(([type, colour]) => make("span", {}, draw("svg", { width: 12, height: 12, "aria-hidden": "true" }, draw("circle", { cx: 6, cy: 6, r: 5, fill: colour })), ` ${type}`));
  return [["mostly cooperation", 1], ["both alike", 0], ["mostly conflict", -1]].map(([text, sign]) => {
    const line = draw("line", { x1: 0, y1: 5, x2: 24, y2: 5, "stroke-width": 4, stroke: bySign(palette, sign) });
    return make("span", {}, draw("svg", { width: 24, height: 10, "aria-hidden": "true" }, line), ` ${text}`);
  }).concat(dots);
}
