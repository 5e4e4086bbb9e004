//! The program from the outside, on the articles of `data/articles`: what it prints, its exit status, bad input.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::process::{Output, Stdio};
use std::sync::LazyLock;

use assert_cmd::Command;
use diplograph::model::Article;
use diplograph::source::{self, Item};
use diplograph::store::{Mode, Store};
use parquet::file::reader::SerializedFileReader;
use parquet::record::{Field, Row};
use serde_json::Value;
use tempfile::TempDir;

const PROGRAM: &str = env!("CARGO_BIN_EXE_diplograph");

fn articles_dir() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("data/articles")
}

/// A run in a folder of its own graphs, without the environment's.
fn run_in(dir: &Path, args: &[&str]) -> Output {
    Command::new(PROGRAM).args(args).current_dir(dir).env_remove("DIPLOGRAPH_GRAPH").output().expect("a run")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("UTF-8")
}

#[track_caller]
fn status(output: &Output, code: i32) -> (String, String) {
    let (out, err) = (text(&output.stdout), text(&output.stderr));
    assert_eq!(output.status.code(), Some(code), "{out}\n{err}");
    (out, err)
}

fn folder(files: &[(&str, &[u8])]) -> TempDir {
    let dir = TempDir::new().expect("a folder");
    for (name, content) in files {
        std::fs::write(dir.path().join(name), content).expect("a file");
    }
    dir
}

const NEWS: &str = "France and Germany meet\nDate: 2023-05-08\nSource: Test Wire\n\nFrench President Emmanuel Macron met \
German Chancellor Olaf Scholz in Berlin on Sunday. The United States imposed sanctions on Iran.";

/// A graph of all articles; tests only read it.
static BUILT: LazyLock<TempDir> = LazyLock::new(|| {
    let dir = TempDir::new().expect("a folder");
    status(&run_in(dir.path(), &["build", &articles_dir().display().to_string()]), 0);
    dir
});

/// The facts that `extract` prints of all articles.
static EXTRACTED: LazyLock<Vec<Value>> = LazyLock::new(|| {
    let (out, _) = status(&run_in(BUILT.path(), &["extract", &articles_dir().display().to_string()]), 0);
    out.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect()
});

/// The whole graph, as sorted lines.
fn quads(dir: &Path, graph: &str) -> String {
    let (out, _) = status(&run_in(dir, &["export", "-", "--format", "nq", "--graph", graph]), 0);
    let mut lines: Vec<&str> = out.lines().collect();
    lines.sort_unstable();
    lines.join("\n")
}

fn count(dir: &Path) -> usize {
    std::fs::read_dir(dir).expect("a folder").count()
}

#[test]
fn the_same_articles_again_change_nothing() {
    let dir = TempDir::new().expect("a folder");
    let input = articles_dir().display().to_string();
    let all = count(&articles_dir());
    let (first, _) = status(&run_in(dir.path(), &["build", &input, "--graph", "g"]), 0);
    assert!(first.starts_with(&format!("{all} articles: {all} new, 0 changed, 0 unchanged")), "{first}");
    let before = quads(dir.path(), "g");
    let (again, _) = status(&run_in(dir.path(), &["build", &input, "--graph", "g"]), 0);
    assert!(again.starts_with(&format!("{all} articles: 0 new, 0 changed, {all} unchanged")), "{again}");
    assert_eq!(quads(dir.path(), "g"), before);
    let (sound, _) = status(&run_in(dir.path(), &["check", "--graph", "g"]), 0);
    assert!(sound.starts_with("sound: "), "{sound}");
}

#[test]
fn a_changed_article_replaces_its_facts() {
    let dir = folder(&[]);
    let input = dir.path().join("in");
    std::fs::create_dir(&input).expect("a folder");
    let other = articles_dir().join("2018-06-12-trump-kim-singapore.txt");
    std::fs::copy(other, input.join("other.txt")).expect("a copy");
    std::fs::write(input.join("news.txt"), NEWS).expect("a file");
    status(&run_in(dir.path(), &["build", "in", "--graph", "g"]), 0);
    assert!(quads(dir.path(), "g").contains("imposed sanctions on Iran"));
    std::fs::write(input.join("news.txt"), NEWS.replace("imposed sanctions on", "threatened")).expect("a file");
    let (out, _) = status(&run_in(dir.path(), &["build", "in", "--graph", "g"]), 0);
    assert!(out.starts_with("2 articles: 0 new, 1 changed, 1 unchanged"), "{out}");
    status(&run_in(dir.path(), &["build", "in", "--graph", "fresh"]), 0);
    assert_eq!(quads(dir.path(), "g"), quads(dir.path(), "fresh"));
    assert!(!quads(dir.path(), "g").contains("imposed sanctions"));
}

