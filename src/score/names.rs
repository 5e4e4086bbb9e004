//! How names are compared: spelling folded away, states by their code, persons by family and first name.

use std::collections::{BTreeSet, HashSet};
use std::sync::LazyLock;

use unicase::UniCase;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::{canonical_combining_class, is_combining_mark};

use super::read::ActorName;

/// Tells the code of the state that is called so; the name comes as [`norm`] gives it.
pub type States<'a> = &'a dyn Fn(&str) -> Option<String>;

/// `data/score/words.tsv`.
#[derive(Default)]
struct Words {
    titles: HashSet<&'static str>,
    organs: HashSet<&'static str>,
    particles: HashSet<&'static str>,
    links: HashSet<&'static str>,
}

static WORDS: LazyLock<Words> = LazyLock::new(|| {
    let mut words = Words::default();
    for line in include_str!("../../data/score/words.tsv").lines().filter(|l| !l.starts_with('#')).skip(1) {
        let (class, list) = line.split_once('\t').unwrap_or_default();
        let set = match class {
            "title" => &mut words.titles,
            "organ" => &mut words.organs,
            "particle" => &mut words.particles,
            _ => &mut words.links,
        };
        set.extend(list.split_whitespace());
    }
    words
});

/// The form in which names are compared: compatibility decomposition without accents, case folded, the dots of
/// abbreviations and possessive endings taken out, punctuation read as blanks, articles and "al", "bin" left out.
pub fn norm(name: &str) -> String {
    let bare: String = name.nfkd().filter(|c| canonical_combining_class(*c) == 0).collect();
    let folded = UniCase::unicode(bare).to_folded_case().replace('’', "'");
    let spaced = without_punctuation(&without_initials_dots(&folded.chars().collect::<Vec<_>>()));
    let kept: Vec<_> = spaced.split_whitespace().filter(|w| !WORDS.particles.contains(w)).collect();
    kept.join(" ")
}

/// A letter, a digit or `_`, and no vowel sign.
fn is_word(c: char) -> bool {
    c == '_' || c.is_alphanumeric() && !is_combining_mark(c)
}

/// "u.s." becomes "us": a dot goes that follows a single letter and stands before another one, a blank or the end.
fn without_initials_dots(text: &[char]) -> Vec<char> {
    let word = |i: usize| text.get(i).is_some_and(|c| is_word(*c));
    let initial = |i: usize| i > 0 && word(i - 1) && !(i > 1 && word(i - 2));
    let closed = |i: usize| match text.get(i + 1) {
        Some(next) => next.is_whitespace() || word(i + 1) && !word(i + 2),
        None => true,
    };
    let kept = |i: &usize| !(text[*i] == '.' && initial(*i) && closed(*i));
    (0..text.len()).filter(kept).map(|i| text[i]).collect()
}

/// Blanks for what is no word, and for the ending "'s".
fn without_punctuation(text: &[char]) -> String {
    let mut out = String::with_capacity(text.len());
    let mut i = 0;
    while let Some(&c) = text.get(i) {
        let possessive = c == '\'' && text.get(i + 1) == Some(&'s') && !text.get(i + 2).is_some_and(|c| is_word(*c));
        out.push(if is_word(c) { c } else { ' ' });
        i += if possessive { 2 } else { 1 };
    }
    out
}

/// The words of a role that tell it from another.
pub(super) fn role_words(role: Option<&str>) -> BTreeSet<String> {
    let words = norm(role.unwrap_or_default());
    words.split_whitespace().filter(|w| !WORDS.links.contains(w)).map(str::to_owned).collect()
}

/// An actor made ready to be compared.
pub struct Party {
    norm: String,
    /// The name and its aliases.
    forms: BTreeSet<String>,
    /// The state that the name (no alias) is one of.
    state: Option<String>,
    country: Option<String>,
}

impl Party {
    pub fn new(actor: &ActorName, states: States<'_>) -> Self {
        let name = norm(actor.name.as_deref().unwrap_or_default());
        let aliases = actor.aliases.iter().flatten().map(|a| norm(a));
        Self {
            forms: aliases.chain([name.clone()]).filter(|f| !f.is_empty()).collect(),
            state: states(&name),
            country: actor.country.clone().filter(|c| !c.is_empty()),
            norm: name,
        }
    }

    /// Whether `system` names this actor of the gold file.
    pub fn is(&self, system: &Self) -> bool {
        match (&self.state, &system.state) {
            _ if system.norm.is_empty() => false,
            (Some(ours), Some(theirs)) => ours == theirs,
            _ => self.forms.contains(&system.norm) || system.state.is_none() && self.same_family(system),
        }
    }

    /// Whether both belong to the same state or organisation; where one has none, whether they are the same actor.
    pub fn is_of_state(&self, system: &Self) -> bool {
        match (&self.country, &system.country) {
            (Some(ours), Some(theirs)) => ours == theirs,
            _ => self.is(system),
        }
    }

    /// Whether both are persons of one state with one family name, and the first names agree or one side has none.
    fn same_family(&self, system: &Self) -> bool {
        let theirs = person(&system.norm);
        let agrees = |ours: Vec<&str>| {
            ours.last() == theirs.last() && (ours.len() == 1 || theirs.len() == 1 || ours.first() == theirs.first())
        };
        self.country.is_some()
            && self.country == system.country
            && !theirs.is_empty()
            && self.forms.iter().any(|form| agrees(person(form)))
    }
}

/// The words of a name without titles; none for an organ.
fn person(form: &str) -> Vec<&str> {
    if form.split(' ').any(|w| WORDS.organs.contains(w)) {
        return Vec::new();
    }
    form.split(' ').filter(|w| !w.is_empty() && !WORDS.titles.contains(w)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spelling_is_folded_away() {
        let check = |name: &str, expected: &str| assert_eq!(norm(name), expected);
        check("The U.S.", "us");
        check("Türkiye’s  Straße", "turkiye strasse");
        check("Bashar al-Assad", "bashar assad");
        check("St. Kitts", "st kitts");
        check("John F. Kerry", "john f kerry");
        check("Côte d'Ivoire", "cote d ivoire");
    }
}
