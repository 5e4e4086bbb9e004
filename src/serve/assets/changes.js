// Curation, where the server lets those write who know its token: accept, reject, split, merge, undo.
import { answer, failure, get, make, table } from "./dom.js";

const KEY = "diplograph-token"; // kept until the tab is closed

let health;
export const server = () => (health ??= get("/health"));

async function decide(decision, token) {
  const reply = await fetch("/api/curate", { method: "POST", body: JSON.stringify(decision), headers: { "Content-Type": "application/json", Authorization: `Bearer ${token}` } });
  const done = await answer(reply);
  sessionStorage.setItem(KEY, token);
  return done;
}

const token = () => make("label", {}, "Token", make("input", { name: "token", type: "password", autocomplete: "off", required: true, value: sessionStorage.getItem(KEY) ?? "" }));

/** A form of which each button is a decision. */
function form(fields, buttons, decisionOf) {
  const said = make("p", { role: "status" });
  const element = make("form", { "data-own": true }, fields, token(), buttons.map(([value, text]) => make("button", { class: "plain", name: "action", value }, text)), said);
  element.addEventListener("submit", async (event) => {
    event.preventDefault();
    const values = Object.fromEntries(new FormData(element));
    try {
      said.replaceChildren((await decide(decisionOf(event.submitter.value, values), values.token)).done);
    } catch (error) {
      said.replaceChildren(failure(error));
    }
  });
  return element;
}

/** What a person may say of a fact. */
export async function curation(fact) {
  if (!(await server()).writable) return null;
  const of = (action, { note, other }) => (action === "merge" ? { action, a: fact, b: other, note } : { action, facts: [fact], note });
  const fields = [make("label", {}, "Why (for the log)", make("input", { name: "note" })), make("label", {}, "Same event as (fact or event)", make("input", { name: "other" }))];
  return make("details", {}, make("summary", {}, "Decide on this fact"),
    form(fields, [["accept", "It says so"], ["reject", "It does not say so"], ["split", "An event of its own"], ["merge", "The same event"]], of));
}

/** The decisions, each to be taken back. */
export async function log() {
  const { decisions } = await get("/api/log");
  const rows = decisions.map((d) => [String(d.number), d.verdict + (d.undone ? " (undone)" : ""), d.about.join(", ") + (d.into ? ` is ${d.into}` : ""), d.note ?? ""]);
  const undo = (await server()).writable ? form([make("label", {}, "Number", make("input", { name: "number", type: "number", min: 1, required: true }))], [["undo", "Take it back"]], (action, { number }) => ({ action, number: Number(number) })) : "";
  return [make("h1", {}, "What people have decided"), rows.length ? table("Decisions", [{ name: "no", number: true }, "decision", "about", "why"], rows) : make("p", {}, "Nothing yet."), undo];
}

/** Tells when the graph has become another; the first view is shown anew. */
export function follow(notice, again) {
  let shown;
  setInterval(async () => {
    if (document.hidden) return;
    const { graph } = await get("/health").catch(() => ({}));
    if (graph && shown && graph !== shown) {
      const button = make("button", { type: "button", class: "plain" }, "Show it");
      button.addEventListener("click", () => { notice.replaceChildren(); again(); });
      notice.replaceChildren("The graph has changed. ", button);
      if (location.search === "") again();
    }
    shown = graph ?? shown;
  }, 3000);
}
