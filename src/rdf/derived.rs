//! Events, durable relations, edges and actions -> quads of the default graph.

use jiff::civil::Date;
use oxigraph::model::vocab::xsd;
use oxigraph::model::{Literal, NamedNode, NamedNodeRef, Quad};

use super::decode::Node;
use super::name;
use super::quads::{Quads, date, decimal, english};
use super::totals;
use super::vocab::{dg, owl, rdfs, sem, skos};
use crate::cluster::{Action, Derived, Event, Held, Tie, home, tally};

/// All that follows from the claims of one pair of sides. In a view of a day each thing is marked as certain or possible.
pub fn quads(pair: &NamedNode, derived: &Derived, as_of: Option<Date>) -> Vec<Quad> {
    let mut quads = Quads::of_default_graph();
    for event in &derived.events {
        write_event(&mut quads, event);
        mark(&mut quads, name::event(&event.id), as_of.and_then(|day| event.by(day)));
        edges_of_event(&mut quads, event);
    }
    for tie in &derived.ties {
        write_tie(&mut quads, pair, tie);
        mark(&mut quads, name::relation(&tie.id), as_of.and_then(|day| tie.on(day)));
        edges_of_tie(&mut quads, tie, as_of);
    }
    totals::write(&mut quads, pair, &derived.events);
    quads.into_vec()
}

fn mark(quads: &mut Quads, thing: NamedNode, held: Option<Held>) {
    if let Some(held) = held {
        quads.subject(thing, &[]).text(dg::HELD, held.as_str());
    }
}

fn write_event(quads: &mut Quads, event: &Event) {
    let iri = name::event(&event.id);
    let (source, target) = (&event.source, &event.target);
    let homes = (home::or_self(source), home::or_self(target));
    let (roles, states) = if event.mutual {
        ([dg::PARTICIPANT; 2], [dg::PARTICIPANT_STATE; 2])
    } else {
        ([dg::ACTOR, dg::RECIPIENT], [dg::ACTOR_STATE, dg::RECIPIENT_STATE])
    };
    let standing = name::shortcut(event.standing.as_str());
    let mut node = quads.subject(iri.clone(), &[dg::EVENT, sem::EVENT]);
    node.add(dg::ACTION_OF, name::action(event.action.id()))
        .add(dg::STATUS, standing)
        .add(roles[0], name::entity(&source.id))
        .add(roles[1], name::entity(&target.id))
        .maybe(states[0], home::of(source).map(|h| name::entity(&h)))
        .maybe(states[1], home::of(target).map(|h| name::entity(&h)))
        .add(dg::ACTOR_PAIR, name::pair(&source.id, &target.id))
        .add(dg::PAIR_OF, name::pair(&homes.0, &homes.1))
        .maybe(dg::PLACE, event.place.as_deref().map(name::place))
        .add(dg::CONFIDENCE, decimal(event.confidence))
        .count(dg::CLAIM_COUNT, event.claims.len())
        .count(dg::SOURCE_COUNT, event.sources)
        .maybe(dg::FIRST_REPORTED, event.reported.map(|r| date(r.0)))
        .maybe(dg::LAST_REPORTED, event.reported.map(|r| date(r.1)))
        .maybe(dg::LAG, event.lag().map(Literal::from))
        .maybe(dg::COUNTED_IN, tally::year(event).map(Literal::from));
    for plan in &event.fulfils {
        node.add(dg::FULFILS, name::event(plan));
    }
    if let Some(bounds) = event.bounds {
        node.add(sem::EARLIEST_BEGIN, date(bounds.first())).add(sem::LATEST_END, date(bounds.last()));
    }
    // said of an event without a date, too: what is not there cannot be looked up
    node.text(dg::PRECISION, event.bounds.map_or("none", |b| b.precision().as_str()));
    write_pair(quads, &source.id, &target.id);
    write_pair(quads, &homes.0, &homes.1);
    if let Some(place) = &event.place {
        quads.subject(name::place(place), &[dg::PLACE_CLASS]).add(rdfs::LABEL, english(place));
    }
    for claim in &event.claims {
        quads.subject(name::claim(claim), &[]).add(dg::ABOUT, iri.clone());
    }
}

/// The key node of two actors, through which an index finds all that is between them.
fn write_pair(quads: &mut Quads, a: &str, b: &str) {
    quads.subject(name::pair(a, b), &[dg::PAIR]).add(dg::SIDE, name::entity(a)).add(dg::SIDE, name::entity(b));
}

fn write_tie(quads: &mut Quads, pair: &NamedNode, tie: &Tie) {
    let iri = name::relation(&tie.id);
    let (a, b) = (name::entity(&tie.parties.0), name::entity(&tie.parties.1));
    let [role_a, role_b] = roles(tie);
    let class = name::shortcut(tie.class);
    let mut node = quads.subject(iri.clone(), &[dg::RELATION, class.as_ref()]);
    node.add(role_a, a)
        .add(role_b, b)
        .add(dg::PAIR_OF, pair.clone())
        .text(dg::OFFICE, tie.office.as_deref().unwrap_or_default())
        .maybe(sem::EARLIEST_BEGIN, tie.begin.0.map(date))
        .maybe(sem::LATEST_BEGIN, tie.begin.1.map(date))
        .maybe(sem::EARLIEST_END, tie.end.0.map(date))
        .maybe(sem::LATEST_END, tie.end.1.map(date))
        .add(dg::CONFIDENCE, decimal(tie.confidence));
    for event in &tie.started_by {
        quads.subject(name::event(event), &[]).add(dg::STARTS, iri.clone());
    }
    for event in &tie.ended_by {
        quads.subject(name::event(event), &[]).add(dg::ENDS, iri.clone());
    }
    for claim in &tie.claims {
        quads.subject(name::claim(claim), &[]).add(dg::ABOUT, iri.clone());
    }
}

