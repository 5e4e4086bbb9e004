//! What goes on by itself: the graph is opened again when a writer has published, and new files of a folder are read.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use walkdir::WalkDir;

use super::{App, Shared};

const PAUSE: Duration = Duration::from_secs(1);

/// How long a build of new files may take.
const BUILD_TIME: Duration = Duration::from_secs(24 * 3600);

/// The files of a folder, each with its size and the time of its last change.
type Files = BTreeMap<PathBuf, (u64, Option<SystemTime>)>;

/// Looks once a second, until the server stops.
pub async fn watch(app: Shared) {
    let (mut read, mut before) = (Files::new(), Files::new());
    let mut shown = 0;
    loop {
        if let Err(problem) = app.refresh().await {
            tell(&problem.detail);
        }
        if shown != app.current.graph().number {
            shown = app.current.graph().number;
            tokio::spawn(super::api::warm(Arc::clone(&app)));
        }
        if let Some(folder) = app.options.watch.clone() {
            let now = tokio::task::spawn_blocking(move || files(&folder)).await.unwrap_or_default();
            let new = settled(&now, &before, &read);
            if !new.is_empty() {
                let done = build(&app, &new).await;
                read.extend(now.iter().filter(|(p, _)| done.contains(*p)).map(|(p, s)| (p.clone(), *s)));
            }
            before = now;
        }
        tokio::time::sleep(PAUSE).await;
    }
}

/// Files that were not read yet as they are, and have not changed since the last look: nobody writes to them any more.
fn settled(now: &Files, before: &Files, read: &Files) -> Vec<PathBuf> {
    let new = now.iter().filter(|(path, state)| read.get(*path) != Some(state) && before.get(*path) == Some(state));
    new.map(|(path, _)| path.clone()).collect()
}

fn files(folder: &Path) -> Files {
    let hidden = |e: &walkdir::DirEntry| e.depth() > 0 && e.file_name().to_string_lossy().starts_with('.');
    let entries = WalkDir::new(folder).into_iter().filter_entry(|e| !hidden(e)).flatten();
    let seen = entries.filter(|e| e.file_type().is_file()).filter_map(|e| {
        let meta = e.metadata().ok()?;
        Some((e.into_path(), (meta.len(), meta.modified().ok())))
    });
    seen.collect()
}

/// So many names fit on every command line.
const AT_ONCE: usize = 500;

/// Reads the files; gives back those that are done with, be it that they cannot be read. While somebody else writes, none is.
async fn build(app: &App, files: &[PathBuf]) -> BTreeSet<PathBuf> {
    let mut done = BTreeSet::new();
    for files in files.chunks(AT_ONCE) {
        let mut args = vec!["build".to_owned(), "--".to_owned()];
        args.extend(files.iter().map(|f| f.display().to_string()));
        match app.change.run(app, &args, "", BUILD_TIME).await {
            Ok(said) => said.lines().for_each(tell),
            Err(problem) => {
                tell(&problem.detail);
                if ["locked", "busy"].contains(&problem.name) {
                    continue;
                }
            }
        }
        done.extend(files.iter().cloned());
    }
    done
}

fn tell(what: &str) {
    _ = writeln!(std::io::stderr(), "watch: {what}");
}

impl App {
    /// Shows the graph as it is now, and has new workers open it.
    pub async fn refresh(self: &App) -> Result<bool, super::reply::Problem> {
        let current = Arc::clone(&self.current);
        let changed = tokio::task::spawn_blocking(move || current.refresh()).await;
        let changed = changed.map_err(|e| super::reply::Problem::failed(e.to_string()))??;
        if changed {
            self.pool.renew();
        }
        Ok(changed)
    }
}
