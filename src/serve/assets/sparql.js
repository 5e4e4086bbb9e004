// Questions that have a name, and SPARQL.
import { answer, failure, get, make, place, save } from "./dom.js";
import { editor } from "./editor.js";
import { shownAs } from "./result.js";

const EXAMPLE = "SELECT ?what (COUNT(?event) AS ?events) WHERE {\n  ?event a dg:Event ; dg:action/skos:prefLabel ?what ; dg:status dg:Reported .\n}\nGROUP BY ?what\nORDER BY DESC(?events) ?what\nLIMIT 20\n";
const FORMATS = [["csv", "text/csv"], ["json", "application/sparql-results+json"], ["tsv", "text/tab-separated-values"], ["xml", "application/sparql-results+xml"]];

export async function sparql(at) {
  const { queries } = await get("/api/queries");
  const chosen = queries.find((q) => q.name === at.get("question"));
  const result = make("section", { "aria-live": "polite", "aria-label": "Answer" });
  if (chosen) await asked(chosen, at, result);
  else if (at.get("query")) await written(at.get("query"), result);
  return [make("h1", {}, chosen ? chosen.question : "Questions"), named(queries, chosen, at), result, await byHand(at.get("query") ?? chosen?.sparql ?? EXAMPLE, result)];
}

/** The named questions: choose one, then say what it needs to know. */
function named(queries, chosen, at) {
  const select = make("select", { name: "question", id: "question" }, make("option", { value: "" }, "…"),
    queries.map((q) => make("option", { value: q.name, selected: q === chosen }, q.question)));
  const fields = (chosen?.parameters ?? []).map((p) => make("label", {}, `${p.name} (${p.kind.toLowerCase()}${p.required ? "" : ", optional"})`,
    make("input", { name: `p.${p.name}`, value: at.get(`p.${p.name}`), placeholder: p.example, required: p.required })));
  const form = make("form", { action: "/" }, make("label", {}, "A question that has a name", select), fields, make("button", {}, "Ask"));
  select.addEventListener("change", () => { form.querySelectorAll("input").forEach((i) => i.remove()); if (select.value) form.requestSubmit(); });
  return form;
}

async function asked(question, at, result) {
  const values = Object.fromEntries(question.parameters.map((p) => [p.name, at.get(`p.${p.name}`)]));
  if (question.parameters.some((p) => p.required && !values[p.name])) {
    result.replaceChildren(make("p", {}, "It needs to know: ", question.parameters.filter((p) => p.required).map((p) => p.name).join(", "), "."));
    return;
  }
  const ask = (media) => get(`/api/queries/${encodeURIComponent(question.name)}`, values, media);
  await shown(ask, result);
}

const written = (query, result) => shown(async (media) => answer(await fetch("/query", { method: "POST", body: query, headers: { "Content-Type": "application/sparql-query", Accept: media } })), result);

async function byHand(text, result) {
  const run = async (event) => {
    event?.preventDefault();
    history.replaceState(null, "", place({ query: area.value }));
    result.replaceChildren(make("p", { class: "faint" }, "Asking …"));
    await written(area.value, result);
  };
  const area = await editor(text, run, "SPARQL");
  const form = make("form", { "data-own": true }, make("button", {}, "Run"), make("span", { class: "faint" }, "Ctrl+Enter runs it; Ctrl+Space tells the terms. The prefixes of the graph need no declaration."));
  form.addEventListener("submit", run);
  return make("section", {}, make("h2", {}, "SPARQL"), area, form);
}

/** Rows as a table, a truth value or triples as text, or the server's reason why not. */
async function shown(ask, result) {
  try {
    const reply = await ask("application/sparql-results+json, text/turtle;q=0.9");
    result.replaceChildren(...shownAs(reply), downloads(ask, typeof reply === "string"));
  } catch (error) {
    result.replaceChildren(failure(error));
  }
}

function downloads(ask, triples) {
  const formats = triples ? [["ttl", "text/turtle"], ["nt", "application/n-triples"]] : FORMATS;
  const button = ([ending, media]) => {
    const made = make("button", { type: "button", class: "plain" }, ending.toUpperCase());
    made.addEventListener("click", async () => {
      const reply = await ask(media);
      save(`answer.${ending}`, typeof reply === "string" ? reply : JSON.stringify(reply), media);
    });
    return made;
  };
  return make("p", {}, "Keep it as ", formats.map((f) => [button(f), " "]));
}
