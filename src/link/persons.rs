//! Phrases that stand for a person: offices ("the Syrian president"), names ("Ebrahim Raisi"), and the two together
//! ("Iranian Foreign Minister Mohammad Javad Zarif", "Dennis Hastert, Speaker of the House").

use std::ops::Range;

use super::gazetteer::{Gazetteer, NameKind};
use super::line::Line;
use super::titles::TitleWord;
use crate::model::{Actor, EntityKind, Upos};

/// A phrase for a person, before it is known who that is.
#[derive(Debug, Clone, Default)]
pub struct Phrase {
    pub tokens: Range<usize>,
    /// The name's tokens; `None` for an office alone.
    pub name: Option<Range<usize>>,
    pub title: Option<Title>,
    pub woman: bool,
    /// "Mr", "Sheikh" stands before the name.
    pub honorific: bool,
}

/// The office in a phrase.
#[derive(Debug, Clone)]
pub struct Title {
    /// Lower case, without the state: "deputy foreign minister".
    pub text: String,
    /// Whose office it is, if the phrase says so.
    pub of: Option<Actor>,
    /// Only a determiner that points back stands before it: "his", "the".
    pub plural: bool,
    /// "his Omani counterpart" and the like carry no office of their own.
    pub tokens: Range<usize>,
}

const PARTICLES: &[&str] = &[
    "bin", "bint", "ibn", "ben", "al", "el", "de", "der", "den", "van", "von", "da", "dos", "du", "la", "le", "di",
    "y", "ould", "abu",
];
const DETERMINERS: &[&str] = &["the", "a", "an", "his", "her", "its", "their", "our", "this", "that", "another"];

/// All phrases of a sentence that stand for persons, from left to right, none overlapping.
pub fn phrases(line: &Line<'_>, gazetteer: &Gazetteer) -> Vec<Phrase> {
    let finder = Finder { line, gazetteer };
    let mut out = Vec::new();
    let mut at = 0;
    while at < line.len() {
        match finder.phrase(at) {
            Some(phrase) => {
                at = phrase.tokens.end;
                out.push(phrase);
            }
            None => at += 1,
        }
    }
    out
}

struct Finder<'a, 'l> {
    line: &'l Line<'a>,
    gazetteer: &'a Gazetteer,
}

impl Finder<'_, '_> {
    fn phrase(&self, at: usize) -> Option<Phrase> {
        let start = if self.determiner(at) { at + 1 } else { at };
        if let Some(title) = self.title(start) {
            return Some(self.titled(at, title));
        }
        if start != at {
            return None;
        }
        self.named(at)
    }

    fn determiner(&self, t: usize) -> bool {
        DETERMINERS.contains(&self.line.low(t))
    }

    /// An office with the name that follows it, if one does.
    fn titled(&self, start: usize, title: Title) -> Phrase {
        let mut at = title.tokens.end;
        let mut phrase = Phrase { tokens: start..at, woman: self.woman(&title.tokens), ..Phrase::default() };
        if self.line.low(at) == ","
            && (start < title.tokens.start || title.of.is_some())
            && self.known_or_run(self.honorifics(at + 1).end).is_some()
        {
            let (name, known) = self.known_or_run(self.honorifics(at + 1).end).unwrap_or_default();
            // "the president, Ebrahim Raisi, ...": the name is known, or closed by a comma or the sentence's end
            if known || matches!(self.line.low(name.end), "," | "." | "") || self.line.len() == name.end {
                phrase.tokens.end = name.end;
                phrase.name = Some(name);
            }
        } else {
            let honorifics = self.honorifics(at);
            at = honorifics.end;
            if let Some((name, _)) = self.known_or_run(at) {
                phrase.woman |= self.woman(&honorifics);
                phrase.tokens.end = name.end;
                phrase.name = Some(name);
            }
        }
        phrase.title = Some(title);
        phrase
    }

    /// A name with an honorific before it or an office after it.
    fn named(&self, at: usize) -> Option<Phrase> {
        let honorifics = self.honorifics(at);
        let (name, _) = self.known_or_run(honorifics.end)?;
        let mut phrase = Phrase {
            tokens: at..name.end,
            honorific: !honorifics.is_empty(),
            woman: self.woman(&honorifics),
            ..Phrase::default()
        };
        let after = name.end;
        if self.line.low(after) == "," {
            let start = after + 1 + usize::from(self.determiner(after + 1));
            if let Some(title) = self.title(start).filter(|t| !self.capital_after(t) && self.describes(t, &name)) {
                phrase.tokens.end = title.tokens.end;
                phrase.title = Some(title);
            }
        }
        phrase.name = Some(name.clone());
        Some(phrase)
    }

