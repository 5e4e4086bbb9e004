// Elements, links and answers of the server: what all parts of the page share.

/** An element: make("a", { href: "/" }, "text", otherElement). Text never becomes markup. */
export function make(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === true) element.setAttribute(key, "");
    else if (value !== false && value != null) element.setAttribute(key, value);
  }
  element.append(...children.flat(Infinity).filter((child) => child != null && child !== false));
  return element;
}

/** The same for SVG. */
export function draw(name, attributes = {}, ...children) {
  const element = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...children.flat(Infinity));
  return element;
}

/** A place on this page. */
export const place = (values) => "/?" + new URLSearchParams(Object.entries(values).filter(([, value]) => value !== "" && value != null));

export const actor = (who) => make("a", { href: place({ actor: who.id }) }, who.name);

/** Names with commas between them. */
export const actors = (whos) => whos.flatMap((who, i) => (i ? [", ", actor(who)] : [actor(who)]));

export const spaced = (word) => word.replaceAll("_", " ");

/** Only web addresses become links: an article may say anything. */
export function outside(url, text) {
  return /^https?:\/\//i.test(url ?? "") ? make("a", { href: url, rel: "noopener noreferrer" }, text) : text;
}

/** What the server says, or an Error in its words. */
export async function get(path, values = {}, accept = "application/json") {
  const query = new URLSearchParams(Object.entries(values).filter(([, value]) => value !== "" && value != null));
  return answer(await fetch(query.size ? `${path}?${query}` : path, { headers: { Accept: accept } }));
}

export async function answer(reply) {
  if (reply.ok) return reply.headers.get("Content-Type")?.includes("json") ? reply.json() : reply.text();
  const problem = await reply.json().catch(() => ({ title: reply.statusText, detail: `status ${reply.status}` }));
  throw Object.assign(new Error(problem.detail), { problem });
}

export function table(caption, columns, rows) {
  const head = columns.map((c) => make("th", { scope: "col", class: c.number ? "number" : null }, c.name ?? c));
  const line = (cells) => make("tr", {}, cells.map((cell, i) => make("td", { class: columns[i].number ? "number" : null }, cell ?? "")));
  return make("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": caption },
    make("table", {}, make("caption", { class: "hidden" }, caption), make("thead", {}, make("tr", {}, head)), make("tbody", {}, rows.map(line))));
}

export function failure(error) {
  const next = error.problem?.next;
  return make("div", { class: "error", role: "alert" }, make("p", {}, make("strong", {}, error.problem?.title ?? "That did not work"), ": ", error.message),
    next ? make("p", {}, "Try: ", next) : null);
}

/** Lets the person keep an answer as a file. */
export function save(name, text, media) {
  const link = make("a", { href: URL.createObjectURL(new Blob([text], { type: media })), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}
