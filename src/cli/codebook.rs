//! `codebook`: what each relation means and which words tell of it, from the ontology's tables and the rules.

use std::collections::BTreeSet;
use std::io::Write;

use include_dir::{Dir, include_dir};

use super::Outcome;
use crate::cluster::{Action, Standing};
use crate::error::Result;
use crate::model::Relation;

/// Print the codebook: each relation, its codes and scores, and the words that tell of it (Markdown)
#[derive(clap::Args)]
#[command(after_help = "Example:\n  diplograph codebook > CODEBOOK.md")]
pub struct Args {}

pub fn run(_: Args, out: &mut dyn Write) -> Result<Outcome> {
    writeln!(out, "# Codebook of diplograph {}\n", env!("CARGO_PKG_VERSION"))?;
    writeln!(out, "Made from the tables of relations and actions and from the rules: `diplograph codebook`.\n")?;
    writeln!(out, "An event has one status: {}.", statuses())?;
    let mut group = "";
    for action in Action::all() {
        if action.relation.group() != group {
            group = action.relation.group();
            writeln!(out, "\n## {group}")?;
        }
        entry(action, out)?;
    }
    Ok(Outcome::Done)
}

fn statuses() -> String {
    Standing::ALL.map(|s| s.as_str().to_lowercase()).join(", ")
}

fn entry(action: &Action, out: &mut dyn Write) -> Result<()> {
    let r = action.relation;
    writeln!(out, "\n### {}\n\n{}: {}.\n", r.id(), action.label, r.meaning())?;
    let number = |x: Option<f64>| x.map(|x| x.to_string()).unwrap_or_default();
    let sides = if r.symmetric() { "both sides do the same" } else { "the source does it to the target" };
    let rows = [
        ("PLOVER", format!("{} {}", r.plover(), r.mode()).trim().to_owned()),
        ("CAMEO", r.cameo().to_owned()),
        ("quad class", r.quad_class().map(|q| q.to_string()).unwrap_or_default()),
        ("Goldstein score", number(r.goldstein())),
        ("PLOVER score", number(action.plover_score)),
        ("sides", sides.to_owned()),
        ("opens", action.opens.unwrap_or_default().to_owned()),
        ("closes", action.closes.unwrap_or_default().to_owned()),
        ("plain edge", format!("dg:{}", action.shortcut)),
        ("words", words(r).into_iter().collect::<Vec<_>>().join(", ")),
    ];
    for (head, cell) in rows.iter().filter(|(_, cell)| !cell.is_empty()) {
        writeln!(out, "- {head}: {cell}")?;
    }
    Ok(())
}

static RULES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/data/rules");

/// The lemmas that set the rules of a relation off: the lines `verb`, `noun` and `adj` of its file.
fn words(relation: Relation) -> BTreeSet<String> {
    let file = RULES.get_file(format!("{}.rules", relation.id()));
    let text = file.and_then(|f| f.contents_utf8()).unwrap_or_default();
    let mut words = BTreeSet::new();
    for line in text.lines().map(|l| l.split('#').next().unwrap_or_default().trim()) {
        if let Some((_, lemmas)) = line.split_once(' ').filter(|(head, _)| ["verb", "noun", "adj"].contains(head)) {
            words.extend(lemmas.split(',').map(|w| w.trim().to_owned()).filter(|w| !w.is_empty()));
        }
    }
    words
}
