//! Unit vectors in whole numbers: every product and sum is exact, so a cosine does not depend on the order of
//! additions, on the number of threads or on the machine.

use crate::kernel::Packed;

/// What the length 1 is written as. The dot product of two vectors stays below 2³¹.
const UNIT: f64 = 32_767.0;

/// Rows of one width, each a vector of length 1 in steps of 1/32,767, or zero.
#[derive(Clone, Debug, Default)]
pub(crate) struct Vectors {
    width: usize,
    values: Vec<i16>,
}

impl Vectors {
    /// No rows yet.
    pub(crate) fn new(width: usize) -> Self {
        Self { width, values: Vec::new() }
    }

    /// Adds the direction of `sum` (a zero row when it has none).
    pub(crate) fn push(&mut self, sum: &[f32]) {
        self.values.extend(unit(sum));
    }

    /// Adds a row already in steps.
    pub(crate) fn push_steps(&mut self, row: &[i16]) {
        self.values.extend_from_slice(row);
    }

    /// Number of rows.
    pub(crate) fn len(&self) -> usize {
        self.values.len() / self.width
    }

    /// One row.
    pub(crate) fn row(&self, index: usize) -> &[i16] {
        &self.values[index * self.width..(index + 1) * self.width]
    }

    /// The rows from `start` up to `end`, one after another.
    pub(crate) fn rows(&self, start: usize, end: usize) -> &[i16] {
        &self.values[start * self.width..end * self.width]
    }

    /// All rows, packed for many products.
    pub(crate) fn pack(&self) -> Packed {
        Packed::new(&self.values, self.width)
    }
}

/// Cosine of two rows, −1 to 1.
pub(crate) fn cosine(one: &[i16], other: &[i16]) -> f32 {
    scaled(one.iter().zip(other).map(|(a, b)| i32::from(*a) * i32::from(*b)).sum())
}

/// The cosine that a product of two rows stands for.
#[expect(clippy::cast_possible_truncation, clippy::cast_precision_loss, reason = "a cosine needs no more than f32")]
pub(crate) fn scaled(product: i32) -> f32 {
    product as f32 / (UNIT * UNIT) as f32
}

/// The direction of a vector, in steps.
pub(crate) fn unit(sum: &[f32]) -> Vec<i16> {
    let length = sum.iter().map(|value| f64::from(*value) * f64::from(*value)).sum::<f64>().sqrt();
    let scale = if length > 1e-12 { UNIT / length } else { 0.0 };
    #[expect(clippy::cast_possible_truncation, reason = "no part of a unit vector is longer than the whole")]
    sum.iter().map(|value| (f64::from(*value) * scale).round() as i16).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::products;
    use crate::lanes::LANES;

    #[test]
    fn many_cosines_equal_single_ones_and_those_of_floats() {
        let value = |row: u16, at: u16| f32::from((row * 37 + at * 11 + row * at) % 23) - 11.0;
        let rows: Vec<Vec<f32>> = (0..11).map(|row| (0..64).map(|at| value(row, at)).collect()).collect();
        let mut vectors = Vectors::new(64);
        for row in &rows {
            vectors.push(row);
        }
        let packed = vectors.pack();
        let mut all = vec![0; packed.panels() * LANES];
        products(vectors.row(3), &packed, 0..packed.panels(), &mut all);
        let all: Vec<f32> = all.into_iter().map(scaled).collect();
        let length = |row: &[f32]| row.iter().map(|x| x * x).sum::<f32>().sqrt();
        for (index, row) in rows.iter().enumerate() {
            assert_eq!(all[index].to_bits(), cosine(vectors.row(3), vectors.row(index)).to_bits());
            let float = rows[3].iter().zip(row).map(|(a, b)| a * b).sum::<f32>() / length(&rows[3]) / length(row);
            assert!((all[index] - float).abs() < 1e-4, "{} {float}", all[index]);
        }
        vectors.push(&[0.0; 64]);
        assert_eq!(cosine(vectors.row(0), vectors.row(11)), 0.0);
    }
}
