//! The directory of a graph: format file, lock, and the store inside it.
//!
//! `FORMAT` says which format, which kind, and which store is the graph; `lock` is held by the one writer; `store-000007/`
//! is the RocksDB store ([`versions`]), or `graph.nq` the dump of a build without RocksDB.

use std::fs::{self, File, TryLockError};
use std::io::{BufReader, BufWriter, Write};
use std::path::{Path, PathBuf};

use oxigraph::io::RdfFormat;
use oxigraph::store::Store as Oxigraph;

use super::{dump, events, plain, versions};
use crate::error::{Error, Result};
use crate::rdf::manifest;

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

/// The version of the layout and of the model in it; no other is read.
const VERSION: &str = manifest::MODEL;

const NEW: Kind = if cfg!(feature = "rocksdb") { Kind::RocksDb } else { Kind::Dump };

/// What `FORMAT` says: the kind, and the folder of the store that is the graph.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Format {
    kind: Kind,
    store: Option<String>,
}

/// An open directory.
pub struct Disk {
    dir: PathBuf,
    mode: Mode,
    format: Format,
    /// A writer's lock on the graph, or a reader's hold on its version.
    _held: Option<File>,
}

impl Disk {
    pub fn open(dir: &Path, mode: Mode) -> Result<(Oxigraph, Self)> {
        let opened = match mode {
            Mode::ReadOnly if !dir.join("FORMAT").exists() => return Err(missing(dir)),
            Mode::ReadOnly => Self::open_to_read(dir),
            Mode::ReadWrite => Self::open_to_write(dir),
        };
        opened.map_err(|e| e.at(dir.display()))
    }

    fn open_to_read(dir: &Path) -> Result<(Oxigraph, Self)> {
        let format = read_format(dir)?.ok_or_else(|| missing(dir))?;
        let (inner, held) = match format.kind {
            Kind::Dump => (load_dump(&dir.join("graph.nq"))?, None),
            Kind::RocksDb => {
                let current = || Ok(read_format(dir)?.and_then(|f| f.store).unwrap_or_default());
                let (store, held) = versions::hold(dir, current)?;
                (open_rocksdb(&store, Mode::ReadOnly)?, Some(held))
            }
        };
        Ok((inner, Self { dir: dir.to_owned(), mode: Mode::ReadOnly, format, _held: held }))
    }

    fn open_to_write(dir: &Path) -> Result<(Oxigraph, Self)> {
        let new = read_format(dir)?.is_none();
        let lock = prepare(dir, new)?;
        let mut format = match read_format(dir)? {
            Some(format) => format,
            None => begin(dir)?,
        };
        let inner = match &mut format.store {
            None => load_dump(&dir.join("graph.nq"))?,
            Some(store) => open_next(dir, store)?,
        };
        Ok((inner, Self { dir: dir.to_owned(), mode: Mode::ReadWrite, format, _held: Some(lock) }))
    }

    /// The folder of the version that is open; a dump has none.
    pub fn folder(&self) -> Option<PathBuf> {
        self.format.store.as_ref().map(|store| self.dir.join(store))
    }

    pub fn mode(&self) -> Mode {
        self.mode
    }

    /// Makes what was written the graph that readers see. The store is closed by it.
    pub fn publish(&self, inner: Oxigraph) -> Result<()> {
        match (self.mode, self.format.kind) {
            (Mode::ReadOnly, _) => return Ok(()),
            (_, Kind::RocksDb) => {
                self.folder().map_or(Ok(()), |f| events::publish(&f)).and_then(|()| flush_rocksdb(&inner))
            }
            (_, Kind::Dump) => write_whole(&self.dir.join("graph.nq"), |w| dump::sorted_nquads(&inner, w)),
        }
        .and_then(|()| {
            drop(inner);
            #[cfg(feature = "rocksdb")]
            self.folder().iter().for_each(|folder| super::pack::pack(folder));
            write_format(&self.dir, &self.format)
        })
        .map_err(|e| e.at(self.dir.display()))?;
        versions::sweep(&self.dir, &self.format.store.as_deref().into_iter().collect::<Vec<_>>());
        Ok(())
    }

