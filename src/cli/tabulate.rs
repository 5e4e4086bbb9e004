//! `tabulate`: rows of event data sets, counted by pair of states and time, without a graph.

use std::io::Write;
use std::path::PathBuf;

use super::Outcome;
use super::output::note;
use super::projection::StepArg;
use super::rows::Account;
use crate::error::{Error, Result};
use crate::network::rounded;
use crate::pipeline::datasets::{Dyads, Mapper, dyads};
use crate::source::datasets::{self, Dataset};

/// Count rows of event data sets by pair of states and month or year, straight from the files (CSV)
#[derive(clap::Args, Debug)]
#[command(
    after_help = "Example:\n  diplograph tabulate 2019*.export.CSV.zip --by month > dyads.csv\n\nEvery row that tells what \
happened counts once; a graph (build, export dyads.csv) counts events, for which rows are put together."
)]
pub struct Args {
    /// Files or folders of event data sets
    #[arg(required = true, value_name = "INPUT")]
    inputs: Vec<PathBuf>,
    /// The slices of time
    #[arg(long, value_enum, default_value = "month")]
    by: StepArg,
    /// The data set, where the content does not tell it
    #[arg(long, value_name = "SET", value_parser = set)]
    from: Option<&'static Dataset>,
    /// A folder with gazetteer/ to use in place of the built-in one
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,
}

fn set(name: &str) -> Result<&'static Dataset, String> {
    let all: Vec<&str> = datasets::all().iter().map(|s| s.name).collect();
    datasets::named(name).ok_or_else(|| format!("'{name}' is no data set: give {}", all.join(", ")))
}

const HEAD: [&str; 11] = [
    "id1",
    "id2",
    "year",
    "month",
    "events",
    "verbal_cooperation",
    "material_cooperation",
    "verbal_conflict",
    "material_conflict",
    "goldstein_mean",
    "goldstein_min",
];

pub fn run(args: Args, out: &mut dyn Write) -> Result<Outcome> {
    crate::source::check(&args.inputs)?;
    let (others, inputs) = datasets::split(&args.inputs, args.from);
    if inputs.is_empty() {
        let hint = "diplograph tabulate 20191024143000.export.CSV.zip, or --from with a data set";
        return Err(Error::new("the inputs hold no event data set").hint(hint));
    }
    for other in &others {
        note(format_args!("skipped: {}: no event data set", other.display()));
    }
    let monthly = matches!(args.by, StepArg::Month);
    let mut mapper = Mapper::for_sets(args.data.as_deref(), inputs.iter().map(|i| i.set))?;
    let (mut dyads, mut account) = (Dyads::new(), Account::default());
    for input in &inputs {
        match dyads::count(&mut mapper, input, monthly, &mut dyads) {
            Ok(tally) => account.add(input, tally),
            Err(e) => account.skip(&e),
        }
    }
    let rows = write(&dyads, monthly, out)?;
    note(format_args!("{}; {rows} dyads by {}", account.line(), if monthly { "month" } else { "year" }));
    Ok(account.close())
}

fn write(dyads: &Dyads, monthly: bool, out: &mut dyn Write) -> Result<usize> {
    let mut csv = csv::Writer::from_writer(out);
    csv.write_record(HEAD)?;
    for ((slice, a, b), cell) in dyads {
        let month = if monthly { (slice.rem_euclid(12) + 1).to_string() } else { String::new() };
        let mut row = vec![a.clone(), b.clone(), slice.div_euclid(12).to_string(), month, cell.events().to_string()];
        row.extend(cell.quad_classes.map(|n| n.to_string()));
        let mean = cell.goldstein / f64::from(cell.events().max(1));
        row.extend([rounded(mean).to_string(), cell.lowest.to_string()]);
        csv.write_record(row)?;
    }
    csv.flush()?;
    Ok(dyads.len())
}
