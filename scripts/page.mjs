// Looks at the page of `diplograph serve` in a headless Chromium, at two widths and in both themes:
//
//   diplograph build data/articles --graph /tmp/graph && diplograph serve --graph /tmp/graph &
//   npm install --prefix /tmp/page playwright-core axe-core        # and Debian's chromium
//   NODE_PATH=/tmp/page/node_modules node scripts/page.mjs http://127.0.0.1:7878 [FOLDER FOR SCREENSHOTS]
//
// With ONLY_SPEED in the environment it only measures, also with a graph of other actors. With TOKEN, the token of a server
// started with --writable, it also decides on a fact and takes that back.
// It goes by keyboard from a search to a quote in its article, asks in SPARQL, keeps an answer as a file, and ends with 1 if a
// step fails, axe-core finds a serious fault, a line is wider than the window, the console shows an error, or a request leaves
// the server.
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";

const require = createRequire(process.env.NODE_PATH + "/");
const { chromium } = require("playwright-core");
const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
const [base, shots] = process.argv.slice(2);
const faults = [];
const views = {
  start: "/", search: "/?q=tehran", actor: "/?actor=Q44329", dyad: "/?a=Iran&b=Syria", between: "/?view=between",
  network: "/?view=network", blocs: "/?view=network&nodes=bloc&colours=redgreen", map: "/?view=map", path: "/?from=Kenya&to=Iran", fact: "/?fact=e3f2fc610d5d4e11",
  log: "/?view=log", sparql: "/?view=sparql", question: "/?question=met&p.who=Assad", nobody: "/?actor=Quixote",
};

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox", "--enable-unsafe-swiftshader"] });

async function open(width, height, colorScheme) {
  // the policy of the page forbids the script that axe-core is; the check itself may go round it, the page is loaded with it
  const context = await browser.newContext({ viewport: { width, height }, colorScheme, acceptDownloads: true });
  const page = await context.newPage();
  page.on("console", (m) => m.type() === "error" && !/status of 404/.test(m.text()) && faults.push(`console: ${m.text()}`));
  page.on("pageerror", (e) => faults.push(`script: ${e.message}`));
  page.on("request", (r) => r.url().startsWith(base) || r.url().startsWith("blob:") || faults.push(`left the server: ${r.url()}`));
  return page;
}

const ready = (page) => page.waitForFunction(() => document.querySelector("main h1") && !document.querySelector("main").hasAttribute("aria-busy"));

async function look(name, page, where) {
  await page.goto(base + where);
  await ready(page);
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => window.axe.run(document, { resultTypes: ["violations"] }));
  for (const v of violations.filter((v) => ["serious", "critical"].includes(v.impact))) {
    faults.push(`${name}: ${v.id}: ${v.nodes.map((n) => n.html.slice(0, 120)).slice(0, 3).join(" | ")}`);
  }
  const wide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
  if (wide) faults.push(`${name}: wider than the window`);
  if (shots) await page.screenshot({ path: `${shots}/${name}.png`, fullPage: true });
}

/** Presses Tab until the focus is on what the text or selector says. */
async function tabTo(page, fits) {
  for (let i = 0; i < 300; i++) {
    await page.keyboard.press("Tab");
    if (await page.evaluate((f) => document.activeElement?.matches(f) ?? false, fits)) return;
  }
  throw new Error(`the keyboard does not reach ${fits}`);
}

async function walk() {
  const page = await open(1440, 900, "light");
  await page.goto(base);
  await ready(page);
  const heading = (part) => page.waitForFunction((p) => document.querySelector("main h1")?.textContent.includes(p), part);
  await tabTo(page, "#q");
  await page.keyboard.type("assad");
  await page.keyboard.press("Enter");
  await heading("assad");
  await tabTo(page, "main a[href*='actor=Q44329']");
  await page.keyboard.press("Enter");
  await heading("Bashar al-Assad");
  await tabTo(page, "main a[href*='b=IRN']");
  await page.keyboard.press("Enter");
  await heading("Iran");
  await tabTo(page, "main a[href*='fact=']");
  await page.keyboard.press("Enter");
  await heading("Why");
  if (!(await page.locator("main mark").first().textContent())) faults.push("no quote is marked");
  await page.goBack();
  await heading("Iran");
  await page.goto(base + "/?view=sparql");
  await ready(page);
  await tabTo(page, "#sparql");
  await page.keyboard.press("Control+Enter");
  await page.waitForSelector("main section table");
  await page.getByRole("button", { name: "Bars" }).click();
  if (!(await page.locator("svg.bars rect").count())) faults.push("no bars are drawn");
  const [file] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "CSV" }).click()]);
  if (!readFileSync(await file.path(), "utf8").startsWith("what,events")) faults.push("the file is not the answer");
  await page.goto(`${base}/?query=${encodeURIComponent("SELECT ?a ?b { ?e a dg:Event ; dg:actor/rdfs:label ?a ; dg:recipient/rdfs:label ?b } LIMIT 50")}`);
  await page.getByRole("button", { name: "Network", exact: true }).click();
  await page.waitForFunction(() => Number(document.querySelector("section .drawing")?.dataset.drawn) > 0);
  const query = await page.evaluate(() => new URLSearchParams(location.search).get("query"));
  if (!query?.includes("SELECT")) faults.push("the address does not hold the query");
}

