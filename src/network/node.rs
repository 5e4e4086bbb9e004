use super::{Actor, Node, Record};

/// An actor as a node of which no event is counted yet.
pub(super) fn actor_node(record: &Record, id: &str) -> Node {
    let unknown = Actor::default();
    let actor = record.actors.get(id).unwrap_or(&unknown);
    Node {
        id: id.to_owned(),
        label: if actor.label.is_empty() { id.to_owned() } else { actor.label.clone() },
        iri: actor.iri.clone(),
        wikidata: actor.wikidata.clone(),
        iso3: actor.iso3.clone(),
        entity_type: actor.kind.clone(),
        region: actor.region.clone(),
        latitude: actor.latitude,
        longitude: actor.longitude,
        cow: actor.cow,
        gw: actor.gw,
        color: color(&actor.kind),
        ..Node::default()
    }
}

/// Okabe and Ito's palette, which colour-blind readers can tell apart (jfly.uni-koeln.de/color).
fn color(kind: &str) -> &'static str {
    match kind {
        "state" => "#0072b2",
        "territory" => "#56b4e9",
        "igo" => "#009e73",
        "organ" => "#cc79a7",
        "group" => "#d55e00",
        "person" => "#e69f00",
        _ => "#999999",
    }
}
