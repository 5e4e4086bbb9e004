//! The graph that is shown: opened once, asked by all, replaced when a writer has published another.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use std::time::SystemTime;

use bytes::Bytes;

use super::Names;
use crate::error::Result;
use crate::export;
use crate::network::Record;
use crate::store::{Mode, Store};

/// Bytes of answers that are kept.
const KEPT: usize = 64 << 20;

/// A graph as a writer left it.
pub struct Graph {
    pub store: Store,
    /// Whom names outside of it stand for.
    pub names: Names,
    /// Counts the graphs that were shown since the start, from 1.
    pub number: u64,
    record: Mutex<Option<Arc<Record>>>,
    answers: Mutex<Answers>,
}

#[derive(Default)]
struct Answers {
    size: usize,
    of: HashMap<String, Answer>,
}

/// The media type and the document.
pub type Answer = (String, Bytes);

impl Graph {
    fn new(store: Store, names: Names, number: u64) -> Self {
        Self { store, names, number, record: Mutex::default(), answers: Mutex::default() }
    }

    /// All events, read once; who comes meanwhile waits.
    pub fn record(&self) -> Result<Arc<Record>> {
        let mut kept = self.record.lock().unwrap_or_else(PoisonError::into_inner);
        match &*kept {
            Some(record) => Ok(Arc::clone(record)),
            None => Ok(Arc::clone(kept.insert(Arc::new(export::record(&self.store)?)))),
        }
    }

    /// What was answered to a request before.
    pub fn answered(&self, request: &str) -> Option<Answer> {
        self.answers.lock().unwrap_or_else(PoisonError::into_inner).of.get(request).cloned()
    }

    /// Keeps an answer, and forgets all others when they grow too many.
    pub fn keep(&self, request: String, answer: Answer) {
        let size = request.len() + answer.1.len();
        if size >= KEPT / 4 {
            return;
        }
        let mut kept = self.answers.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.size + size > KEPT {
            *kept = Answers::default();
        }
        if kept.of.insert(request, answer).is_none() {
            kept.size += size;
        }
    }
}

/// The graph of a folder as it is now.
pub struct Current {
    dir: PathBuf,
    graph: RwLock<Arc<Graph>>,
    /// When the folder was last published to, as far as this has seen.
    seen: Mutex<Option<SystemTime>>,
}

impl Current {
    pub fn new(dir: &Path, store: Store, names: Names) -> Self {
        let graph = RwLock::new(Arc::new(Graph::new(store, names, 1)));
        Self { dir: dir.to_owned(), graph, seen: Mutex::new(published(dir)) }
    }

    pub fn graph(&self) -> Arc<Graph> {
        Arc::clone(&self.graph.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Opens the graph again if a writer has published since; says whether it has.
    ///
    /// # Errors
    /// A graph that cannot be opened; the former one is shown on.
    pub fn refresh(&self) -> Result<bool> {
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        let now = published(&self.dir);
        if now == *seen {
            return Ok(false);
        }
        let former = self.graph();
        let store = Store::open(&self.dir, Mode::ReadOnly)?;
        let graph = Graph::new(store, Arc::clone(&former.names), former.number + 1);
        *self.graph.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(graph);
        *seen = now;
        Ok(true)
    }
}

/// Writers put a new file `FORMAT` in place of the former whenever they publish.
fn published(dir: &Path) -> Option<SystemTime> {
    std::fs::metadata(dir.join("FORMAT")).and_then(|m| m.modified()).ok()
}
