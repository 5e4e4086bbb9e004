//! Tables of rows that are looked up and added: in training as floats, in the model as bytes with one scale a row.

/// A table whose rows can be added to a vector.
pub trait Rows {
    /// `out += row`. A row that is not there adds nothing.
    fn add(&self, row: usize, out: &mut [f32]);
}

/// Rows of floats.
#[derive(Debug, Clone, Default)]
pub struct FloatRows {
    pub width: usize,
    pub data: Vec<f32>,
}

/// Rows of signed bytes, each with the factor that makes its greatest value 127.
#[derive(Debug, Clone, Default)]
pub struct ByteRows {
    pub width: usize,
    pub scales: Vec<f32>,
    pub data: Vec<i8>,
}

impl Rows for FloatRows {
    fn add(&self, row: usize, out: &mut [f32]) {
        if let Some(values) = self.data.get(row * self.width..(row + 1) * self.width) {
            out.iter_mut().zip(values).for_each(|(o, v)| *o += v);
        }
    }
}

impl Rows for ByteRows {
    fn add(&self, row: usize, out: &mut [f32]) {
        let Some(scale) = self.scales.get(row) else { return };
        if let Some(values) = self.data.get(row * self.width..(row + 1) * self.width) {
            out.iter_mut().zip(values).for_each(|(o, v)| *o += scale * f32::from(*v));
        }
    }
}

impl From<&FloatRows> for ByteRows {
    fn from(rows: &FloatRows) -> Self {
        let mut bytes = Self { width: rows.width, ..Self::default() };
        for row in rows.data.chunks_exact(rows.width.max(1)) {
            let scale = row.iter().fold(0.0f32, |m, v| m.max(v.abs())) / 127.0;
            bytes.scales.push(scale);
            bytes.data.extend(row.iter().map(|v| if scale > 0.0 { (v / scale).round() as i8 } else { 0 }));
        }
        bytes
    }
}

impl From<&ByteRows> for FloatRows {
    fn from(bytes: &ByteRows) -> Self {
        let mut rows = Self { width: bytes.width, data: vec![0.0; bytes.data.len()] };
        rows.data.chunks_exact_mut(bytes.width.max(1)).enumerate().for_each(|(i, row)| bytes.add(i, row));
        rows
    }
}
