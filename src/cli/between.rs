//! `between`: the timeline of two actors, with the sentences.

use std::io::Write;

use jiff::civil::Date;

use super::Outcome;
use super::asking::{called, day, first_day, last_day, relations, sparql, standing, story, who};
use super::endpoint::{AskedArg, Opens};
use super::output::note;
use super::table::{Rows, json};
use super::time::TimeArgs;
use crate::error::Result;
use crate::lookup::{self, Timeline, Window};

/// What passed between two actors, with quotes and sources
#[derive(clap::Args)]
#[command(after_help = "Examples:\n  diplograph between Iran Syria --since 2022\n  \
    diplograph between Assad Khamenei --relation meet\n  diplograph between USA CHN --relation 'verbal conflict' --json")]
pub struct Args {
    /// One side: a name, ISO code or Wikidata id; a state includes its persons and organs
    a: String,
    /// The other side
    b: String,
    /// From this day on: 2022-05-08, 2022-05 or 2022
    #[arg(long, value_name = "DATE", value_parser = first_day)]
    since: Option<Date>,
    /// Up to this day
    #[arg(long, value_name = "DATE", value_parser = last_day)]
    until: Option<Date>,
    /// Only this relation, heading or PLOVER type; may be given again, or several with commas
    #[arg(long, value_name = "NAME", value_delimiter = ',')]
    relation: Vec<String>,
    /// Only events that name the two themselves
    #[arg(long)]
    exact: bool,
    /// Show every sentence, not two an event
    #[arg(long)]
    all: bool,
    /// Print JSON
    #[arg(long)]
    json: bool,
    /// Print the SPARQL that finds the same, instead of the answer
    #[arg(long)]
    show_sparql: bool,
    #[command(flatten)]
    time: TimeArgs,
    #[command(flatten)]
    graph: AskedArg,
}

/// Sentences an event, unless all are wanted.
const QUOTES: usize = 2;

pub fn run(args: Args, out: &mut dyn Write) -> Result<Outcome> {
    let relations = relations(&args.relation)?;
    let window = Window { since: args.since, until: args.until, relations, exact: args.exact };
    let store = args.graph.open()?;
    let (Some(a), Some(b)) = (who(&store, &args.a)?, who(&store, &args.b)?) else { return Ok(Outcome::Nothing) };
    if args.show_sparql {
        let day = |d: Option<Date>| d.iter().map(Date::to_string).collect();
        let actions = window.relations.iter().map(|r| r.id().to_owned()).collect();
        let values = [
            ("a", vec![a.id]),
            ("b", vec![b.id]),
            ("since", day(args.since)),
            ("until", day(args.until)),
            ("action", actions),
        ];
        return sparql(if args.exact { "between-exact" } else { "between" }, &values, out);
    }
    let store = args.time.of_pairs(store, |s| lookup::pairs_between(s, &a, &b))?;
    let timeline = lookup::between(&store, &a, &b, &window)?;
    if args.json {
        json(&timeline, out)?;
    } else {
        print(&timeline, if args.all { usize::MAX } else { QUOTES }, out)?;
    }
    if timeline.events.is_empty() {
        note(format_args!("nothing between {} and {} that fits", called(&a), called(&b)));
        return Ok(Outcome::Nothing);
    }
    Ok(Outcome::Done)
}

fn print(timeline: &Timeline, quotes: usize, out: &mut dyn Write) -> Result<()> {
    if timeline.events.is_empty() {
        return Ok(());
    }
    let mut rows = Rows::new(&["date", "event", "status"]);
    for event in &timeline.events {
        rows.push([day(&event.date), &story(event, quotes), &standing(event)]);
    }
    rows.print(out)
}