    /// Forgets what was written; the graph is what it was.
    pub fn abandon(&self, inner: Oxigraph) -> Result<()> {
        drop(inner);
        match (&self.format.store, self.mode) {
            (Some(store), Mode::ReadWrite) => Ok(fs::remove_dir_all(self.dir.join(store))?),
            _ => Ok(()),
        }
    }
}

fn line(format: &Format) -> String {
    match (&format.kind, &format.store) {
        (Kind::RocksDb, Some(store)) => format!("diplograph graph {VERSION} rocksdb {store}\n"),
        _ => format!("diplograph graph {VERSION} dump\n"),
    }
}

fn write_format(dir: &Path, format: &Format) -> Result<()> {
    write_whole(&dir.join("FORMAT"), |w| Ok(w.write_all(line(format).as_bytes())?))
}

/// An empty graph, so that readers find one even if its first build is killed.
fn begin(dir: &Path) -> Result<Format> {
    let store = (NEW == Kind::RocksDb).then(|| versions::next(None));
    if let Some(store) = &store {
        versions::sweep(dir, &[]);
        flush_rocksdb(&open_rocksdb(&dir.join(store), Mode::ReadWrite)?)?;
        events::begin(&dir.join(store))?;
    }
    let format = Format { kind: NEW, store };
    write_format(dir, &format)?;
    Ok(format)
}

/// Opens the version to write to, and sets its name in place of the former: what a killed writer left of it, or else a
/// clone of the former.
fn open_next(dir: &Path, name: &mut String) -> Result<Oxigraph> {
    let former = std::mem::replace(name, versions::next(Some(name)));
    let store = dir.join(&*name);
    versions::sweep(dir, &[&former, name]);
    if store.exists() {
        match open_rocksdb(&store, Mode::ReadWrite) {
            Ok(inner) => return Ok(inner),
            Err(_) => fs::remove_dir_all(&store)?,
        }
    }
    versions::clone(dir, &former, name)?;
    open_rocksdb(&store, Mode::ReadWrite)
}

fn missing(dir: &Path) -> Error {
    let dir = dir.display();
    Error::new(format!("no graph in {dir}")).hint(format!("build one with: diplograph build ARTICLES --graph {dir}"))
}

/// What the directory holds; `None` if there is no graph yet.
fn read_format(dir: &Path) -> Result<Option<Format>> {
    let Ok(text) = fs::read_to_string(dir.join("FORMAT")) else {
        return Ok(None);
    };
    match text.split_whitespace().collect::<Vec<_>>()[..] {
        ["diplograph", "graph", VERSION, "rocksdb", store] => {
            Ok(Some(Format { kind: Kind::RocksDb, store: Some(store.to_owned()) }))
        }
        ["diplograph", "graph", VERSION, "dump"] => Ok(Some(Format { kind: Kind::Dump, store: None })),
        ["diplograph", "graph", other, ..] => Err(unreadable(other)),
        _ => Err(Error::new(format!("FORMAT says '{}', which is no graph of diplograph", text.trim()))),
    }
}

/// A graph of another version, and the way out.
fn unreadable(version: &str) -> Error {
    let what = format!("the graph has format {version}, and this diplograph reads format {VERSION}");
    let older = version.parse::<u32>().ok().zip(VERSION.parse().ok()).is_some_and(|(a, b): (u32, u32)| a < b);
    Error::new(what).hint(match older {
        true => {
            "build it anew in another folder from the same articles; or let the diplograph that made it run \
             `diplograph export graph.nq`, and load that here: diplograph load graph.nq --graph DIR"
        }
        false => "take the diplograph that made it, or a newer one",
    })
}

/// Makes the directory if need be, and takes the lock of the only writer.
fn prepare(dir: &Path, new: bool) -> Result<File> {
    fs::create_dir_all(dir)?;
    let ours = ["lock", "FORMAT.part", "graph.nq.part"];
    let foreign = |e: &fs::DirEntry| {
        let name = e.file_name();
        !ours.iter().any(|o| name == *o) && !versions::is_leftover(&name.to_string_lossy())
    };
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
