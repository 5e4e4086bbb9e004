//! `--endpoint`: a store elsewhere.

use std::path::PathBuf;
use std::time::Duration;

use super::GraphArg;
use crate::error::{Error, Result};
use crate::remote::Endpoint;
use crate::store::{Mode, Store};

/// How a store elsewhere is spoken to; shared by the commands that do.
#[derive(clap::Args, Debug, Clone)]
#[command(next_help_heading = "Store elsewhere")]
pub struct EndpointArgs {
    /// A file with the token that the server wants to see, if any (default: the variable DIPLOGRAPH_TOKEN)
    #[arg(long, value_name = "FILE")]
    token_file: Option<PathBuf>,
    /// Send a request again so often, with longer and longer pauses, while the server does not answer
    #[arg(long, value_name = "N", default_value_t = 5)]
    retries: u32,
}

impl EndpointArgs {
    /// The endpoint of that address; no request to it takes longer than `timeout` seconds, 0 for no limit.
    pub fn endpoint(&self, url: &str, timeout: f64) -> Result<Endpoint> {
        let token = match &self.token_file {
            Some(file) => Some(std::fs::read_to_string(file).map_err(|e| Error::from(e).at(file.display()))?),
            None => std::env::var("DIPLOGRAPH_TOKEN").ok(),
        };
        let token = token.map(|t| t.trim().to_owned()).filter(|t| !t.is_empty());
        let timeout = Duration::try_from_secs_f64(timeout).ok().filter(|t| !t.is_zero());
        Endpoint::new(url, token, timeout, self.retries)
    }
}

/// What a command that asks can open, for reading.
pub trait Opens {
    /// The graph.
    ///
    /// # Errors
    /// A folder without one, or with one that cannot be read; an address that is not one of HTTP.
    fn open(&self) -> Result<Store>;
}

impl Opens for GraphArg {
    fn open(&self) -> Result<Store> {
        Store::open(&self.dir, Mode::ReadOnly)
    }
}

/// Which graph is asked: one in a folder, or one in a store elsewhere.
#[derive(clap::Args, Debug, Clone)]
pub struct AskedArg {
    #[command(flatten)]
    graph: GraphArg,
    /// Ask the SPARQL endpoint at that address, and not the graph here
    #[arg(long, value_name = "URL")]
    endpoint: Option<String>,
    /// The graph there of what lies in no named one, as given to `publish` (Virtuoso)
    #[arg(long, value_name = "IRI", requires = "endpoint")]
    default_graph: Option<String>,
    #[command(flatten)]
    remote: EndpointArgs,
}

/// Seconds that a request to a store elsewhere may take.
const TIMEOUT: f64 = 300.0;

impl Opens for AskedArg {
    fn open(&self) -> Result<Store> {
        match &self.endpoint {
            None => self.graph.open(),
            Some(url) => Store::elsewhere(Box::new(self.remote.endpoint(url, TIMEOUT)?), self.default_graph.as_deref()),
        }
    }
}