#[test]
fn what_extract_prints_is_what_the_graph_holds() {
    let printed: BTreeSet<&str> = EXTRACTED.iter().map(|f| f["id"].as_str().expect("an id")).collect();
    assert_eq!(printed.len(), EXTRACTED.len(), "every fact has an id of its own");
    assert!(printed.len() > 100, "{} facts", printed.len());
    let sparql = "SELECT ?c WHERE { ?c a dg:Claim }";
    let (out, _) = status(&run_in(BUILT.path(), &["query", "-e", sparql, "--format", "csv"]), 0);
    let held: BTreeSet<&str> = out.lines().skip(1).filter_map(|iri| iri.trim().rsplit('/').next()).collect();
    assert_eq!(held, printed);
    let some = printed.first().expect("a fact");
    let (why, _) = status(&run_in(BUILT.path(), &["why", some]), 0);
    assert!(why.starts_with(&format!("fact      {some}\n")), "{why}");
}

fn sources() -> BTreeMap<String, Article> {
    let items = source::articles(&[articles_dir()], &source::Options::default()).expect("the articles");
    let articles = items.filter_map(|item| if let Item::Article(a) = item { Some((a.id.clone(), a)) } else { None });
    articles.collect()
}

#[test]
fn every_quote_stands_where_its_offsets_say() {
    let articles = sources();
    for fact in EXTRACTED.iter() {
        let article = &articles[fact["article"].as_str().expect("an article")];
        let evidence = &fact["evidence"];
        let field =
            if evidence["field"] == "title" { article.title.as_deref().expect("a title") } else { &article.text };
        let [start, end] = ["start", "end"].map(|k| evidence[k].as_u64().expect("an offset") as usize);
        let words: String = field.chars().skip(start).take(end - start).collect();
        assert_eq!(evidence["text"], words.as_str(), "{fact}");
    }
}

#[test]
fn parquet_holds_what_extract_prints() {
    let dir = TempDir::new().expect("a folder");
    let articles = articles_dir().display().to_string();
    status(&run_in(dir.path(), &["extract", &articles, "--output", "facts.parquet"]), 0);
    let file = std::fs::File::open(dir.path().join("facts.parquet")).expect("a file");
    let rows = SerializedFileReader::new(file).expect("Parquet").into_iter();
    let rows: Vec<Row> = rows.map(|row| row.expect("a row")).collect();
    assert_eq!(rows.len(), EXTRACTED.len());
    for (row, fact) in rows.iter().zip(EXTRACTED.iter()) {
        for (name, cell) in row.get_column_iter() {
            let value = match cell {
                Field::Str(text) => Value::from(text.as_str()),
                Field::Long(n) => Value::from(*n),
                Field::Double(n) => Value::from(*n),
                Field::Bool(b) => Value::from(*b),
                _ => Value::Null,
            };
            let (part, field) = name.split_once('_').unwrap_or((name, ""));
            let printed = if field.is_empty() { &fact[name] } else { &fact[part][field] };
            let unmarked = name == "mutual" && printed.is_null();
            assert_eq!(&value, if unmarked { &Value::Bool(false) } else { printed }, "{name} of {fact}");
        }
    }
    let (_, notes) = status(&run_in(dir.path(), &["extract", &articles, "--output", "facts.csv"]), 2);
    assert!(notes.contains("--output facts.parquet"), "{notes}");
    assert!(!dir.path().join("facts.csv").exists());
}

#[test]
fn the_number_of_threads_does_not_show() {
    let extract = |threads: &str| {
        let mut command = Command::new(PROGRAM);
        command.arg("extract").arg(articles_dir()).env("RAYON_NUM_THREADS", threads).output().expect("a run").stdout
    };
    let one = extract("1");
    assert!(one.len() > 10_000, "{} bytes", one.len());
    assert!(one == extract("4"), "the bytes differ");
}

