// The same edges on a map of the world, for actors that have a place.
import { bySign, ink } from "./colours.js";
import { draw, save } from "./dom.js";

const [WIDTH, HEIGHT] = [960, 470];
const NAMES = 25; // actors whose name is written

export async function map(element, data, palette, told) {
  const world = await import("/assets/vendor/map.js");
  const projection = world.geoEqualEarth().fitSize([WIDTH, HEIGHT], { type: "Sphere" });
  const path = world.geoPath(projection);
  let svg;
  const show = (next) => {
    svg = sheet(world, path, projection, next, palette);
    svg.addEventListener("click", ({ target }) => {
      if (target.dataset.node) told.node(target.dataset.node);
      else if (target.dataset.edge) told.edge(next.edges.find((e) => e.id === target.dataset.edge));
      else told.node(null);
    });
    element.replaceChildren(svg);
    element.dataset.drawn = svg.querySelectorAll("[data-edge]").length;
  };
  show(data);
  return { show, picture: () => save("map.svg", new XMLSerializer().serializeToString(svg), "image/svg+xml"), end: () => {} };
}

function sheet(world, path, projection, data, palette) {
  const ground = getComputedStyle(document.documentElement);
  const of = (name) => ground.getPropertyValue(name).trim();
  const placed = new Map(data.nodes.filter((n) => n.latitude != null).map((n) => [n.id, n]));
  const most = Math.max(1, ...data.nodes.map((n) => n.events));
  const edges = data.edges.filter((e) => placed.has(e.source) && placed.has(e.target));
  const line = (e) => draw("path", { d: arc(path, placed.get(e.source), placed.get(e.target)), "data-edge": e.id, fill: "none", stroke: bySign(palette, e.sign),
    "stroke-width": Math.min(5, 0.6 + Math.log2(e.events) * 0.8), "stroke-opacity": 0.7, class: "choosable" });
  const nodes = [...placed.values()].sort((a, b) => b.events - a.events);
  const dot = (n) => { const [x, y] = at(projection, n); return draw("circle", { cx: x, cy: y, r: 1.8 + 5 * Math.sqrt(n.events / most), fill: n.color, stroke: of("--ground"), "data-node": n.id, class: "choosable" }, draw("title", {}, `${n.label}, ${n.events} events`)); };
  return draw("svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, class: "map", role: "img", "font-family": "system-ui, sans-serif",
    "aria-label": `A map of ${placed.size} actors and ${edges.length} edges; the table below says the same in words` },
    draw("path", { d: path({ type: "Sphere" }), fill: of("--raised"), stroke: of("--line") }),
    draw("path", { d: path(world.land), fill: of("--land") }),
    draw("path", { d: path(world.borders), fill: "none", stroke: of("--raised"), "stroke-width": 0.6 }),
    edges.toSorted((a, b) => b.sign - a.sign).map(line), nodes.toReversed().map(dot), names(nodes, projection));
}

const at = (projection, n) => projection([n.longitude, n.latitude]);

const arc = (path, a, b) => path({ type: "LineString", coordinates: [[a.longitude, a.latitude], [b.longitude, b.latitude]] });

/** Names of those of most events, unless one that is written already is in the way. */
function names(nodes, projection) {
  const taken = [];
  return nodes.slice(0, NAMES * 2).flatMap((n) => {
    const [x, y] = at(projection, n);
    const box = [x + 6, y - 8, x + 8 + n.label.length * 6.2, y + 5];
    if (taken.length >= NAMES || taken.some((t) => box[0] < t[2] && t[0] < box[2] && box[1] < t[3] && t[1] < box[3])) return [];
    taken.push(box);
    return [draw("text", { x: x + 7, y: y + 3, fill: ink(), class: "name", "font-size": 11 }, n.label)];
  });
}
