use super::html::Page;
use crate::lookup::{Profile, Standing};
use crate::network::portfolio::Similarity;
use crate::network::signed::{CERTAINTY, Signed};
use crate::plot;

/// What a report on one actor tells.
pub struct Actor<'a> {
    /// With as many of its events as the page should show.
    pub profile: &'a Profile,
    /// The actor and those around it.
    pub around: &'a Signed,
    /// Whose portfolio is most like its own.
    pub alike: &'a [Similarity],
}

/// Partners to show.
const PARTNERS: usize = 30;

/// The page on one actor.
pub fn actor(of: &Actor) -> String {
    let p = of.profile;
    let home = p.home.as_ref().map(|h| format!(" of {}", h.name)).unwrap_or_default();
    let mut page = Page::new(&p.who.name, &format!("{}{home}; {} events", p.who.kind, p.events));
    if !p.standing.is_empty() {
        page.heading("Offices, memberships, relations");
        page.table(&["what", "with", "office", "from", "to"], &p.standing.iter().map(standing).collect::<Vec<_>>());
    }
    if !of.around.dyads.is_empty() {
        page.heading("Surroundings");
        page.picture(&plot::network(of.around, &of.around.communities().membership, CERTAINTY));
    }
    if !p.partners.is_empty() {
        page.heading("Partners");
        let rows: Vec<Vec<String>> = p.partners.iter().take(PARTNERS).map(partner).collect();
        page.table(&["partner", "events", "cooperation", "conflict", "mean Goldstein score", "last"], &rows);
    }
    if !of.alike.is_empty() {
        page.heading("Most similar foreign policy");
        let number = |x: Option<f64>| x.map_or("–".to_owned(), |x| format!("{x:.3}"));
        let row = |s: &Similarity| vec![s.name.clone(), number(s.kappa), number(s.pi), number(Some(s.s))];
        page.table(&["actor", "kappa", "pi", "S"], &of.alike.iter().map(row).collect::<Vec<_>>());
    }
    page.heading("What happened last");
    page.events(&p.recent);
    page.finish()
}

fn standing(s: &Standing) -> Vec<String> {
    let parties = s.parties.iter().map(|w| w.name.as_str()).collect::<Vec<_>>().join(", ");
    let bound = |(earliest, latest): &(Option<String>, Option<String>)| match (earliest, latest) {
        (Some(a), Some(b)) if a == b => a.clone(),
        (Some(a), Some(b)) => format!("{a} to {b}"),
        (Some(a), None) => format!("≥ {a}"),
        (None, Some(b)) => format!("≤ {b}"),
        (None, None) => String::new(),
    };
    vec![s.what.clone(), parties, s.office.clone().unwrap_or_default(), bound(&s.begin), bound(&s.end)]
}

fn partner(p: &crate::lookup::Partner) -> Vec<String> {
    let mut row = vec![p.who.name.clone()];
    row.extend([p.events, p.cooperation, p.conflict].map(|n| n.to_string()));
    row.push(p.goldstein_mean.map(|g| format!("{g:+.1}")).unwrap_or_default());
    row.push(p.last.clone().unwrap_or_default());
    row
}
