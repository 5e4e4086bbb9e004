//! The adjacency matrix as CSV: rows act, columns are met; the cells are the weights, 0 where there is no edge.

use std::io::Write;

use super::plain;
use crate::error::Result;
use crate::network::{Links, Network};

/// Writes the ids as first row and first column. Parallel edges are summed.
pub fn write(network: &Network, out: impl Write) -> Result<()> {
    let mut csv = csv::Writer::from_writer(out);
    let ids = || network.nodes.iter().map(|n| n.id.as_str());
    csv.write_record(std::iter::once("").chain(ids())).map_err(plain)?;
    let links = Links::of(network);
    for (i, id) in ids().enumerate() {
        let mut row = vec!["0".to_owned(); network.nodes.len()];
        links.out.of(i).for_each(|(j, weight)| row[j] = weight.to_string());
        csv.write_record(std::iter::once(id.to_owned()).chain(row)).map_err(plain)?;
    }
    Ok(csv.flush()?)
}
