//! The static table: one vector for each word piece, distilled from a sentence encoder (see `model/MODEL_CARD.md`).
//!
//! File, little-endian: magic `CWST`, u32 version, u32 rows, u32 dims, one f32 scale a row, then rows × dims i8. The
//! vector of a text is the sum of `scale × row` over its pieces, in order and with repetition, at length 1.

use std::sync::LazyLock;

use crate::wordpiece::WORD_PIECE;

static BYTES: &[u8] = include_bytes!("../model/table.bin");

/// Vectors of pieces.
pub(crate) struct Table {
    /// Width of a vector.
    pub(crate) width: usize,
    scales: Vec<f32>,
    rows: &'static [u8],
}

/// Why a table cannot be read.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum TableError {
    /// The first bytes are not those of a table of this version.
    #[error("not a static table of version 1")]
    NotATable,
    /// The length does not fit the numbers in front.
    #[error("the table says {rows} rows of {dims} but has another length")]
    WrongLength {
        /// Rows it says it has.
        rows: usize,
        /// Width it says it has.
        dims: usize,
    },
}

/// The embedded table.
#[expect(clippy::expect_used, reason = "compiled in; a test reads it")]
pub(crate) static TABLE: LazyLock<Table> = LazyLock::new(|| Table::read(BYTES).expect("the embedded table is whole"));

/// The table file, for the digest of the weights.
pub(crate) fn bytes() -> &'static [u8] {
    BYTES
}

impl Table {
    fn read(bytes: &'static [u8]) -> Result<Self, TableError> {
        let (head, body) = bytes.split_at_checked(16).ok_or(TableError::NotATable)?;
        let number = |at: usize| u32::from_le_bytes([head[at], head[at + 1], head[at + 2], head[at + 3]]) as usize;
        if head[..4] != *b"CWST" || number(4) != 1 {
            return Err(TableError::NotATable);
        }
        let (rows, dims) = (number(8), number(12));
        if body.len() != rows * (4 + dims) || dims == 0 || dims % 32 != 0 {
            return Err(TableError::WrongLength { rows, dims });
        }
        let (scales, values) = body.split_at(4 * rows);
        let scales =
            scales.chunks_exact(4).map(|four| f32::from_le_bytes([four[0], four[1], four[2], four[3]])).collect();
        Ok(Self { width: dims, scales, rows: values })
    }

    /// Adds the vectors of the pieces of `text`, `weight` times, to `sum`.
    pub(crate) fn add(&self, text: &str, weight: f32, sum: &mut [f32]) {
        for piece in WORD_PIECE.encode(text) {
            self.add_piece(piece, weight, sum);
        }
    }

    /// Whether a piece has a vector.
    pub(crate) fn counts(&self, piece: u16) -> bool {
        self.scales.get(usize::from(piece)).is_some_and(|scale| *scale > 0.0)
    }

    /// Adds the vector of one piece, `weight` times, to `sum`.
    pub(crate) fn add_piece(&self, piece: u16, weight: f32, sum: &mut [f32]) {
        let piece = usize::from(piece);
        let Some(scale) = self.scales.get(piece) else { return };
        let scale = scale * weight;
        let row = &self.rows[piece * self.width..(piece + 1) * self.width];
        for (total, value) in sum.iter_mut().zip(row) {
            *total += scale * f32::from(value.cast_signed());
        }
    }

    /// The sum of the vectors of the pieces of `text`.
    pub(crate) fn sum(&self, text: &str) -> Vec<f32> {
        let mut sum = vec![0.0; self.width];
        self.add(text, 1.0, &mut sum);
        sum
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::golden::unescape;
    use crate::vectors::{cosine, unit};

    #[test]
    fn cosines_equal_those_of_the_training_script() {
        let mut lines = 0;
        for line in include_str!("../model/golden_cosines.tsv").lines() {
            let parts: Vec<&str> = line.split('\t').collect();
            let [one, other] = [parts[0], parts[1]].map(|text| unit(&TABLE.sum(&unescape(text))));
            let expected: f32 = parts[2].parse().unwrap();
            assert!((cosine(&one, &other) - expected).abs() < 1e-4, "{line}: {}", cosine(&one, &other));
            lines += 1;
        }
        assert!(lines >= 20);
    }

    #[test]
    fn a_broken_table_is_refused() {
        assert_eq!(Table::read(b"CWST").err(), Some(TableError::NotATable));
        assert_eq!(Table::read(b"CWSX\x01\0\0\0\x01\0\0\0\x20\0\0\0").err(), Some(TableError::NotATable));
        let short = Table::read(b"CWST\x01\0\0\0\x01\0\0\0\x20\0\0\0\0\0\0\0");
        assert_eq!(short.err(), Some(TableError::WrongLength { rows: 1, dims: 32 }));
    }
}
