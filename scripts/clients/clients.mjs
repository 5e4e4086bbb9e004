// Asks a running `diplograph serve` with the clients of npm, unchanged:
//
//   npm install --prefix /tmp/clients sparql-http-client @comunica/query-sparql     # Node 22; with Node 20 "overrides": {"undici": "^7.0.0"}
//   NODE_PATH=/tmp/clients/node_modules node scripts/clients/clients.mjs http://127.0.0.1:7878
//
// Ends with 1 if an answer is not what was expected.
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const require = createRequire(process.env.NODE_PATH + "/");
const load = async (name) => import(pathToFileURL(require.resolve(name)).href);
const endpoint = process.argv[2].replace(/\/$/, "");
const SELECT = "SELECT ?name WHERE { <https://w3id.org/diplograph/id/entity/SYR> <http://www.w3.org/2000/01/rdf-schema#label> ?name }";
const CONSTRUCT = "CONSTRUCT { ?s <http://www.w3.org/2000/01/rdf-schema#label> ?name } WHERE { ?s a <https://w3id.org/diplograph/ontology#State> ; <http://www.w3.org/2000/01/rdf-schema#label> ?name }";
let wrong = 0;
const check = (name, right) => { wrong += right ? 0 : 1; console.log(right ? "ok   " : "WRONG", name); };
const all = async (stream) => { const found = []; for await (const item of stream) found.push(item); return found; };

const { default: Client } = await load("sparql-http-client");
for (const operation of ["get", "postUrlencoded", "postDirect"]) {
  const client = new Client({ endpointUrl: `${endpoint}/query`, storeUrl: `${endpoint}/store` });
  const rows = await all(client.query.select(SELECT, { operation }));
  check(`sparql-http-client SELECT by ${operation}`, rows[0]?.name.value === "Syria");
  check(`sparql-http-client CONSTRUCT by ${operation}`, (await all(client.query.construct(CONSTRUCT, { operation }))).length > 10);
  check(`sparql-http-client ASK by ${operation}`, (await client.query.ask("ASK { ?s ?p ?o }", { operation })) === true);
}

const { QueryEngine } = await load("@comunica/query-sparql");
const engine = new QueryEngine();
for (const source of [{ type: "sparql", value: `${endpoint}/query` }, `${endpoint}/query`]) {
  const bindings = await (await engine.queryBindings(SELECT, { sources: [source] })).toArray();
  check(`Comunica SELECT, source ${source.type ?? "found out"}`, bindings[0]?.get("name")?.value === "Syria");
  check(`Comunica CONSTRUCT, source ${source.type ?? "found out"}`, (await (await engine.queryQuads(CONSTRUCT, { sources: [source] })).toArray()).length > 10);
}
process.exit(wrong ? 1 : 0);
