//! `load`: a graph that was dumped, or made elsewhere in the same model, into a graph here.

use std::fs::File;
use std::io::{BufReader, Seek, Write};
use std::path::{Path, PathBuf};

use super::output::note;
use super::{GraphArg, Outcome};
use crate::error::{Error, Result};
use crate::store::{Mode, RdfFormat, Reading, Store, format_of, read_rdf};

/// Add RDF of the same model from elsewhere to the graph; what breaks its rules is refused
#[derive(clap::Args)]
#[command(
    after_help = "Example:\n  diplograph export graph.trig\n  diplograph load graph.trig --graph other\n\nDocuments replace those of \
the same id. Events, relations and edges are derived anew from the claims."
)]
pub struct Args {
    /// Files of RDF (nq, trig, nt, ttl, rdf, jsonld), or - for the standard input
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// The format, where the file's ending does not tell
    #[arg(long, value_name = "FORMAT", value_parser = format)]
    format: Option<RdfFormat>,
    #[command(flatten)]
    graph: GraphArg,
}

fn format(name: &str) -> Result<RdfFormat, String> {
    format_of(name).ok_or_else(|| format!("'{name}' is no RDF format: nq, trig, nt, ttl, rdf, jsonld"))
}

/// Findings that are shown of what is refused.
const SHOWN: usize = 10;

pub fn run(args: Args, out: &mut dyn Write) -> Result<Outcome> {
    let files = args.files.iter().map(|file| Input::of(file, args.format)).collect::<Result<Vec<_>>>()?;
    let mut store = Store::open(&args.graph.dir, Mode::ReadWrite)?;
    let documents = match store.accept(|| read(&files)) {
        Ok(documents) => documents,
        Err(e) => {
            store.abandon()?;
            return Err(e);
        }
    };
    store.derive_all()?;
    let report = store.check()?;
    if !report.sound() {
        store.abandon()?;
        for finding in report.findings.iter().take(SHOWN) {
            note(format_args!("{}: {}: {}", finding.rule, finding.subject, finding.what));
        }
        let what = format!("refused, nothing was loaded: it breaks the rules {} times", report.findings.len());
        return Err(Error::new(what).hint("mend the file; the lines above name the rule and the thing"));
    }
    let quads = store.len()?;
    store.close()?;
    writeln!(out, "{documents} documents loaded; {quads} quads in {}", args.graph.dir.display())?;
    Ok(Outcome::Done)
}

/// A file that can be read twice.
struct Input {
    name: String,
    file: File,
    format: RdfFormat,
}

impl Input {
    /// What comes by the standard input is put aside.
    fn of(path: &Path, format: Option<RdfFormat>) -> Result<Self> {
        let name = path.display().to_string();
        let open = || {
            let ending = path.extension().and_then(|e| e.to_str());
            let format = format.or_else(|| format_of(ending?));
            let format = format.ok_or_else(|| Error::new("the ending tells no RDF format").hint("give --format nq"))?;
            if path.as_os_str() != "-" {
                return Ok((File::open(path)?, format));
            }
            let mut file = tempfile::tempfile()?;
            std::io::copy(&mut std::io::stdin().lock(), &mut file)?;
            Ok((file, format))
        };
        let (file, format) = open().map_err(|e: Error| e.at(&name))?;
        Ok(Self { name, file, format })
    }

    fn read(&self) -> Result<Reading> {
        let mut file = self.file.try_clone()?;
        file.rewind()?;
        let name = self.name.clone();
        Ok(Box::new(read_rdf(self.format, BufReader::new(file)).map(move |quad| quad.map_err(|e| e.at(&name)))))
    }
}

/// All quads of the files, one after the other.
fn read(files: &[Input]) -> Result<Reading> {
    let quads = files.iter().map(|f| f.read().map_err(|e| e.at(&f.name))).collect::<Result<Vec<_>>>()?;
    Ok(Box::new(quads.into_iter().flatten()))
}
