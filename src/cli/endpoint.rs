//! `--endpoint`: a store elsewhere.

use std::path::PathBuf;
use std::time::Duration;

use crate::error::{Error, Result};
use crate::remote::Endpoint;

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
