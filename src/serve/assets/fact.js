// Why a fact stands in the graph: its sentence in its article, with the quote marked.
import { curation } from "./changes.js";
import { actors, get, make, outside, spaced } from "./dom.js";

export async function fact(at) {
  const { reasons } = await get("/api/why", { id: at.get("fact") });
  const decide = await Promise.all(reasons.map((r) => curation(r.fact)));
  return [make("h1", {}, "Why"), ...reasons.flatMap((r, i) => [reason(r), decide[i]])];
}

function reason(r) {
  const line = (name, ...value) => (value.some(Boolean) ? [make("dt", {}, name), make("dd", {}, ...value)] : []);
  const article = r.article;
  return make("article", {},
    make("h2", {}, spaced(r.relation), ": ", actors(r.sources), " → ", actors(r.targets)),
    make("blockquote", {}, r.before ? make("span", { class: "faint" }, r.before, " ") : null, ...marked(r.sentence ?? r.quote ?? "", r.quote ?? ""),
      r.after ? make("span", { class: "faint" }, " ", r.after) : null),
    make("dl", {},
      line("article", outside(article.url, article.title ?? article.id)),
      line("publisher", [article.publisher, article.date].filter(Boolean).join(", ")),
      line("certainty", `${r.stance}, ${r.factuality}; confidence ${r.confidence.toFixed(2)}`),
      line("said by", r.speaker ? actors([r.speaker]) : null),
      line("words", [r.source_text, r.target_text, r.time_text].filter(Boolean).map((t) => `“${t}”`).join(", ")),
      line("rule", [r.extractor, r.rule].filter(Boolean).join(" ")),
      line("place in it", r.start == null ? null : `${r.field} from ${r.start} to ${r.end}, in code points`),
      line("status", r.status), line("fact", r.fact), line("event", r.event)));
}

/** The sentence with the quote in it marked. */
function marked(sentence, quote) {
  const start = sentence.indexOf(quote);
  if (!quote || start < 0) return [sentence, quote ? make("p", {}, make("mark", {}, quote)) : ""];
  return [sentence.slice(0, start), make("mark", {}, quote), sentence.slice(start + quote.length)];
}