    /// Whether the office hangs on the name in the tree: else it begins another phrase.
    fn describes(&self, title: &Title, name: &Range<usize>) -> bool {
        let head = self.line.head_of(&title.tokens);
        self.line.graph.up(head).skip(1).take(2).any(|t| name.contains(&t))
    }

    /// Whether a name follows the office at once: then the office is that other person's.
    fn capital_after(&self, title: &Title) -> bool {
        self.line.capital(title.tokens.end) && self.line.upos(title.tokens.end) == Some(Upos::Propn)
    }

    fn honorifics(&self, at: usize) -> Range<usize> {
        let mut end = at;
        while self.line.capital(end) && self.gazetteer.titles.is(&self.bare(end), TitleWord::Honorific) {
            end += 1;
        }
        // a lone "General" before a comma or at the end is no honorific
        at..if self.line.upos(end) == Some(Upos::Propn) { end } else { at }
    }

    fn woman(&self, tokens: &Range<usize>) -> bool {
        tokens.clone().any(|t| self.gazetteer.titles.woman(&self.bare(t)))
    }

    fn bare(&self, t: usize) -> String {
        self.line.low(t).trim_end_matches('.').to_owned()
    }

    fn word_is(&self, t: usize, class: TitleWord) -> bool {
        t < self.line.len() && self.gazetteer.titles.is(&self.bare(t), class)
    }

    fn office_word(&self, t: usize) -> bool {
        self.word_is(t, TitleWord::Office) || self.gazetteer.titles.singular(self.line.low(t)).is_some()
    }

    /// An office that begins at the token: [state] [modifiers] office [of field] [of state].
    fn title(&self, at: usize) -> Option<Title> {
        let (mut of, mut t) = (None, at);
        let mut former = String::new();
        while matches!(self.line.low(t), "former" | "then" | "ex" | "late" | "-") && t < at + 3 {
            if self.line.low(t) != "-" {
                former = if self.line.low(t) == "then" { String::new() } else { "former ".to_owned() };
            }
            t += 1;
        }
        if let Some((actor, end)) = self.owner(t) {
            (of, t) = (Some(actor), end);
        }
        let first = t;
        let mut last_office = None;
        while t < self.line.len() && t < first + 7 {
            if self.office_word(t) {
                last_office = Some(t);
            } else if !(self.word_is(t, TitleWord::Modifier)
                || (t > first && self.line.low(t) == "-")
                || (t > first && matches!(self.line.low(t), "and" | "&") && last_office.is_none())
                || (t > first + 1 && self.line.low(t) == "in" && self.line.low(t - 1) == "-")
                || self.word_is(t, TitleWord::Field) && self.line.low(t) != "the" && self.line.low(t) != "and")
            {
                break;
            }
            t += 1;
        }
        let office = last_office?;
        let plural = self.gazetteer.titles.singular(self.line.low(office)).is_some()
            && self.line.sentence.tokens[office].xpos.ends_with('S');
        let mut end = office + 1;
        let mut words = former + &self.words(first..end);
        if let Some((text, actor, stop)) = self.complement(end, of.is_none()) {
            words.push_str(&text);
            of = of.or(actor);
            end = stop;
        }
        let named = of.is_some() || words.contains(' ') || self.capital_or_known(office);
        named.then_some(Title { text: words, of, plural, tokens: at..end })
    }

    /// The end of a body's name after its state's possessive: "of Iran's Trade Promotion Organization".
    fn body_end(&self, end: usize) -> usize {
        if !matches!(self.line.low(end - 1), "'s" | "'") {
            return end;
        }
        (end..self.line.len())
            .find(|&t| !(self.line.capital(t) && self.line.upos(t) == Some(Upos::Propn)))
            .unwrap_or(end)
    }

    /// The end of the words of an office that begin at the token; the token itself if none do.
    fn office_after(&self, at: usize) -> usize {
        let words = (at..self.line.len().min(at + 5))
            .take_while(|&t| self.office_word(t) || self.word_is(t, TitleWord::Modifier));
        words.filter(|&t| self.office_word(t)).last().map_or(at, |t| t + 1)
    }

    /// A bare office word counts if it is written as a title or may point back to somebody ("the president").
    fn capital_or_known(&self, office: usize) -> bool {
        self.word_is(office, TitleWord::Office)
            && self.line.upos(office).is_some_and(|u| matches!(u, Upos::Noun | Upos::Propn))
    }

