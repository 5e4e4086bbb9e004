//! Rows of event data sets: what every kind of row gives, and what becomes of it in a graph.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Arc, LazyLock};

use assert_cmd::cargo::CommandCargoExt;
use diplograph::cluster::{self, Standing};
use diplograph::link::Gazetteer;
use diplograph::model::{Article, Evidence, Fact};
use diplograph::pipeline::datasets::{Dyads, Mapped, Mapper, Tally, dyads};
use diplograph::source::datasets::{self, Input};

static GAZETTEER: LazyLock<Arc<Gazetteer>> = LazyLock::new(|| Arc::new(Gazetteer::embedded().expect("our tables")));

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/datasets")
}

fn mapper() -> Mapper {
    Mapper::with(Arc::clone(&GAZETTEER)).expect("a mapper")
}

fn input(path: &Path) -> Input {
    let (others, mut found) = datasets::split(&[path.to_owned()], None);
    assert!(others.is_empty(), "{} is recognised", path.display());
    found.remove(0)
}

/// One line a fact or a row without one, and the account.
fn told(path: &Path) -> String {
    let (mut mapper, input, mut out) = (mapper(), input(path), String::new());
    let tally = mapper.read(&input, |row, mapped| {
        match mapped {
            Mapped::Facts(told) => {
                told.1.iter().for_each(|f| writeln!(out, "{}: {}", row.line(), fact(f)).expect("text"))
            }
            Mapped::Outside(why) => writeln!(out, "{}: out of scope: {why}", row.line()).expect("text"),
            Mapped::Rejected(why) => writeln!(out, "{}: rejected: {why}", row.line()).expect("text"),
        }
        Ok(())
    });
    let tally = tally.expect("a file that can be read");
    assert!(tally.balanced(), "every row is accounted for");
    writeln!(out, "{}", account(&tally)).expect("text");
    for c in mapper.coverage() {
        let states = c.states.map_or("all states".to_owned(), |s| s.into_iter().collect::<Vec<_>>().join(" "));
        writeln!(out, "covered {} by {}: {states}", c.period, c.source).expect("text");
    }
    out
}

fn account(t: &Tally) -> String {
    let (outside, rejected) = (t.outside.total(), t.rejected.total());
    format!("{} rows: {} gave {} facts, {outside} out of scope, {rejected} rejected", t.rows, t.told, t.facts)
}

fn fact(f: &Fact) -> String {
    let c = &f.claim;
    let date = c.date.map_or("-".to_owned(), |d| d.to_string());
    let place = c.place.as_deref().unwrap_or("-");
    let mutual = if c.mutual { " mutual" } else { "" };
    let (e, words) = (&f.evidence, [&f.evidence.source_text, &f.evidence.target_text]);
    format!(
        "{} {} ({}) -> {} ({}){mutual}, {date}, {place}, {}, {:.2}, {} {}",
        c.relation, c.source.id, words[0], c.target.id, words[1], c.status, f.confidence, e.extractor, e.rule
    )
}

fn check(file: &str) {
    let path = folder().join(file);
    let found = told(&path);
    let expected = path.with_extension("expected");
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        std::fs::write(&expected, &found).expect("the expected file is written");
    }
    assert_eq!(std::fs::read_to_string(&expected).unwrap_or_default(), found, "{file}");
}

