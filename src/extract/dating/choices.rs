//! The times that a fact may have: none, those of its sentence, and those of the report around it.

use jiff::ToSpan;
use jiff::civil::Date;
use rustc_hash::FxHashMap;

use super::Site;
use super::features::{Frame, age, class};
use crate::extract::certainty::Certainty;
use crate::extract::judge::features::text;
use crate::extract::narrative::{REACH, days, foreground};
use crate::extract::setting::{Anchor, Deed, Hang};
use crate::model::{Document, Fact, Graph, Links, Period, Status, Time, Upos};

/// A time that a fact may have, or none, with its features.
#[derive(Debug, Clone, Default)]
pub struct Choice {
    pub period: Option<Period>,
    pub features: Vec<u32>,
    /// The words of the fact's sentence that say so.
    pub words: Option<String>,
}

/// The class of a time that hangs nowhere near.
const FARTHEST: u64 = 9;

/// Sentences ahead in which the time of what was told may stand.
const NEXT: usize = 3;

/// The choices of all facts of a document.
pub struct Choices<'a> {
    doc: &'a Document,
    links: &'a Links,
    words: &'a Certainty,
    facts: &'a [Fact],
    sites: &'a [Site],
    /// For each sentence the day that the report tells of there.
    days: Vec<Option<Period>>,
    /// The first of those days.
    first: Option<Period>,
    /// For each sentence the nearest time of its own that a sentence before names, and the nearest that one after names.
    near: [Vec<Option<&'a Time>>; 2],
    /// The facts with a time by the rules, of each actor and each two actors.
    dated: FxHashMap<Key<'a>, Vec<usize>>,
}

#[derive(PartialEq, Eq, Hash)]
enum Key<'a> {
    One(&'a str),
    Two(&'a str, &'a str),
}

impl<'a> Choices<'a> {
    /// `facts` are in the order of the text, with the times that the rules give them; `sites` tells where each was found.
    pub fn new(
        doc: &'a Document,
        links: &'a Links,
        words: &'a Certainty,
        facts: &'a [Fact],
        sites: &'a [Site],
    ) -> Self {
        let mut dated: FxHashMap<Key<'a>, Vec<usize>> = FxHashMap::default();
        for (n, fact) in facts.iter().enumerate().filter(|(_, f)| f.claim.date.is_some()) {
            for key in keys(fact) {
                dated.entry(key).or_default().push(n);
            }
        }
        let own = |t: &&Time| foreground(&Graph::new(&doc.sentences[t.sentence]), t.tokens.start);
        let own: Vec<&Time> = links.times.iter().filter(own).collect();
        let mut near = [vec![None; doc.sentences.len()], vec![None; doc.sentences.len()]];
        for t in &own {
            near[0].iter_mut().skip(t.sentence + 1).take(REACH).for_each(|slot| *slot = Some(*t));
        }
        for t in own.iter().rev() {
            let first = t.sentence.saturating_sub(NEXT);
            near[1][first..t.sentence].iter_mut().for_each(|slot| *slot = Some(*t));
        }
        let days = days(doc, links);
        let first = days.iter().flatten().next().copied();
        Self { doc, links, words, facts, sites, days, first, near, dated }
    }

    /// The choices of the fact of that number; the first is to have no time.
    pub fn of(&self, n: usize) -> Vec<Choice> {
        let (fact, site) = (&self.facts[n], self.sites[n]);
        let graph = Graph::new(&self.doc.sentences[site.sentence]);
        let frame = Frame::new(self.doc, self.links, &graph, fact, site);
        let mut list = List { frame, all: Vec::new(), report: self.doc.article.date };
        self.none(&mut list, fact, site);
        self.sentence(&mut list, &graph, fact, site);
        self.around(&mut list, fact, site);
        self.others(&mut list, n);
        list.see(fact.claim.date, 1, &[]);
        list.all.retain(|c| c.period == fact.claim.date || self.possible(fact, c));
        list.all
    }

