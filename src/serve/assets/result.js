// The answer to a query as a table, bars or a network.
import { draw, make, place, table } from "./dom.js";
import { PALETTES } from "./colours.js";
import { canvas } from "./canvas.js";

const SHORT = [["https://w3id.org/diplograph/ontology#", "dg:"], ["https://w3id.org/diplograph/id/", ""], ["http://www.wikidata.org/entity/", "wd:"]];
const OWN = /^https:\/\/w3id\.org\/diplograph\/id\/(entity|claim|event)\/([^/#]+)$/;
const BARS = 50;
const ROWS = 1000; // that are shown; files hold them all

const numeric = (term) => /#(integer|decimal|double|float|int|long)$/.test(term?.datatype ?? "");

/** Elements that show an answer in SPARQL's JSON, or triples as text. */
export function shownAs(reply) {
  if (typeof reply === "string") return [make("h2", {}, "Triples"), make("pre", { class: "scroll", tabindex: "0" }, reply)];
  if (reply.boolean !== undefined) return [make("h2", {}, reply.boolean ? "Yes" : "No")];
  const [names, rows] = [reply.head.vars, reply.results.bindings];
  const numbers = names.filter((n) => rows.some((r) => r[n]) && rows.every((r) => !r[n] || numeric(r[n])));
  const words = names.filter((n) => !numbers.includes(n));
  const place = make("div");
  const kinds = [["Table", () => [asTable(names, numbers, rows)]]];
  if (rows.length && numbers.length && words.length) kinds.push(["Bars", () => [asBars(words[0], numbers[0], rows)]]);
  if (rows.length && words.length > 1) kinds.push(["Network", () => asNetwork(words.slice(0, 2), numbers[0], rows)]);
  place.replaceChildren(...kinds[0][1]());
  return [make("h2", {}, `${rows.length} row${rows.length === 1 ? "" : "s"}`), kinds.length > 1 ? choice(kinds, place) : "", place];
}

function choice(kinds, place) {
  const buttons = kinds.map(([name, of], i) => {
    const button = make("button", { type: "button", class: "plain", "aria-pressed": String(i === 0) }, name);
    button.addEventListener("click", () => {
      for (const other of buttons) other.setAttribute("aria-pressed", String(other === button));
      place.replaceChildren(...of());
    });
    return button;
  });
  return make("p", { role: "group", "aria-label": "Show as" }, buttons.map((b) => [b, " "]));
}

function asTable(names, numbers, rows) {
  const columns = names.map((name) => ({ name, number: numbers.includes(name) }));
  const shown = table("Answer", columns, rows.slice(0, ROWS).map((r) => names.map((n) => cell(r[n]))));
  return rows.length > ROWS ? make("div", {}, make("p", { class: "faint" }, `The first ${ROWS}; a file holds all.`), shown) : shown;
}

const short = (text) => SHORT.reduce((t, [long, prefix]) => (t.startsWith(long) ? prefix + t.slice(long.length) : t), text);

/** Our own things are links to their place on the page. */
function cell(term) {
  if (!term) return "";
  const own = term.type === "uri" && term.value.match(OWN);
  if (!own) return term.type === "uri" ? short(term.value) : term.value;
  const id = decodeURIComponent(own[2]);
  return make("a", { href: place(own[1] === "entity" ? { actor: id } : { fact: id }) }, short(term.value));
}

function asBars(word, number, rows) {
  const bars = rows.filter((r) => r[word] && r[number]).slice(0, BARS).map((r) => [short(r[word].value), Number(r[number].value)]);
  const most = Math.max(...bars.map(([, n]) => Math.abs(n)), 1e-9);
  const line = ([name, n], i) => [
    draw("text", { x: 0, y: i * 24 + 15 }, name.slice(0, 28)),
    draw("rect", { class: n < 0 ? "down" : "up", x: 190, y: i * 24 + 3, width: (Math.abs(n) / most) * 400, height: 16 }),
    draw("text", { x: 196 + (Math.abs(n) / most) * 400, y: i * 24 + 15 }, String(n)),
  ];
  return draw("svg", { class: "bars", viewBox: `0 0 680 ${bars.length * 24}`, role: "img", "aria-label": `${number} by ${word}: ${bars.map((b) => b.join(" ")).join(", ")}` }, bars.flatMap(line));
}

/** The first two columns of words as the ends of edges, rows that say the same counted. */
function asNetwork([from, to], number, rows) {
  const [nodes, edges] = [new Map(), new Map()];
  const node = (term) => {
    const known = nodes.get(term.value) ?? { id: term.value, label: short(term.value), events: 0, color: "#0072b2" };
    nodes.set(term.value, Object.assign(known, { events: known.events + 1 }));
    return term.value;
  };
  for (const r of rows.filter((r) => r[from] && r[to])) {
    const [source, target] = [node(r[from]), node(r[to])];
    const id = `${source} ${target}`;
    const edge = edges.get(id) ?? { id, source, target, events: 0, sign: 0 };
    edges.set(id, Object.assign(edge, { events: edge.events + (number && r[number] ? Math.max(1, Number(r[number].value)) : 1) }));
  }
  const drawing = make("div", { class: "drawing" });
  requestAnimationFrame(() => canvas(drawing, { nodes: [...nodes.values()], edges: [...edges.values()] }, PALETTES.safe, { node: () => {}, edge: () => {} }));
  return [make("p", { class: "faint" }, `From ${from} to ${to}.`), drawing];
}
