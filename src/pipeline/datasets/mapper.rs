use std::path::Path;
use std::sync::Arc;

use rustc_hash::FxHashSet;

use super::actors::{Actors, Miss};
use super::looked::Looked;
use super::tally::Tally;
use crate::error::{Error, Result};
use crate::link::Gazetteer;
use crate::model::{Actor, Article, Claim, Coverage, Evidence, Fact, Field, Period, Relation, Status};
use crate::source::datasets::wars::{self, Belligerent, Opponent};
use crate::source::datasets::{Dataset, Deed, How, Input, Nothing, Party, Record, Row, Table, Use};

/// Turns rows into facts.
pub struct Mapper {
    gazetteer: Arc<Gazetteer>,
    actors: Actors,
    attack: Relation,
    /// Hashes of the names of rows that were read, so that a row that comes again is known.
    seen: FxHashSet<u64>,
    looked: Looked,
}

/// What a row gave.
#[derive(Debug)]
pub enum Mapped {
    /// The row as a document, with its facts, of which there is one at least.
    Facts(Box<(Article, Vec<Fact>)>),
    /// Understood, and out of scope, for that reason.
    Outside(&'static str),
    /// With the reason.
    Rejected(String),
}

/// An act between two who are known, by the numbers of [`Actors::known`].
pub(super) struct Act<'r> {
    pub deed: Deed<'r>,
    /// When, where the act has a time of its own.
    pub date: Option<Period>,
    pub actors: [u32; 2],
    pub homes: [u32; 2],
}

/// Why a row gives no fact.
pub(super) enum Why<'r> {
    Outside(&'static str, &'r [u8]),
    Rejected(&'static str, &'r [u8]),
}

impl Mapper {
    /// With the names that the program carries, or those of `data/gazetteer`.
    pub fn new(data: Option<&Path>) -> Result<Self> {
        Self::with(Arc::new(crate::pipeline::gazetteer(data, &[])?))
    }