#[test]
fn a_closed_pipe_is_no_failure() {
    let mut child = std::process::Command::new(PROGRAM)
        .arg("extract")
        .arg(articles_dir())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("a run");
    let mut first = String::new();
    BufReader::with_capacity(64, child.stdout.take().expect("a pipe")).read_line(&mut first).expect("a line");
    let mut notes = String::new();
    child.stderr.take().expect("a pipe").read_to_string(&mut notes).expect("UTF-8");
    assert!(child.wait().expect("an end").success());
    assert_eq!(notes, "");
    assert!(first.starts_with('{'), "{first}");
}

#[test]
fn the_status_says_how_it_ended() {
    let dir = BUILT.path();
    status(&run_in(dir, &["between", "Iran", "Saudi Arabia"]), 0);
    status(&run_in(dir, &["show", "Quixote"]), 1);
    status(&run_in(dir, &["build"]), 2);
    status(&run_in(dir, &["no-such-command"]), 2);
    let (out, err) = status(&run_in(dir, &["build", "nowhere.txt", "--graph", "new"]), 2);
    assert_eq!(out, "");
    assert!(err.starts_with("error: nowhere.txt: no such file or folder"), "{err}");
    assert!(!dir.join("new").exists(), "a wrong input leaves no graph behind");
}

#[test]
fn names_are_found_by_whatever_they_are_called() {
    let first_line = |name: &str| {
        let (out, _) = status(&run_in(BUILT.path(), &["show", name]), 0);
        out.lines().next().unwrap_or_default().split(':').next().unwrap_or_default().to_owned()
    };
    for (name, meant) in [
        ("US", "United States"),
        ("UAE", "United Arab Emirates"),
        ("IRN", "Iran"),
        ("irn", "Iran"),
        ("Q794", "Iran"),
        ("Iranian", "Iran"),
        ("the EU", "European Union"),
        ("Xi", "Xi Jinping"),
        ("trump", "Donald Trump"),
    ] {
        assert_eq!(first_line(name), meant, "{name}");
    }
}

/// Runs `build` on a folder of good and bad files: the bad one is named, the good one is in the graph.
#[track_caller]
fn goes_on(bad: &str, content: &[u8], says: &str) {
    let dir = folder(&[("good.txt", NEWS.as_bytes()), (bad, content)]);
    let (out, err) = status(&run_in(dir.path(), &["build", "good.txt", bad, "--graph", "g"]), 3);
    assert!(out.contains("1 new"), "{out}");
    assert!(err.contains(&format!("skipped: {bad}")) && err.contains(says), "{err}");
    status(&run_in(dir.path(), &["check", "--graph", "g"]), 0);
    status(&run_in(dir.path(), &["between", "France", "Germany", "--graph", "g"]), 0);
}

#[test]
fn an_empty_file_is_skipped() {
    goes_on("bad.txt", b" \n\n", "there is no text");
}

#[test]
fn a_binary_file_is_skipped() {
    goes_on("bad.txt", b"%PDF-1.4\n\x00\x01\x02", "a PDF file, not text");
    goes_on("noise.txt", &[0, 159, 146, 150, 1, 2, 3, 4, 0, 0, 5].repeat(50), "not text");
}

#[test]
fn another_language_is_skipped() {
    let french = "Le président de la République a rencontré hier à Paris son homologue, et les deux hommes ont parlé de la \
                  situation économique de leurs pays, qui reste difficile. Ils se reverront au mois de juin pour \
                  signer un accord sur le commerce, la défense et la culture, a dit le porte-parole du gouvernement.";
    goes_on("bad.txt", french.as_bytes(), "1 of the skipped are not in English");
}

#[test]
fn a_broken_line_of_json_is_skipped_alone() {
    let line =
        |n: usize| format!("{{\"id\": \"a{n}\", \"text\": \"France met Germany in Berlin. It was day {n}.\"}}\n");
    let mut lines: String = (1..=6).map(line).collect();
    lines += "{\"id\": \"a7\", \"text\": \"France met\n";
    lines += &line(8);
    let dir = folder(&[("news.jsonl", lines.as_bytes())]);
    let (out, err) = status(&run_in(dir.path(), &["build", "news.jsonl", "--graph", "g"]), 3);
    assert!(out.starts_with("7 articles: 7 new"), "{out}");
    assert!(err.contains("skipped: news.jsonl:7"), "{err}");
}

