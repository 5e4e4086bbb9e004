//! The house of the code: which module may use which.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// Module, and the top-level modules that it may name. What is not listed is forbidden; `*` is all of them.
///
/// Beyond the plan of the first day, for reasons that hold: `rdf` and `store` use `cluster`, because ids and homes of
/// actors and the events that follow from claims are computed there; `queries` uses `rdf` for prefixes and IRIs; `lookup`
/// reads the nodes that `rdf` decodes; `export` asks `store` and `lookup` for what it writes, and writes facts by
/// `source::coded`, so that import and export have one list of columns; `network` names nobody but `model`; both networks,
/// of `nlp` and of `extract`, multiply with `matrix`.
const MAY_USE: &[(&str, &[&str])] = &[
    ("error", &[]),
    ("model", &["error"]),
    ("matrix", &[]),
    ("nlp", &["model", "error", "matrix"]),
    ("source", &["model", "error"]),
    ("link", &["model", "error"]),
    ("extract", &["model", "error", "matrix"]),
    ("cluster", &["model", "error"]),
    ("score", &["model", "error"]),
    ("network", &["model", "error"]),
    ("rdf", &["model", "error", "cluster"]),
    ("store", &["model", "error", "cluster", "rdf"]),
    ("queries", &["model", "error", "rdf", "store"]),
    ("lookup", &["model", "error", "rdf", "store", "network"]),
    ("plot", &["model", "error", "network"]),
    ("report", &["model", "error", "lookup", "network", "plot"]),
    ("export", &["model", "error", "network", "store", "lookup", "source"]),
    ("pipeline", &["model", "error", "source", "nlp", "link", "extract", "cluster", "store"]),
    ("remote", &["model", "error", "rdf", "store"]),
    ("serve", &["model", "error", "rdf", "store", "lookup", "queries", "network", "export"]),
    ("cli", &["*"]),
    ("main", &["*"]),
];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn files(dir: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(dir).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            found.extend(files(&path));
        } else {
            found.push(path);
        }
    }
    found.sort();
    found
}

/// The top-level module that a file belongs to.
fn module(file: &Path) -> String {
    let inside = file.strip_prefix(root().join("src")).expect("a file of src");
    let first = inside.components().next().expect("a name").as_os_str().to_string_lossy().into_owned();
    first.trim_end_matches(".rs").to_owned()
}

/// The top-level modules that a source text names as `crate::NAME` or inside `crate::{NAME, ...}`; comments count for
/// nothing.
fn named(text: &str) -> BTreeSet<String> {
    let code: String = text.lines().filter(|l| !l.trim_start().starts_with("//")).flat_map(|l| [l, "\n"]).collect();
    let mut names = BTreeSet::new();
    for (at, _) in code.match_indices("crate::") {
        let rest = &code[at + "crate::".len()..];
        let list = rest.strip_prefix('{').and_then(|r| r.split_once('}')).map(|(list, _)| list);
        for part in list.map_or(vec![rest], |l| l.split(',').collect()) {
            let name: String = part.trim().chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
            names.insert(name);
        }
    }
    names
}

#[test]
fn modules_use_only_whom_they_may() {
    let allowed: BTreeMap<&str, &[&str]> = MAY_USE.iter().copied().collect();
    let mut forbidden = Vec::new();
    let mut seen = BTreeSet::new();
    for file in files(&root().join("src")) {
        if file.extension().is_none_or(|e| e != "rs") || file.ends_with("src/lib.rs") {
            continue;
        }
        let module = module(&file);
        let Some(may) = allowed.get(module.as_str()) else {
            forbidden.push(format!("{module} is not in the table"));
            continue;
        };
        let text = std::fs::read_to_string(&file).expect("a source file");
        for name in named(&text).into_iter().filter(|n| *n != module && allowed.contains_key(n.as_str())) {
            if !may.contains(&name.as_str()) && *may != ["*"] {
                forbidden.push(format!("{} uses {name}", file.display()));
            }
            seen.insert(format!("{module} {name}"));
        }
    }
    assert_eq!(forbidden, Vec::<String>::new());
    assert!(seen.len() > 20 && seen.contains("cli pipeline"), "the scan sees what is there: {seen:?}");
}

#[test]
fn the_scan_reads_uses_in_every_form() {
    let text =
        "// crate::cli\nuse crate::model::{Fact};\nuse crate::{rdf, store::Store};\nlet x = crate::link::key(y);\n";
    assert_eq!(named(text).into_iter().collect::<Vec<_>>(), ["link", "model", "rdf", "store"]);
}
