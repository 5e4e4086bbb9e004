//! The sentences of `tests/sentences`: what the rules find in them may only get better.
//!
//! Their countries are invented, so the program reads them with a gazetteer made of `actors.tsv`. For each file it holds
//! how many of the expected facts are found, with the right status and date, and how many are found that are not there.
//! `UPDATE_EXPECT=1` writes the table anew; `SENTENCES=meet` prints what is missed and wrong in `meet.tsv`.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::{Path, PathBuf};

use diplograph::model::{Article, Fact, Relation, Status};
use diplograph::pipeline::Reader;
use tempfile::TempDir;

use invented::table;

/// The day of every report.
const DAY: &str = "2021-06-15";

#[test]
fn what_is_found_in_them_only_rises() {
    let data = TempDir::new().unwrap();
    invented::gazetteer(&folder().join("actors.tsv"), &data.path().join("gazetteer"));
    let reader = Reader::new(Some(data.path())).unwrap();
    let results: BTreeMap<String, Outcome> =
        files().into_iter().map(|name| (name.clone(), read(&name, &reader))).collect();
    println!("{}", figures(&results));
    let wanted = std::env::var("SENTENCES").unwrap_or_default();
    results.iter().filter(|(name, _)| **name == wanted).for_each(|(_, o)| println!("{}", o.faults));
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        std::fs::write(scores(), written(&results)).unwrap();
    }
    let floors = std::fs::read_to_string(scores()).unwrap_or_default();
    let fallen: String = results.iter().filter_map(|(name, o)| fallen(name, &o.tally, &floors)).collect();
    assert!(
        fallen.is_empty(),
        "{fallen}if that is meant: UPDATE_EXPECT=1; SENTENCES=NAME tells what is missed and wrong"
    );
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/sentences")
}

fn scores() -> PathBuf {
    folder().join("scores.tsv")
}

/// The names of the files of sentences: 38 relations and `certainty`.
fn files() -> Vec<String> {
    let relations = Relation::all().map(|r| r.id().to_owned());
    relations.chain(["certainty".to_owned()]).collect()
}

/// What came of one file.
#[derive(Default)]
struct Outcome {
    tally: Tally,
    /// What is missed and wrong, for a person.
    faults: String,
}

/// Facts of one file.
#[derive(Default, Clone, Copy, PartialEq)]
struct Tally {
    expected: usize,
    found: usize,
    /// Found, though no sentence says so.
    wrong: usize,
    /// Found with the right status.
    status: usize,
    /// Found with the right date, of those whose date is tested.
    date: usize,
}

/// A fact that a sentence states: `meet(Rufus Firefly -> Ana Trentino)@planned#2021-06`.
struct Expected<'a> {
    relation: Relation,
    source: &'a str,
    target: &'a str,
    status: Status,
    date: Option<&'a str>,
}

impl<'a> Expected<'a> {
    fn parse(text: &'a str) -> Option<Self> {
        let (claim, date) = text.split_once('#').map_or((text, None), |(claim, date)| (claim, Some(date)));
        let (claim, status) = claim.split_once('@').unwrap_or((claim, "asserted"));
        let (relation, sides) = claim.strip_suffix(')')?.split_once('(')?;
        let (source, target) = sides.split_once(" -> ")?;
        Some(Self { relation: Relation::named(relation)?, source, target, status: status.parse().ok()?, date })
    }

    fn is(&self, fact: &Fact) -> bool {
        let sides = (fact.claim.source.name.as_str(), fact.claim.target.name.as_str());
        let turned = self.relation.symmetric() && sides == (self.target, self.source);
        fact.claim.relation == self.relation && (turned || sides == (self.source, self.target))
    }

    /// How many of status and date are right.
    fn right(&self, fact: &Fact) -> (bool, bool) {
        let date = fact.claim.date.map(|d| d.to_string());
        (fact.claim.status == self.status, self.date.is_some() && date.as_deref() == self.date)
    }
}

