// The network of actors: what is asked of it, the slider of time, and the same edges as a drawing, a map and a table.
import { actor, get, make, place, spaced, table } from "./dom.js";
import { filters, asked } from "./filters.js";
import { PALETTES, legend } from "./colours.js";
import { canvas } from "./canvas.js";
import { map } from "./map.js";

const MOST = 50_000; // edges that are drawn
const ROWS = 200; // edges that are written out
const KINDS = { map, network: canvas };

export async function network(at) {
  const [stats, { relations }, data] = await Promise.all([get("/api/stats"), get("/api/relations"), load(at)]);
  const kind = KINDS[at.get("view")] ? at.get("view") : "network";
  const parts = { panel: make("aside", { class: "panel", "aria-live": "polite" }), drawing: make("div", { class: "drawing" }), tables: make("div"), count: make("p", { class: "faint", role: "status" }), legend: make("p", { class: "legend" }) };
  const shown = { at, kind, parts, data, drawn: null, palette: PALETTES[at.get("colours")] ?? PALETTES.safe };
  const other = kind === "map" ? "network" : "map";
  const content = [
    make("h1", {}, kind === "map" ? "The map" : "The network"),
    make("p", {}, "Who deals with whom. ", make("a", { href: moved(at, { view: other }) }, kind === "map" ? "Draw it as a network" : "Draw it on a map"), "."),
    filters(at, relations), slider(stats, shown), parts.count,
    make("div", { class: "stage" }, parts.drawing, parts.panel),
    parts.legend, downloads(shown), parts.tables,
  ];
  hint(parts.panel);
  written(shown);
  return { content, ready: () => draw(shown) };
}

const moved = (at, values) => place({ ...Object.fromEntries(at), ...values });

async function load(at, more = {}) {
  const data = await get("/api/network", { ...asked(at), ...more });
  data.cut = Math.max(0, data.edges.length - MOST);
  if (data.cut) data.edges = data.edges.sort((a, b) => b.events - a.events).slice(0, MOST);
  return data;
}

/** Draws, and returns what undoes it. */
async function draw(shown) {
  shown.drawn = await KINDS[shown.kind](shown.parts.drawing, shown.data, shown.palette, {
    byBloc: shown.at.get("nodes") === "bloc",
    node: (id) => tellNode(shown, id),
    edge: (edge) => tellEdge(shown, edge),
  });
  shown.parts.legend.replaceChildren(...legend(shown.palette, shown.at.get("nodes") === "bloc" ? [] : shown.data.nodes));
  return () => shown.drawn?.end();
}

/** Numbers and table of what is drawn. */
function written({ data, parts }) {
  const cut = data.cut ? `; ${data.cut} of few events are left out` : "";
  parts.count.textContent = `${data.nodes.length} actors, ${data.edges.length} edges${cut}`;
  const names = new Map(data.nodes.map((n) => [n.id, n.label]));
  const edges = data.edges.toSorted((a, b) => b.events - a.events).slice(0, ROWS);
  const score = (x) => (x == null ? "" : make("span", { class: x < 0 ? "bad" : "good" }, (x > 0 ? "+" : "") + x.toFixed(1)));
  const rows = edges.map((e) => [actor({ id: e.source, name: names.get(e.source) }), actor({ id: e.target, name: names.get(e.target) }),
    make("a", { href: place({ a: e.source, b: e.target }), "aria-label": `What passed between ${names.get(e.source)} and ${names.get(e.target)}: ${e.events} events` }, String(e.events)),
    spaced(e.top_relation), score(e.goldstein_mean), e.last_date ?? "–"]);
  const title = data.edges.length > ROWS ? `The ${ROWS} edges of most events` : "All edges";
  parts.tables.replaceChildren(make("details", {}, make("summary", {}, "The same as a table"),
    table(title, ["from", "to", { name: "events", number: true }, "mostly", { name: "Goldstein", number: true }, "last"], rows)));
}

const hint = (panel) => panel.replaceChildren(make("p", { class: "faint" }, "Choose an actor or an edge."));

