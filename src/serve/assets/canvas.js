// The network drawn with sigma.js; it stands where forces between its actors come to rest.
import { byBloc, bySign, ink } from "./colours.js";
import { save } from "./dom.js";

const FEW = 3000; // edges that have arrows and can be chosen; more of them are thin
const LABEL = { size: 13, font: "system-ui, sans-serif" };

/** Draws into an element. Returns how to show other data, keep a picture, and end. */
export async function canvas(element, data, palette, told) {
  const { Graph, Sigma, EdgeArrowProgram, EdgeRectangleProgram, forceAtlas2 } = await import("/assets/vendor/network.js");
  const graph = new Graph({ multi: true, type: "directed" });
  const places = new Map();
  fill(graph, data, palette, told.byBloc, places);
  settle(graph, forceAtlas2, places);
  const arrows = data.edges.length <= FEW;
  const sigma = new Sigma(graph, element, {
    allowInvalidContainer: true, defaultEdgeType: arrows ? "arrow" : "line", enableEdgeEvents: arrows, zIndex: true,
    edgeProgramClasses: { arrow: EdgeArrowProgram, line: EdgeRectangleProgram },
    labelSize: LABEL.size, labelFont: LABEL.font, labelColor: { color: ink() }, labelDensity: 0.7, labelRenderedSizeThreshold: 7,
    hideEdgesOnMove: !arrows, defaultDrawNodeHover: halo,
  });
  const over = (node) => { element.classList.toggle("over", node != null); element.dataset.over = node ?? ""; };
  sigma.on("enterNode", ({ node }) => over(node));
  sigma.on("leaveNode", () => over(null));
  sigma.on("clickNode", ({ node }) => { mark(sigma, node); told.node(node); });
  sigma.on("clickEdge", ({ edge }) => told.edge(graph.getEdgeAttribute(edge, "of")));
  sigma.on("clickStage", () => { mark(sigma, null); told.node(null); });
  label(element, data);
  element.dataset.drawn = graph.size;
  return {
    show(next) {
      fill(graph, next, palette, told.byBloc, places);
      if (graph.someNode((node) => !places.has(node))) settle(graph, forceAtlas2, places);
      label(element, next);
      element.dataset.drawn = graph.size;
      sigma.refresh();
    },
    picture: () => picture(sigma),
    end: () => sigma.kill(),
  };
}

function label(element, data) {
  element.setAttribute("role", "img");
  element.setAttribute("aria-label", `A drawing of ${data.nodes.length} actors and ${data.edges.length} edges; the table below says the same in words`);
}

/** Makes the graph hold just the data; who was placed before keeps his place. */
function fill(graph, data, palette, blocs, places) {
  graph.clear();
  const most = Math.max(1, ...data.nodes.map((n) => n.events));
  data.nodes.forEach((n, i) => {
    const turn = (2 * Math.PI * i) / data.nodes.length;
    const at = places.get(n.id) ?? { x: Math.cos(turn), y: Math.sin(turn) };
    graph.addNode(n.id, { ...at, label: n.label, size: 3 + 13 * Math.sqrt(n.events / most), color: blocs && n.community ? byBloc(n.community) : n.color });
  });
  const many = data.edges.length > FEW;
  for (const e of data.edges) {
    graph.addDirectedEdgeWithKey(e.id, e.source, e.target, { size: Math.min(8, (many ? 0.5 : 1) + Math.log2(e.events)), color: bySign(palette, e.sign), weight: e.events, zIndex: e.sign < 0 ? 1 : 0, of: e });
  }
}

/** The forces of ForceAtlas2 (Jacomy and others 2014), the fewer rounds the larger the graph. From a circle, so the same each time. */
function settle(graph, forceAtlas2, places) {
  const cost = graph.size + (graph.order > 500 ? 40 * graph.order : graph.order ** 2);
  const iterations = Math.max(20, Math.min(300, Math.round(10_000_000 / (cost + 1))));
  const settings = { ...forceAtlas2.inferSettings(graph), adjustSizes: graph.order < 500, barnesHutOptimize: graph.order > 500, strongGravityMode: true, gravity: 0.08, scalingRatio: 30 };
  if (graph.order > 1) forceAtlas2.assign(graph, { iterations, settings });
  graph.forEachNode((node, { x, y }) => places.set(node, { x, y }));
}

/** The chosen one and his neighbours stand out. */
function mark(sigma, chosen) {
  const graph = sigma.getGraph();
  const near = chosen && new Set([chosen, ...graph.neighbors(chosen)]);
  sigma.setSetting("nodeReducer", near ? (node, look) => (near.has(node) ? { ...look, forceLabel: true, zIndex: 1 } : { ...look, color: "#8a949e55", label: "" }) : null);
  sigma.setSetting("edgeReducer", near ? (edge, look) => (graph.hasExtremity(edge, chosen) ? look : { ...look, hidden: true }) : null);
}

/** The label of the actor under the pointer, on a ground of the page's colour. */
function halo(context, node, settings) {
  const ground = getComputedStyle(document.documentElement).getPropertyValue("--ground");
  context.font = `600 ${settings.labelSize}px ${settings.labelFont}`;
  const width = context.measureText(node.label ?? "").width;
  context.fillStyle = ground;
  context.fillRect(node.x + node.size + 1, node.y - settings.labelSize / 2 - 4, width + 8, settings.labelSize + 8);
  context.fillStyle = ink();
  context.fillText(node.label ?? "", node.x + node.size + 4, node.y + settings.labelSize / 3);
}

/** All layers of the drawing on one ground, as PNG. */
function picture(sigma) {
  sigma.refresh();
  sigma.render?.();
  const layers = Object.values(sigma.getCanvases());
  const sheet = Object.assign(document.createElement("canvas"), { width: layers[0].width, height: layers[0].height });
  const context = sheet.getContext("2d");
  context.fillStyle = getComputedStyle(document.body).backgroundColor;
  context.fillRect(0, 0, sheet.width, sheet.height);
  for (const layer of layers) context.drawImage(layer, 0, 0);
  sheet.toBlob((blob) => save("network.png", blob, "image/png"));
}