#[test]
fn another_encoding_is_read_right() {
    let text = "T\nDate: 2023-05-08\n\nFrance imposed sanctions on C\u{f4}te d'Ivoire on Sunday.";
    let latin: Vec<u8> = text.chars().map(|c| c as u8).collect();
    let wide: Vec<u8> = [0xFF, 0xFE].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    for bytes in [latin, wide] {
        let dir = folder(&[("news.txt", &bytes)]);
        let (out, _) = status(&run_in(dir.path(), &["extract", "news.txt"]), 0);
        let fact: Value = serde_json::from_str(out.lines().next().expect("a fact")).expect("JSON");
        assert_eq!(fact["target"]["id"], "CIV", "{fact}");
        assert!(fact["evidence"]["text"].as_str().is_some_and(|t| t.contains("C\u{f4}te d'Ivoire")), "{fact}");
    }
}

#[cfg(unix)]
#[test]
fn a_loop_of_folders_ends() {
    let dir = folder(&[]);
    std::fs::create_dir_all(dir.path().join("in/deep")).expect("a folder");
    std::fs::write(dir.path().join("in/deep/news.txt"), NEWS).expect("a file");
    std::os::unix::fs::symlink("..", dir.path().join("in/deep/up")).expect("a link");
    let (out, err) = status(&run_in(dir.path(), &["build", "in", "--graph", "g"]), 3);
    assert!(out.starts_with("1 articles: 1 new"), "{out}");
    assert!(err.contains("up: ") && err.contains("leads back"), "{err}");
}

#[test]
fn a_graph_has_one_writer() {
    let dir = folder(&[("news.txt", NEWS.as_bytes())]);
    let held = Store::open(&dir.path().join("g"), Mode::ReadWrite).expect("a graph");
    let (out, err) = status(&run_in(dir.path(), &["build", "news.txt", "--graph", "g"]), 2);
    assert_eq!(out, "");
    assert!(err.contains("another diplograph is writing to this graph") && err.contains("  try: "), "{err}");
    held.close().expect("writing it");
    status(&run_in(dir.path(), &["check", "--graph", "g"]), 0);
    status(&run_in(dir.path(), &["build", "news.txt", "--graph", "g"]), 0);
}

/// A small disk, seen by the shell below alone; it goes when the shell ends.
const FULL_DISK: &str = r#"
mount -t tmpfs -o size=48m tmpfs disk || exit 77
"$0" build news.txt --graph disk/g || exit 70
"$0" export before.nq --graph disk/g
head -c 100000000 /dev/zero > disk/filler 2>/dev/null
"$0" build "$1" --graph disk/g
echo "status $?"
rm disk/filler
"$0" check --graph disk/g
echo "check $?"
"$0" export after.nq --graph disk/g
"$0" build "$1" --graph disk/g
echo "again $?"
"#;

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_loses_nothing() {
    let dir = folder(&[("news.txt", NEWS.as_bytes())]);
    std::fs::create_dir(dir.path().join("disk")).expect("a folder");
    let mut command = std::process::Command::new("unshare");
    command.args(["--map-root-user", "--mount", "sh", "-c", FULL_DISK, PROGRAM]).arg(articles_dir());
    let output = command.current_dir(dir.path()).env_remove("DIPLOGRAPH_GRAPH").output();
    let output = match output {
        Ok(output) if matches!(output.status.code(), Some(1 | 77)) && output.stdout.is_empty() => {
            return eprintln!("not tested: no disk may be mounted here ({})", text(&output.stderr).trim());
        }
        Ok(output) => output,
        Err(e) => return eprintln!("not tested: unshare: {e}"),
    };
    let (out, err) = (text(&output.stdout), text(&output.stderr));
    assert!(out.contains("status 2\n"), "{out}\n{err}");
    assert!(err.contains("No space left on device"), "{out}\n{err}");
    assert!(out.contains("check 0\n") && out.contains("again 0\n"), "{out}\n{err}");
    let [before, after] = ["before.nq", "after.nq"].map(|f| std::fs::read(dir.path().join(f)).expect("an export"));
    assert!(before == after, "the graph is what it was before");
}