/** Curation, where the server may write: TOKEN is its token. A decision is made, seen in the log, and taken back. */
async function curates() {
  const page = await open(1440, 900, "light");
  await page.goto(`${base}/?fact=e3f2fc610d5d4e11`);
  await page.getByText("Decide on this fact").click();
  await page.getByLabel("Token").fill(process.env.TOKEN);
  await page.getByRole("button", { name: "It says so" }).click();
  const said = await page.locator("main [role=status]", { hasText: "decision" }).textContent();
  const number = said.match(/decision (\d+)/)[1];
  await page.goto(`${base}/?view=log`);
  await page.getByRole("cell", { name: "e3f2fc610d5d4e11" }).first().waitFor();
  await page.getByLabel("Number").fill(number);
  await page.getByRole("button", { name: "Take it back" }).click();
  await page.locator("main [role=status]", { hasText: "undone" }).waitFor();
}

/** The network: the slider of time leaves less, a click tells of an actor, files hold what is shown. */
async function draws() {
  const page = await open(1440, 900, "light");
  await page.goto(`${base}/?view=network`);
  const edges = () => page.locator(".drawing").getAttribute("data-drawn").then(Number);
  await page.waitForFunction(() => Number(document.querySelector(".drawing")?.dataset.drawn) > 0);
  const all = await edges();
  await tabTo(page, "input[type=range]");
  for (let i = 0; i < 45; i++) await page.keyboard.press("ArrowRight");
  await page.waitForFunction((n) => Number(document.querySelector(".drawing").dataset.drawn) < n, all);
  if (!new URL(page.url()).searchParams.get("since")) faults.push("the address does not hold the time");
  if (!(await edges())) faults.push("the slider leaves nothing");
  for (const [name, begins] of [["GraphML", "<?xml"], ["GEXF", "<?xml"], ["CSV", "source,"], ["PNG", "\u{FFFD}PNG"]]) {
    const button = page.locator("main p").getByText(name, { exact: false }).first();
    const [file] = await Promise.all([page.waitForEvent("download"), button.click()]);
    const text = readFileSync(await file.path(), "utf8");
    if (!text.toLowerCase().startsWith(begins.toLowerCase())) faults.push(`${name}: ${text.slice(0, 40)}`);
  }
  await page.goto(`${base}/?view=network&ego=SYR`);
  await page.waitForFunction(() => Number(document.querySelector(".drawing")?.dataset.drawn) > 0);
  const box = await page.locator(".drawing").boundingBox();
  search: for (let x = 0.05; x < 1; x += 0.02) {
    for (let y = 0.05; y < 1; y += 0.03) {
      await page.mouse.move(box.x + x * box.width, box.y + y * box.height);
      if (await page.locator(".drawing.over").count()) break search;
    }
  }
  await page.mouse.down();
  await page.mouse.up();
  const few = await edges();
  await page.getByRole("button", { name: "Add its surroundings" }).click({ timeout: 5000 });
  await page.waitForFunction((n) => Number(document.querySelector(".drawing").dataset.drawn) >= n, few);
}

/** What the first view weighs as it is sent, without the answers that it shows, and when it first shows something. */
async function weighs() {
  const page = await open(1440, 900, "light");
  const of = async (where) => {
    await page.goto(base + where);
    await ready(page);
    return page.evaluate(() => {
      const all = [...performance.getEntriesByType("resource"), ...performance.getEntriesByType("navigation")].filter((e) => !e.name.includes("/api/"));
      const paint = performance.getEntriesByName("first-contentful-paint")[0]?.startTime;
      return { bytes: all.reduce((sum, e) => sum + e.encodedBodySize, 0), paint };
    });
  };
  const kilo = (n) => `${Math.round(n / 1000)} kB`;
  const [first, editor, drawing] = [await of("/"), await of("/?view=sparql"), await of("/?view=network")];
  console.log(`first view ${kilo(first.bytes)}, painted after ${Math.round(first.paint)} ms; with the editor ${kilo(editor.bytes)}; the network ${kilo(drawing.bytes)}`);
  if (first.bytes > 300_000 || editor.bytes > 900_000 || drawing.bytes > 900_000) faults.push("the page is too heavy");
}

/** How long it takes from the address to the network, with all the edges that it shows. */
async function hurries() {
  const page = await open(1440, 900, "light");
  await page.goto(`${base}/?view=network`);
  const drawn = await page.waitForFunction(() => Number(document.querySelector(".drawing")?.dataset.drawn) && performance.now());
  const edges = await page.locator(".drawing").getAttribute("data-drawn");
  console.log(`the network of ${edges} edges, drawn after ${Math.round(await drawn.jsonValue())} ms`);
}

for (const [width, height] of process.env.ONLY_SPEED ? [] : [[1440, 900], [390, 844]]) {
  for (const theme of ["light", "dark"]) {
    const page = await open(width, height, theme);
    for (const [name, where] of Object.entries(views)) await look(`${name}-${width}-${theme}`, page, where);
  }
}
const speed = [weighs, hurries];
const parts = process.env.ONLY_SPEED ? speed : [walk, draws, ...(process.env.TOKEN ? [curates] : []), ...speed];
for (const part of parts) await part().catch((e) => faults.push(`${part.name}: ${e.message}`));
await browser.close();
console.log(faults.length ? faults.join("\n") : "nothing wrong");
process.exit(faults.length ? 1 : 0);
