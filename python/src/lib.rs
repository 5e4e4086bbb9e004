//! What the Python package asks of the library. It holds no knowledge: values go through as they are.

mod claim;
mod engine;
mod events;
mod graph;

use diplograph::error::Error;
use pyo3::prelude::*;

#[pymodule]
fn _native(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add("version", env!("CARGO_PKG_VERSION"))?;
    module.add_class::<engine::Engine>()?;
    module.add_class::<engine::Intake>()?;
    module.add_function(wrap_pyfunction!(events::events, module)?)?;
    module.add_function(wrap_pyfunction!(events::derived, module)?)?;
    module.add_function(wrap_pyfunction!(events::common_nquads, module)?)?;
    module.add_function(wrap_pyfunction!(graph::call, module)?)?;
    module.add_function(wrap_pyfunction!(graph::facts, module)?)
}

/// The error as the package's own exception, with the same words.
fn raised(py: Python<'_>, e: &Error) -> PyErr {
    exception(py, "Error", &e.to_string(), e.next_step())
}

/// An exception of the package.
fn exception(py: Python<'_>, class: &str, what: &str, hint: Option<&str>) -> PyErr {
    let made = py.import("diplograph.errors").and_then(|m| m.getattr(class)?.call1((what, hint)));
    made.map_or_else(|e| e, PyErr::from_value)
}