/// Reads the sentences of a file, each as an article of its own.
fn read(name: &str, reader: &Reader) -> Outcome {
    let mut outcome = Outcome::default();
    for (n, row) in table(&folder().join(format!("{name}.tsv"))).iter().enumerate() {
        let expected: Vec<_> = row["expected"]
            .split("; ")
            .filter(|e| !e.is_empty())
            .map(|e| Expected::parse(e).unwrap_or_else(|| panic!("{name}: cannot read {e}")))
            .collect();
        let text = row["sentence"].clone();
        let date = Some(DAY.parse().unwrap());
        let article = Article { id: format!("{name}-{n}"), date, text, ..Article::default() };
        // in certainty.tsv the sentence decides of which relation facts are tested
        let tested = |r: Relation| r.id() == name || expected.iter().any(|e| e.relation == r);
        let facts: Vec<_> = reader.read(article).facts.into_iter().filter(|f| tested(f.claim.relation)).collect();
        outcome.count(&row["sentence"], &expected, &facts);
    }
    outcome
}

impl Outcome {
    fn count(&mut self, sentence: &str, expected: &[Expected<'_>], facts: &[Fact]) {
        let mut faults = String::new();
        let t = &mut self.tally;
        for e in expected {
            t.expected += 1;
            let Some((status, date)) = facts.iter().filter(|f| e.is(f)).map(|f| e.right(f)).max() else {
                let _ = writeln!(faults, "    missed {} -> {}", e.source, e.target);
                continue;
            };
            t.found += 1;
            t.status += usize::from(status);
            t.date += usize::from(date);
            if !status || e.date.is_some() && !date {
                let _ = writeln!(faults, "    not {} {}", e.status, e.date.unwrap_or_default());
            }
        }
        for f in facts.iter().filter(|f| !expected.iter().any(|e| e.is(f))) {
            t.wrong += 1;
            let (c, rule) = (&f.claim, &f.evidence.rule);
            let _ = writeln!(faults, "    wrong {} -> {} {} [{rule}]", c.source.name, c.target.name, c.status);
        }
        if !faults.is_empty() {
            let _ = write!(self.faults, "{sentence}\n{faults}");
        }
    }
}

/// The table for a person, with precision and recall.
fn figures(results: &BTreeMap<String, Outcome>) -> String {
    let mut out = format!("{:20}{:>9}{:>7}{:>7}{:>8}{:>8}\n", "", "expected", "found", "wrong", "P", "R");
    let mut all = Tally::default();
    let mut line = |name: &str, t: &Tally| {
        let (p, r) = (share(t.found, t.found + t.wrong), share(t.found, t.expected));
        let _ = writeln!(out, "{name:20}{:>9}{:>7}{:>7}{p:>8.3}{r:>8.3}", t.expected, t.found, t.wrong);
    };
    for (name, Outcome { tally, .. }) in results {
        line(name, tally);
        if name != "certainty" {
            all.expected += tally.expected;
            all.found += tally.found;
            all.wrong += tally.wrong;
        }
    }
    line("all relations", &all);
    let c = results["certainty"].tally;
    let _ = write!(out, "right status in certainty.tsv: {} of {} found", c.status, c.found);
    out
}

fn share(part: usize, whole: usize) -> f64 {
    part as f64 / whole.max(1) as f64
}

const HEADER: &str = "relation\texpected\tfound\twrong\tstatus\tdate";

/// The table of floors.
fn written(results: &BTreeMap<String, Outcome>) -> String {
    let line = |(name, o): (&String, &Outcome)| {
        let t = o.tally;
        format!("{name}\t{}\t{}\t{}\t{}\t{}\n", t.expected, t.found, t.wrong, t.status, t.date)
    };
    let lines: String = results.iter().map(line).collect();
    format!(
        "# Facts of tests/sentences: expected, found, found though not there (wrong), found with the right status, with the right date.\n\
         # tests/it/sentences.rs holds them; UPDATE_EXPECT=1 writes them anew.\n{HEADER}\n{lines}"
    )
}

/// What got worse against the table of floors.
fn fallen(name: &str, now: &Tally, floors: &str) -> Option<String> {
    let row = floors.lines().find_map(|l| l.strip_prefix(name)?.strip_prefix('\t'));
    let cells: Vec<usize> = row.unwrap_or_default().split('\t').filter_map(|c| c.parse().ok()).collect();
    let &[expected, found, wrong, status, date] = cells.as_slice() else {
        return Some(format!("{name}: the table of floors has no such row\n"));
    };
    let then = Tally { expected, found, wrong, status, date };
    let worse = now.found < found || now.wrong > wrong || now.status < status || now.date < date;
    (worse || now.expected != expected).then(|| format!("{name}: was {}, is {}\n", shown(&then), shown(now)))
}

fn shown(t: &Tally) -> String {
    format!("{} of {} found, {} wrong, status {}, date {}", t.found, t.expected, t.wrong, t.status, t.date)
}

/// The gazetteer of the invented world.
pub mod invented {
    use std::collections::{BTreeMap, BTreeSet};
    use std::path::Path;

