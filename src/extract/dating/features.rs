//! What is seen of a choice: numbers of features, each an observation alone and together with what the fact is.

use crate::extract::judge::features::{mix, text};
use crate::extract::judge::weights::BITS;
use crate::model::{Actor, Deprel, Document, Fact, Field, Graph, Links, Period, Precision, Upos};

use super::Site;

/// What every choice of one fact shares.
pub struct Frame {
    relation: u64,
    status: u64,
    spoken: u64,
    tense: u64,
    place: u64,
    voice: u64,
    /// The word that tells it, how it hangs, and of what kinds its sides are.
    word: u64,
    hangs: u64,
    sides: u64,
}

impl Frame {
    pub fn new(doc: &Document, links: &Links, graph: &Graph<'_>, fact: &Fact, site: Site) -> Self {
        let claim = &fact.claim;
        let country = links.house.as_ref().and_then(|h| h.country.as_ref());
        let own = country.is_some() && claim.source.country.as_ref() == country;
        // the ministry that relays its minister's words tells of his day
        let home = |a: &Actor| claim.relation.spoken() && a.country.is_some() && a.country == claim.source.country;
        let stranger = claim.attribution.as_ref().is_some_and(|a| !home(a));
        let title = graph.sentence.field == Field::Title;
        let first = doc.sentences.iter().position(|s| s.field == Field::Text).unwrap_or(0);
        let paragraph = doc.sentences.get(first).map_or(0, |s| s.paragraph);
        let place = if title {
            0
        } else {
            1 + u64::from(graph.sentence.paragraph != paragraph) + u64::from(site.sentence > first + FAR_ON)
        };
        Self {
            relation: text(claim.relation.id()),
            status: claim.status as u64,
            spoken: u64::from(claim.relation.spoken()),
            tense: tense(graph, site.token),
            place,
            word: text(graph.lemma(site.token)),
            hangs: hangs(graph, site.token),
            sides: claim.source.kind as u64 * 16 + claim.target.kind as u64,
            voice: u64::from(country.is_some()) + 2 * u64::from(own) + 4 * u64::from(stranger),
        }
    }

    /// What the clause says of the time of what it tells.
    pub fn clause(&self) -> u64 {
        self.status * 32 + self.tense
    }

    /// Adds an observation of that kind.
    pub fn see(&self, out: &mut Vec<u32>, kind: u64, parts: &[u64]) {
        let seen = parts.iter().fold(mix(0xda7e, kind), |h, p| mix(h, *p));
        let with = [
            (0, 0),
            (1, self.relation),
            (2, self.status * 2 + self.spoken),
            (3, self.voice * 2 + self.spoken),
            (4, self.place * 2 + self.spoken),
            (5, self.word),
            (6, self.hangs * 2 + self.spoken),
            (7, self.sides),
        ];
        out.extend(with.map(|(n, w)| (mix(mix(mix(seen, n), w), 77) >> (64 - BITS)) as u32));
    }
}

/// How a word hangs in its sentence: its sort, its link, whether "the" stands by it, and whether a clause of its own tells it.
fn hangs(g: &Graph<'_>, token: usize) -> u64 {
    let the = g.by(token, Deprel::Det).any(|d| g.lemma(d) == "the");
    let below =
        g.up(token).any(|t| matches!(g.deprel(t), Deprel::AclRelcl | Deprel::Acl | Deprel::Advcl | Deprel::Ccomp));
    ((g.token(token).upos as u64 * 64 + g.deprel(token) as u64) * 2 + u64::from(the)) * 2 + u64::from(below)
}

/// Sentences after which a report has long left its lead.
const FAR_ON: usize = 6;

/// The tense of the clause of a word, as a small number.
pub fn tense(g: &Graph<'_>, token: usize) -> u64 {
    let Some(verb) = g.up(token).find(|&t| g.token(t).xpos.starts_with("VB")) else { return 0 };
    let aux = || g.children(verb).filter(|&c| matches!(g.deprel(c), Deprel::Aux | Deprel::AuxPass | Deprel::Cop));
    let helped = |lemma: &str| aux().find(|&c| g.lemma(c) == lemma);
    let past = |t: usize| g.token(t).xpos == "VBD";
    match g.token(verb).xpos {
        "VBD" => 1,
        "VBP" | "VBZ" => 2,
        "VBN" => match (helped("have"), helped("be")) {
            (Some(have), _) => 3 + u64::from(past(have)),
            (_, Some(be)) => 5 + u64::from(past(be)),
            _ => 7,
        },
        "VBG" => 8 + helped("be").map_or(0, |be| 1 + u64::from(past(be))),
        _ if helped("will").is_some() || helped("shall").is_some() => 11,
        _ if aux().any(|a| g.token(a).xpos == "MD") => 12,
        _ if g.token(token).upos == Upos::Noun => 13,
        _ => 14,
    }
}

/// How a time lies to the day of the report: its precision, and in classes how long before or after.
pub fn age(period: Period, report: Option<jiff::civil::Date>) -> [u64; 2] {
    let precision = match period.precision() {
        Precision::Day => 0,
        Precision::Month => 1,
        Precision::Year => 2,
        Precision::Interval => 3,
    };
    let Some(report) = report else { return [precision, 0] };
    if period.contains(report) {
        return [precision, 1];
    }
    let past = period.last() < report;
    let edge = if past { period.last() } else { period.first() };
    let days = (report - edge).get_days().unsigned_abs();
    let class = match days {
        0..=2 => u64::from(days),
        3..=4 => 3,
        5 => 4,
        6 => 5,
        7..=8 => 6,
        9..=20 => 7,
        21..=90 => 8,
        91..=400 => 9,
        _ => 10,
    };
    [precision, 2 + 2 * class + u64::from(past)]
}

/// A length in classes that grow.
pub fn class(n: usize) -> u64 {
    match n {
        0..=3 => n as u64,
        4..=5 => 4,
        6..=8 => 5,
        9..=12 => 6,
        _ => 7,
    }
}