/// What the two parties of a relation are to it.
fn roles(tie: &Tie) -> [NamedNodeRef<'static>; 2] {
    match tie.class {
        "Tenure" => [dg::HOLDER, dg::REPRESENTS],
        "Membership" | "Affiliation" => [dg::MEMBER, dg::ORGANIZATION],
        "SanctionsRegime" => [dg::SENDER, dg::TARGET],
        _ => [dg::PARTY, dg::PARTY],
    }
}

/// The plain triples of an event that can be relied on.
fn edges_of_event(quads: &mut Quads, event: &Event) {
    if let (true, Some(action)) = (event.standing.holds(), Action::of(event.action)) {
        let ends = (&*event.source.id, &*event.target.id);
        edge(quads, name::shortcut(action.shortcut).as_ref(), ends, event.mutual);
    }
}

/// The plain triples of a relation that has not ended, as far as is known.
fn edges_of_tie(quads: &mut Quads, tie: &Tie, as_of: Option<Date>) {
    if as_of.map_or(tie.open(), |day| tie.on(day).is_some()) {
        let Some(property) = property(tie.class) else { return };
        edge(quads, property.as_ref(), (&tie.parties.0, &tie.parties.1), tie.mutual());
    }
}

/// The plain property of a class of relations. A war and a sanctions regime have none but those of their events: nothing
/// tells whether one that is told of still goes on.
fn property(class: &str) -> Option<NamedNode> {
    let tells = |a: &&Action| a.opens == Some(class) && (a.relation.standing() || class == "Alliance");
    match Action::all().iter().find(tells) {
        Some(action) => Some(name::shortcut(action.shortcut)),
        None => (class == "DiplomaticRelation").then(|| dg::HAS_RELATIONS.into_owned()),
    }
}

/// The plain property that a relation's node backs. An ended one still explains an edge that its class has.
pub fn property_of(node: &Node) -> Option<NamedNode> {
    let classes = ["DiplomaticRelation", "Alliance", "Membership", "Affiliation", "Tenure"];
    classes.into_iter().find(|c| node.is(name::shortcut(c).as_ref())).and_then(property)
}

/// From which role to which a plain edge runs.
pub const ROLES: [(NamedNodeRef<'static>, NamedNodeRef<'static>); 5] = [
    (dg::ACTOR, dg::RECIPIENT),
    (dg::PARTICIPANT, dg::PARTICIPANT),
    (dg::PARTY, dg::PARTY),
    (dg::HOLDER, dg::REPRESENTS),
    (dg::MEMBER, dg::ORGANIZATION),
];

fn edge(quads: &mut Quads, property: NamedNodeRef<'_>, (a, b): (&str, &str), mutual: bool) {
    quads.subject(name::entity(a), &[]).add(property, name::entity(b));
    if mutual {
        quads.subject(name::entity(b), &[]).add(property, name::entity(a));
    }
}

/// The actions as SKOS concepts, from the tables of relations and actions.
pub fn actions() -> Vec<Quad> {
    let mut quads = Quads::of_default_graph();
    for action in Action::all() {
        let relation = action.relation;
        let integer = |n: u8| Literal::from(i64::from(n));
        quads
            .subject(name::action(relation.id()), &[dg::ACTION, skos::CONCEPT])
            .add(skos::PREF_LABEL, english(action.label))
            .add(skos::DEFINITION, english(relation.meaning()))
            .add(skos::IN_SCHEME, dg::ACTIONS.into_owned())
            .text(skos::NOTATION, relation.id())
            .text(dg::PLOVER, relation.plover())
            .text(dg::PLOVER_MODE, relation.mode())
            .text(dg::CAMEO, relation.cameo())
            .maybe(dg::QUAD_CLASS, relation.quad_class().map(integer))
            .maybe(dg::PLOVER_SCORE, action.plover_score.map(decimal))
            .maybe(dg::GOLDSTEIN, relation.goldstein().map(decimal))
            .maybe(dg::OPENS, action.opens.map(name::shortcut))
            .maybe(dg::CLOSES, action.closes.map(name::shortcut))
            .add(dg::SHORTCUT, name::shortcut(action.shortcut))
            .add(dg::SYMMETRIC, Literal::new_typed_literal(relation.symmetric().to_string(), xsd::BOOLEAN));
    }
    quads.into_vec()
}

/// The plain properties between actors, each with its label.
pub fn shortcuts() -> Vec<Quad> {
    let mut quads = Quads::of_default_graph();
    for action in Action::all() {
        quads
            .subject(name::shortcut(action.shortcut), &[owl::OBJECT_PROPERTY])
            .add(rdfs::LABEL, english(&words(action.shortcut)))
            .add(skos::DEFINITION, english(&format!("A plain edge: {}.", action.relation.meaning())))
            .add(rdfs::DOMAIN, dg::ACTOR_CLASS.into_owned())
            .add(rdfs::RANGE, dg::ACTOR_CLASS.into_owned());
    }
    quads.into_vec()
}

/// `signedAgreementWith` -> `signed agreement with`.
fn words(local: &str) -> String {
    let mut out = String::new();
    for c in local.chars() {
        if c.is_uppercase() {
            out.push(' ');
        }
        out.extend(c.to_lowercase());
    }
    out
}
