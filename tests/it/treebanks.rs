//! Scores on the treebanks beside the project, where they are: none may fall below its floor in `tests/nlp`.
//! `UPDATE_EXPECT=1` raises the floors that are passed.

use std::path::{Path, PathBuf};

use diplograph::nlp::Nlp;
use diplograph::nlp::train::{evaluate, read_treebank};
use diplograph::score::Ratchet;

#[test]
fn no_score_falls() {
    let nlp = Nlp::embedded().unwrap();
    for name in ["free-dev", "free-test", "pud-test"] {
        let treebank = at(&format!("../shared/treebanks/{name}.conllu.xz"));
        if !treebank.is_file() {
            println!("note: no {}: not scored", treebank.display());
            continue;
        }
        let measures = evaluate::measures(nlp.model(), &read_treebank(&treebank).unwrap());
        hold(&format!("tests/nlp/{name}.tsv"), &measures);
    }
}

fn hold(floors: &str, measures: &[(String, f64)]) {
    let table = std::fs::read_to_string(at(floors)).unwrap();
    let risen = Ratchet::parse(floors, &table).and_then(|f| f.turn(measures)).map(|r| r.to_string());
    match risen {
        Ok(risen) if risen == table => {}
        Ok(risen) if std::env::var_os("UPDATE_EXPECT").is_some() => std::fs::write(at(floors), risen).unwrap(),
        Ok(_) => println!("note: floors of {floors} can be raised: UPDATE_EXPECT=1"),
        Err(e) => panic!("{e}"),
    }
}

fn at(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}