    fn words(&self, tokens: Range<usize>) -> String {
        let mut out = String::new();
        for t in tokens {
            let low = self.line.low(t);
            let word = self.gazetteer.titles.singular(low).filter(|_| self.office_word(t)).unwrap_or(low);
            if !out.is_empty() && word != "-" && !out.ends_with('-') {
                out.push(' ');
            }
            out.push_str(word);
        }
        out
    }

    /// The state or body before an office: "Iranian", "Iran's", "the EU's".
    fn owner(&self, t: usize) -> Option<(Actor, usize)> {
        let hit = self.line.hit_from(t)?;
        let name = hit.find(|n| n.kind != NameKind::Place && n.actor.kind != EntityKind::Person)?;
        let end = hit.tokens.end;
        let clitic = matches!(self.line.low(end), "'s" | "'");
        let seat = name.kind == NameKind::Seat;
        (!seat || clitic).then(|| (name.actor.clone(), end + usize::from(clitic)))
    }

    /// What follows an office: "of State", "of Foreign Affairs", "of Iran", "for Syria". Words to add, the state, the end.
    fn complement(&self, at: usize, wants_owner: bool) -> Option<(String, Option<Actor>, usize)> {
        let prep = self.line.low(at);
        if !matches!(prep, "of" | "for" | "to") {
            return None;
        }
        let mut t = at + 1;
        let skip = usize::from(matches!(self.line.low(t), "the"));
        let place = || {
            self.line.hit_from(t + skip).and_then(|h| {
                Some((h.find(|n| n.kind == NameKind::Place || n.kind == NameKind::Seat)?.actor.clone(), h.tokens.end))
            })
        };
        if let Some((actor, end)) = self.owner(t + skip).or_else(|| place().filter(|_| prep == "of")) {
            return Some(match prep {
                "of" if wants_owner => (String::new(), Some(actor), self.body_end(end)),
                "of" => return None,
                // "a senior adviser to the Iranian foreign minister"
                _ if wants_owner && self.office_after(end) > end => {
                    let stop = self.office_after(end);
                    (format!(" {prep} the {}", self.words(end..stop)), Some(actor), stop)
                }
                _ => (format!(" {prep} {}", self.words(t + skip..end)), None, end),
            });
        }
        while self.word_is(t, TitleWord::Field) {
            t += 1;
        }
        while t > at + 1 && matches!(self.line.low(t - 1), "and" | "the" | "on") {
            t -= 1;
        }
        if t == at + 1 {
            return None;
        }
        let text = format!(" {prep} {}", self.words(at + 1..t).trim_start_matches("the "));
        match self.complement(t, wants_owner).filter(|(_, actor, _)| actor.is_some()) {
            Some((more, actor, end)) => Some((text + &more, actor, end)),
            None => Some((text, None, t)),
        }
    }

    /// A name that begins at the token: one that the tables know, or a run of capitalised words. And whether it is known.
    fn known_or_run(&self, at: usize) -> Option<(Range<usize>, bool)> {
        let known = self.line.hit_from(at).filter(|h| h.people().next().is_some()).map(|h| h.tokens.clone());
        let run = self.run(at);
        match (known, run) {
            (Some(k), Some(r)) if r.end > k.end && self.line.hit(k.end).is_none_or(|h| h.tokens.start < k.end) => {
                Some((at..r.end, true))
            }
            (Some(k), _) => Some((k, true)),
            (None, run) => run.map(|r| (r, false)),
        }
    }

    /// Capitalised words, particles and hyphens that can be a person's name.
    fn run(&self, at: usize) -> Option<Range<usize>> {
        if !self.name_word(at) {
            return None;
        }
        let mut end = at + 1;
        while end < self.line.len() {
            let joins = matches!(self.line.word(end), "-" | "–") || PARTICLES.contains(&self.line.low(end));
            if self.name_word(end) {
                end += 1;
            } else if joins
                && (self.name_word(end + 1) || PARTICLES.contains(&self.line.low(end + 1)) && self.name_word(end + 2))
            {
                end += 2;
            } else {
                break;
            }
        }
        Some(at..end)
    }

    fn name_word(&self, t: usize) -> bool {
        let proper = self.line.upos(t) == Some(Upos::Propn) && self.line.capital(t);
        let taken = self.line.hit(t).is_some_and(|h| h.people().next().is_none());
        proper
            && !taken
            && !self.office_word(t)
            && !super::dates::calendar_word(self.line.low(t))
            && !self.word_is(t, TitleWord::Field)
    }
}
