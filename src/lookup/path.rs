use super::between::{Window, dyad};
use super::event::{Raw, Teller};
use super::{Chain, Step, Who, record};
use crate::error::Result;
use crate::network::{self, Network, Projection};
use crate::store::Store;

/// The shortest chain of events that the graph vouches for from one actor to another: over states and organisations,
/// into which persons and organs roll up, but for the two themselves. `None` if nothing joins them.
pub fn path(store: &Store, from: &Who, to: &Who) -> Result<Option<Chain>> {
    let apart = vec![from.id.clone(), to.id.clone()];
    let network = Projection { apart, ..Projection::default() }.outline(&record(store)?);
    let (Some(a), Some(b)) = (network.node(&from.id), network.node(&to.id)) else { return Ok(None) };
    let Some(route) = network::shortest(&network, a, b) else { return Ok(None) };
    let teller = Teller::new(store);
    let mut steps = Vec::new();
    let mut at = a;
    for edge in &route {
        let edge = &network.edges[*edge];
        let next = if edge.source == at { edge.target } else { edge.source };
        steps.extend(step(&teller, &network, at, next)?);
        at = next;
    }
    Ok(Some(Chain { from: from.clone(), to: to.clone(), steps }))
}

fn step(teller: &Teller, network: &Network, from: usize, to: usize) -> Result<Option<Step>> {
    let [from, to] = [from, to].map(|i| &network.nodes[i]);
    let who = |n: &network::Node| Who { id: n.id.clone(), name: n.label.clone(), kind: n.entity_type.clone() };
    let (from, to) = (who(from), who(to));
    let events: Vec<Raw> = dyad(teller, &from, &to, &Window::default())?;
    let vouched: Vec<&Raw> = events.iter().filter(|e| e.vouched() && e.relation.quad_class().is_some()).collect();
    let best = vouched.iter().max_by(|x, y| {
        let strength = |r: &Raw| (r.publishers, r.confidence);
        let ((n, p), (m, q)) = (strength(x), strength(y));
        n.cmp(&m).then(p.total_cmp(&q)).then_with(|| y.iri.cmp(&x.iri))
    });
    let Some(best) = best else { return Ok(None) };
    Ok(Some(Step { from, to, events: vouched.len() as u32, evidence: teller.tell(best)? }))
}
