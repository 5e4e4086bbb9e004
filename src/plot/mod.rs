//! Pictures of networks, as SVG and from it PNG: legible in grey (what colour says, a dash, a place or a number says too) and to colour-blind
//! readers (Okabe and Ito's palette). They are drawn from what [`crate::network`] computed; the same input gives the same bytes.

mod balance;
mod layout;
mod matrix;
mod network;
mod page;
#[cfg(feature = "png")]
mod raster;
mod scatter;
mod timeline;

use std::io::Write;
use std::path::Path;

pub use balance::{Line, lines};
pub use matrix::matrix;
pub use network::network;
pub use page::escaped;
pub use scatter::scatter;
pub use timeline::timeline;

use crate::error::{Error, Result};

/// Cooperation, conflict and what is neither (Okabe and Ito).
const BLUE: &str = "#0072b2";
const VERMILION: &str = "#d55e00";
const GREY: &str = "#999999";
const INK: &str = "#222222";

/// Colours of blocs, in order of their numbers; more blocs than colours begin again.
const BLOCS: [&str; 7] = ["#0072b2", "#e69f00", "#009e73", "#cc79a7", "#56b4e9", "#d55e00", "#f0e442"];

/// Writes a picture in the format of the file's ending.
///
/// # Errors
/// An ending other than `.svg` and `.png`; a PNG without the feature `png` or without fonts.
pub fn write(svg: &str, file: &Path, out: &mut dyn Write) -> Result<()> {
    match file.extension().and_then(|e| e.to_str()).map(str::to_ascii_lowercase).as_deref() {
        Some("svg") => Ok(out.write_all(svg.as_bytes())?),
        Some("png") => Ok(out.write_all(&png(svg)?)?),
        _ => Err(Error::new("pictures are written as SVG or PNG").hint("a file that ends in .svg or .png")),
    }
}

#[cfg(feature = "png")]
use raster::png;

#[cfg(not(feature = "png"))]
fn png(_: &str) -> Result<Vec<u8>> {
    Err(Error::new("this diplograph was built without PNG").hint("a file that ends in .svg"))
}