    pub type Row = BTreeMap<String, String>;

    /// A tab-separated table with a header; lines that begin with `#` are comments.
    pub fn table(path: &Path) -> Vec<Row> {
        let text = std::fs::read_to_string(path).unwrap();
        let mut lines = text.lines().filter(|l| !l.starts_with('#'));
        let header: Vec<&str> = lines.next().unwrap().split('\t').collect();
        let row = |line: &str| {
            let cells = line.split('\t').chain(std::iter::repeat(""));
            header.iter().zip(cells).map(|(h, c)| ((*h).to_owned(), c.to_owned())).collect()
        };
        lines.map(row).collect()
    }

    const HEADERS: [(&str, &str); 8] = [
        ("states.tsv", "id\tkind\tname\taliases\tadjectives\tnationals\tcapital"),
        ("igos.tsv", "id\tacronym\tname\taliases\tkind"),
        ("groups.tsv", "id\tname\taliases\tcountry\tkind"),
        ("organs.tsv", "id\tname\taliases\tcountry\tkind"),
        ("people.tsv", "id\tname\taliases\tcountry"),
        ("offices.tsv", "person\toffice\tstate\tstart\tend"),
        // without a row, or ours would be read
        ("places.tsv", "name\taliases\tcountry"),
        ("publishers.tsv", "name\taliases\tcountry"),
    ];

    /// Writes the actors as tables of the form of `data/gazetteer`. The tables of words (titles, heads) stay ours.
    pub fn gazetteer(actors: &Path, dir: &Path) {
        let actors = table(actors);
        let bodies: BTreeSet<&str> = actors.iter().filter(|a| a["kind"] == "igo").map(|a| a["id"].as_str()).collect();
        let mut tables: BTreeMap<&str, String> = HEADERS.iter().map(|(f, h)| (*f, format!("{h}\n"))).collect();
        for (file, line) in actors.iter().flat_map(|a| lines(a, &bodies)) {
            tables.entry(file).or_default().push_str(&(line + "\n"));
        }
        std::fs::create_dir_all(dir).unwrap();
        tables.iter().for_each(|(file, text)| std::fs::write(dir.join(file), text).unwrap());
    }

    /// The rows of an actor and the tables that they stand in.
    fn lines(a: &Row, bodies: &BTreeSet<&str>) -> Vec<(&'static str, String)> {
        let cells = |names: &[&str]| names.iter().map(|n| a[*n].as_str()).collect::<Vec<_>>().join("\t");
        let body = |id: &str| format!("org-{}", id.to_lowercase());
        let (id, country) = (a["id"].as_str(), a["country"].as_str());
        let home = if bodies.contains(country) { body(country) } else { country.to_owned() };
        match a["kind"].as_str() {
            "state" => {
                let nationals = format!("{}s", a["adjective"]);
                vec![(
                    "states.tsv",
                    format!(
                        "{}\t{nationals}\t{}",
                        cells(&["id", "kind", "name", "aliases", "adjective"]),
                        a["capital"]
                    ),
                )]
            }
            "igo" | "treaty" => {
                vec![("igos.tsv", format!("{}\t{}", body(id), cells(&["id", "name", "aliases", "kind"])))]
            }
            "person" => vec![
                ("people.tsv", cells(&["id", "name", "aliases", "country"])),
                ("offices.tsv", format!("{id}\t{}\t{home}\t2020-01-01\t", a["office"])),
            ],
            "group" => vec![("groups.tsv", cells(&["id", "name", "aliases", "country", "kind"]))],
            _ => vec![("organs.tsv", cells(&["id", "name", "aliases", "country", "kind"]))],
        }
    }
}
