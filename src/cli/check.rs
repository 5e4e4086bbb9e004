//! `check`: whether the graph is sound.

use std::collections::BTreeMap;
use std::io::Write;

use super::endpoint::Opens;
use super::table::{Rows, json};
use super::{GraphArg, Outcome};
use crate::error::{Error, Result};
use crate::store::{Finding, Report};

/// Check the graph: every quote, every date, every edge down to its sentence
#[derive(clap::Args)]
#[command(after_help = "Status 0: sound, or empty. Status 2: something is broken, and named.\n\n\
    Example:\n  diplograph check && diplograph export relations.graphml")]
pub struct Args {
    /// How many findings of a rule to show
    #[arg(long, value_name = "N", default_value_t = 20)]
    limit: usize,
    /// Print JSON
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    graph: GraphArg,
}

pub fn run(args: Args, out: &mut dyn Write) -> Result<Outcome> {
    let report = args.graph.open()?.check()?;
    if args.json {
        json(&as_json(&report), out)?;
    } else if report.sound() {
        writeln!(out, "sound: {} quads", report.quads)?;
    } else {
        print(&report, args.limit, out)?;
    }
    if report.sound() {
        return Ok(Outcome::Done);
    }
    out.flush()?;
    let what = format!("{} findings in {} quads", report.findings.len(), report.quads);
    Err(Error::new(what).at(args.graph.dir.display()).hint("build the graph anew from the same articles"))
}

fn print(report: &Report, limit: usize, out: &mut dyn Write) -> Result<()> {
    let mut rows = Rows::new(&["rule", "subject", "what"]);
    let mut by_rule: BTreeMap<&str, Vec<&Finding>> = BTreeMap::new();
    for finding in &report.findings {
        by_rule.entry(finding.rule).or_default().push(finding);
    }
    for (rule, findings) in by_rule {
        for finding in findings.iter().take(limit) {
            rows.push([rule, &finding.subject, &finding.what]);
        }
        if findings.len() > limit {
            rows.push([rule, &format!("and {} more", findings.len() - limit), ""]);
        }
    }
    rows.print(out)
}

fn as_json(report: &Report) -> serde_json::Value {
    let finding = |f: &Finding| serde_json::json!({ "rule": f.rule, "subject": f.subject, "what": f.what });
    let findings: Vec<_> = report.findings.iter().map(finding).collect();
    serde_json::json!({ "quads": report.quads, "sound": report.sound(), "findings": findings })
}
