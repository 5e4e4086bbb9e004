//! `why`: the sentence in its context, the rule and the article behind a fact.

use std::io::Write;

use super::Outcome;
use super::asking::{cited, one_line, sparql};
use super::endpoint::{AskedArg, Opens};
use super::output::note;
use super::table::{json, printable};
use crate::error::Result;
use crate::lookup::{self, Reason, Who};

/// Why a fact stands in the graph: its sentence, rule, article and offsets
#[derive(clap::Args)]
#[command(after_help = "Facts are named by `extract`, `between` and `search`; an event's id shows all its facts.\n\n\
    Example:\n  diplograph why 3f0c9a41d27be881")]
pub struct Args {
    /// The id of a fact or of an event
    fact: String,
    /// Print JSON
    #[arg(long)]
    json: bool,
    /// Print the SPARQL that finds the same, instead of the answer
    #[arg(long)]
    show_sparql: bool,
    #[command(flatten)]
    graph: AskedArg,
}

pub fn run(args: Args, out: &mut dyn Write) -> Result<Outcome> {
    if args.show_sparql {
        return sparql("why", &[("id", vec![args.fact])], out);
    }
    let reasons = lookup::why(&args.graph.open()?, &args.fact)?;
    if reasons.is_empty() {
        note(format_args!("the graph has no fact or event '{}'", args.fact));
        return Ok(Outcome::Nothing);
    }
    if args.json {
        json(&reasons, out)?;
        return Ok(Outcome::Done);
    }
    for (i, reason) in reasons.iter().enumerate() {
        if i > 0 {
            writeln!(out)?;
        }
        print(reason, out)?;
    }
    Ok(Outcome::Done)
}

fn print(r: &Reason, out: &mut dyn Write) -> Result<()> {
    let names = |whos: &[Who]| whos.iter().map(|w| w.name.as_str()).collect::<Vec<_>>().join(", ");
    let mut line = |head: &str, text: String| -> Result<()> {
        let text = printable(&text);
        if text.is_empty() { Ok(()) } else { Ok(writeln!(out, "{head:<9} {text}")?) }
    };
    line("fact", r.said.fact.clone())?;
    line("says", format!("{}: {} → {}", r.relation.replace('_', " "), names(&r.sources), names(&r.targets)))?;
    line("certainty", certainty(r))?;
    line("before", tail(r.before.as_deref().unwrap_or_default()))?;
    line("sentence", one_line(r.sentence.as_deref().unwrap_or_default()))?;
    line("after", head(r.after.as_deref().unwrap_or_default()))?;
    line("quote", r.said.quote.as_deref().map(one_line).unwrap_or_default())?;
    line("words", words(r))?;
    line("rule", [&r.extractor, &r.rule].into_iter().flatten().cloned().collect::<Vec<_>>().join(" "))?;
    line("article", article(r))?;
    line("event", event(r))
}

fn certainty(r: &Reason) -> String {
    let speaker = r.said.speaker.as_ref().map(|s| format!(", by {}", s.name)).unwrap_or_default();
    format!("{}, {}{speaker}; confidence {:.2}", r.said.stance, r.said.factuality, r.said.confidence)
}

/// The words that the rule took for the two sides and the time.
fn words(r: &Reason) -> String {
    let words = [&r.source_text, &r.target_text, &r.time_text];
    words.into_iter().flatten().map(|w| format!("“{}”", one_line(w))).collect::<Vec<_>>().join(", ")
}

fn article(r: &Reason) -> String {
    let a = &r.said.article;
    let place = match (r.start, r.end) {
        (Some(start), Some(end)) => format!(", {} from {start} to {end}", r.field),
        _ => String::new(),
    };
    let title = a.title.as_ref().map(|t| format!(" “{}”", one_line(t))).unwrap_or_default();
    let url = a.url.as_ref().map(|u| format!(" <{u}>")).unwrap_or_default();
    format!("{}{title} ({}){url}{place}", a.id, cited(a))
}

fn event(r: &Reason) -> String {
    let status = r.status.as_ref().map(|s| format!(" ({s})")).unwrap_or_default();
    r.event.as_ref().map(|e| format!("{e}{status}")).unwrap_or_default()
}

fn tail(text: &str) -> String {
    if text.is_empty() { String::new() } else { format!("… {}", one_line(text)) }
}

fn head(text: &str) -> String {
    if text.is_empty() { String::new() } else { format!("{} …", one_line(text)) }
}
