use std::hash::{Hash, Hasher};
use std::str::FromStr;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

/// What sort of actor an entity is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum EntityKind {
    /// A state, or its government as a whole.
    State,
    /// A dependent or disputed territory.
    Territory,
    /// An intergovernmental organisation, bloc or coalition.
    Igo,
    /// A part of a state or an organisation: ministry, army, court.
    Organ,
    /// An armed group, party or movement.
    Group,
    /// A treaty or agreement that can be joined or left.
    Treaty,
    Person,
    /// A publisher or news agency: it speaks, it seldom acts.
    Media,
    /// Any other body that states deal with: a company, a church, an aid organisation.
    Body,
}

impl EntityKind {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::State => "state",
            Self::Territory => "territory",
            Self::Igo => "igo",
            Self::Organ => "organ",
            Self::Group => "group",
            Self::Treaty => "treaty",
            Self::Person => "person",
            Self::Media => "media",
            Self::Body => "body",
        }
    }
}

impl FromStr for EntityKind {
    type Err = String;

    fn from_str(s: &str) -> Result<Self, String> {
        let kinds = [Self::State, Self::Territory, Self::Igo, Self::Organ, Self::Group];
        let kinds = kinds.into_iter().chain([Self::Treaty, Self::Person, Self::Media, Self::Body]);
        kinds.clone().find(|k| k.as_str() == s).ok_or_else(|| {
            let names: Vec<_> = kinds.map(Self::as_str).collect();
            format!("'{s}' is no kind of actor: give one of {}", names.join(", "))
        })
    }
}

/// Somebody or something of the graph.
#[derive(Debug, Clone)]
pub struct Entity {
    /// The slug that its IRI ends in: `SYR`, `org-eu`, `Q44329` for a person that Wikidata knows, else `person-...`.
    pub id: String,
    pub kind: EntityKind,
    /// The usual English full name.
    pub name: String,
    /// The state or organisation that it is or belongs to: ISO 3166-1 alpha-3, or an IGO's acronym. None for an
    /// actor without one home state.
    pub country: Option<String>,
    /// Wikidata's id, `Q...`.
    pub wikidata: Option<String>,
}

/// An entity as facts share it.
pub type Actor = Arc<Entity>;

impl Entity {
    /// What may be said of it in several ways, in the order by which one of them is chosen.
    pub fn described(&self) -> (&str, &'static str, Option<&str>) {
        (&self.name, self.kind.as_str(), self.country.as_deref())
    }
}

/// Two entities are one if their ids are.
impl PartialEq for Entity {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id
    }
}

impl Eq for Entity {}

impl PartialOrd for Entity {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Entity {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.id.cmp(&other.id)
    }
}

impl Hash for Entity {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.id.hash(state);
    }
}
