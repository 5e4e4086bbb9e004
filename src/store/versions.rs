//! The versions of a graph that lie in its folder: `store-000007` is published, `store-000008` in the making.
//!
//! A published version never changes, but for the note of its size ([`COUNT`]). A writer works on a clone (its tables are hard links, so it costs next to nothing)
//! that becomes the graph by one rename of `FORMAT`; readers hold the version that they opened until they end. A killed
//! writer leaves its version behind, and the next writer goes on with it.

use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};
use std::thread::sleep;
use std::time::Duration;

use super::events;
use crate::error::{Error, Result};

const PREFIX: &str = "store-";

/// The file that tells how many quads a published version has.
pub const COUNT: &str = "quads";

/// How often a reader tries to get hold of a version that writers replace under its hands.
const TRIES: usize = 50;

/// Whether a file of that name may lie in a folder that holds no graph yet: what a killed first build leaves.
pub fn is_leftover(name: &str) -> bool {
    name.starts_with(PREFIX)
}

/// The name of the version after `current`.
pub fn next(current: Option<&str>) -> String {
    let number = current.and_then(|name| name.strip_prefix(PREFIX)).and_then(|n| n.parse::<u64>().ok()).unwrap_or(0);
    format!("{PREFIX}{:06}", number + 1)
}

/// Makes `dir/to` a version with the content of `dir/from`, whole or not at all.
pub fn clone(dir: &Path, from: &str, to: &str) -> Result<()> {
    let part = dir.join(format!("{to}.part"));
    _ = fs::remove_dir_all(&part);
    fs::create_dir(&part)?;
    for entry in fs::read_dir(dir.join(from))? {
        let entry = entry?;
        let (path, name) = (entry.path(), entry.file_name());
        let is_table = path.extension().is_some_and(|e| e == "sst") || name == events::TABLE;
        let is_log_or_lock = name == "LOCK" || name.to_string_lossy().starts_with("LOG");
        if name.to_string_lossy().starts_with(COUNT) {
            continue;
        }
        let target = part.join(&name);
        if is_table && fs::hard_link(&path, &target).is_ok() || is_log_or_lock {
            continue;
        }
        fs::copy(&path, &target)?;
    }
    Ok(fs::rename(&part, dir.join(to))?)
}

/// Holds a version, so that no writer removes it, as long as the returned file lives. `current` tells which one is the
/// graph now.
pub fn hold(dir: &Path, current: impl Fn() -> Result<String>) -> Result<(PathBuf, File)> {
    for _ in 0..TRIES {
        let name = current()?;
        let store = dir.join(&name);
        if let Ok(file) = anchor(&store)
            && file.try_lock_shared().is_ok()
            && current()? == name
        {
            return Ok((store, file));
        }
        sleep(Duration::from_millis(20));
    }
    Err(Error::new("the store of the graph is missing").hint("build the graph anew from the same articles"))
}

/// The file on which readers and the sweep meet.
fn anchor(store: &Path) -> io::Result<File> {
    File::open(store.join("CURRENT"))
}

/// Removes versions that are neither among `keep` nor read by anybody.
pub fn sweep(dir: &Path, keep: &[&str]) {
    for entry in fs::read_dir(dir).into_iter().flatten().flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        if !is_leftover(&name) || keep.contains(&name.as_str()) {
            continue;
        }
        let read = anchor(&entry.path()).is_ok_and(|f| matches!(f.try_lock(), Err(TryLockError::WouldBlock)));
        if !read {
            _ = fs::remove_dir_all(entry.path());
        }
    }
}