    /// What is planned lies ahead; what happened does not, by more than the day between two time zones.
    fn possible(&self, fact: &Fact, choice: &Choice) -> bool {
        let (Some(report), Some(period)) = (self.doc.article.date, choice.period) else { return true };
        match fact.claim.status {
            Status::Planned => period.last() >= report,
            Status::Asserted => period.first() <= report.saturating_add(1.day()),
            _ => true,
        }
    }

    fn none(&self, list: &mut List, fact: &Fact, site: Site) {
        let own = self.links.times_of(site.sentence).len().min(3) as u64;
        list.see(None, 2, &[list.frame.clause()]);
        list.see(None, 3, &[own]);
        list.see(None, 4, &[u64::from(self.days[site.sentence].is_some())]);
        list.see(None, 5, &[u64::from(fact.evidence.quote.contains(" had "))]);
    }

    /// The times of the sentence itself, and what else their words may mean.
    fn sentence(&self, list: &mut List, graph: &Graph<'_>, fact: &Fact, site: Site) {
        let deed = Deed { graph, trigger: site.token, verbal: fact.claim.relation.spoken(), words: self.words };
        let times = self.links.times_of(site.sentence);
        let mut near: Vec<(usize, usize, Period)> = Vec::new();
        for time in times {
            let token = graph.top(&time.tokens);
            let hang = deed.hang(&Anchor { token, tokens: time.tokens.clone(), value: time.period });
            // "since the war in 2011", "the war that ended in 1988": the time of something else
            let apart = hang.distance.is_none() && !foreground(graph, time.tokens.start);
            if hang.background.is_some() || apart {
                continue;
            }
            near.push((hang.distance.unwrap_or(usize::MAX), time.tokens.start.abs_diff(site.token), time.period));
            for (kind, parts) in self.seen(graph, time, token, site.token, &hang) {
                list.see(Some(time.period), kind, &parts);
            }
            list.see(Some(time.period), 15, &[times.len().min(3) as u64]);
            list.said(time.period, self.text(time));
        }
        near.sort();
        for (rank, (_, _, period)) in (0..).zip(near) {
            list.see(Some(period), 17, &[2.min(rank)]);
        }
    }

    /// How a time that hangs by `token` is to the word of the deed.
    fn seen(&self, graph: &Graph<'_>, time: &Time, token: usize, deed: usize, hang: &Hang) -> [(u64, [u64; 2]); 6] {
        let first = time.tokens.start;
        let case = graph.case(token).map_or(0, |c| text(&c));
        [
            (10, [hang.distance.map_or(FARTHEST, class), 0]),
            (11, [u64::from(hang.epithet) * 2 + u64::from(hang.shared), 0]),
            (12, [u64::from(token < deed), class(token.abs_diff(deed))]),
            (13, [u64::from(foreground(graph, first)), 0]),
            (14, [graph.deprel(token) as u64, case]),
            (16, [self.lead(graph, first), 0]),
        ]
    }

    /// The word that an expression of time begins with: "last", "from"; a number and a name of the calendar count for nothing.
    fn lead(&self, graph: &Graph<'_>, token: usize) -> u64 {
        match graph.token(token).upos {
            Upos::Num | Upos::Propn => 0,
            _ => text(&self.doc.word(graph.sentence, token).to_lowercase()),
        }
    }

