//! `learn`: weights from annotated articles, and how they are read again.

use std::path::Path;

use tempfile::TempDir;

use crate::program::done;

const ARTICLES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/data/articles");
const GOLD: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/corpus/expected.jsonl");

fn learn(dir: &Path, name: &str) -> (Vec<u8>, Vec<u8>) {
    std::fs::create_dir_all(dir.join(name).join("models")).unwrap();
    let (judge, dates) = (format!("{name}/models/judge.bin"), format!("{name}/models/dates.bin"));
    done(dir, &["learn", ARTICLES, "--gold", GOLD, "--folds", "0", "--out", &judge, "--out-dates", &dates], 0);
    (std::fs::read(dir.join(judge)).unwrap(), std::fs::read(dir.join(dates)).unwrap())
}

/// The dates of the facts of a report, by the weights in a folder.
fn dates(dir: &Path, data: &str) -> Vec<String> {
    let text = "Russian President Vladimir Putin met French President Emmanuel Macron in Moscow on Monday.\n\nPutin criticized \
                the United States.\n";
    std::fs::write(dir.join("a.txt"), text).unwrap();
    let (out, _) = done(dir, &["extract", "a.txt", "--date", "2022-02-09", "--data", data], 0);
    let fact = |line: &str| serde_json::from_str::<serde_json::Value>(line).unwrap();
    let events = out.lines().map(fact).filter(|f| f["relation"] != "holds_office");
    events.map(|f| format!("{} {}", f["relation"], f["date"])).collect()
}

#[test]
fn the_same_articles_teach_the_same() {
    let dir = TempDir::new().unwrap();
    let (first, second) = (learn(dir.path(), "first"), learn(dir.path(), "second"));
    assert!(first == second, "the same bytes");
    assert!(first.0.len() > 1000 && first.1.len() > 1000, "{} and {} bytes", first.0.len(), first.1.len());
    let told = dates(dir.path(), "first");
    assert!(told.contains(&"\"meet\" \"2022-02-07\"".to_owned()), "{told:?}");
}

#[test]
fn some_facts_of_an_article_teach_times_alone() {
    let dir = TempDir::new().unwrap();
    let gold = std::fs::read_to_string(GOLD).unwrap();
    let (few, many) = gold.split_at(gold.match_indices('\n').nth(4).unwrap().0 + 1);
    std::fs::write(dir.path().join("few.jsonl"), few).unwrap();
    std::fs::write(dir.path().join("many.jsonl"), many).unwrap();
    let learn = |more: &[&str], judge: &str, dates: &str| {
        let args = ["learn", ARTICLES, "--gold", "few.jsonl", "--folds", "0", "--out", judge, "--out-dates", dates];
        done(dir.path(), &[&args, more].concat(), 0);
        [judge, dates].map(|f| std::fs::read(dir.path().join(f)).unwrap())
    };
    let [judge, dates] = learn(&[], "j1", "d1");
    let [judge_too, more_dates] = learn(&["--some", "many.jsonl"], "j2", "d2");
    assert!(judge == judge_too, "what is no fact is not learnt from facts that are not all");
    assert!(more_dates.len() > 2 * dates.len(), "{} bytes after {}", more_dates.len(), dates.len());
}

#[test]
fn without_weights_facts_keep_the_times_of_the_rules() {
    let dir = TempDir::new().unwrap();
    std::fs::create_dir_all(dir.path().join("none/models")).unwrap();
    std::fs::write(dir.path().join("none/models/dates.bin"), "").unwrap();
    let told = dates(dir.path(), "none");
    assert!(told.contains(&"\"meet\" \"2022-02-07\"".to_owned()), "{told:?}");
}

#[test]
fn weights_that_are_cut_off_are_refused() {
    let dir = TempDir::new().unwrap();
    std::fs::create_dir_all(dir.path().join("cut/models")).unwrap();
    std::fs::write(dir.path().join("cut/models/dates.bin"), [255, 255]).unwrap();
    std::fs::write(dir.path().join("a.txt"), "France met Germany.").unwrap();
    let (_, err) = done(dir.path(), &["extract", "a.txt", "--data", "cut"], 2);
    assert!(err.contains("dates.bin"), "the file is named: {err}");
}
