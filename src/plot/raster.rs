//! SVG to PNG, with the fonts of the machine; twice as fine as the page says, so that print is sharp.

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{Options, Tree};

use crate::error::{Error, Result};

const SCALE: f32 = 2.0;

/// The picture as PNG.
///
/// # Errors
/// A machine without fonts, or a picture too large.
pub(super) fn png(svg: &str) -> Result<Vec<u8>> {
    let wrong = |e: &dyn std::fmt::Display| Error::new(format!("the picture: {e}"));
    let mut options = Options::default();
    options.fontdb_mut().load_system_fonts();
    let first = options.fontdb.faces().find_map(|f| f.families.first().map(|(name, _)| name.clone()));
    let Some(first) = first else {
        return Err(Error::new("this machine has no fonts to draw PNG with").hint("a file that ends in .svg"));
    };
    options.fontdb_mut().set_sans_serif_family(first);
    let tree = Tree::from_str(svg, &options).map_err(|e| wrong(&e))?;
    let size = tree.size().to_int_size();
    let scaled = |length: u32| (length as f32 * SCALE).ceil() as u32;
    let mut pixels =
        Pixmap::new(scaled(size.width()), scaled(size.height())).ok_or_else(|| wrong(&"too large for PNG"))?;
    resvg::render(&tree, Transform::from_scale(SCALE, SCALE), &mut pixels.as_mut());
    pixels.encode_png().map_err(|e| wrong(&e))
}