/// Exports the facts, imports them into a new graph and exports them from there.
#[track_caller]
fn comes_back(dir: &Path, graph: &Path) -> (String, String) {
    let graph = graph.display().to_string();
    status(&run_in(dir, &["export", "1.facts.csv", "--graph", &graph]), 0);
    status(&run_in(dir, &["import", "1.facts.csv", "--graph", "back"]), 0);
    status(&run_in(dir, &["export", "2.facts.csv", "--graph", "back"]), 0);
    status(&run_in(dir, &["check", "--graph", "back"]), 0);
    let [first, second] = ["1.facts.csv", "2.facts.csv"].map(|f| std::fs::read(dir.join(f)).expect("a file"));
    (text(&first), text(&second))
}

#[test]
fn extracted_facts_go_out_and_come_back_whole() {
    let dir = TempDir::new().expect("a folder");
    let graph = BUILT.path().join("diplograph-graph");
    let (first, second) = comes_back(dir.path(), &graph);
    assert!(first == second, "the bytes differ");
    assert_eq!(csv::Reader::from_reader(first.as_bytes()).records().count(), EXTRACTED.len());
    let facts = |at: &Path| Store::open(at, Mode::ReadOnly).expect("a graph").facts(None).expect("facts");
    assert_eq!(facts(&dir.path().join("back")), facts(&graph));
}

const CODED: &str = "relation,source,target,date,citation,role,source_country\n\
    # not read\n\
    meet,Bashar al-Assad,Ali Khamenei,2022-05-08,https://example.org/a,,\n\
    sanction,US,IRN,2018,\"Wire, p. 2\",,\n\
    holds_office,Nobody Known,Syria,2020/2023,,\"minister of rain\",SYR\n\
    meet,France,Atlantis Holding,2020,,,\n";

#[test]
fn hand_coded_facts_join_the_graph() {
    let dir = folder(&[("coded.csv", CODED.as_bytes())]);
    let import = ["import", "coded.csv", "--graph", "g"];
    let (out, err) = status(&run_in(dir.path(), &import), 0);
    assert!(out.starts_with("4 facts of 1 documents: 1 new"), "{out}");
    assert!(err.contains("'Nobody Known': taken for a new person"), "{err}");
    assert!(err.contains("'Atlantis Holding': taken for a new body"), "{err}");
    let before = quads(dir.path(), "g");
    let (again, _) = status(&run_in(dir.path(), &import), 0);
    assert!(again.contains("1 unchanged"), "{again}");
    assert_eq!(quads(dir.path(), "g"), before);
    let ask = |args: &[&str]| status(&run_in(dir.path(), &[args, &["--graph", "g"]].concat()), 0).0;
    assert!(ask(&["query", "met", "--who", "Khamenei"]).contains("Bashar al-Assad"));
    assert!(ask(&["between", "United States", "Q794"]).contains("sanction"));
    assert!(ask(&["between", "France", "Atlantis Holding"]).contains("meet,France,Atlantis Holding,2020"));
    assert!(ask(&["check"]).starts_with("sound"));
    let (first, second) = comes_back(dir.path(), &dir.path().join("g"));
    assert_eq!(first, second);
    assert_eq!(first.lines().filter(|l| l.contains(",hand,")).count(), 4, "{first}");
}

#[test]
fn a_wrong_row_is_skipped_alone() {
    let rows = format!("{CODED}meet,France,Germany,soon\nmet,France,Germany,2020\n");
    let dir = folder(&[("coded.csv", rows.as_bytes())]);
    let (out, err) = status(&run_in(dir.path(), &["import", "coded.csv", "--graph", "g"]), 3);
    assert!(out.starts_with("4 facts"), "{out}");
    assert!(err.contains("skipped: coded.csv:7: 'soon'") && err.contains("skipped: coded.csv:8: no relation"), "{err}");
    status(&run_in(dir.path(), &["import", "nowhere.csv"]), 2);
    let (template, _) = status(&run_in(dir.path(), &["import", "--template"]), 0);
    assert!(template.starts_with("relation,source,target,"), "{template}");
}

