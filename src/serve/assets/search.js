// The first view, and what a search finds.
import { actor, get, make, outside, place, spaced } from "./dom.js";

const number = (n) => n.toLocaleString("en");

export async function start() {
  const stats = await get("/api/stats");
  const span = stats.earliest ? `, from ${stats.earliest} to ${stats.latest}` : "";
  const active = stats.most_active.map(([who, n]) => make("li", {}, actor(who), make("div", { class: "faint" }, `${who.kind}, ${number(n)} events`)));
  const relations = stats.relations.map(([relation, n]) => make("li", {}, make("a", { href: place({ view: "network", relation }) }, spaced(relation)), make("span", { class: "faint" }, ` ${number(n)}`)));
  return [
    make("h1", {}, "Who did what to whom, and where it says so"),
    make("p", {}, `${number(stats.events)} events${span}, read from ${number(stats.articles)} articles of ${number(stats.publishers)} publishers. Every one cites its sentence.`),
    make("h2", {}, "Most active"),
    make("ul", { class: "cards" }, active),
    make("h2", {}, "What happens"),
    make("ul", { class: "words" }, relations),
    make("h2", {}, "Take it elsewhere"),
    make("p", {}, "The network of states: ", ["graphml", "gexf", "csv", "geojson"].map((format) =>
      [make("a", { href: `/api/network?format=${format}`, download: `network.${format}` }, format), " "])),
  ];
}

export async function found(at) {
  const q = at.get("q");
  const answer = await get("/api/search", { q, cursor: at.get("cursor") });
  const whos = answer.actors.map((who) => make("li", {}, actor(who), make("div", { class: "faint" }, `${who.kind} ${who.id}`)));
  const quotes = answer.facts.map((hit) => make("li", {},
    make("blockquote", {}, make("a", { href: place({ fact: hit.fact }) }, hit.quote)),
    make("cite", {}, outside(hit.article.url, hit.article.publisher ?? hit.article.id), hit.article.date ? `, ${hit.article.date}` : "")));
  return [
    make("h1", {}, `“${q}”`),
    answer.meant ? make("p", {}, "Do you mean ", actor(answer.meant), "?") : null,
    make("h2", {}, `Actors (${number(answer.actors_total)})`),
    whos.length ? make("ul", { class: "cards" }, whos) : make("p", {}, "No name holds it."),
    make("h2", {}, `Quotes (${number(answer.total)})`),
    answer.facts_cut ? make("p", {}, "The graph has more quotes than are looked through here: diplograph search looks through all.") : null,
    quotes.length ? make("ul", {}, quotes) : make("p", {}, "No quote holds it."),
    answer.next ? make("p", {}, make("a", { href: place({ q, cursor: answer.next }) }, "More quotes")) : null,
  ].filter(Boolean);
}
