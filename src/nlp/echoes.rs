//! Names that a page prints twice: a government's site hangs a box with the name and office on the name in its text, and
//! copies of the page run the two together: "Angela Merkel Merkel AngelaFederal Chancellor of Germany exchanged views".

use crate::model::Span;

/// Words of a first and of a family name.
const LONGEST: usize = 3;

/// Leaves the second printing out, with the office that is glued to it. Linear in the tokens.
pub fn without_echoes(text: &str, tokens: Vec<Span>) -> Vec<Span> {
    let (mut out, mut at) = (Vec::with_capacity(tokens.len()), 0);
    while at < tokens.len() {
        let (from, to) = echo(text, &tokens, at).unwrap_or((at + 1, at + 1));
        out.extend(&tokens[at..from]);
        at = to;
    }
    out
}

/// The tokens that repeat the name which begins there: family name first, or in the same order with an office glued on.
fn echo(text: &str, tokens: &[Span], at: usize) -> Option<(usize, usize)> {
    let word = |t: usize| tokens.get(t).map_or("", |s| s.of(text));
    word(at).starts_with(char::is_uppercase).then_some(())?;
    let same = |a: usize, b: usize, n: usize| (0..n).all(|i| word(a + i) == word(b + i));
    let sizes = (1..=LONGEST).flat_map(|given| (1..=LONGEST).map(move |family| (given, family)));
    sizes.into_iter().find_map(|(given, family)| {
        let (mid, from) = (at + given, at + given + family);
        let last = from + family + given - 1;
        (word(at) != word(mid) && word(mid).starts_with(char::is_alphabetic)).then_some(())?;
        if same(mid, from, family) && same(at, from + family, given - 1) {
            let end = repeats(word(at + given - 1), word(last))?;
            return Some((from, if end { last + 1 } else { office(text, tokens, last + 1) }));
        }
        let ordered = same(at, from, given + family - 1) && repeats(word(from - 1), word(last)) == Some(false);
        ordered.then(|| (from, office(text, tokens, last + 1)))
    })
}

/// Whether the token is the word, or the word with a capital glued on: `Some(false)`.
fn repeats(word: &str, token: &str) -> Option<bool> {
    let rest = token.strip_prefix(word).filter(|_| word.starts_with(char::is_uppercase))?;
    (rest.is_empty() || rest.starts_with(char::is_uppercase)).then_some(rest.is_empty())
}

/// Where the office ends that goes on at the token: with its last capitalised word.
fn office(text: &str, tokens: &[Span], at: usize) -> usize {
    let word = |t: usize| tokens.get(t).map_or("", |s| s.of(text));
    let joins = |t: usize| matches!(word(t), "of" | "the" | "to" | "for" | "on" | "-" | "'s" | "’s");
    let capital = |t: usize| word(t).starts_with(char::is_uppercase);
    // "President of Syldavia Ada Ost met": after two capitals and "of", a third begins the next name
    let next = |t: usize| {
        let name = (at..t).rev().take_while(|&u| capital(u)).count();
        capital(t) && capital(t + 1) && name == 1 && t > at + 1 && (at..t).any(joins) && !capital(t + 2)
    };
    let end = (at..tokens.len()).find(|&t| !(capital(t) || joins(t)) || next(t)).unwrap_or(tokens.len());
    (at..end).rfind(|&t| capital(t)).map_or(at, |t| t + 1)
}

#[cfg(test)]
mod tests {
    use super::super::tokens::tokens;
    use super::without_echoes;
    use crate::model::Span;

    fn read(text: &str) -> String {
        let spans = without_echoes(text, tokens(text, Span::new(0, text.len())));
        spans.iter().map(|s| s.of(text)).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn boxes_are_left_out() {
        for (text, want) in [
            ("Ada Ost Ost AdaPresident of the Republic of Borduria left.", "Ada Ost left ."),
            ("and Ada Maria Ost Ost Ada Maria also left", "and Ada Maria Ost also left"),
            (
                "Mr Ost al-Rim al-Rim OstKing of Borduria , Bo Lu Bo LuPresident of Syldavia met",
                "Mr Ost al - Rim , Bo Lu met",
            ),
            ("Ost – – Ost left.", "Ost – – Ost left ."),
            ("Ada Ost Ost AdaPresident of Syldavia Bo Lu met Ost.", "Ada Ost Bo Lu met Ost ."),
            ("New York New York is large.", "New York New York is large ."),
            ("Bora Bora Bora is far.", "Bora Bora Bora is far ."),
        ] {
            assert_eq!(read(text), want);
        }
    }
}
