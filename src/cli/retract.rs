//! `retract`: takes articles out of the graph, with exactly what only they support.

use std::io::Write;

use jiff::civil::Date;

use super::asking::first_day;
use super::output::note;
use super::{GraphArg, Outcome};
use crate::error::{Error, Result};
use crate::model::Article;
use crate::store::{Mode, Store};

/// Take articles out of the graph, with exactly what only they support
#[derive(clap::Args)]
#[command(
    after_help = "Events that other articles tell of too stay, with the status that those give them. Building from \
    the same articles again brings everything back.\n\nExamples:\n  diplograph retract 2022-05-08-assad-tehran\n  \
    diplograph retract --source 'Harbour Sample Agency' --before 2020 --dry-run"
)]
pub struct Args {
    /// Ids of articles, as `why` shows them
    #[arg(value_name = "ARTICLE", required_unless_present_any = ["source", "before"], conflicts_with_all = ["source", "before"])]
    articles: Vec<String>,
    /// All articles of this publisher
    #[arg(long, value_name = "PUBLISHER")]
    source: Option<String>,
    /// All articles published before this day; with --source only that publisher's
    #[arg(long, value_name = "DATE", value_parser = first_day)]
    before: Option<Date>,
    /// Only list what would be taken out
    #[arg(long)]
    dry_run: bool,
    #[command(flatten)]
    graph: GraphArg,
}

pub fn run(args: Args, out: &mut dyn Write) -> Result<Outcome> {
    let mode = if args.dry_run { Mode::ReadOnly } else { Mode::ReadWrite };
    Store::open(&args.graph.dir, Mode::ReadOnly)?;
    let mut store = Store::open(&args.graph.dir, mode)?;
    let all = store.articles()?;
    if let Some(missing) = args.articles.iter().find(|id| all.iter().all(|a| a.id != **id)) {
        let hint = "diplograph query -e 'SELECT ?id { ?doc a dg:Document ; dct:identifier ?id } ORDER BY ?id'";
        return Err(Error::new(format!("the graph has no article '{missing}'")).hint(hint));
    }
    let chosen: Vec<&Article> = all.iter().filter(|a| args.means(a)).collect();
    if chosen.is_empty() {
        note("no article fits");
        return Ok(Outcome::Nothing);
    }
    if args.dry_run {
        chosen.iter().try_for_each(|a| writeln!(out, "{}", a.id))?;
        return Ok(Outcome::Done);
    }
    let before = store.len()?;
    for article in &chosen {
        store.retract(&article.id)?;
    }
    store.derive()?;
    let after = store.len()?;
    store.close()?;
    writeln!(
        out,
        "{} articles retracted, {} left; {before} quads before, {after} now",
        chosen.len(),
        all.len() - chosen.len()
    )?;
    Ok(Outcome::Done)
}

impl Args {
    fn means(&self, article: &Article) -> bool {
        let source = |s: &String| article.source.as_ref().is_some_and(|p| p.eq_ignore_ascii_case(s));
        let before = |day: Date| article.date.is_some_and(|d| d < day);
        if self.articles.is_empty() {
            self.source.as_ref().is_none_or(source) && self.before.is_none_or(before)
        } else {
            self.articles.contains(&article.id)
        }
    }
}