    /// For those sets: the same without people, whose table is by far the longest, if none of the sets names anybody.
    pub fn for_sets<'s>(data: Option<&Path>, mut sets: impl Iterator<Item = &'s Dataset>) -> Result<Self> {
        if sets.any(Dataset::names) { Self::new(data) } else { Self::with(Arc::new(crate::pipeline::bodies(data)?)) }
    }

    /// With those names.
    pub fn with(gazetteer: Arc<Gazetteer>) -> Result<Self> {
        let attack = Relation::named("attack").ok_or_else(|| Error::new("no relation 'attack'"))?;
        Ok(Self {
            attack,
            actors: Actors::new(Arc::clone(&gazetteer)),
            gazetteer,
            seen: FxHashSet::default(),
            looked: Looked::default(),
        })
    }

    pub fn gazetteer(&self) -> &Arc<Gazetteer> {
        &self.gazetteer
    }

    /// What the facts depend on besides the rows.
    pub fn version(&self) -> String {
        format!("{}-{:016x}-datasets", env!("CARGO_PKG_VERSION"), self.gazetteer.fingerprint())
    }

    /// The ids of the states and organisations that were met, by number.
    pub(super) fn homes(&self) -> &[String] {
        &self.actors.homes
    }

    /// The number of a home among them, which is new if need be.
    pub(super) fn home(&mut self, home: &str) -> u32 {
        self.actors.home(home)
    }

    /// Whether the row of that hash was not read before; it is from then on.
    pub(super) fn is_new(&mut self, hash: u64) -> bool {
        self.seen.insert(hash)
    }

    /// What the rows that were read have looked at.
    pub fn coverage(&self) -> Vec<Coverage> {
        self.looked.records()
    }

    /// Reads a file and hands on what each row gave, with the row. The account balances.
    ///
    /// # Errors
    /// The file cannot be read or is not of the set; or what `each` fails with.
    pub fn read(&mut self, input: &Input, mut each: impl FnMut(Row<'_>, Mapped) -> Result<()>) -> Result<Tally> {
        let mut table = Table::open(input)?;
        if input.set.used(Use::War).next().is_some() {
            return self.wars(input, table, each);
        }
        let (name, mut tally) = (input.name(), Tally::default());
        let mut record = Record::default();
        while table.next(&mut record).map_err(|e| Error::from(e).at(input.place()))? {
            let row = table.layout.row(&record);
            let mapped = self.row(row, &name, &mut tally);
            each(row, mapped)?;
        }
        Ok(tally)
    }

    /// Maps one row of the file of that name, and counts it.
    pub fn row(&mut self, row: Row<'_>, file: &str, tally: &mut Tally) -> Mapped {
        tally.rows += 1;
        let (id, date) = match self.begin(row, tally) {
            Ok(read) => read,
            Err(mapped) => return mapped,
        };
        let mut acts = Vec::new();
        if let Some(why) = self::acts(&mut self.actors, row, date, |act| acts.push(act)) {
            return count(tally, &why);
        }
        told(self.document(row, id, file, &acts), tally)
    }

    /// The row's name and time, if it is sound and new.
    fn begin(&mut self, row: Row<'_>, tally: &mut Tally) -> Result<(String, Option<Period>), Mapped> {
        let (id, date) = row.id().and_then(|id| Ok((id, row.date()?))).map_err(|wrong| {
            tally.rejected.add("it cannot be read", b"");
            Mapped::Rejected(wrong.0)
        })?;
        self.looked.note(row, date, &mut self.actors);
        if !self.seen.insert(row.key()) {
            let why = "the row came before";
            tally.outside.add(why, b"");
            return Err(Mapped::Outside(why));
        }
        Ok((id, date))
    }

    /// Reads a file of wars, all of whose rows must be there before one can be mapped.
    fn wars(
        &mut self,
        input: &Input,
        mut table: Table,
        mut each: impl FnMut(Row<'_>, Mapped) -> Result<()>,
    ) -> Result<Tally> {
        let mut records = Vec::new();
        loop {
            let mut record = Record::default();
            if !table.next(&mut record).map_err(|e| Error::from(e).at(input.place()))? {
                break;
            }
            records.push(record);
        }
        let (name, mut tally) = (input.name(), Tally::default());
        let rows: Vec<Row<'_>> = records.iter().map(|r| table.layout.row(r)).collect();
        let all: Vec<Belligerent> = rows.iter().map(|r| Belligerent::of(*r)).collect();
        for (at, row) in rows.iter().enumerate() {
            tally.rows += 1;
            let mapped = match self.begin(*row, &mut tally) {
                Ok((id, _)) => self.war(&rows, at, &wars::opponents(&all, at), id, &name, &mut tally),
                Err(mapped) => mapped,
            };
            each(*row, mapped)?;
        }
        Ok(tally)
    }

    /// Maps a row of a war.
    fn war(
        &mut self,
        rows: &[Row<'_>],
        at: usize,
        opponents: &[Opponent],
        id: String,
        file: &str,
        tally: &mut Tally,
    ) -> Mapped {
        let (row, Some(column)) = (rows[at], rows[at].set().used(Use::State).next()) else {
            return Mapped::Outside("it names no state");
        };
        let (mut acts, mut why) = (Vec::new(), Why::Outside("it names no opponent", b""));
        for &(other, period, status) in opponents {
            let deed = Deed {
                relation: self.attack,
                how: How { status, reverse: false, both: false, mutual: false },
                from: row.party(column),
                to: rows[other].party(column),
                column: "WarNum",
                code: row.cell(0),
            };
            match pair(&mut self.actors, deed, Some(period)) {
                Ok(act) => acts.push(act),
                Err(w) => why = w,
            }
        }
        if acts.is_empty() { count(tally, &why) } else { told(self.document(row, id, file, &acts), tally) }
    }

    /// The row as a document, with a fact for each act and direction.
    fn document(&self, row: Row<'_>, id: String, file: &str, acts: &[Act<'_>]) -> (Article, Vec<Fact>) {
        let set = row.set();
        let text = row.quote();
        let article = Article {
            id: format!("{}-{id}", set.name),
            title: Some(format!("line {} of {file}", row.line())),
            date: row.issued(),
            source: Some(set.publisher.to_owned()),
            url: row.text_of(Use::Url).map(|u| u.into_owned()),
            text,
        };
        let place = row.text_of(Use::Place).map(|p| p.into_owned());
        let mut facts = Vec::with_capacity(acts.len());
        for act in acts {
            let how = act.deed.how;
            let sides = act.actors.map(|number| &self.actors.known(number).actor);
            for turned in [false, true] {
                if turned == how.reverse || how.both {
                    add(&mut facts, fact(&article, set, &place, act, sides, turned));
                }
            }
        }
        (article, facts)
    }
}

/// Hands on the acts of a row whose actors are known; returns why there is none, if there is none.
pub(super) fn acts<'r>(
    actors: &mut Actors,
    row: Row<'r>,
    date: Option<Period>,
    mut each: impl FnMut(Act<'r>),
) -> Option<Why<'r>> {
    let (mut found, mut why) = (false, None);
    let nothing = row.deeds(|deed| match pair(actors, deed, date) {
        Ok(act) => {
            found = true;
            each(act);
        }
        Err(w) => {
            why.get_or_insert(w);
        }
    });
    let nothing = nothing.map(|n| match n {
        Nothing::Outside(why, code) => Why::Outside(why, code),
        Nothing::Unknown(_, code) => Why::Rejected("no table has the code of the act", code),
    });
    if found { None } else { nothing.or(why) }
}

