use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// How alike two names must be (0 to 1) for one to be offered in place of the other.
const NEAR: f64 = 0.85;

/// The form in which names are compared: lower case, without accents, apostrophes and points, hyphens as blanks,
/// single blanks, no article in front.
pub fn fold(name: &str) -> String {
    let plain: String = name
        .nfkd()
        .filter(|c| !is_combining_mark(*c) && !matches!(c, '\'' | '’' | '‘' | 'ʼ' | '`' | '.'))
        .flat_map(char::to_lowercase)
        .map(|c| if matches!(c, '-' | '–' | '_' | ',') { ' ' } else { c })
        .collect();
    let mut words: Vec<&str> = plain.split_whitespace().collect();
    if words.len() > 1 && words[0] == "the" {
        words.remove(0);
    }
    words.join(" ")
}

/// The names that are nearest to `wanted`, best first, each once, at most `count`.
pub fn nearest<'a>(wanted: &str, names: impl Iterator<Item = &'a str>, count: usize) -> Vec<&'a str> {
    let wanted = fold(wanted);
    let mut near: Vec<(f64, &str)> = names.map(|n| (likeness(&wanted, &fold(n)), n)).filter(|x| x.0 >= NEAR).collect();
    near.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(b.1)));
    near.dedup_by(|a, b| a.1 == b.1);
    near.into_iter().map(|(_, n)| n).take(count).collect()
}

/// Of the whole names; or, a little less, of `wanted` and one word of the other: surnames are what people type.
fn likeness(wanted: &str, name: &str) -> f64 {
    let word = name.split(' ').map(|w| pair_likeness(wanted, w)).fold(0.0, f64::max);
    pair_likeness(wanted, name).max(word - 0.02)
}

/// Jaro-Winkler, which likes a common beginning; a slip or two of the keys counts as near wherever it stands.
fn pair_likeness(a: &str, b: &str) -> f64 {
    let slips = match strsim::osa_distance(a, b) {
        0 => 1.0,
        1 if a.len() >= 4 => 0.95,
        2 if a.len() >= 5 => 0.85,
        _ => 0.0,
    };
    strsim::jaro_winkler(a, b).max(slips)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folds_what_people_type_differently() {
        assert_eq!(fold("Côte d’Ivoire"), fold("cote d'ivoire"));
        assert_eq!(fold("The  United Arab-Emirates"), "united arab emirates");
        assert_eq!(fold("U.S."), "us");
        assert_eq!(fold("Türkiye"), "turkiye");
    }

    #[test]
    fn offers_the_nearest_first_and_nothing_far() {
        let names = ["Bashar al-Assad", "Ali Khamenei", "Syria", "Serbia"];
        assert_eq!(nearest("Asad", names.into_iter(), 3), ["Bashar al-Assad"]);
        assert_eq!(nearest("Khameini", names.into_iter(), 3), ["Ali Khamenei"]);
        assert_eq!(nearest("Sirya", names.into_iter(), 1), ["Syria"]);
        assert!(nearest("quixotic", names.into_iter(), 3).is_empty());
    }
}
