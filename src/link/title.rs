//! The office in a phrase: "Iranian Foreign Minister", "head of Iran's Trade Promotion Organization".

use std::ops::Range;

use super::gazetteer::NameKind;
use super::persons::Finder;
use super::titles::TitleWord;
use crate::model::{Actor, EntityKind, Upos};

/// The office in a phrase.
#[derive(Debug, Clone)]
pub struct Title {
    /// Lower case, without the state: "deputy foreign minister".
    pub text: String,
    /// Whose office it is, if the phrase says so.
    pub of: Option<Actor>,
    /// The other states of "the Greek, Cypriot and French ministers".
    pub more: Vec<Actor>,
    /// "ministers", "leaders"
    pub plural: bool,
    /// Written with a capital: "the Leader".
    pub capital: bool,
    /// Without the determiner before it.
    pub tokens: Range<usize>,
}

impl Finder<'_, '_> {
    /// An office that begins at the token: [state] [modifiers] office [of field] [of state].
    pub(super) fn title(&self, at: usize) -> Option<Title> {
        let (mut of, mut t) = (None, at);
        let mut former = String::new();
        while matches!(self.line.low(t), "former" | "then" | "ex" | "late" | "-") && t < at + 3 {
            if self.line.low(t) != "-" {
                former = if self.line.low(t) == "then" { String::new() } else { "former ".to_owned() };
            }
            t += 1;
        }
        let led = self.leading(t);
        // "the next Syldavian president" is nobody yet
        if (at.saturating_sub(1)..led.end).any(|t| matches!(self.line.low(t), "next" | "future")) {
            return None;
        }
        let before = led.clone();
        t = led.end;
        let mut more = Vec::new();
        if let Some((actor, end)) = self.owner(t) {
            (of, t) = (Some(actor), end);
            if let Some((others, end)) = self.more_owners(t) {
                (more, t) = (others, end);
            }
        }
        let first = t;
        let mut last_office = None;
        while t < self.line.len() && t < first + 7 {
            if self.office_word(t) {
                last_office = Some(t);
            } else if !(self.word_is(t, TitleWord::Modifier)
                || (t > first && self.line.low(t) == "-")
                || (t > first
                    && matches!(self.line.low(t), "and" | "&")
                    && (last_office.is_none() || self.two_offices(t, of.is_some())))
                || (t > first + 1 && self.line.low(t) == "in" && self.line.low(t - 1) == "-")
                || self.word_is(t, TitleWord::Field)
                    && !self.word_is(t, TitleWord::Determiner)
                    && self.line.low(t) != "and"
                    && (t > first || self.line.upos(t) != Some(Upos::Adp)))
            {
                break;
            }
            t += 1;
        }
        let office = last_office?;
        let xpos = &self.line.sentence.tokens[office].xpos;
        let plural = self.gazetteer.titles.singular(self.line.low(office)).is_some()
            && (xpos.ends_with('S') || *xpos == "NNP" && !self.line.capital(office));
        if !more.is_empty() && !plural {
            return None;
        }
        let mut end = self.elect(office + 1);
        // "Foreign Minister II"
        let second = self.line.low(end) == "ii" && self.line.capital(office);
        end += usize::from(second);
        let before = self.words_of_office(before);
        let mut words = former + &before + &self.words(first..end);
        if let Some((text, actor, stop)) = self.complement(end, of.is_none()) {
            words.push_str(&text);
            of = of.or(actor);
            end = stop;
        }
        let named = of.is_some() || words.contains(' ') || self.capital_or_known(office);
        named.then_some(Title { text: words, of, more, plural, capital: self.line.capital(office), tokens: at..end })
    }

    /// Whether another office of the same holder follows "and": "the Chief Executive and Secretary".
    fn two_offices(&self, and: usize, owned: bool) -> bool {
        let words = (and + 1..and + 5)
            .take_while(|&t| self.line.capital(t) && (self.office_word(t) || self.word_is(t, TitleWord::Modifier)));
        owned && self.line.capital(and - 1) && words.last().is_some_and(|t| self.office_word(t))
    }

