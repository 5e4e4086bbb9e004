// How one actor is joined to another, step by step, each with its best evidence.
import { actor, get, make } from "./dom.js";
import { events } from "./dyad.js";

export const fields = (at) => make("form", { action: "/" },
  make("label", {}, "From", make("input", { name: "from", value: at.get("from"), required: true })),
  make("label", {}, "To", make("input", { name: "to", value: at.get("to"), required: true })), make("button", {}, "Find the way"));

export async function path(at) {
  const { from, to, steps } = await get("/api/path", { from: at.get("from"), to: at.get("to") });
  const parts = steps.flatMap((s) => [make("h2", {}, actor(s.from), " – ", actor(s.to), ` (${s.events} event${s.events === 1 ? "" : "s"})`), events([s.evidence])]);
  return [make("h1", {}, "From ", actor(from), " to ", actor(to)), fields(at), make("p", {}, `${steps.length} step${steps.length === 1 ? "" : "s"}; of each the event that is best attested.`), ...parts];
}