    /// What the report tells around the sentence.
    fn around(&self, list: &mut List, fact: &Fact, site: Site) {
        let s = site.sentence;
        let own = self.links.times_of(s).len().min(2) as u64;
        // a guest comes on a day of his own: another's, of whom the report tells, is none of his
        let guest = fact.claim.relation.id() == "visit";
        let told = |b: usize| Some(self.named(fact, b)).filter(|n| !guest || n & 1 == 1);
        if let Some(day) = self.days[s] {
            let since = (0..=s).rev().take(REACH + 1).take_while(|&b| self.days[b] == Some(day)).count();
            let named = (0..=s).rev().take(REACH + 1).find(|&b| self.links.times_of(b).iter().any(|t| t.period == day));
            if let Some(here) = named.and_then(told) {
                list.see(Some(day), 30, &[class(since), own]);
                list.see(Some(day), 31, &[here, own]);
            }
        }
        for (side, near) in (0..).zip(&self.near) {
            let Some((time, here)) = near[s].and_then(|t| Some((t, told(t.sentence)?))) else { continue };
            list.see(Some(time.period), 32, &[side, class(s.abs_diff(time.sentence)), own]);
            list.see(Some(time.period), 36, &[side, here, own]);
        }
        if let Some(day) = self.first.filter(|_| !guest) {
            list.see(Some(day), 33, &[own]);
        }
        if let Some(report) = self.doc.article.date {
            list.see(Some(Period::day(report)), 35, &[own]);
        }
    }

    /// Who of the two sides the sentence names, as a number.
    fn named(&self, fact: &Fact, s: usize) -> u64 {
        let has = |a| self.links.mentions_of(s).iter().any(|m| m.actors.contains(a));
        u64::from(has(&fact.claim.source)) + 2 * u64::from(has(&fact.claim.target))
    }

    /// When the same people did something else by the rules: the nearest before, else the nearest after.
    fn others(&self, list: &mut List, n: usize) {
        let hosts = self.facts[n].claim.relation.id() == "visit";
        for (kind, key) in (40..).zip(keys(&self.facts[n])).take(if hosts { 2 } else { 3 }) {
            let Some(all) = self.dated.get(&key) else { continue };
            let at = all.partition_point(|&o| o < n);
            let before = at.checked_sub(1).map(|i| all[i]);
            let after = all[at..].iter().copied().find(|&o| o != n);
            for (side, other) in [(0, before), (1, after)] {
                let Some(other) = other else { continue };
                let far = self.sites[other].sentence.abs_diff(self.sites[n].sentence);
                let same = self.facts[other].claim.relation == self.facts[n].claim.relation;
                let period = self.facts[other].claim.date;
                list.see(period, kind, &[side, class(far)]);
                list.see(period, kind + 10, &[side, u64::from(same), self.facts[other].claim.status as u64]);
            }
        }
    }

    fn text(&self, time: &Time) -> &str {
        let s = &self.doc.sentences[time.sentence];
        s.tokens[time.tokens.start].span.join(s.tokens[time.tokens.end - 1].span).of(self.doc.field(s.field))
    }
}

fn keys(fact: &Fact) -> [Key<'_>; 3] {
    let (a, b) = (fact.claim.source.id.as_str(), fact.claim.target.id.as_str());
    [Key::Two(a.min(b), a.max(b)), Key::One(a), Key::One(b)]
}

/// The choices so far.
struct List {
    frame: Frame,
    all: Vec<Choice>,
    report: Option<Date>,
}

impl List {
    fn at(&mut self, period: Option<Period>) -> &mut Choice {
        if let Some(i) = self.all.iter().position(|c| c.period == period) {
            return &mut self.all[i];
        }
        let mut choice = Choice { period, ..Choice::default() };
        if let Some(period) = period {
            let [precision, when] = age(period, self.report);
            self.frame.see(&mut choice.features, 6, &[precision, when]);
            self.frame.see(&mut choice.features, 7, &[precision, when, self.frame.clause()]);
        }
        self.all.push(choice);
        self.all.last_mut().expect("one was added")
    }

    fn see(&mut self, period: Option<Period>, kind: u64, parts: &[u64]) {
        let mut features = std::mem::take(&mut self.at(period).features);
        self.frame.see(&mut features, kind, parts);
        if let Some(period) = period.filter(|_| kind != 1) {
            self.frame.see(&mut features, kind + 100, &age(period, self.report));
        }
        self.at(period).features = features;
    }

    fn said(&mut self, period: Period, words: &str) {
        self.at(Some(period)).words.get_or_insert_with(|| words.to_owned());
    }
}
