//! What people have decided about claims, replayed from the log: which count for nothing, which are certain, which tell
//! of one event and which do not, and who is whom.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{Actor, Decision, Verdict};

/// The log, folded: what holds after its last decision.
#[derive(Debug, Clone, Default)]
pub struct Curation {
    /// Claims that count for nothing.
    pub rejected: BTreeSet<String>,
    /// Claims of which a person is certain.
    pub accepted: BTreeSet<String>,
    /// Claims that tell of one event, whatever their texts suggest.
    pub together: Vec<BTreeSet<String>>,
    /// Claims that tell of an event of their own.
    pub apart: Vec<BTreeSet<String>>,
    /// Whom an actor's id stands for; the end of any chain.
    pub same: BTreeMap<String, String>,
    /// The records of those whom others stand for.
    pub actors: BTreeMap<String, Actor>,
}

impl Curation {
    /// Replays the decisions in order; those that were taken back count for nothing.
    pub fn of(log: &[Decision]) -> Self {
        let mut curation = Self::default();
        for decision in log.iter().filter(|d| !d.undone) {
            curation.replay(decision);
        }
        curation
    }

    fn replay(&mut self, decision: &Decision) {
        let about = &decision.about;
        match decision.verdict {
            Verdict::Reject => {
                self.accepted.retain(|c| !about.contains(c));
                self.rejected.extend(about.iter().cloned());
            }
            Verdict::Accept => {
                self.rejected.retain(|c| !about.contains(c));
                self.accepted.extend(about.iter().cloned());
            }
            Verdict::Together => self.together.push(about.clone()),
            Verdict::Apart => {
                for set in self.together.iter_mut().chain(&mut self.apart) {
                    set.retain(|c| !about.contains(c));
                }
                self.apart.push(about.clone());
            }
            Verdict::Same => {
                let Some(into) = &decision.into else { return };
                let into = self.stands_for(into).to_owned();
                for alias in about.iter().filter(|a| **a != into) {
                    self.same.values_mut().filter(|x| *x == alias).for_each(|x| x.clone_from(&into));
                    self.same.insert(alias.clone(), into.clone());
                }
                self.same.remove(&into);
            }
        }
    }

    /// The id of the actor that an id stands for: mostly itself.
    pub fn stands_for<'a>(&'a self, id: &'a str) -> &'a str {
        self.same.get(id).map_or(id, String::as_str)
    }

    /// The actor that a claim's actor stands for.
    pub fn actor<'a>(&'a self, actor: &'a Actor) -> &'a Actor {
        self.same.get(&actor.id).and_then(|id| self.actors.get(id)).unwrap_or(actor)
    }

    /// Whether the event of some claims depends on a decision about which belong together.
    pub fn parts<'a>(&self, mut claims: impl Iterator<Item = &'a str>) -> bool {
        let sets = || self.together.iter().chain(&self.apart);
        sets().next().is_some() && claims.any(|c| sets().any(|s| s.contains(c)))
    }
}