macro_rules! golden {
    ($($name:ident: $file:literal),* $(,)?) => { $(#[test] fn $name() { check($file); })* };
}

golden! {
    gdelt2: "gdelt2.tsv",
    gdelt1: "gdelt1.tsv",
    gdelt_gkg: "gdelt-gkg.tsv",
    icews: "icews.tsv",
    polecat: "polecat.tsv",
    ucdp: "ucdp-acd.csv",
    cow_wars: "cow-wars.csv",
    cow_mids: "cow-mids.csv",
    cow_igos: "cow-igos.csv",
    cow_states: "cow-states.csv",
    cow_diplomacy: "cow-diplomacy.csv",
    atop: "atop.csv",
}

#[test]
fn every_set_is_recognised_as_itself() {
    for set in datasets::all() {
        let path = ["tsv", "csv"].iter().map(|e| folder().join(format!("{}.{e}", set.name))).find(|p| p.is_file());
        let path = path.unwrap_or_else(|| panic!("{set} has no file"));
        assert_eq!(input(&path).set.name, set.name);
    }
    assert!(datasets::recognise(b"title,text,date\nA,B,2020-01-01\n").is_none());
    assert!(datasets::recognise(b"ccode,year,polity\n2,1990,10\n").is_none(), "another table of states and years");
}

/// The bytes as a ZIP archive of one deflated file, sizes and checksum behind it as streaming writers do.
fn zipped(name: &str, bytes: &[u8]) -> Vec<u8> {
    let mut crc = flate2::Crc::new();
    crc.update(bytes);
    let mut packed = flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::default());
    packed.write_all(bytes).expect("packing");
    let packed = packed.finish().expect("packing");
    let mut zip = b"PK\x03\x04\x14\0\x08\0\x08\0\0\0\0\0".to_vec();
    zip.extend([0; 12]);
    zip.extend((name.len() as u16).to_le_bytes());
    zip.extend([0; 2]);
    zip.extend(name.as_bytes());
    zip.extend(&packed);
    zip.extend(b"PK\x07\x08");
    zip.extend(crc.sum().to_le_bytes());
    zip.extend((packed.len() as u32).to_le_bytes());
    zip.extend((bytes.len() as u32).to_le_bytes());
    zip
}

#[test]
fn packed_files_give_the_same() {
    let dir = tempfile::tempdir().expect("a folder");
    let plain = std::fs::read(folder().join("gdelt2.tsv")).expect("the sample");
    let expected = std::fs::read_to_string(folder().join("gdelt2.expected")).expect("the expected file");
    let mut gz = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    gz.write_all(&plain).expect("packing");
    for (name, bytes) in [
        ("20210310143000.export.CSV.zip", zipped("20210310143000.export.CSV", &plain)),
        ("20210310.export.CSV.gz", gz.finish().expect("packing")),
        ("20210310.export.CSV.zst", zstd::encode_all(&plain[..], 3).expect("packing")),
    ] {
        let path = dir.path().join(name);
        std::fs::write(&path, bytes).expect("a file");
        assert_eq!(told(&path), expected, "{name}");
    }
}

#[test]
fn a_damaged_archive_is_told() {
    let dir = tempfile::tempdir().expect("a folder");
    let plain = std::fs::read(folder().join("gdelt2.tsv")).expect("the sample");
    let mut zip = zipped("x.CSV", &plain);
    let at = zip.len() - 12;
    zip[at] ^= 1;
    let path = dir.path().join("x.zip");
    std::fs::write(&path, zip).expect("a file");
    let read = mapper().read(&Input::new(&path, datasets::named("gdelt2").expect("the set")), |_, _| Ok(()));
    assert!(read.unwrap_err().to_string().contains("checksum"));
}

/// Runs the program; returns standard output, standard error and the exit status.
fn run(args: &[&str]) -> (String, String, i32) {
    let out = Command::cargo_bin("diplograph").expect("the program").args(args).output().expect("it runs");
    let text = |b: Vec<u8>| String::from_utf8(b).expect("UTF-8");
    (text(out.stdout), text(out.stderr), out.status.code().unwrap_or(-1))
}

#[test]
fn rows_in_a_graph_are_found_again_and_explained() {
    let dir = tempfile::tempdir().expect("a folder");
    let (graph, rejected) = (dir.path().join("g"), dir.path().join("rejected.csv"));
    let [graph, rejected, sample] = [graph, rejected, folder().join("gdelt2.tsv")].map(|p| p.display().to_string());
    let build = ["build", &sample, "--graph", &graph, "--rejected", &rejected];
    let (out, err, code) = run(&build);
    assert_eq!(code, 3, "{err}");
    assert!(out.starts_with("14 rows of gdelt2 in 1 file: 6 gave 6 facts, 4 out of scope, 4 rejected; 6 new"), "{out}");
    assert!(err.contains("no table has the code of the act (9999 1)"), "{err}");
    let rows = std::fs::read_to_string(&rejected).expect("the rejected rows");
    assert!(rows.contains(",10,no table has the code of the actor 'QQQGOV',700000010"), "{rows}");
    // again, under another name, as if GDELT had sent the rows twice
    let copy = dir.path().join("copy.CSV");
    std::fs::copy(folder().join("gdelt2.tsv"), &copy).expect("a copy");
    let (out, ..) = run(&["build", &copy.display().to_string(), "--graph", &graph]);
    assert!(out.contains("0 new, 0 changed, 6 unchanged"), "{out}");
    let (out, _, code) = run(&["check", "--graph", &graph]);
    assert!(code == 0 && out.starts_with("sound"), "{out}");
    let (out, ..) = run(&["between", "Iran", "Syria", "--graph", &graph]);
    assert!(out.contains("visit: Iran → Syria") && out.contains("GLOBALEVENTID=700000001; SQLDATE=20210308"), "{out}");
    let (out, ..) = run(&["extract", &sample]);
    let id = out.lines().next().and_then(|l| l.get(7..23)).expect("a fact's id");
    let (out, ..) = run(&["why", id, "--graph", &graph]);
    for part in ["machine/gdelt2 EventCode=042", "line 1 of gdelt2.tsv", "(GDELT, 2021-03-10)", "confidence 0.30"] {
        assert!(out.contains(part), "{part}: {out}");
    }
}

#[test]
fn exports_tell_none_from_not_covered() {
    let dir = tempfile::tempdir().expect("a folder");
    let graph = dir.path().join("g").display().to_string();
    let mids = folder().join("cow-mids.csv").display().to_string();
    run(&["build", &mids, "--graph", &graph]);
    let export = ["export", "-", "--format", "dyads.csv", "--undirected", "--graph", &graph];
    let acts = ["--relation", "threaten,mobilize,coerce,attack"];
    let (out, ..) = run(&[&export[..], &acts].concat());
    let cell = |a: &str, b: &str, year: &str| {
        let row = out.lines().map(|l| l.split(',').collect::<Vec<_>>()).find(|r| (r[6], r[7], r[8]) == (a, b, year));
        row.map(|r| (r[10].to_owned(), r[11].to_owned())).expect("the dyad")
    };
    let pair = |a: &str, b: &str| (a.to_owned(), b.to_owned());
    assert_eq!(cell("GBR", "USA", "1902"), pair("events", "1"));
    // 1995: the data set looked at Russia and the United States, and found no act of Russia
    assert_eq!(cell("RUS", "USA", "1995"), pair("no_event", "0"));
    assert_eq!(cell("RUS", "USA", "1994"), pair("not_covered", ""));
    // of visits the data set says nothing
    let (out, ..) = run(&export);
    assert!(out.lines().any(|l| l.contains(",RUS,USA,RUS,USA,1995,,not_covered,")), "{out}");
}

#[test]
fn the_table_straight_from_rows_counts_what_happened() {
    let (mut mapper, mut table) = (mapper(), Dyads::new());
    let tally = dyads::count(&mut mapper, &input(&folder().join("gdelt2.tsv")), true, &mut table).expect("rows");
    assert_eq!((tally.rows, tally.told, tally.balanced()), (14, 6, true));
    let cells: Vec<String> = table
        .iter()
        .map(|((slice, a, b), c)| {
            format!("{}-{} {a} {b} {:?} {}", slice / 12, slice % 12 + 1, c.quad_classes, c.goldstein)
        })
        .collect();
    // both rows of the visit; the call in both directions; the planned meeting not at all
    let expected = [
        "2021-3 IRN SYR [2, 0, 0, 0] 3.8",
        "2021-3 ISR PSE [0, 0, 0, 1] -10",
        "2021-3 RUS USA [1, 0, 0, 0] 1",
        "2021-3 USA RUS [1, 0, 0, 0] 1",
        "2021-3 org-un YEM [0, 1, 0, 0] 7",
    ];
    assert_eq!(cells, expected);
}

#[test]
fn two_sources_are_compared() {
    let dir = tempfile::tempdir().expect("a folder");
    let (graph, picture) = (dir.path().join("g").display().to_string(), dir.path().join("a.svg"));
    let [mids, atop] = ["cow-mids.csv", "atop.csv"].map(|f| folder().join(f).display().to_string());
    run(&["build", &mids, &atop, "--graph", &graph]);
    let picture = picture.display().to_string();
    let ask = ["compare", "cow-mids", "atop", "--by", "dyad-year", "--graph", &graph, "--output", &picture];
    let (out, _, code) = run(&ask);
    assert_eq!(code, 1, "no year is in both: {out}");
    assert!(out.contains("0 in both, 9 only in cow-mids, 5 only in atop"), "{out}");
    assert!(std::fs::read_to_string(&picture).expect("a picture").starts_with("<svg"));
    let (out, ..) = run(&["compare", "atop", "atop", "--by", "dyad-year", "--graph", &graph]);
    assert!(out.contains("overlap") && out.contains("1.000"), "{out}");
    let (_, err, code) = run(&["compare", "atop", "hearsay", "--by", "dyad-year", "--graph", &graph]);
    assert!(code == 2 && err.contains("'hearsay' is no source"), "{err}");
}

/// The standing of reports of one visit by several publishers, each with its extractor.
fn standing(reports: &[(&str, &str)]) -> (Standing, usize) {
    let (mut mapper, mut facts, mut articles) = (mapper(), Vec::new(), BTreeMap::new());
    let mut model = None;
    let read = mapper.read(&input(&folder().join("gdelt2.tsv")), |_, mapped| {
        if let (Mapped::Facts(told), true) = (mapped, model.is_none()) {
            model = told.1.first().cloned();
        }
        Ok(())
    });
    read.expect("rows");
    let model = model.expect("a fact");
    for (i, (publisher, extractor)) in reports.iter().enumerate() {
        let id = format!("report-{i}");
        let evidence = Evidence { article: id.clone(), extractor: (*extractor).to_owned(), ..model.evidence.clone() };
        facts.push(Fact { evidence: Evidence { quote: format!("words {i}"), ..evidence }, ..model.clone() });
        articles.insert(id.clone(), Article { id, source: Some((*publisher).to_owned()), ..Article::default() });
    }
    let events =
        cluster::events(&facts, &articles.iter().map(|(id, a)| (id.clone(), cluster::Report::from(a))).collect());
    assert_eq!(events.len(), 1);
    (events[0].standing, events[0].sources)
}

#[test]
fn what_machines_coded_from_the_news_is_no_second_voice() {
    let gdelt = ("GDELT", "machine/gdelt2");
    assert_eq!(standing(&[gdelt, ("ICEWS", "machine/icews")]), (Standing::Reported, 2));
    assert_eq!(standing(&[gdelt, ("Example Wire", "rules")]), (Standing::Reported, 1));
    assert_eq!(standing(&[("ATOP", "data/atop"), ("Example Wire", "rules")]), (Standing::Corroborated, 2));
}