function tellNode(shown, id) {
  const node = shown.data.nodes.find((n) => n.id === id);
  if (!node) return hint(shown.parts.panel);
  const expand = make("button", { type: "button", class: "plain" }, "Add its surroundings");
  expand.addEventListener("click", () => grow(shown, id));
  shown.parts.panel.replaceChildren(make("h2", {}, actor({ id, name: node.label })),
    make("p", {}, `${node.entity_type}${node.region ? `, ${node.region}` : ""}; ${node.events} events`, node.community ? `; bloc ${node.community}` : ""),
    make("p", {}, make("a", { href: moved(shown.at, { ego: id, depth: 1 }) }, "Only its surroundings")), expand);
}

function tellEdge(shown, edge) {
  const [a, b] = [edge.source, edge.target].map((id) => shown.data.nodes.find((n) => n.id === id));
  const quads = ["verbal_cooperation", "material_cooperation", "verbal_conflict", "material_conflict"].filter((k) => edge[k]);
  shown.parts.panel.replaceChildren(make("h2", {}, a.label, " → ", b.label),
    make("p", {}, `${edge.events} event${edge.events === 1 ? "" : "s"}, mostly: ${spaced(edge.top_relation)}`),
    make("ul", {}, quads.map((k) => make("li", {}, `${spaced(k)}: ${edge[k]}`))),
    make("p", {}, make("a", { href: place({ a: a.id, b: b.id, since: shown.at.get("since"), until: shown.at.get("until") }) }, "What passed between the two")));
}

/** Adds what surrounds an actor to what is drawn. */
async function grow(shown, id) {
  const more = await load(shown.at, { ego: id, depth: 1 });
  const add = (key, name) => { const known = new Set(shown.data[key].map(name)); shown.data[key].push(...more[key].filter((x) => !known.has(name(x)))); };
  add("nodes", (n) => n.id);
  add("edges", (e) => e.id);
  shown.drawn?.show(shown.data);
  written(shown);
}

/** Two ends of a span of years. The drawing stays where it is; what is outside of the span goes. */
function slider(stats, shown) {
  if (!stats.earliest) return null;
  const [first, last] = [stats.earliest, stats.latest].map((d) => Number(d.slice(0, 4)));
  const year = (key, otherwise) => Number(shown.at.get(key)?.slice(0, 4)) || otherwise;
  const range = (label, value) => make("input", { type: "range", min: first, max: last, step: 1, value, "aria-label": label });
  const [from, to] = [range("From the year", year("since", first)), range("To the year", year("until", last))];
  const told = make("output", {});
  const tell = () => { told.textContent = `${from.value} to ${to.value}`; };
  const move = async () => {
    const span = { since: Number(from.value) > first ? from.value : "", until: Number(to.value) < last ? to.value : "" };
    for (const [key, value] of Object.entries(span)) value ? shown.at.set(key, value) : shown.at.delete(key);
    history.replaceState(null, "", place(Object.fromEntries(shown.at)));
    shown.data = await load(shown.at);
    shown.drawn?.show(shown.data);
    written(shown);
    hint(shown.parts.panel);
  };
  from.addEventListener("input", () => { if (Number(from.value) > Number(to.value)) to.value = from.value; tell(); });
  to.addEventListener("input", () => { if (Number(to.value) < Number(from.value)) from.value = to.value; tell(); });
  for (const end of [from, to]) end.addEventListener("change", move);
  tell();
  return make("fieldset", { class: "slider" }, make("legend", {}, "Time"), from, to, told);
}

function downloads(shown) {
  const link = (format, name) => {
    const a = make("a", { href: "#", download: `network.${format}` }, name);
    const fresh = () => { a.href = `/api/network?${new URLSearchParams({ ...asked(shown.at), format })}`; };
    fresh();
    for (const event of ["pointerdown", "focus"]) a.addEventListener(event, fresh);
    return [a, " · "];
  };
  const picture = make("button", { type: "button", class: "plain" }, shown.kind === "map" ? "SVG" : "PNG");
  picture.addEventListener("click", () => shown.drawn?.picture());
  return make("p", {}, "What is shown, as a file: ", link("graphml", "GraphML"), link("gexf", "GEXF for Gephi and Gephi Lite"), link("csv", "CSV"), link("json", "JSON"), link("geojson", "GeoJSON"), picture);
}