    /// The end of "-elect", "-designate" after an office.
    fn elect(&self, at: usize) -> usize {
        let elect = self.line.low(at) == "-" && matches!(self.line.low(at + 1), "elect" | "designate");
        if elect { at + 2 } else { at }
    }

    /// Adjectives between a determiner and the office or its state: "the top Iranian diplomat", "the long-serving sultan".
    fn leading(&self, at: usize) -> Range<usize> {
        if at == 0 || !self.determiner(at - 1) {
            return at..at;
        }
        let adjective = |t: usize| {
            let plain =
                matches!(self.line.upos(t), Some(Upos::Adj | Upos::Adv | Upos::Verb)) || self.line.low(t) == "-";
            plain && !self.line.capital(t) && !self.office_word(t) && self.line.hit(t).is_none()
        };
        let end = (at..at + 5).find(|&t| !adjective(t)).unwrap_or(at);
        let owner = self.owner(end).is_some();
        // without a state after them, words that belong to the office stay with it: "the deputy foreign minister"
        let start = if owner { end } else { (at..end).find(|&t| self.word_is(t, TitleWord::Modifier)).unwrap_or(end) };
        at..start
    }

    /// Those of the words that offices are made of, with a blank after each.
    fn words_of_office(&self, tokens: Range<usize>) -> String {
        let words = tokens.filter(|&t| self.word_is(t, TitleWord::Modifier));
        words.map(|t| format!("{} ", self.line.low(t))).collect()
    }

    /// The further states of "Greek, Cypriot and French", if an office follows: with the end.
    fn more_owners(&self, at: usize) -> Option<(Vec<Actor>, usize)> {
        let (mut t, mut out, mut joined) = (at, Vec::new(), false);
        while matches!(self.line.low(t), "," | "and") {
            joined |= self.line.low(t) == "and" || self.line.low(t + 1) == "and";
            t += 1 + usize::from(self.line.low(t) == "," && self.line.low(t + 1) == "and");
            let (actor, end) = self.owner(t)?;
            out.push(actor);
            t = end;
        }
        let office = self.office_word(t) || self.word_is(t, TitleWord::Modifier);
        (!out.is_empty() && office && joined).then_some((out, t))
    }

    /// The end of the capitalised words at the token, none of them an office.
    fn body_run(&self, at: usize) -> usize {
        let noun = |t: usize| matches!(self.line.upos(t), Some(Upos::Propn | Upos::Noun | Upos::Adj));
        let word = |t: usize| {
            let many = self.gazetteer.titles.singular(self.line.low(t)).is_some();
            let office = self.office_word(t) && !many;
            let free = self.line.hit(t).is_none() && !office && !self.gazetteer.given(self.line.low(t));
            free && self.line.capital(t) && noun(t)
        };
        (at..self.line.len()).find(|&t| !word(t)).unwrap_or(self.line.len())
    }

