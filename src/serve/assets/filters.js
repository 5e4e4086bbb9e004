// What is asked of the network: a form, and the same as parameters of the API.
import { make, spaced } from "./dom.js";

const KEYS = ["level", "layer", "relation", "min_events", "min_confidence", "ego", "depth", "since", "until"];

/** The parameters of /api/network that the address of the page names. */
export function asked(at) {
  const values = Object.fromEntries(KEYS.map((key) => [key, at.get(key)]).filter(([, value]) => value));
  if (!values.ego) delete values.depth;
  return at.get("nodes") === "bloc" ? { ...values, measures: true } : values;
}

const choice = (at, label, name, options) => make("label", {}, label, make("select", { name },
  options.map(([value, text]) => make("option", { value, selected: (at.get(name) ?? "") === value }, text))));

const field = (at, label, name, more) => make("label", {}, label, make("input", { name, value: at.get(name) ?? "", ...more }));

export function filters(at, relations) {
  const headings = [...new Set(relations.map((r) => r.heading))];
  const kinds = headings.map((h) => make("optgroup", { label: spaced(h) }, relations.filter((r) => r.heading === h)
    .map((r) => make("option", { value: r.id, selected: at.get("relation") === r.id }, spaced(r.id)))));
  const hidden = (name) => (at.get(name) ? make("input", { type: "hidden", name, value: at.get(name) }) : null);
  const form = make("form", { action: "/", class: "filters" }, make("input", { type: "hidden", name: "view", value: at.get("view") ?? "network" }),
    choice(at, "Actors", "level", [["", "states and organisations"], ["organisation", "with organs and groups"], ["person", "everyone for himself"]]),
    choice(at, "Layer", "layer", [["", "all"], ["cooperation", "cooperation"], ["conflict", "conflict"]]),
    make("label", {}, "Relation", make("select", { name: "relation" }, make("option", { value: "" }, "all"), kinds)),
    field(at, "Around", "ego", { placeholder: "Iran", size: 12 }),
    choice(at, "Steps", "depth", [["", "1"], ["2", "2"], ["3", "3"]]),
    field(at, "Events at least", "min_events", { type: "number", min: 1, placeholder: "1" }),
    field(at, "Confidence at least", "min_confidence", { type: "number", min: 0, max: 1, step: 0.05, placeholder: "0" }),
    choice(at, "Edges", "colours", [["", "blue and orange"], ["redgreen", "green and red"]]),
    choice(at, "Nodes", "nodes", [["", "by type"], ["bloc", "by bloc"]]),
    hidden("since"), hidden("until"), make("button", {}, "Show"));
  const set = KEYS.some((key) => at.get(key) && key !== "since" && key !== "until");
  return make("details", { open: set || innerWidth > 600 }, make("summary", {}, "What is drawn"), form);
}
