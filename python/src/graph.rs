//! The commands, and the facts of a graph.

use std::path::PathBuf;

use diplograph::cli::{self, Outcome};
use diplograph::error::Result;
use diplograph::model::FactLine;
use diplograph::store::{Mode, Store};
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyList};
use pythonize::pythonize;

use crate::raised;

/// Runs a command of the program. Returns how it ended, as its exit status says it, what it printed, and its remarks.
#[pyfunction]
pub fn call(py: Python<'_>, args: Vec<String>) -> PyResult<(u8, Bound<'_, PyBytes>, Vec<String>)> {
    let called = py.detach(|| cli::call(&args)).map_err(|e| raised(py, &e))?;
    let status = match called.outcome {
        Outcome::Done => 0,
        Outcome::Nothing => 1,
        Outcome::Skipped => 3,
    };
    Ok((status, PyBytes::new(py, &called.out), called.notes))
}

/// The facts of a graph, as `extract` prints them.
#[pyfunction]
pub fn facts(py: Python<'_>, dir: PathBuf) -> PyResult<Bound<'_, PyList>> {
    let read = || -> Result<_> { Store::open(&dir, Mode::ReadOnly)?.facts(None) };
    let facts = py.detach(read).map_err(|e| raised(py, &e))?;
    let list = PyList::empty(py);
    for fact in &facts {
        list.append(pythonize(py, &FactLine::new(fact))?)?;
    }
    Ok(list)
}
