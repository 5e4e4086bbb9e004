//! The sentence graph over parsed sentences of our own: `tests/nlp/graph.txt`, which `UPDATE_EXPECT=1` writes anew.

use std::fmt::Write;
use std::path::Path;

use diplograph::model::{Article, Document, Graph, Upos};
use diplograph::nlp::Nlp;

#[test]
fn verbs_find_who_and_whom() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/nlp/graph.txt");
    let wanted = std::fs::read_to_string(&path).unwrap();
    let nlp = Nlp::embedded().unwrap();
    let mut found = String::new();
    for line in wanted.lines().filter(|l| !l.starts_with("    ")) {
        writeln!(found, "{line}").unwrap();
        if !line.is_empty() && !line.starts_with('#') {
            found += &verbs(&nlp.read(Article { text: line.to_owned(), ..Article::default() }));
        }
    }
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        std::fs::write(&path, &found).unwrap();
    }
    let wanted = std::fs::read_to_string(&path).unwrap();
    for (found, wanted) in found.lines().zip(wanted.lines()) {
        assert_eq!(found, wanted, "UPDATE_EXPECT=1 writes tests/nlp/graph.txt anew, if that is meant");
    }
    assert_eq!(found, wanted);
}

/// A row a verb: its lemma, who does it, to whom.
fn verbs(d: &Document) -> String {
    let mut out = String::new();
    for s in &d.sentences {
        let graph = Graph::new(s);
        let words = |tokens: Vec<usize>| {
            let all = tokens.into_iter().flat_map(|t| graph.conjuncts(t));
            all.map(|t| d.word(s, t)).collect::<Vec<_>>().join(", ")
        };
        for v in (0..s.tokens.len()).filter(|&v| s.tokens[v].upos == Upos::Verb) {
            let (who, whom) = (words(graph.subjects(v)), words(graph.objects(v)));
            let mut row = format!("    {}", graph.lemma(v));
            [("<", who), (">", whom)].iter().filter(|(_, w)| !w.is_empty()).for_each(|(mark, w)| {
                let _ = write!(row, " {mark} {w}");
            });
            out += &(row + "\n");
        }
    }
    out
}
