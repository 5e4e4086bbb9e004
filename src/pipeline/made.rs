//! Synthetic articles with facts, for measurements: as many as wanted, the same for the same seed, told of real states and
//! invented persons. Nothing in them happened.
//!
//! A world has numbered happenings; document `i` reports seven new ones and three of the last hundred, so that about a
//! third of all reports repeats another publisher. States are drawn with a skew, as in the news.

use std::sync::{Arc, LazyLock};

use jiff::ToSpan;
use jiff::civil::{Date, date};

use crate::cluster::home;
use crate::model::{Actor, Article, Claim, Entity, EntityKind, Evidence, Fact, Field, Period, Relation, Status};

/// Facts of a document.
pub const FACTS: usize = 10;
const NEW: u64 = 7;
const REPEATED_OF: u64 = 100;
const PERSONS: u64 = 6;
const PUBLISHERS: u64 = 40;
const DOCUMENTS_A_DAY: u64 = 8;
const FIRST_DAY: Date = date(1990, 1, 1);

static STATES: LazyLock<Vec<Actor>> = LazyLock::new(|| {
    let table = include_str!("../../data/ontology/states.tsv");
    let rows = table.lines().filter(|l| !l.starts_with('#')).skip(1).filter_map(|l| l.split('\t').next());
    rows.map(|code| Arc::new(home::record(code))).collect()
});

static RELATIONS: LazyLock<Vec<Relation>> = LazyLock::new(|| Relation::all().collect());

/// Numbers that look random and are the same on every machine (SplitMix64, Steele et al. 2014).
struct Dice(u64);

impl Dice {
    fn of(seed: u64, number: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ number.wrapping_mul(0xD1B5_4A32_D192_ED03))
    }

    fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    fn below(&mut self, n: u64) -> u64 {
        self.roll() % n
    }

    /// Small numbers more often: the product of two throws.
    fn skewed(&mut self, n: u64) -> u64 {
        self.below(n) * self.below(n) / n
    }
}

/// The document of that number, with its facts. A pure function of the two numbers.
pub fn document(seed: u64, number: u64) -> (Article, Vec<Fact>) {
    let mut dice = Dice::of(seed, number | 1 << 63);
    let day = FIRST_DAY + ((number / DOCUMENTS_A_DAY) as i64).days();
    let mut article = Article {
        id: format!("made-{number:08}"),
        title: Some(format!("Report {number}")),
        date: Some(day),
        source: Some(format!("Synthetic Wire {}", 1 + dice.skewed(PUBLISHERS))),
        url: Some(format!("https://news.example/{number}")),
        text: String::new(),
    };
    let first = number * NEW;
    let repeated = (0..FACTS as u64 - NEW).map(|_| first.saturating_sub(1 + dice.below(REPEATED_OF)));
    let told: Vec<u64> = (first..first + NEW).chain(repeated).collect();
    let facts = told.into_iter().map(|happening| report(seed, happening, day, &mut article, &mut dice)).collect();
    (article, facts)
}

/// What happened: the part that all reports of it share.
struct Happening {
    relation: Relation,
    source: Actor,
    target: Actor,
    date: Date,
    place: Actor,
    status: Status,
    speaker: Option<Actor>,
}

fn happening(seed: u64, number: u64) -> Happening {
    let mut dice = Dice::of(seed, number);
    let states = STATES.len() as u64;
    let a = dice.skewed(states);
    let b = (a + 1 + dice.skewed(states - 1)) % states;
    let relation = RELATIONS[dice.skewed(RELATIONS.len() as u64) as usize];
    let days = number / NEW / DOCUMENTS_A_DAY;
    let status = match dice.below(100) {
        0..86 => Status::Asserted,
        86..92 => Status::Planned,
        92..97 => Status::Possible,
        _ => Status::Denied,
    };
    let source = if relation.id() == "holds_office" { person(a, dice.below(PERSONS)) } else { actor(a, &mut dice) };
    Happening {
        relation,
        source,
        target: if relation.standing() { state(b) } else { actor(b, &mut dice) },
        date: FIRST_DAY + (days as i64 - dice.below(3) as i64).days(),
        place: state(if dice.below(2) == 0 { a } else { b }),
        status,
        speaker: (dice.below(10) == 0).then(|| person(b, 0)),
    }
}

/// The state itself, or one of its persons.
fn actor(number: u64, dice: &mut Dice) -> Actor {
    if dice.below(3) == 0 { person(number, dice.below(PERSONS)) } else { state(number) }
}

fn state(number: u64) -> Actor {
    Arc::clone(&STATES[number as usize % STATES.len()])
}

fn person(of: u64, number: u64) -> Actor {
    let state = state(of);
    Arc::new(Entity {
        id: format!("person-made-{}-{number}", state.id.to_lowercase()),
        kind: EntityKind::Person,
        name: name(of * PERSONS + number),
        country: Some(state.id.clone()),
        wikidata: None,
    })
}

/// An invented name, of its own for each number below 16 million.
fn name(number: u64) -> String {
    const SYLLABLES: [&str; 16] =
        ["ba", "den", "ki", "lor", "ma", "nev", "ro", "sul", "ta", "ven", "za", "gim", "fo", "hal", "pe", "wik"];
    let syllable = |place: u64| SYLLABLES[(number >> (4 * place) & 15) as usize];
    let word = |a: u64, b: u64| {
        let (head, tail) = syllable(a).split_at(1);
        format!("{}{tail}{}", head.to_uppercase(), syllable(b))
    };
    format!("{} {}n", word(0, 1), word(2, 3))
}

/// Adds a sentence about the happening to the article; returns what it says.
fn report(seed: u64, number: u64, day: Date, article: &mut Article, dice: &mut Dice) -> Fact {
    let h = happening(seed, number);
    if !article.text.is_empty() {
        article.text.push(' ');
    }
    let start = article.text.chars().count();
    let (opening, verb) = (["On", "It was on", "Late on"][dice.below(3) as usize], h.relation.id().replace('_', " "));
    let quote =
        format!("{} {verb} {}, in {}, matter {}", h.source.name, h.target.name, h.place.name, dice.below(10_000));
    let sentence = format!("{opening} {}: {quote}.", h.date);
    let before = sentence.chars().count() - quote.chars().count() - 1;
    article.text.push_str(&sentence);
    let evidence = Evidence {
        article: article.id.clone(),
        field: Field::Text,
        start: start + before,
        end: start + before + quote.chars().count(),
        quote,
        sentence: (start, start + sentence.chars().count()),
        extractor: "made".to_owned(),
        rule: format!("made/{}", h.relation),
        source_text: h.source.name.clone(),
        target_text: h.target.name.clone(),
        time_text: Some(h.date.to_string()),
    };
    let claim = Claim {
        relation: h.relation,
        source: h.source,
        target: h.target,
        date: (h.date <= day).then(|| Period::new(h.date, h.date)).flatten(),
        place: Some(h.place.name.clone()),
        status: h.status,
        attribution: h.speaker,
        role: (h.relation.id() == "holds_office").then(|| "minister".to_owned()),
        mutual: false,
    };
    Fact { claim, evidence, confidence: 0.5 + dice.below(50) as f64 / 100.0 }
}
