//! Anniversaries: what one celebrates happened so many years ago. "The 25th anniversary of diplomatic relations", "70 years since
//! ties were established".

use std::ops::Range;

use jiff::civil::Date;

use super::Site;
use crate::extract::certainty::Certainty;
use crate::model::{Deprel, Document, Fact, Graph, Links, Period, Precision, Status, Time, Upos};

/// Steps from a deed up to the anniversary that is its own, tokens between its number and its noun, and from it to a month.
const REACH: usize = 6;
const BEFORE: usize = 4;
const NEAR: usize = 8;

/// Gives what an anniversary is of the year in which it happened, and the month where one is named.
pub fn settle(doc: &Document, links: &Links, words: &Certainty, facts: &mut [Fact], sites: &[Site]) {
    let Some(report) = doc.article.date else { return };
    let mut readers: Option<(usize, Reader<'_>)> = None;
    for (fact, site) in facts.iter_mut().zip(sites).filter(|(f, _)| !f.claim.relation.standing()) {
        let sentence = &doc.sentences[site.sentence];
        let reader = match readers.take().filter(|(s, _)| *s == site.sentence) {
            Some((_, reader)) => reader,
            None => Reader::new(doc, site.sentence, words, links.times_of(site.sentence), report),
        };
        let found = reader.read(site.token, fact.claim.relation.id() == "establish_relations");
        readers = Some((site.sentence, reader));
        let Some((period, tokens)) = found else { continue };
        let span = sentence.tokens[tokens.start].span.join(sentence.tokens[tokens.end - 1].span);
        fact.claim.date = Some(period);
        // "the upcoming anniversary": the feast is to come, what it recalls is done
        if fact.claim.status == Status::Planned && period.last() < report {
            fact.claim.status = Status::Asserted;
        }
        fact.evidence.time_text = Some(span.of(doc.field(sentence.field)).to_owned());
    }
}

/// A sentence with its tree, which all its facts share.
struct Reader<'a> {
    graph: Graph<'a>,
    low: Vec<String>,
    words: &'a Certainty,
    times: &'a [Time],
    report: Date,
}

impl<'a> Reader<'a> {
    fn new(doc: &'a Document, s: usize, words: &'a Certainty, times: &'a [Time], report: Date) -> Self {
        let sentence = &doc.sentences[s];
        let low = (0..sentence.tokens.len()).map(|t| doc.word(sentence, t).to_lowercase()).collect();
        Self { graph: Graph::new(sentence), low, words, times, report }
    }

    /// When the deed was whose anniversary the sentence names, with the words that say so.
    fn read(&self, deed: usize, ties: bool) -> Option<(Period, Range<usize>)> {
        let g = &self.graph;
        let mut above = g.up(deed).take(REACH);
        let named = above.find(|&t| self.words.anniversary(g.lemma(t)) || g.deprel(t) == Deprel::AclRelcl);
        let named = named.filter(|&t| self.words.anniversary(g.lemma(t)));
        let noun = named.filter(|&t| t <= deed).or_else(|| self.since(deed, ties))?;
        let (number, years) = (noun.saturating_sub(BEFORE)..noun).rev().find_map(|t| Some((t, self.count(t)?)))?;
        Some((self.ago(noun, years)?, number..noun + 1))
    }

    /// The "years" of "70 years since ties were established", "200 years of diplomatic relations".
    fn since(&self, deed: usize, ties: bool) -> Option<usize> {
        let g = &self.graph;
        let year = |t: &usize| g.lemma(*t) == "year" && self.count(t - 1).is_some();
        let noun = (deed.saturating_sub(NEAR).max(1)..=deed).rev().find(year)?;
        if noun == deed {
            return Some(noun).filter(|_| ties);
        }
        let word = self.low[noun + 1].as_str();
        let between = noun + 2..deed;
        let plain = between.clone().all(|t| matches!(g.token(t).upos, Upos::Adj | Upos::Det | Upos::Adp | Upos::Noun));
        let ties = ties && word == "of" && plain;
        let founded = word == "since" && !between.clone().any(|t| g.token(t).upos == Upos::Punct);
        (ties || founded).then_some(noun)
    }

    fn ago(&self, noun: usize, years: i16) -> Option<Period> {
        let near = |t: &&Time| t.tokens.start.abs_diff(noun) <= NEAR && t.period.precision() == Precision::Month;
        let Some(month) = self.times.iter().find(near) else { return Period::year(self.report.year() - years) };
        let first = month.period.first();
        let year = if first > self.report { first.year() } else { self.report.year() };
        Period::month(year - years, first.month())
    }

    /// "25th", "100", "third", "seventieth".
    fn count(&self, t: usize) -> Option<i16> {
        let low = self.low[t].as_str();
        let digits = low.trim_end_matches(|c: char| c.is_ascii_lowercase());
        let number =
            matches!(&low[digits.len()..], "" | "st" | "nd" | "rd" | "th").then(|| digits.parse().ok()).flatten();
        self.words.ordinal(low).or(number).filter(|n| (1..1000).contains(n))
    }
}