fn pair<'r>(actors: &mut Actors, deed: Deed<'r>, date: Option<Period>) -> Result<Act<'r>, Why<'r>> {
    let year = date.map(|d| d.first().year());
    let mut who = |party: &Party<'r>| match actors.resolve(party, year) {
        Ok(number) => Ok(number),
        Err(Miss::Outside(why)) => Err(Why::Outside(why, b"")),
        Err(Miss::Unknown) => Err(Why::Rejected("no table has the code of the actor", party.code)),
    };
    let (from, to) = (who(&deed.from)?, who(&deed.to)?);
    let homes = [from, to].map(|number| actors.known(number).home);
    if homes[0] == homes[1] {
        return Err(Why::Outside("both are of one state or organisation", b""));
    }
    Ok(Act { deed, date, actors: [from, to], homes })
}

fn told(document: (Article, Vec<Fact>), tally: &mut Tally) -> Mapped {
    tally.told += 1;
    tally.facts += document.1.len() as u64;
    Mapped::Facts(Box::new(document))
}

fn count(tally: &mut Tally, why: &Why<'_>) -> Mapped {
    match why {
        Why::Outside(why, code) => {
            tally.outside.add(why, code);
            Mapped::Outside(why)
        }
        Why::Rejected(why, code) => {
            tally.rejected.add(why, code);
            Mapped::Rejected(format!("{why} '{}'", String::from_utf8_lossy(code)))
        }
    }
}

/// What several cells of a row say is one fact.
fn add(facts: &mut Vec<Fact>, fact: Fact) {
    match facts.iter_mut().find(|f| f.claim == fact.claim) {
        Some(same) => {
            same.evidence.rule.push_str("; ");
            same.evidence.rule.push_str(&fact.evidence.rule);
        }
        None => facts.push(fact),
    }
}

fn fact(
    article: &Article,
    set: &Dataset,
    place: &Option<String>,
    act: &Act<'_>,
    [from, to]: [&Actor; 2],
    turned: bool,
) -> Fact {
    let deed = &act.deed;
    let words = |p: &Party<'_>| String::from_utf8_lossy(if p.words.is_empty() { p.code } else { p.words }).into_owned();
    let sides = [(from, words(&deed.from)), (to, words(&deed.to))];
    let [(source, source_text), (target, target_text)] =
        if turned { [sides[1].clone(), sides[0].clone()] } else { sides };
    let length = article.text.chars().count();
    let strong = deed.relation.quad_class() == Some(4);
    let claim = Claim {
        relation: deed.relation,
        source: source.clone(),
        target: target.clone(),
        date: act.date,
        place: place.clone(),
        status: deed.how.status,
        attribution: None,
        role: None,
        mutual: deed.how.mutual,
    };
    let evidence = Evidence {
        article: article.id.clone(),
        field: Field::Text,
        start: 0,
        end: length,
        quote: article.text.clone(),
        sentence: (0, length),
        extractor: set.extractor(),
        rule: format!("{}={}", deed.column, String::from_utf8_lossy(deed.code)),
        source_text,
        target_text,
        time_text: act.date.map(|d| d.to_string()),
    };
    let uncertain = deed.how.status == Status::Possible;
    let prior = if strong { set.strong } else { set.confidence };
    Fact { claim, evidence, confidence: if uncertain { prior / 2.0 } else { prior } }
}
