// Two actors: a chart by year, and every event with its sentences.
import { actor, actors, draw, get, make, outside, place, spaced } from "./dom.js";

const field = (label, name, value, more = {}) => make("label", {}, label, make("input", { name, value, ...more }));

function form(at) {
  return make("form", { action: "/" },
    field("One side", "a", at.get("a"), { required: true }), field("Other side", "b", at.get("b"), { required: true }),
    field("From", "since", at.get("since"), { placeholder: "2016", size: 8 }), field("To", "until", at.get("until"), { placeholder: "2023-05", size: 8 }),
    field("Relation", "relation", at.get("relation"), { placeholder: "meet", size: 12 }),
    make("button", {}, "Show"));
}

export function choose(at) {
  return [make("h1", {}, "Between two"), make("p", {}, "Names, ISO codes or Wikidata ids. A state includes its persons and organs."), form(at)];
}

export async function dyad(at) {
  const [a, b, since, until, relation, cursor] = ["a", "b", "since", "until", "relation", "cursor"].map((k) => at.get(k));
  const [answer, series] = await Promise.all([
    get("/api/between", { a, b, since, until, relation, cursor }),
    get("/api/timeline", { a, b, since, until, by: "year" }),
  ]);
  const total = `${answer.total} event${answer.total === 1 ? "" : "s"}`;
  return [
    make("h1", {}, actor(answer.a), " – ", actor(answer.b)),
    form(at),
    ...(series.points.length > 1 ? [make("h2", {}, "By year"), chart(series), scores(series)] : []),
    make("h2", {}, total),
    answer.events.length ? events(answer.events) : make("p", {}, "Nothing between the two that fits."),
    answer.next ? make("p", {}, make("a", { href: place({ a, b, since, until, relation, cursor: answer.next }) }, "Later events")) : "",
  ];
}

/** Events with their sentences, as a list. */
export function events(all) {
  return make("ol", {}, all.map(event));
}

function event(e) {
  const arrow = make("span", { role: "img", "aria-label": e.symmetric ? "and" : "to" }, e.symmetric ? " – " : " → ");
  const side = { 1: "good", 2: "good", 3: "bad", 4: "bad" }[e.quad_class];
  const word = e.publishers > 1 ? `${e.status} (${e.publishers})` : e.status;
  return make("li", { class: "event" },
    make("time", {}, e.date ?? "undated"),
    make("div", {},
      make("h3", {}, make("span", { class: side ?? "" }, spaced(e.relation)), ": ", actors(e.sources), arrow, actors(e.targets), e.place ? `, ${e.place}` : "", " ",
        make("span", { class: `status ${e.status}` }, word)),
      e.said.map(said)));
}

function said(s) {
  const article = s.article;
  return [
    s.quote ? make("blockquote", {}, `“${s.quote}”`) : null,
    make("cite", {}, outside(article.url, article.publisher ?? article.id), article.date ? `, ${article.date}` : "", s.speaker ? [", says ", actor(s.speaker)] : "",
      ` · confidence ${s.confidence.toFixed(2)} · `, make("a", { href: place({ fact: s.fact }) }, make("span", { class: "hidden" }, `${s.fact} `), "why?")),
  ];
}

/** Cooperation above the line, conflict below it; the same numbers stand in its text. */
function chart({ points }) {
  const [width, height, middle] = [Math.max(300, Math.min(1056, innerWidth - 32)), 200, 95];
  const most = Math.max(1, ...points.map((p) => Math.max(p.cooperation, p.conflict)));
  const step = width / points.length;
  const label = points.filter((p) => p.cooperation + p.conflict).map((p) => `${p.time}: ${p.cooperation} cooperation, ${p.conflict} conflict`).join("; ");
  const every = Math.ceil(points.length / (width / 60));
  const bars = points.flatMap((p, i) => {
    const [x, up, down] = [i * step + step * 0.15, (p.cooperation / most) * 80, (p.conflict / most) * 80];
    return [
      draw("rect", { class: "up", x, y: middle - up, width: step * 0.7, height: up }),
      draw("rect", { class: "down", x, y: middle, width: step * 0.7, height: down }),
      ...(i % every ? [] : [draw("text", { x: x, y: height - 4 }, p.time)]),
    ];
  });
  return make("figure", {},
    draw("svg", { class: "chart", viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": label }, bars, draw("line", { class: "axis", x1: 0, x2: width, y1: middle, y2: middle })),
    make("figcaption", { class: "faint" }, "Above the line cooperation, below it conflict; at most ", String(most), " events a year and side."));
}

/** The sum of Goldstein scores by year: a line through the years, above the axis for cooperation. */
function scores({ points }) {
  const [width, height, middle] = [Math.max(300, Math.min(1056, innerWidth - 32)), 150, 65];
  const most = Math.max(1, ...points.map((p) => Math.abs(p.goldstein)));
  const at = points.map((p, i) => [(i + 0.5) * (width / points.length), middle - (p.goldstein / most) * 58]);
  const label = points.filter((p) => p.goldstein).map((p) => `${p.time}: ${p.goldstein.toFixed(1)}`).join("; ");
  const every = Math.ceil(points.length / (width / 60));
  return make("figure", {},
    draw("svg", { class: "chart", viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": `Scores: ${label}` }, draw("line", { class: "axis", x1: 0, x2: width, y1: middle, y2: middle }),
      draw("polyline", { class: "score", points: at.map((xy) => xy.map((v) => v.toFixed(1)).join(",")).join(" ") }),
      at.flatMap(([x, y], i) => [draw("circle", { class: points[i].goldstein < 0 ? "down" : "up", cx: x, cy: y, r: points[i].goldstein ? 4 : 2 }), ...(i % every ? [] : [draw("text", { x: x - 12, y: height - 4 }, points[i].time)])])),
    make("figcaption", { class: "faint" }, "The sum of the events' Goldstein scores, from ", (-most).toFixed(1), " to ", most.toFixed(1), "."));
}