#[test]
fn a_fact_may_be_corrected_in_the_table() {
    let dir = folder(&[("news.txt", NEWS.as_bytes())]);
    status(&run_in(dir.path(), &["build", "news.txt", "--graph", "g"]), 0);
    status(&run_in(dir.path(), &["export", "a.facts.csv", "--graph", "g"]), 0);
    let table = std::fs::read_to_string(dir.path().join("a.facts.csv")).expect("a file");
    assert!(table.contains("\nsanction,United States,Iran,"), "{table}");
    let corrected = table.replace("\nsanction,United States,Iran,", "\nthreaten,United States,Iran,");
    std::fs::write(dir.path().join("b.csv"), corrected).expect("a file");
    let (out, _) = status(&run_in(dir.path(), &["import", "b.csv", "--graph", "g"]), 0);
    assert!(out.contains("1 changed"), "{out}");
    let (told, _) = status(&run_in(dir.path(), &["between", "USA", "IRN", "--graph", "g"]), 0);
    assert!(told.contains("threaten:") && !told.contains("sanction:"), "{told}");
    let spoilt = table.replace("imposed sanctions", "imposed Sanctions");
    std::fs::write(dir.path().join("c.csv"), spoilt.replacen("imposed Sanctions", "imposed sanctions", 1))
        .expect("a file");
    let (_, err) = status(&run_in(dir.path(), &["import", "c.csv", "--graph", "g"]), 3);
    assert!(err.contains("the quote is not in the text where it says"), "{err}");
}

#[test]
fn the_gazetteer_says_whom_a_name_means() {
    let (out, _) = status(&run_in(BUILT.path(), &["actors", "Khamenei", "--json"]), 0);
    let found: Value = serde_json::from_str(&out).expect("JSON");
    assert_eq!(found[0]["id"], "Q57336");
    let offices = found[0]["offices"].as_array().expect("offices");
    assert!(offices.iter().any(|o| o["office"] == "supreme leader" && o["start"] == "1989-06-04"), "{out}");
    assert!(status(&run_in(BUILT.path(), &["actors", "UAE"]), 0).0.starts_with("United Arab Emirates: state (ARE"));
    assert!(status(&run_in(BUILT.path(), &["actors", "Tehran"]), 0).0.contains("by capital or seat"));
    status(&run_in(BUILT.path(), &["actors", "Quixote"]), 1);
}

#[test]
fn pairs_are_what_the_network_is_taught_from() {
    let gold = r#"{"id": "news", "date": "2023-05-08", "split": "mine", "facts": [{"relation": "meet", "source": {"name": "Emmanuel Macron",
        "aliases": [], "country": "FRA"}, "target": {"name": "Olaf Scholz", "aliases": [], "country": "DEU"}, "status": "asserted",
        "evidence": "met German Chancellor"}]}"#;
    let dir = folder(&[("news.txt", NEWS.as_bytes()), ("gold.jsonl", gold.replace('\n', " ").as_bytes())]);
    let (out, _) = status(&run_in(dir.path(), &["pairs", "news.txt", "--gold", "gold.jsonl"]), 0);
    let lines: Vec<Value> = out.lines().map(|l| serde_json::from_str(l).expect("JSON")).collect();
    let of = |first: &str, second: &str| {
        let pairs = lines.iter().flat_map(|l| l["pairs"].as_array().expect("pairs"));
        let named = |p: &&Value| p["actors"][0]["name"] == first && p["actors"][1]["name"] == second;
        pairs.filter(named).map(|p| p["here"].to_string()).collect::<Vec<_>>()
    };
    assert_eq!(
        of("Emmanuel Macron", "Olaf Scholz"),
        [r#"["meet>asserted"]"#, "[]"],
        "told where the evidence stands: {out}"
    );
    assert_eq!(of("United States", "Iran"), ["[]"], "the gold file does not tell of the sanctions");
    assert!(
        lines[0]["words"][0] == "official" && !out.contains("\"Macron\"") && out.contains("\"met\""),
        "names are hidden, words are not: {out}"
    );
    let (out, _) = status(&run_in(dir.path(), &["pairs", "news.txt"]), 0);
    assert!(out.contains("sanction>"), "without a gold file the rules teach: {out}");
}
