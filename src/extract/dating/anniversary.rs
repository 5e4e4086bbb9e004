//! Anniversaries: what one celebrates happened so many years ago. "The 25th anniversary of diplomatic relations", "70 years since
//! ties were established".

use std::ops::Range;

use jiff::civil::Date;

use super::Site;
use crate::extract::certainty::Certainty;
use crate::model::{Document, Fact, Graph, Links, Period, Precision, Status, Time, Upos};

/// Steps from a deed up to the anniversary that is its own, tokens between its number and its noun, and from it to a month.
const REACH: usize = 6;
const BEFORE: usize = 4;
const NEAR: usize = 8;

/// Gives what an anniversary is of the year in which it happened, and the month where one is named.
pub fn settle(doc: &Document, links: &Links, words: &Certainty, facts: &mut [Fact], sites: &[Site]) {
    let Some(report) = doc.article.date else { return };
    for (fact, site) in facts.iter_mut().zip(sites).filter(|(f, _)| !f.claim.relation.standing()) {
        let sentence = &doc.sentences[site.sentence];
        let form = |t: usize| doc.word(sentence, t);
        let reader = Reader { graph: Graph::new(sentence), words, times: links.times_of(site.sentence), form, report };
        let Some((period, tokens)) = reader.read(site.token, fact.claim.relation.id() == "establish_relations") else {
            continue;
        };
        let span = sentence.tokens[tokens.start].span.join(sentence.tokens[tokens.end - 1].span);
        fact.claim.date = Some(period);
        // "the upcoming anniversary": the feast is to come, what it recalls is done
        if fact.claim.status == Status::Planned && period.last() < report {
            fact.claim.status = Status::Asserted;
        }
        fact.evidence.time_text = Some(span.of(doc.field(sentence.field)).to_owned());
    }
}

struct Reader<'a, F> {
    graph: Graph<'a>,
    words: &'a Certainty,
    times: &'a [Time],
    form: F,
    report: Date,
}

impl<'a, F: Fn(usize) -> &'a str> Reader<'a, F> {
    /// When the deed was whose anniversary the sentence names, with the words that say so.
    fn read(&self, deed: usize, ties: bool) -> Option<(Period, Range<usize>)> {
        let g = &self.graph;
        let named = g.up(deed).take(REACH).find(|&t| self.words.anniversary(g.lemma(t)));
        let noun = named.filter(|&t| t <= deed).or_else(|| self.since(deed, ties))?;
        let (number, years) =
            (noun.saturating_sub(BEFORE)..noun).rev().find_map(|t| Some((t, count((self.form)(t))?)))?;
        Some((self.ago(noun, years)?, number..noun + 1))
    }

    /// The "years" of "70 years since ties were established", "200 years of diplomatic relations".
    fn since(&self, deed: usize, ties: bool) -> Option<usize> {
        let g = &self.graph;
        let year = |t: &usize| g.lemma(*t) == "year" && count((self.form)(t - 1)).is_some();
        let noun = (deed.saturating_sub(NEAR).max(1)..=deed).rev().find(year)?;
        if noun == deed {
            return Some(noun).filter(|_| ties);
        }
        let word = (self.form)(noun + 1);
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
}

/// "25th", "100", "third", "seventieth".
fn count(word: &str) -> Option<i16> {
    const UNITS: [&str; 9] = ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth"];
    const TENS: [&str; 10] = [
        "tenth",
        "twentieth",
        "thirtieth",
        "fortieth",
        "fiftieth",
        "sixtieth",
        "seventieth",
        "eightieth",
        "ninetieth",
        "hundredth",
    ];
    let low = word.to_lowercase();
    let place = |words: &[&str]| words.iter().zip(1..).find(|(w, _)| **w == low).map(|(_, n): (_, i16)| n);
    let digits = low.trim_end_matches(|c: char| c.is_ascii_lowercase());
    let number = matches!(&low[digits.len()..], "" | "st" | "nd" | "rd" | "th").then(|| digits.parse().ok()).flatten();
    let word = place(&UNITS).or_else(|| place(&TENS).map(|n| n * 10));
    word.or(number).filter(|n| (1..1000).contains(n))
}