    /// The end of a body's name after its state's possessive: "of Iran's Trade Promotion Organization".
    fn body_end(&self, end: usize) -> usize {
        if !self.line.possessive(end - 1) {
            return end;
        }
        if self.word_is(end, TitleWord::Field) {
            return (end..self.line.len())
                .find(|&t| !self.word_is(t, TitleWord::Field) && self.line.low(t) != "of")
                .unwrap_or(end);
        }
        (end..self.line.len())
            .find(|&t| !(self.line.capital(t) && self.line.upos(t) != Some(Upos::Verb)))
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
    pub(super) fn owner(&self, t: usize) -> Option<(Actor, usize)> {
        let heads = &self.gazetteer.heads;
        // "the head of the Syldavian company Everwin"
        if let [one] = heads.called(self.line, t, self.gazetteer).as_slice() {
            return Some((one.actor.clone(), one.tokens.end));
        }
        let body = heads.after_state(self.line, t, self.gazetteer);
        if let Some(body) = body.or_else(|| heads.before_state(self.line, t, None, self.gazetteer))
            && body.more.is_empty()
            && matches!(body.actor.kind, EntityKind::Organ | EntityKind::Group | EntityKind::Body)
        {
            let end = body.tokens.end;
            return Some((body.actor, end + usize::from(self.line.possessive(end))));
        }
        let hit = self.line.hit_from(t)?;
        let name = hit.find(|n| n.kind != NameKind::Place && n.actor.kind != EntityKind::Person)?;
        let end = hit.tokens.end;
        let clitic = self.line.possessive(end);
        let seat = name.kind == NameKind::Seat;
        (!seat || clitic).then(|| (name.actor.clone(), end + usize::from(clitic)))
    }

    /// "for European and Eurasian Affairs": a field that begins with the name of a body.
    fn field_of(&self, at: usize) -> Option<(String, Option<Actor>, usize)> {
        let hit = self.line.hit_from(at + 1)?;
        // "for Syldavian Affairs"
        let national = self.line.low(at) == "for" && hit.is(NameKind::Adjective);
        let begin = if national { hit.tokens.end } else { at + 1 };
        // "for EU Funds"
        let led = self.line.low(at) == "for" && hit.is(NameKind::Own) && self.line.capital(hit.tokens.end);
        let field = |t: usize| led && hit.tokens.contains(&t) || self.word_is(t, TitleWord::Field);
        let end = (begin..self.line.len()).find(|&t| !field(t)).unwrap_or(self.line.len());
        let joint = matches!(self.line.low(end - 1), "and" | "the" | "on" | "of");
        let longer = end > hit.tokens.end && !joint;
        longer.then(|| (format!(" {} {}", self.line.low(at), self.words(at + 1..end)), None, end))
    }

    /// What follows an office: "of State", "of Foreign Affairs", "of Iran", "for Syria". Words to add, the state, the end.
    fn complement(&self, at: usize, wants_owner: bool) -> Option<(String, Option<Actor>, usize)> {
        let prep = self.line.low(at);
        let fits = matches!(prep, "of" | "for") || prep == "to" && self.word_is(at - 1, TitleWord::Sent);
        fits.then_some(())?;
        let mut t = at + 1;
        if let Some(found) = self.field_of(at) {
            return Some(found);
        }
        let skip = usize::from(matches!(self.line.low(t), "the"));
        // "an adviser to Supreme Leader Ali Khamenei" is not the leader
        let other = self.office_after(t + skip);
        if prep == "to"
            && other > t + skip
            && self.line.capital(t + skip)
            && self.known_or_run(self.honorifics(other).end).is_some()
        {
            return None;
        }
        let place = || {
            self.line.hit_from(t + skip).and_then(|h| {
                Some((h.find(|n| n.kind == NameKind::Place || n.kind == NameKind::Seat)?.actor.clone(), h.tokens.end))
            })
        };
        // "thanked the minister for Syldavia's support"
        let owned = self.line.hit_from(t + skip).is_some_and(|h| self.line.possessive(h.tokens.end));
        if prep == "for" && owned && self.office_after(t + skip) <= t + skip {
            return None;
        }
        if let Some((actor, end)) = self.owner(t + skip).or_else(|| place().filter(|_| prep != "for")) {
            let seat = self.line.hit_from(t + skip).is_some_and(|h| h.is(NameKind::Seat));
            // "the president of Tatarstan" is no president of its state
            let region = self.line.hit_from(t + skip).is_some_and(|h| h.body().is_none())
                && !self.word_is(at - 1, TitleWord::Loose)
                && end == self.body_end(end);
            // "of the Syldavian Lawyers Guild": a body that nobody knows
            let national =
                self.line.hit_from(t + skip).is_some_and(|h| h.is(NameKind::Adjective) && !h.is(NameKind::Own));
            let guild = self.body_run(end);
            if prep == "of" && national && actor.kind == EntityKind::State && guild > end {
                let body = self.gazetteer.heads.unknown(self.line, t + skip..guild, &actor);
                return Some((String::new(), Some(body), guild));
            }
            return Some(match prep {
                "to" if seat => (format!(" to {}", actor.name.to_lowercase()), None, end),
                "of" if wants_owner && region => (format!(" of {}", self.words(t + skip..end)), Some(actor), end),
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
}
