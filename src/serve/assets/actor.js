// An actor: offices, partners, what happened last.
import { actor, actors, get, make, outside, place, table } from "./dom.js";
import { events } from "./dyad.js";

export async function profile(at) {
  const who = await get("/api/show", { name: at.get("actor"), recent: 20 });
  return [
    make("h1", {}, who.name),
    make("p", { class: "faint" }, who.kind, who.home && who.home.id !== who.id ? [" of ", actor(who.home)] : null, ` · ${who.id} · `,
      who.wikidata ? outside(`https://www.wikidata.org/wiki/${encodeURIComponent(who.wikidata)}`, "Wikidata") : null, ` · ${who.events} events`),
    make("p", {}, make("a", { href: place({ view: "network", ego: who.id, level: who.kind === "person" ? "person" : "" }) }, "The network around it")),
    ...standing(who.standing),
    ...partners(who),
    make("h2", {}, "Latest events"),
    events(who.recent),
  ];
}

function standing(all) {
  if (!all.length) return [];
  const first = ([earliest, latest]) => (earliest === latest ? earliest : latest ? `≤ ${latest}` : earliest ? `≥ ${earliest}` : "") ?? "";
  const rows = all.map((s) => [s.what, actors(s.parties), s.office, first(s.begin), first(s.end)]);
  return [make("h2", {}, "Offices and ties"), table("Offices and ties", ["what", "with", "office", "from", "to"], rows)];
}

function partners(who) {
  if (!who.partners.length) return [];
  const score = (x) => (x == null ? "" : make("span", { class: x < 0 ? "bad" : "good" }, (x > 0 ? "+" : "") + x.toFixed(1)));
  const rows = who.partners.map((p) => [
    make("a", { href: place({ a: who.id, b: p.id }), "aria-label": `${who.name} and ${p.name}` }, p.name),
    String(p.events), String(p.cooperation), String(p.conflict), score(p.goldstein_mean), p.last ?? "–",
  ]);
  const numbers = ["events", "cooperation", "conflict", "Goldstein"].map((name) => ({ name, number: true }));
  return [
    make("h2", {}, "Partners"),
    make("p", { class: "faint" }, "Choose one to see what passed between the two."),
    table("Partners", ["with", ...numbers, "last"], rows),
  ];
}
