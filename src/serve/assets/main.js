// Which part of the page is shown: the address says it, so that every view is a link.
import { failure, make } from "./dom.js";
import { profile } from "./actor.js";
import { choose, dyad } from "./dyad.js";
import { follow, log } from "./changes.js";
import { fact } from "./fact.js";
import { network } from "./network.js";
import { fields, path } from "./path.js";
import { found, start } from "./search.js";
import { sparql } from "./sparql.js";

const main = document.getElementById("main");
const status = document.getElementById("status");
let turn = 0;
let end = null; // undoes what the view has set up

function view(at) {
  if (at.has("actor")) return profile(at);
  if (at.has("a") && at.has("b")) return dyad(at);
  if (at.get("view") === "between") return [...choose(at), make("h2", {}, "How are two connected?"), fields(at)];
  if (at.has("from") && at.has("to")) return path(at);
  if (at.get("view") === "network" || at.get("view") === "map") return network(at);
  if (at.get("view") === "log") return log();
  if (at.has("fact")) return fact(at);
  if (at.has("query") || at.has("question") || at.get("view") === "sparql") return sparql(at);
  if (at.get("q")) return found(at);
  return start();
}

async function show(moveFocus) {
  const mine = ++turn;
  const at = new URLSearchParams(location.search);
  document.getElementById("q").value = at.get("q") ?? "";
  main.setAttribute("aria-busy", "true");
  let content;
  try {
    content = await view(at);
  } catch (error) {
    content = [make("h1", {}, "Nothing to show"), failure(error)];
  }
  if (mine !== turn) return; // another view was asked for meanwhile
  end?.();
  end = null;
  main.replaceChildren(...[content.content ?? content].flat(Infinity).filter((part) => part != null));
  try {
    end = await content.ready?.();
  } catch (error) {
    main.append(failure(error));
  }
  if (mine !== turn) return end?.();
  main.removeAttribute("aria-busy");
  const title = main.querySelector("h1")?.textContent ?? "";
  document.title = title ? `${title} – diplograph` : "diplograph";
  status.textContent = `${title} is shown`;
  if (moveFocus) {
    main.focus({ preventScroll: true });
    scrollTo(0, 0);
  }
}

export function go(address) {
  history.pushState(null, "", address);
  show(true);
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[href]");
  const plain = !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey && event.button === 0;
  if (!link || !plain || link.hasAttribute("download")) return;
  const url = new URL(link.href);
  if (url.origin !== location.origin || url.pathname !== "/" || url.hash) return;
  event.preventDefault();
  go(url.pathname + url.search);
});

document.addEventListener("submit", (event) => {
  if (event.target.dataset.own !== undefined) return; // it is answered where it stands
  event.preventDefault();
  const values = [...new FormData(event.target)].filter(([, value]) => value.trim() !== "");
  go("/?" + new URLSearchParams(values));
});

addEventListener("popstate", () => show(true));
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => show(false));
follow(document.getElementById("notice"), () => show(false));
show(false);
