//! Every data file says what it is, and stands in `data/README.md` or its folder's README.

use std::path::{Path, PathBuf};

use walkdir::WalkDir;

/// Folders whose files are named by their pattern, or that hold no data.
const TOGETHER: [&str; 4] = ["articles", "gazetteer/own", "gazetteer/gazlib", "gazetteer/__pycache__"];

fn data() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("data")
}

fn files() -> Vec<PathBuf> {
    let single = |path: &PathBuf| {
        !TOGETHER.iter().any(|folder| path.starts_with(data().join(folder)))
            && path.extension().is_some_and(|e| e != "rules" && e != "py" && e != "md")
    };
    let entries = WalkDir::new(data()).sort_by_file_name().into_iter().map(Result::unwrap);
    entries.filter(|e| e.file_type().is_file()).map(walkdir::DirEntry::into_path).filter(single).collect()
}

#[test]
fn every_file_is_described() {
    let readme = std::fs::read_to_string(data().join("README.md")).unwrap();
    let missing: Vec<_> = files()
        .into_iter()
        .filter(|path| {
            let name = path.file_name().unwrap().to_string_lossy();
            let beside = std::fs::read_to_string(path.with_file_name("README")).unwrap_or_default();
            !readme.contains(&*name) && !beside.contains(&*name)
        })
        .collect();
    assert!(missing.is_empty(), "not in data/README.md: {missing:?}");
}

#[test]
fn every_table_has_a_head() {
    let text = |path: &&PathBuf| path.extension().is_some_and(|e| e != "bin");
    for path in files().iter().filter(text) {
        assert!(
            std::fs::read_to_string(path).unwrap().starts_with('#'),
            "{}: no # line says what it is",
            path.display()
        );
    }
}
