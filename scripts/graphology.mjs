// Whether graphology (which sigma.js and Gephi Lite read files with) finds in GraphML and GEXF what was exported.
//
//   npm install graphology graphology-graphml graphology-gexf @xmldom/xmldom     # somewhere outside of the project
//   NODE_PATH=that/node_modules node scripts/graphology.mjs BINARY [GRAPH]
//
// Nodes, edges and the sum of weights of every variant are compared with the node-link JSON of the same network; of GEXF only
// nodes and edges, as graphology knows no values that change with time (and of the two lists of edge attributes that Gephi wants,
// one for those that change and one for the others, it takes the last for all: hence the option).
import { execFileSync } from 'node:child_process';
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const { MultiGraph } = require('graphology');
const { DOMParser } = require('@xmldom/xmldom');
globalThis.DOMParser = DOMParser;
globalThis.Document = new DOMParser().parseFromString('<a/>', 'text/xml').constructor;
const readers = { graphml: require('graphology-graphml/browser'), gexf: require('graphology-gexf/browser') };

const [binary, folder = 'diplograph-graph'] = process.argv.slice(2);
const variants = [[], ['--undirected'], ['--kinds', 'relation'], ['--kinds', 'quad'], ['--measures'], ['--level', 'person'],
  ['--level', 'organisation'], ['--level', 'event'], ['--layer', 'conflict'], ['--ego', 'Iran'], ['--as-of', '2016'],
  ['--until', '1900']];
const run = (...args) =>
  execFileSync(binary, ['export', '-', ...args, '--graph', folder], { encoding: 'utf8', maxBuffer: 1 << 30, stdio: ['ignore', 'pipe', 'ignore'] });

let wrong = 0;
for (const variant of variants) {
  const told = JSON.parse(run('--format', 'json', ...variant));
  const links = told.links ?? told.edges;
  for (const [format, reader] of Object.entries(readers)) {
    const graph = reader.parse(MultiGraph, run('--format', format, ...variant), { allowUndeclaredAttributes: true });
    const found = [graph.order, graph.size];
    let same = graph.order === told.nodes.length;
    if (format === 'gexf') {
      same &&= graph.size <= links.length; // edges that no single year holds are left out of a timeline
    } else {
      const sum = (weights) => weights.reduce((a, b) => a + b, 0);
      found.push(sum(graph.mapEdges((_, attributes) => attributes.weight)));
      same &&= graph.size === links.length && found[2] === sum(links.map((e) => e.weight));
    }
    wrong += same ? 0 : 1;
    console.log(same ? 'same ' : 'WRONG', format.padEnd(8), variant.join(' ').padEnd(20), ...found);
  }
}
process.exit(wrong ? 1 : 0);
