//! `similar`: whose foreign policy is alike.

use std::io::Write;

use super::Outcome;
use super::asking::{called, who};
use super::endpoint::AskedArg;
use super::output::note;
use super::projection::ProjectionArgs;
use super::table::{Rows, json};
use super::time::TimeArgs;
use crate::error::Result;
use crate::network::Projection;
use crate::network::portfolio::Portfolios;

/// Whose foreign policy is alike: S of Signorino and Ritter, Cohen's kappa and Scott's pi of the portfolios
#[derive(clap::Args)]
#[command(after_help = "Examples:\n  diplograph similar Iran\n  diplograph similar USA GBR --since 2022")]
pub struct Args {
    /// A name, ISO code or Wikidata id
    a: String,
    /// Whom to compare it with; without, everyone
    b: Option<String>,
    /// How many to show
    #[arg(long, value_name = "N", default_value_t = 10)]
    top: usize,
    /// Print JSON
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    network: ProjectionArgs,
    #[command(flatten)]
    time: TimeArgs,
    #[command(flatten)]
    graph: AskedArg,
}

pub fn run(args: Args, out: &mut dyn Write) -> Result<Outcome> {
    let store = args.time.network(&args.graph)?;
    let Some(a) = who(&store, &args.a)? else { return Ok(Outcome::Nothing) };
    let Some(projection) = args.network.projection(&store)? else { return Ok(Outcome::Nothing) };
    let mut apart = vec![a.id.clone()];
    let b = match &args.b {
        None => None,
        Some(name) => match who(&store, name)? {
            None => return Ok(Outcome::Nothing),
            some => some,
        },
    };
    apart.extend(b.iter().map(|b| b.id.clone()));
    let portfolios = Portfolios::new(&Projection { apart, ..projection }, &args.time.record(&store)?);
    let found = match &b {
        Some(b) => portfolios.compare(&a.id, &b.id).into_iter().collect(),
        None => portfolios.alike(&a.id),
    };
    let shown = &found[..found.len().min(args.top)];
    if args.json {
        json(&shown, out)?;
    } else if !shown.is_empty() {
        let mut rows = Rows::new(&["actor", "kappa", "pi", "s", "partners"]);
        for s in shown {
            let number = |x: Option<f64>| x.map_or("-".to_owned(), |x| format!("{x:.3}"));
            rows.push([&s.name, &number(s.kappa), &number(s.pi), &number(Some(s.s)), &s.partners.to_string()]);
        }
        rows.print(out)?;
    }
    if found.is_empty() {
        note(format_args!("{} has no events that fit", called(&a)));
        return Ok(Outcome::Nothing);
    }
    Ok(Outcome::Done)
}
