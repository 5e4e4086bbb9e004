//! Which network is meant: the options that all commands on networks share.

use clap::ValueEnum;
use jiff::civil::Date;

use super::asking::{first_day, last_day, relations, who};
use crate::error::Result;
use crate::network::{Ego, Kinds, Layer, Level, Projection, Step};
use crate::store::Store;

/// The events that count, and who the nodes are.
#[derive(clap::Args)]
#[command(next_help_heading = "Which network")]
pub struct ProjectionArgs {
    /// Who the nodes are
    #[arg(long, value_enum, default_value = "state")]
    level: LevelArg,
    /// Only cooperation (quad classes 1, 2) or conflict (3, 4)
    #[arg(long, value_enum, default_value = "all")]
    layer: LayerArg,
    /// Only this relation, heading or PLOVER type; may be given again, or several with commas
    #[arg(long, value_name = "NAME", value_delimiter = ',')]
    relation: Vec<String>,
    /// Only events from this day on: 2022-05-08, 2022-05 or 2022
    #[arg(long, value_name = "DATE", value_parser = first_day)]
    since: Option<Date>,
    /// Only events up to this day
    #[arg(long, value_name = "DATE", value_parser = last_day)]
    until: Option<Date>,
    /// Leave out edges of fewer events
    #[arg(long, value_name = "N", default_value_t = 1)]
    min_events: u32,
    /// Leave out events below this confidence
    #[arg(long, value_name = "0..1", default_value_t = 0.0)]
    min_confidence: f64,
    /// Only the surroundings of this actor
    #[arg(long, value_name = "NAME")]
    ego: Option<String>,
    /// How many steps the surroundings reach
    #[arg(long, value_name = "N", default_value_t = 1)]
    depth: usize,
    /// Only events of this status (default: reported and corroborated)
    #[arg(long, value_name = "STATUS", value_delimiter = ',', value_parser = status)]
    status: Vec<String>,
}

/// How a dyad becomes edges; means something to files only.
#[derive(clap::Args)]
#[command(next_help_heading = "Edges")]
pub struct EdgeArgs {
    /// One edge a dyad, or parallel edges
    #[arg(long, value_enum, default_value = "none")]
    kinds: KindsArg,
    /// Join the two directions of a dyad
    #[arg(long)]
    undirected: bool,
}

#[derive(Clone, Copy, ValueEnum)]
enum LevelArg {
    /// States and organisations; persons and organs count for theirs
    State,
    /// States, organisations, organs and groups; only persons count for theirs
    Organisation,
    /// Every actor for himself
    Person,
    /// States and organisations, and every event between them as a node
    Event,
}

#[derive(Clone, Copy, ValueEnum)]
enum LayerArg {
    All,
    Cooperation,
    Conflict,
}

#[derive(Clone, Copy, ValueEnum)]
enum KindsArg {
    None,
    Relation,
    Quad,
}

/// A slice of time, as an option says it.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum StepArg {
    Year,
    Month,
}

impl From<StepArg> for Step {
    fn from(arg: StepArg) -> Self {
        match arg {
            StepArg::Year => Self::Year,
            StepArg::Month => Self::Month,
        }
    }
}

/// The statuses that an event may have.
const STATUSES: [&str; 7] = ["Reported", "Corroborated", "Claimed", "Intended", "Hypothetical", "Denied", "Disputed"];

fn status(word: &str) -> Result<String, String> {
    let known = STATUSES.iter().find(|s| s.eq_ignore_ascii_case(word));
    let unknown = || format!("'{word}' is no status: {}", STATUSES.join(", ").to_lowercase());
    known.map(|s| (*s).to_owned()).ok_or_else(unknown)
}

impl ProjectionArgs {
    /// The projection; `None` if the ego is nobody, which has been said by then.
    ///
    /// # Errors
    /// An unknown relation.
    pub fn projection(self, store: &Store) -> Result<Option<Projection>> {
        let relations = relations(&self.relation)?;
        let ego = match self.ego {
            None => None,
            Some(name) => match who(store, &name)? {
                None => return Ok(None),
                Some(who) => Some(Ego { node: who.id, depth: self.depth }),
            },
        };
        Ok(Some(Projection {
            level: match self.level {
                LevelArg::State => Level::State,
                LevelArg::Organisation => Level::Organisation,
                LevelArg::Person => Level::Person,
                LevelArg::Event => Level::Event,
            },
            layer: match self.layer {
                LayerArg::All => Layer::All,
                LayerArg::Cooperation => Layer::Cooperation,
                LayerArg::Conflict => Layer::Conflict,
            },
            relations,
            since: self.since,
            until: self.until,
            min_events: self.min_events,
            ego,
            statuses: self.status,
            min_confidence: self.min_confidence,
            ..Projection::default()
        }))
    }
}

impl EdgeArgs {
    /// The projection with its edges as asked.
    pub fn apply(&self, projection: Projection) -> Projection {
        let kinds = match self.kinds {
            KindsArg::None => Kinds::Together,
            KindsArg::Relation => Kinds::Relation,
            KindsArg::Quad => Kinds::QuadClass,
        };
        Projection { kinds, undirected: self.undirected, ..projection }
    }
}
