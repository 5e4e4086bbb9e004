//! The network of actors, and two of them through time.

use serde_json::json;

use super::super::graph::Graph;
use super::super::params::Params;
use super::super::reply::{Problem, Reply, document, json as reply};
use super::who;
use crate::export::{self, Format, NetworkFormat};
use crate::network::series::{self, Point};
use crate::network::signed::{CERTAINTY, Signed};
use crate::network::{Ego, Layer, Level, Projection, Step, measure};

/// As the command `export` writes it.
pub fn network(graph: &Graph, params: &Params) -> Reply {
    let (format, media) = format(params.one("format")?.unwrap_or("json"))?;
    let (projection, record) = (projection(graph, params)?, graph.record()?);
    let mut network = projection.of(&record);
    if params.parsed("measures", false)? {
        network.measures = measure::all(&network);
        network.measures.extend(Signed::of(&projection, &record).measures(CERTAINTY));
    }
    let mut text = Vec::new();
    export::write_network(&network, format, &mut text)?;
    Ok(document(media, text))
}

fn projection(graph: &Graph, params: &Params) -> Result<Projection, Problem> {
    let unknown = |name: &str, word: &str| Problem::wrong(format!("'{word}' is no value of '{name}'"));
    let ego = params.one("ego")?.filter(|e| !e.is_empty()).map(|name| who(graph, name)).transpose()?;
    let depth = params.parsed("depth", 1usize)?;
    Ok(Projection {
        level: match params.one("level")?.unwrap_or("state") {
            "state" => Level::State,
            "organisation" => Level::Organisation,
            "person" => Level::Person,
            other => return Err(unknown("level", other)),
        },
        layer: match params.one("layer")?.unwrap_or("all") {
            "all" => Layer::All,
            "cooperation" => Layer::Cooperation,
            "conflict" => Layer::Conflict,
            other => return Err(unknown("layer", other)),
        },
        relations: params.relations()?,
        since: params.since()?,
        until: params.until()?,
        min_events: params.parsed("min_events", 1)?,
        min_confidence: params.parsed("min_confidence", 0.0)?,
        ego: ego.map(|who| Ego { node: who.id, depth }),
        ..Projection::default()
    })
}

fn format(name: &str) -> Result<(NetworkFormat, &'static str), Problem> {
    use NetworkFormat as F;
    let unknown = || Problem::wrong(format!("'{name}' is no format of a network"));
    let Ok(Format::Network(format)) = Format::named(name) else { return Err(unknown()) };
    let media = match format {
        F::Graphml => "application/graphml+xml",
        F::Gexf => "application/gexf+xml",
        F::Csv | F::Matrix => "text/csv; charset=utf-8",
        F::Json | F::Cytoscape => "application/json",
        F::Dot => "text/vnd.graphviz; charset=utf-8",
        F::Geojson => "application/geo+json",
    };
    Ok((format, media))
}

/// As the command `dyad` counts it.
pub fn timeline(graph: &Graph, params: &Params) -> Reply {
    let step = match params.one("by")?.unwrap_or("year") {
        "year" => Step::Year,
        "month" => Step::Month,
        other => return Err(Problem::wrong(format!("'{other}' is no value of 'by'")).next("year or month")),
    };
    let (since, until) = (params.since()?, params.until()?);
    let [a, b] = [who(graph, params.required("a")?)?, who(graph, params.required("b")?)?];
    let apart = vec![a.id.clone(), b.id.clone()];
    let projection = Projection { since, until, apart, ..Projection::default() };
    let series = series::of(&projection, &*graph.record()?, &a.id, &b.id, step);
    let point = |p: &Point| {
        json!({ "time": p.slice.to_string(), "cooperation": p.cooperation, "conflict": p.conflict,
            "goldstein": p.goldstein })
    };
    let points: Vec<_> = series.points.iter().map(point).collect();
    reply(&json!({ "a": a, "b": b, "points": points, "unplaced": series.unplaced }))
}
