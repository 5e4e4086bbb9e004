//! `query`: a question in SPARQL, from a file, the command line or by name.

use std::collections::BTreeMap;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};

use super::answers::{self, Format};
use super::asking::{elsewhere, last_day, who};
use super::endpoint::EndpointArgs;
use super::limits::Limits;
use super::output::note;
use super::time::TimeArgs;
use super::{GraphArg, Outcome};
use crate::error::{Error, Result};
use crate::queries::{self, Kind, Query};
use crate::remote::Endpoint;
use crate::store::{Answers, Store};

/// Ask in SPARQL 1.1, or ask a question that has a name
#[derive(clap::Args)]
#[command(
    after_help = "SELECT, ASK, CONSTRUCT and DESCRIBE, over all graphs unless FROM is given; the prefixes of the \
    graph need no declaration. `diplograph queries` lists the named questions.\n\nExamples:\n  \
    diplograph query met --who Assad\n  \
    diplograph query -e 'SELECT ?e WHERE { ?e a dg:Event ; dg:status dg:Disputed }'\n  \
    diplograph query my.rq --format csv\n  \
    diplograph query corroborated --endpoint http://127.0.0.1:7878/query"
)]
pub struct Args {
    /// A file with a query (- for the standard input), or the name of a question
    #[arg(value_name = "FILE.rq|NAME", required_unless_present = "text")]
    what: Option<String>,
    /// What a named question needs to know: --who Assad --day 2022-05-08
    #[arg(value_name = "--PARAM VALUE", allow_hyphen_values = true, trailing_var_arg = true)]
    params: Vec<String>,
    /// The query itself
    #[arg(short = 'e', long = "text", value_name = "SPARQL", conflicts_with = "what")]
    text: Option<String>,
    /// table, csv, tsv, json, xml; of triples ttl, nt, nq, trig, rdf, jsonld
    #[arg(long, value_name = "FORMAT", default_value = "table", value_parser = answers::format)]
    format: Format,
    /// Print the SPARQL instead of running it
    #[arg(long)]
    show_sparql: bool,
    /// Ask the SPARQL endpoint at that address, and not the graph here
    #[arg(long, value_name = "URL")]
    endpoint: Option<String>,
    #[command(flatten)]
    remote: EndpointArgs,
    #[command(flatten)]
    limits: Limits,
    #[command(flatten)]
    time: TimeArgs,
    #[command(flatten)]
    graph: GraphArg,
}

pub fn run(mut args: Args, out: &mut dyn Write) -> Result<Outcome> {
    let typed = late_options(&mut args)?;
    let query = args.what.as_deref().filter(|what| !is_file(what)).map(queries::named).transpose()?;
    if query.is_none() && !typed.is_empty() {
        let names = typed.keys().map(|k| format!("--{k}")).collect::<Vec<_>>().join(", ");
        return Err(Error::new(format!("only named questions take {names}")).hint("diplograph queries"));
    }
    let asked = match &args.endpoint {
        Some(url) => Asked::Elsewhere(args.elsewhere(url)?),
        None => Asked::Here(Box::new(args.time.open(&args.graph)?)),
    };
    let sparql = match (query, &args.text, &args.what) {
        (Some(query), ..) => match bound(&asked, query, typed)? {
            Some(sparql) => sparql,
            None => return Ok(Outcome::Nothing),
        },
        (None, Some(text), _) => text.clone(),
        (None, None, file) => read(file.as_deref().unwrap_or("-"))?,
    };
    if args.show_sparql {
        writeln!(out, "{}", sparql.trim_end())?;
        return Ok(Outcome::Done);
    }
    args.limits.watch();
    let answers = asked.query(&sparql, args.limits.max_rows)?;
    if answers.len() == args.limits.max_rows {
        note(format_args!("only the first {} rows: give more with --max-rows N", args.limits.max_rows));
    }
    answers::write(&answers, args.format, out)?;
    if answers.is_empty() {
        note("no answer");
        return Ok(Outcome::Nothing);
    }
    Ok(Outcome::Done)
}

/// Who answers.
enum Asked {
    Here(Box<Store>),
    Elsewhere(Endpoint),
}

impl Asked {
    fn query(&self, sparql: &str, rows: usize) -> Result<Answers> {
        match self {
            Self::Here(store) => store.query_up_to(sparql, rows),
            Self::Elsewhere(endpoint) => endpoint.query(sparql, rows),
        }
    }

    /// The id of the actor of that name; elsewhere as far as the built-in names know it.
    fn who(&self, name: &str) -> Result<Option<String>> {
        match self {
            Self::Here(store) => Ok(who(store, name)?.map(|who| who.id)),
            Self::Elsewhere(_) => elsewhere(name).map(Some),
        }
    }
}

impl Args {
    fn elsewhere(&self, url: &str) -> Result<Endpoint> {
        if self.time.as_of.is_some() || self.time.known_by.is_some() {
            return Err(Error::new("--as-of and --known-by look at a graph here").hint("leave --endpoint out"));
        }
        self.remote.endpoint(url, self.limits.timeout)
    }
}

fn is_file(what: &str) -> bool {
    what == "-" || what.ends_with(".rq") || what.ends_with(".sparql") || Path::new(what).is_file()
}

fn read(file: &str) -> Result<String> {
    if file == "-" {
        let mut text = String::new();
        std::io::stdin().read_to_string(&mut text)?;
        return Ok(text);
    }
    std::fs::read_to_string(file).map_err(|e| Error::from(e).at(file))
}

/// The values of a question's parameters. Options of the command itself may stand among them.
fn late_options(args: &mut Args) -> Result<BTreeMap<String, String>> {
    let mut values = BTreeMap::new();
    let mut words = std::mem::take(&mut args.params).into_iter();
    while let Some(word) = words.next() {
        let Some(option) = word.strip_prefix("--") else {
            return Err(
                Error::new(format!("'{word}' is one word too many")).hint("put names of several words in quotes")
            );
        };
        if option == "show-sparql" {
            args.show_sparql = true;
            continue;
        }
        let (name, value) = match option.split_once('=') {
            Some((name, value)) => (name.to_owned(), Some(value.to_owned())),
            None => (option.to_owned(), words.next()),
        };
        let value = value.ok_or_else(|| Error::new(format!("--{name} needs a value")))?;
        match name.as_str() {
            "format" => args.format = answers::format(&value).map_err(Error::new)?,
            "timeout" => args.limits.timeout = number(&name, &value)?,
            "max-rows" => args.limits.max_rows = number(&name, &value)?,
            "max-memory" => args.limits.max_memory = number(&name, &value)?,
            "endpoint" => args.endpoint = Some(value),
            "graph" => args.graph.dir = PathBuf::from(value),
            "as-of" => args.time.as_of = Some(last_day(&value).map_err(Error::new)?),
            "known-by" => args.time.known_by = Some(last_day(&value).map_err(Error::new)?),
            _ => _ = values.insert(name, value),
        }
    }
    Ok(values)
}

fn number<T: std::str::FromStr>(name: &str, value: &str) -> Result<T> {
    value.parse().map_err(|_| Error::new(format!("--{name}: '{value}' is no number")))
}

/// The query with its values, names of actors turned into ids; `None` if the graph has nobody of a name.
fn bound(asked: &Asked, query: &Query, mut values: BTreeMap<String, String>) -> Result<Option<String>> {
    for param in query.params.iter().filter(|p| p.kind == Kind::Entity) {
        if let Some(value) = values.get_mut(&param.name) {
            match asked.who(value)? {
                Some(id) => *value = id,
                None => return Ok(None),
            }
        }
    }
    query.bind(&values).map(Some)
}
