//! The directory of a graph: format file, lock, and the store inside it.
//!
//! `FORMAT` says which version and kind; `lock` is held by the one writer; `oxigraph/` is the RocksDB store, or `graph.nq`
//! the dump of a build without RocksDB.

use std::fs::{self, File, TryLockError};
use std::io::{BufReader, BufWriter, Write};
use std::path::{Path, PathBuf};

use oxigraph::io::RdfFormat;
use oxigraph::store::Store as Oxigraph;

use super::{dump, plain};
use crate::error::{Error, Result};

/// What a graph is opened for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    ReadOnly,
    ReadWrite,
}

/// How the graph lies on disk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    RocksDb,
    Dump,
}

/// The version of the layout and of the model in it; an older graph is built anew.
const VERSION: &str = "1";

const NEW: Kind = if cfg!(feature = "rocksdb") { Kind::RocksDb } else { Kind::Dump };

/// An open directory.
pub struct Disk {
    dir: PathBuf,
    mode: Mode,
    kind: Kind,
    /// Held as long as the graph is open for writing.
    _lock: Option<File>,
}

impl Disk {
    pub fn open(dir: &Path, mode: Mode) -> Result<(Oxigraph, Self)> {
        let at = |e: Error| e.at(dir.display());
        let format = read_format(dir).map_err(at)?;
        let (kind, lock) = match (mode, format) {
            (Mode::ReadOnly, Some(kind)) => (kind, None),
            (Mode::ReadOnly, None) => return Err(missing(dir)),
            (Mode::ReadWrite, format) => {
                let lock = prepare(dir, format.is_none()).map_err(at)?;
                (format.unwrap_or(NEW), Some(lock))
            }
        };
        let inner = match kind {
            Kind::RocksDb => open_rocksdb(&dir.join("oxigraph"), mode),
            Kind::Dump => load_dump(&dir.join("graph.nq")),
        };
        let inner = inner.map_err(at)?;
        if format.is_none() {
            write_whole(&dir.join("FORMAT"), |w| w.write_all(line(kind).as_bytes()).map_err(Error::from))
                .map_err(at)?;
        }
        Ok((inner, Self { dir: dir.to_owned(), mode, kind, _lock: lock }))
    }

    pub fn mode(&self) -> Mode {
        self.mode
    }

    pub fn flush(&self, inner: &Oxigraph) -> Result<()> {
        match (self.mode, self.kind) {
            (Mode::ReadOnly, _) => Ok(()),
            (_, Kind::RocksDb) => flush_rocksdb(inner),
            (_, Kind::Dump) => write_whole(&self.dir.join("graph.nq"), |w| dump::sorted_nquads(inner, w)),
        }
        .map_err(|e| e.at(self.dir.display()))
    }
}

fn line(kind: Kind) -> String {
    let kind = if kind == Kind::RocksDb { "rocksdb" } else { "dump" };
    format!("diplograph graph {VERSION} {kind}\n")
}

fn missing(dir: &Path) -> Error {
    let dir = dir.display();
    Error::new(format!("no graph in {dir}")).hint(format!("build one with: diplograph build ARTICLES --graph {dir}"))
}

/// The kind of graph in the directory; `None` if there is none yet.
fn read_format(dir: &Path) -> Result<Option<Kind>> {
    let Ok(text) = fs::read_to_string(dir.join("FORMAT")) else {
        return Ok(None);
    };
    if let Some(kind) = [Kind::RocksDb, Kind::Dump].into_iter().find(|k| line(*k) == text) {
        return Ok(Some(kind));
    }
    let what = format!("the graph has the format '{}', and this diplograph reads version {VERSION}", text.trim());
    Err(Error::new(what).hint("build it anew in another directory, from the same articles"))
}

/// Makes the directory if need be, and takes the lock of the only writer.
fn prepare(dir: &Path, new: bool) -> Result<File> {
    fs::create_dir_all(dir)?;
    let ours = ["lock", "FORMAT.part", "oxigraph", "graph.nq.part"];
    let foreign = |e: &fs::DirEntry| !ours.iter().any(|o| e.file_name() == *o);
    if new && fs::read_dir(dir)?.flatten().any(|e| foreign(&e)) {
        return Err(Error::new("the folder is not empty and holds no graph").hint("give another one with --graph DIR"));
    }
    let lock = File::options().create(true).append(true).open(dir.join("lock"))?;
    match lock.try_lock() {
        Ok(()) => Ok(lock),
        Err(TryLockError::Error(e)) => Err(e.into()),
        Err(TryLockError::WouldBlock) => {
            let what = "another diplograph is writing to this graph";
            Err(Error::new(what).hint("wait until it ends, or give another folder with --graph DIR"))
        }
    }
}

/// Writes a file whole or not at all: beside it, synced, then renamed.
fn write_whole(path: &Path, write: impl FnOnce(&mut dyn Write) -> Result<()>) -> Result<()> {
    let mut part = path.as_os_str().to_owned();
    part.push(".part");
    let part = PathBuf::from(part);
    let written = write_synced(&part, write).and_then(|()| fs::rename(&part, path).map_err(Error::from));
    written.inspect_err(|_| _ = fs::remove_file(&part))
}

fn write_synced(path: &Path, write: impl FnOnce(&mut dyn Write) -> Result<()>) -> Result<()> {
    let mut writer = BufWriter::new(File::create(path)?);
    write(&mut writer)?;
    Ok(writer.into_inner().map_err(|e| Error::from(e.into_error()))?.sync_all()?)
}

fn load_dump(path: &Path) -> Result<Oxigraph> {
    let inner = Oxigraph::new().map_err(plain)?;
    if path.exists() {
        let mut loader = inner.bulk_loader();
        loader.load_from_reader(RdfFormat::NQuads, BufReader::new(File::open(path)?)).map_err(plain)?;
        loader.commit().map_err(plain)?;
    }
    Ok(inner)
}

#[cfg(feature = "rocksdb")]
fn open_rocksdb(path: &Path, mode: Mode) -> Result<Oxigraph> {
    match mode {
        Mode::ReadOnly => Oxigraph::open_read_only(path),
        Mode::ReadWrite => Oxigraph::open(path),
    }
    .map_err(plain)
}

#[cfg(not(feature = "rocksdb"))]
fn open_rocksdb(_: &Path, _: Mode) -> Result<Oxigraph> {
    let what = "the graph is kept in RocksDB, and this diplograph was built without it";
    Err(Error::new(what).hint("install diplograph with its default features"))
}

#[cfg(feature = "rocksdb")]
fn flush_rocksdb(inner: &Oxigraph) -> Result<()> {
    inner.flush().map_err(plain)
}

#[cfg(not(feature = "rocksdb"))]
fn flush_rocksdb(_: &Oxigraph) -> Result<()> {
    Ok(())
}
