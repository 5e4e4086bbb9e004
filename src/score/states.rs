//! The names of states, as a look-up by normalised name.

use std::collections::HashMap;

use super::norm;

static AMENDED: &str = include_str!("../../data/score/states.tsv");

/// Normalised name -> code, of `table` in the form of `data/gazetteer/states.tsv`, as amended by `data/score/states.tsv`.
/// A territory counts if ISO 3166 knows it; other regions are scored as any actor is.
pub fn state_codes(table: &str) -> HashMap<String, String> {
    let mut codes = HashMap::new();
    for row in rows(AMENDED) {
        add(&mut codes, row.get("name"), row.get("code"));
    }
    for row in rows(table).filter(|r| r.get("kind") == "state" || !r.get("iso2").is_empty()) {
        let names = [row.get("name")].into_iter().chain(row.get("aliases").split('|'));
        names.for_each(|name| add(&mut codes, name, row.get("id")));
    }
    codes
}

/// The first to claim a name keeps it.
fn add(codes: &mut HashMap<String, String>, name: &str, code: &str) {
    let name = norm(name);
    if !name.is_empty() {
        codes.entry(name).or_insert_with(|| code.to_owned());
    }
}

struct Row<'a>(HashMap<&'a str, &'a str>);

impl<'a> Row<'a> {
    fn get(&self, column: &str) -> &'a str {
        self.0.get(column).copied().unwrap_or_default()
    }
}

fn rows(table: &str) -> impl Iterator<Item = Row<'_>> {
    let mut lines = table.lines().filter(|l| !l.starts_with('#'));
    let header: Vec<_> = lines.next().unwrap_or_default().split('\t').collect();
    lines.map(move |l| Row(header.iter().copied().zip(l.split('\t')).collect()))
}
