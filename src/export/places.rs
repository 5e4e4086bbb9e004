//! Where states lie on the map: `data/gazetteer/states.tsv`, for the columns that map programs draw from.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::network::Record;

struct Place {
    region: &'static str,
    latitude: Option<f64>,
    longitude: Option<f64>,
    cow: Option<u16>,
    gw: Option<u16>,
}

static STATES: LazyLock<HashMap<&str, Place>> = LazyLock::new(|| read(include_str!("../../data/gazetteer/states.tsv")));

fn read(table: &'static str) -> HashMap<&'static str, Place> {
    let mut lines = table.lines().filter(|l| !l.starts_with('#') && !l.trim().is_empty());
    let header: Vec<&str> = lines.next().unwrap_or_default().split('\t').collect();
    let cell = |cells: &[&'static str], name: &str| {
        let at = header.iter().position(|h| *h == name);
        at.and_then(|at| cells.get(at).copied()).unwrap_or_default()
    };
    let row = |line: &'static str| {
        let cells: Vec<&str> = line.split('\t').collect();
        let degrees = |name| cell(&cells, name).parse().ok();
        let number = |name| cell(&cells, name).parse().ok();
        let (latitude, longitude) = (degrees("lat"), degrees("lon"));
        let (region, cow, gw) = (cell(&cells, "region"), number("cow"), number("gw"));
        (cell(&cells, "id"), Place { region, latitude, longitude, cow, gw })
    };
    lines.map(row).collect()
}

/// Adds region, degrees and numbers to the states and territories of the record; persons and bodies get the region of their home.
pub fn add(record: &mut Record) {
    for (id, actor) in &mut record.actors {
        if let Some(place) = STATES.get(id.as_str()) {
            (actor.latitude, actor.longitude) = (place.latitude, place.longitude);
            (actor.cow, actor.gw) = (place.cow, place.gw);
        }
        let home = actor.home.as_deref().unwrap_or(id);
        let region = STATES.get(home).map(|p| p.region).filter(|r| !r.is_empty());
        actor.region = region.map(str::to_owned);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_state_has_a_region_and_its_degrees() {
        assert!(STATES.len() > 190, "{}", STATES.len());
        let sound = |p: &Place| {
            let degrees = |x: Option<f64>, most: f64| x.is_some_and(|x| x.abs() <= most);
            !p.region.is_empty() && degrees(p.latitude, 90.0) && degrees(p.longitude, 180.0)
        };
        let broken: Vec<_> = STATES.iter().filter(|(_, p)| !sound(p)).map(|(id, _)| id).collect();
        assert!(broken.is_empty(), "{broken:?}");
    }
}
