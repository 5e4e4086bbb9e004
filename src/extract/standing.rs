//! Standing facts that a mention states by itself: "President Ebrahim Raisi" holds an office of Iran.

use rustc_hash::{FxHashMap, FxHashSet};

use super::reader::evidence;
use crate::model::{Actor, Claim, Document, EntityKind, Fact, Field, Links, Mention, Relation, Role, Status, Upos};

/// The offices that the text gives to people who take part in one of the facts, or are `near` one, each once.
pub fn facts(doc: &Document, links: &Links, events: &[Fact], near: &FxHashSet<String>) -> Vec<Fact> {
    let Some(relation) = Relation::named("holds_office") else { return Vec::new() };
    let acting: FxHashSet<&str> =
        events.iter().flat_map(|f| [f.claim.source.id.as_str(), f.claim.target.id.as_str()]).collect();
    let mut out: Vec<Fact> = Vec::new();
    let mut told: FxHashMap<&str, Vec<(Role, usize)>> = FxHashMap::default();
    for m in mentions(doc, links) {
        for (person, role) in offices(doc, links, m) {
            let takes_part = acting.contains(person.id.as_str()) || near.contains(&person.id);
            if !takes_part || named_so(person, &role.title) {
                continue;
            }
            let known = told.entry(person.id.as_str()).or_default();
            let vague = known.iter().position(|(r, _)| shortens(r, &role) || other_name(r, &role));
            let again = |r: &Role| within(&role.title, &r.title) || same_office(&role, r);
            if vague.is_none() && known.iter().any(|(r, _)| again(r)) {
                continue;
            }
            let at = vague.map_or(out.len(), |k| known.swap_remove(k).1);
            known.push((role.clone(), at));
            let claim = Claim {
                relation,
                source: person.clone(),
                target: role.of,
                date: None,
                place: None,
                status: Status::Asserted,
                attribution: None,
                role: Some(role.title),
                mutual: false,
            };
            let evidence = evidence(doc, m.sentence, std::slice::from_ref(&m.tokens), (m, m), "holds_office/title");
            let fact = Fact { claim, evidence, confidence: m.confidence };
            if at < out.len() { out[at] = fact } else { out.push(fact) }
        }
    }
    out
}

/// The mentions of the text: an office is a fact where the text says it. Of a bare headline, those of the headline.
fn mentions<'l>(doc: &Document, links: &'l Links) -> impl Iterator<Item = &'l Mention> {
    let field = |s: usize| doc.sentences[s].field;
    let text = doc.sentences.iter().any(|s| s.field == Field::Text);
    let wanted = if text { Field::Text } else { Field::Title };
    links.mentions.iter().filter(move |m| field(m.sentence) == wanted)
}

/// The office of the one person of a mention, or that of each of "the presidents of Iran and Russia".
fn offices<'l>(doc: &Document, links: &Links, m: &'l Mention) -> Vec<(&'l Actor, Role)> {
    let people = m.actors.iter().filter(|a| a.kind == EntityKind::Person);
    match (&m.role, m.actors.as_slice()) {
        (Some(role), [_]) => people.map(|p| (p, role.clone())).collect(),
        (None, [_, _, ..]) if m.reason == Mention::SEVERAL => {
            let Some(title) = shared_title(doc, m) else { return Vec::new() };
            let home = |p: &Actor| links.homes.get(p.country.as_ref()?).cloned();
            people.filter_map(|p| Some((p, Role { title: title.clone(), office: None, of: home(p)? }))).collect()
        }
        _ => Vec::new(),
    }
}

/// "foreign minister" of "the foreign ministers of Iran and Iraq": the plural noun and the words of lower case
/// before it, but for the first of a sentence.
fn shared_title(doc: &Document, m: &Mention) -> Option<String> {
    let sentence = &doc.sentences[m.sentence];
    let head = m.tokens.clone().find(|&t| matches!(sentence.tokens[t].xpos, "NNS" | "NNPS"))?;
    let word = |t: usize| sentence.tokens[t].lemma.to_lowercase();
    let plain = |t: usize| matches!(sentence.tokens[t].upos, Upos::Adj | Upos::Noun);
    let lower = |t: usize| t == 0 || doc.word(sentence, t).starts_with(char::is_lowercase);
    let start = (m.tokens.start..head).rev().take_while(|&t| plain(t) && lower(t)).last().unwrap_or(head);
    Some((start..=head).map(word).collect::<Vec<_>>().join(" "))
}

/// Whether the words that look like an office are the person's own name: "Amir Hatami".
fn named_so(person: &Actor, title: &str) -> bool {
    let name = person.name.to_lowercase();
    title.split(' ').all(|w| name.split([' ', '-']).any(|n| n == w))
}

/// Whether the table of offices calls both the same: "minister of foreign affairs", "foreign minister".
fn same_office(a: &Role, b: &Role) -> bool {
    a.office.is_some() && a.office == b.office && a.of == b.of
}

/// Whether the second is the usual name of the office: "president" after "head of state".
fn other_name(a: &Role, usual: &Role) -> bool {
    same_office(a, usual) && a.title != usual.title && usual.office.as_ref() == Some(&usual.title)
}

/// Whether the words of one office that the table does not know end those of another: "minister" before "prime minister".
fn shortens(short: &Role, long: &Role) -> bool {
    let rest = long.title.strip_suffix(&short.title);
    short.office.is_none() && short.of == long.of && rest.is_some_and(|r| r.ends_with(' '))
}

/// Whether the words of one title are all in the other: "foreign minister" after "deputy foreign minister" says no more.
fn within(title: &str, other: &str) -> bool {
    title.split(' ').all(|w| other.split(' ').any(|o| o == w))
        && title.starts_with("former") == other.starts_with("former")
}
