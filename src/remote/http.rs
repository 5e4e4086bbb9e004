//! Requests, and their repetition while a server cannot answer.

use std::thread::sleep;
use std::time::Duration;

use ureq::http::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, RETRY_AFTER};

use crate::error::{Error, Result};

/// The first pause before a request is sent again; each further one is twice as long.
const PAUSE: Duration = Duration::from_millis(500);
const LONGEST: Duration = Duration::from_secs(30);

/// Bytes of an answer, at most.
const ANSWER: u64 = 4 << 30;

/// A SPARQL endpoint: where queries or updates are posted to.
pub struct Endpoint {
    agent: ureq::Agent,
    url: String,
    token: Option<String>,
    retries: u32,
}

/// Why a request came to nothing.
enum Failure {
    /// It may succeed when it is sent again, after a pause that the server asks for.
    Passing(Error, Option<Duration>),
    Lasting(Error),
}

impl Endpoint {
    /// An endpoint of that URL; `token` is sent as a bearer token. A request that fails for a passing reason (no
    /// connection, status 408, 429, 502, 503, 504) is sent again up to `retries` times.
    ///
    /// # Errors
    /// An address that is not one of HTTP.
    pub fn new(url: &str, token: Option<String>, timeout: Option<Duration>, retries: u32) -> Result<Self> {
        if !url.starts_with("http://") && !url.starts_with("https://") {
            return Err(Error::new(format!("'{url}' is no address of HTTP")).hint("http://127.0.0.1:7878/query"));
        }
        if url.starts_with("https://") && !cfg!(feature = "https") {
            return Err(Error::new("this build has no https").hint("cargo build --release --features https"));
        }
        let config = ureq::Agent::config_builder().http_status_as_error(false).timeout_global(timeout);
        let config = config.user_agent(concat!("diplograph/", env!("CARGO_PKG_VERSION")));
        Ok(Self { agent: config.build().into(), url: url.to_owned(), token, retries })
    }

    pub fn url(&self) -> &str {
        &self.url
    }

    /// Sends an update.
    ///
    /// # Errors
    /// No connection after all retries; what the server has to say against it.
    pub fn update(&self, sparql: &str) -> Result<()> {
        self.post("application/sparql-update", "*/*", sparql).map(|_| ())
    }

    /// Posts a text, again if need be. Returns the media type and the body of the answer.
    pub(super) fn post(&self, media: &str, accept: &str, body: &str) -> Result<(String, Vec<u8>)> {
        let mut pause = PAUSE;
        for _ in 0..self.retries {
            match self.once(media, accept, body) {
                Ok(answer) => return Ok(answer),
                Err(Failure::Lasting(e)) => return Err(e),
                Err(Failure::Passing(_, wanted)) => sleep(wanted.unwrap_or(pause).min(LONGEST)),
            }
            pause *= 2;
        }
        self.once(media, accept, body).map_err(|failure| match failure {
            Failure::Lasting(e) => e,
            Failure::Passing(e, _) => e.hint("is the server there? what was published stays; the same command goes on"),
        })
    }

    fn once(&self, media: &str, accept: &str, body: &str) -> Result<(String, Vec<u8>), Failure> {
        let mut request = self.agent.post(&self.url).header(CONTENT_TYPE, media).header(ACCEPT, accept);
        if let Some(token) = &self.token {
            request = request.header(AUTHORIZATION, format!("Bearer {token}"));
        }
        let unreached = |e: ureq::Error| Failure::Passing(Error::new(e.to_string()).at(&self.url), None);
        let mut answer = match request.send(body) {
            Err(e @ (ureq::Error::BadUri(_) | ureq::Error::Http(_))) => {
                return Err(Failure::Lasting(Error::new(e.to_string()).at(&self.url)));
            }
            sent => sent.map_err(unreached)?,
        };
        let status = answer.status();
        let header = |name| answer.headers().get(name)?.to_str().ok().map(str::to_owned);
        let (media, wanted) = (header(CONTENT_TYPE).unwrap_or_default(), header(RETRY_AFTER));
        let body = answer.body_mut().with_config().limit(ANSWER).read_to_vec().map_err(unreached)?;
        if status.is_success() {
            return Ok((media, body));
        }
        let e = self.refusal(status.as_u16(), &body);
        match status.as_u16() {
            408 | 429 | 502..=504 => {
                Err(Failure::Passing(e, wanted.and_then(|s| s.parse().ok()).map(Duration::from_secs)))
            }
            _ => Err(Failure::Lasting(e)),
        }
    }

    /// The server's words, or the beginning of them.
    fn refusal(&self, status: u16, body: &[u8]) -> Error {
        let said: String = String::from_utf8_lossy(body).split_whitespace().collect::<Vec<_>>().join(" ");
        let e = Error::new(format!("status {status}: {}", said.chars().take(300).collect::<String>())).at(&self.url);
        match status {
            401 | 403 => e.hint("--token-file FILE with the server's token"),
            400 if said.contains("default graph") => {
                e.hint("--default-graph IRI, if the store has no graph without a name")
            }
            413 => e.hint("smaller batches: --batch KB"),
            400 if said.contains("exceeded") => e.hint("smaller batches may do: --batch KB"),
            404 | 405 => e.hint("the address of queries often ends with /query, of updates with /update"),
            _ => e,
        }
    }
}
