//! Which files are meant: expands folders, follows links once, and says what it passes over. Opens nothing.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use walkdir::{DirEntry, WalkDir};

use super::Skip;
use crate::error::{Error, Result};

/// One input to open.
#[derive(Debug, Clone)]
pub enum File {
    Stdin,
    Path(PathBuf),
}

impl File {
    /// How messages call it.
    pub fn place(&self) -> String {
        match self {
            Self::Stdin => "stdin".to_owned(),
            Self::Path(p) => p.display().to_string(),
        }
    }

    /// The name without folders and without the extensions of format and compression.
    pub fn stem(&self) -> String {
        let Self::Path(path) = self else { return "stdin".to_owned() };
        let name = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
        let name = super::unpack::without_extension(&name);
        let stem = Path::new(name).file_stem().map(|s| s.to_string_lossy().into_owned());
        stem.filter(|s| !s.is_empty()).unwrap_or_else(|| "article".to_owned())
    }
}

/// Says which input does not exist, before anything is read.
pub fn check(inputs: &[PathBuf]) -> Result<()> {
    for path in inputs.iter().filter(|p| p.as_os_str() != "-") {
        if let Err(e) = path.metadata() {
            let error = match e.kind() {
                std::io::ErrorKind::NotFound => Error::new("no such file or folder").hint(nearest(path)),
                _ => Error::new(e.to_string()),
            };
            return Err(error.at(path.display()));
        }
    }
    Ok(())
}

/// The neighbour whose name is most like the missing one.
fn nearest(path: &Path) -> String {
    let folder = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let wanted = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    let names = folder.read_dir().into_iter().flatten().flatten().map(|e| e.file_name().to_string_lossy().into_owned());
    let near = names.map(|n| (strsim::jaro_winkler(&n, &wanted), n)).filter(|(score, _)| *score > 0.8);
    match near.max_by(|a, b| a.0.total_cmp(&b.0).then_with(|| b.1.cmp(&a.1))) {
        Some((_, name)) => format!("did you mean {}?", folder.join(name).display()),
        None if folder.is_dir() => "give files, folders, or - for standard input".to_owned(),
        None => format!("the folder {} does not exist either", folder.display()),
    }
}

/// All files of all inputs, in order; what cannot be walked as skips between them.
pub fn files(inputs: &[PathBuf]) -> impl Iterator<Item = Result<File, Skip>> + Send + use<> {
    let inputs = inputs.to_vec();
    inputs.into_iter().flat_map(|path| -> Box<dyn Iterator<Item = Result<File, Skip>> + Send> {
        if path.as_os_str() == "-" {
            Box::new(std::iter::once(Ok(File::Stdin)))
        } else if path.is_dir() {
            Box::new(Folder::new(&path))
        } else {
            Box::new(std::iter::once(Ok(File::Path(path))))
        }
    })
}

/// Walks a folder, each real folder once, so that links among folders neither loop nor multiply.
struct Folder {
    walk: walkdir::IntoIter,
    seen: HashMap<PathBuf, PathBuf>,
}

impl Folder {
    fn new(root: &Path) -> Self {
        Self { walk: WalkDir::new(root).follow_links(true).sort_by_file_name().into_iter(), seen: HashMap::new() }
    }

    /// A skip if the folder was already read under another name.
    fn enter(&mut self, entry: &DirEntry) -> Option<Skip> {
        let real = entry.path().canonicalize().ok()?;
        let earlier = self.seen.get(&real).cloned();
        let Some(earlier) = earlier else {
            self.seen.insert(real, entry.path().to_owned());
            return None;
        };
        self.walk.skip_current_dir();
        let why = format!("the same folder as {}, which is already read", earlier.display());
        Some(Skip::unreadable(entry.path().display().to_string(), why))
    }
}

impl Iterator for Folder {
    type Item = Result<File, Skip>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let entry = match self.walk.next()? {
                Ok(entry) => entry,
                Err(e) => return Some(Err(broken(&e))),
            };
            let kind = entry.file_type();
            if entry.depth() > 0 && hidden(&entry) {
                if kind.is_dir() {
                    self.walk.skip_current_dir();
                }
            } else if kind.is_dir() {
                if let Some(skip) = self.enter(&entry) {
                    return Some(Err(skip));
                }
            } else if kind.is_file() {
                return Some(Ok(File::Path(entry.into_path())));
            } else {
                let place = entry.path().display().to_string();
                return Some(Err(Skip::unreadable(place, "not a regular file")));
            }
        }
    }
}

fn hidden(entry: &DirEntry) -> bool {
    entry.file_name().as_encoded_bytes().starts_with(b".")
}

fn broken(e: &walkdir::Error) -> Skip {
    let place = e.path().map(|p| p.display().to_string()).unwrap_or_default();
    let why = match e.loop_ancestor() {
        Some(above) => format!("a link that leads back to {}", above.display()),
        None => e.io_error().map_or_else(|| e.to_string(), ToString::to_string),
    };
    Skip::unreadable(place, why)
}
