//! `show`: who somebody is, whom he deals with, and what happened last.

use std::io::Write;

use super::Outcome;
use super::asking::{day, sparql, standing, who};
use super::endpoint::{AskedArg, Opens};
use super::output::note;
use super::table::{Rows, json};
use super::time::TimeArgs;
use crate::error::Result;
use crate::lookup::{self, Profile, Standing};

/// Who somebody is: offices, partners, recent events
#[derive(clap::Args)]
#[command(after_help = "Examples:\n  diplograph show Assad\n  diplograph show SYR --json | jq .partners")]
pub struct Args {
    /// A name, ISO code or Wikidata id
    name: String,
    /// How many of the latest events to show
    #[arg(long, value_name = "N", default_value_t = 10)]
    recent: usize,
    /// How many partners to show
    #[arg(long, value_name = "N", default_value_t = 10)]
    partners: usize,
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

pub fn run(args: Args, out: &mut dyn Write) -> Result<Outcome> {
    let store = args.graph.open()?;
    let Some(who) = who(&store, &args.name)? else { return Ok(Outcome::Nothing) };
    if args.show_sparql {
        return sparql("show", &[("who", vec![who.id])], out);
    }
    let store = args.time.of_pairs(store, |s| lookup::pairs_of(s, &who))?;
    let profile = lookup::profile(&store, &who, args.recent)?;
    if args.json {
        json(&profile, out)?;
        return Ok(Outcome::Done);
    }
    head(&profile, out)?;
    relations(&profile.standing, out)?;
    partners(&profile, args.partners, out)?;
    recent(&profile, out)?;
    note(format_args!("{} events; diplograph between '{}' NAME shows their sentences", profile.events, who.name));
    Ok(Outcome::Done)
}

fn head(profile: &Profile, out: &mut dyn Write) -> Result<()> {
    let home = profile.home.as_ref().map(|h| format!(" of {}", h.name)).unwrap_or_default();
    let wikidata = profile.wikidata.as_ref().map(|q| format!(", Wikidata {q}")).unwrap_or_default();
    writeln!(out, "{}: {}{home} ({}{wikidata})", profile.who.name, profile.who.kind, profile.who.id)?;
    Ok(())
}

fn relations(standing: &[Standing], out: &mut dyn Write) -> Result<()> {
    let mut rows = Rows::new(&["standing", "with", "office", "from", "to"]);
    for s in standing {
        let parties = s.parties.iter().map(|w| w.name.as_str()).collect::<Vec<_>>().join(", ");
        let what =
            s.held.as_ref().filter(|h| *h == "possible").map_or(s.what.clone(), |_| format!("{} (possibly)", s.what));
        rows.push([&what, &parties, s.office.as_deref().unwrap_or(""), &bound(&s.begin), &bound(&s.end)]);
    }
    section(rows, out)
}

/// `2020-09-15`; of a wider span both days; `≤` or `≥` where only one is known.
fn bound((earliest, latest): &(Option<String>, Option<String>)) -> String {
    match (earliest, latest) {
        (Some(a), Some(b)) if a == b => a.clone(),
        (Some(a), Some(b)) => format!("{a} to {b}"),
        (Some(a), None) => format!("≥ {a}"),
        (None, Some(b)) => format!("≤ {b}"),
        (None, None) => "-".to_owned(),
    }
}

fn partners(profile: &Profile, count: usize, out: &mut dyn Write) -> Result<()> {
    let mut rows = Rows::new(&["partner", "events", "cooperation", "conflict", "goldstein", "last"]);
    for p in profile.partners.iter().take(count) {
        let score = p.goldstein_mean.map(|g| format!("{g:+.1}")).unwrap_or_default();
        let [events, cooperation, conflict] = [p.events, p.cooperation, p.conflict].map(|n| n.to_string());
        rows.push([&p.who.name, &events, &cooperation, &conflict, &score, day(&p.last)]);
    }
    section(rows, out)
}

fn recent(profile: &Profile, out: &mut dyn Write) -> Result<()> {
    let mut rows = Rows::new(&["date", "event", "status"]);
    for event in &profile.recent {
        rows.push([day(&event.date), &event.headline(), &standing(event)]);
    }
    section(rows, out)
}

fn section(mut rows: Rows, out: &mut dyn Write) -> Result<()> {
    if rows.is_empty() {
        return Ok(());
    }
    writeln!(out)?;
    rows.print(out)
}
