// The SPARQL editor: CodeMirror within a shadow root, where it may bring its styles along in spite of the page's policy.
import { get, make } from "./dom.js";

const COLOURS = { keyword: "--link", string: "--string", comment: "--faint", variable: "--bad", number: "--string", atom: "--link" };

/** An editor with a text. `run` is called by Ctrl+Enter; the element has `value`. */
export async function editor(text, run, label) {
  const cm = await import("/assets/vendor/editor.js");
  const host = make("div", { id: "sparql", class: "editor" });
  const root = host.attachShadow({ mode: "open", delegatesFocus: true });
  const inner = make("div");
  root.append(inner);
  const view = new cm.EditorView({ doc: text, parent: inner, root, extensions: extensions(cm, run, label) });
  // it is made before it is part of the page, where nothing has a size
  new ResizeObserver(() => view.requestMeasure()).observe(host);
  Object.defineProperty(host, "value", { get: () => view.state.doc.toString(), set: (value) => view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: value } }) });
  return host;
}

function extensions(cm, run, label) {
  const style = cm.HighlightStyle.define(Object.entries(COLOURS).map(([name, colour]) => ({ tag: name === "variable" ? [cm.tags.variableName, cm.tags.special(cm.tags.variableName)] : cm.tags[name], color: `var(${colour})` })));
  return [
    cm.lineNumbers(), cm.history(), cm.drawSelection(), cm.bracketMatching(), cm.closeBrackets(), cm.EditorView.lineWrapping,
    cm.StreamLanguage.define(cm.sparql), cm.syntaxHighlighting(style), theme(cm),
    cm.autocompletion({ override: [terms] }), cm.EditorView.contentAttributes.of({ "aria-label": label }),
    cm.keymap.of([{ key: "Mod-Enter", run: () => { run(); return true; } }, ...cm.closeBracketsKeymap, ...cm.completionKeymap, ...cm.historyKeymap, ...cm.defaultKeymap]),
  ];
}

const theme = (cm) => cm.EditorView.theme({
  "&": { backgroundColor: "var(--ground)", color: "var(--ink)", border: "1px solid var(--faint)", borderRadius: ".35rem", fontSize: ".875rem" },
  "&.cm-focused": { outline: "3px solid var(--focus)", outlineOffset: "2px" },
  ".cm-content": { fontFamily: "ui-monospace, monospace", minHeight: "15rem", caretColor: "var(--ink)" },
  ".cm-gutters": { backgroundColor: "var(--raised)", color: "var(--faint)", border: "none" },
  ".cm-cursor": { borderLeftColor: "var(--ink)" },
  ".cm-selectionBackground, &.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground": { backgroundColor: "var(--mark)" },
  ".cm-matchingBracket, &.cm-focused .cm-matchingBracket": { backgroundColor: "var(--mark)", color: "inherit" },
  ".cm-tooltip": { backgroundColor: "var(--raised)", color: "var(--ink)", border: "1px solid var(--line)" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li[aria-selected]": { backgroundColor: "var(--link)", color: "var(--ground)" },
});

let known;

/** The terms that the graph uses, with their prefixes. */
async function terms(context) {
  const word = context.matchBefore(/[\w:-]+/);
  if (!word || (word.from === word.to && !context.explicit)) return null;
  known ??= get("/api/terms").then(({ terms }) => terms.map(({ term, label }) => ({ label: term, detail: label ?? "" })));
  return { from: word.from, options: await known.catch(() => []), validFor: /^[\w:-]*$/ };
}
