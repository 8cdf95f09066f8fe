//! Products of many whole-number vectors with many others: what ranking and the encoder spend their time on.
//!
//! out(m, n) = Σₖ a(m, k) · b(n, k), exactly. b is packed once into panels of [`LANES`] vectors, pair of numbers by pair, so that a
//! step loads one panel line and adds to all its sums. The caller keeps Σₖ |a · b| below 2³¹.

use crate::lanes::{LANES, Lanes, OnLanes, Pairs, on_widest};

/// Vectors packed for multiplying: panels of [`LANES`] vectors.
#[derive(Clone, Debug, Default)]
pub(crate) struct Packed {
    /// Width of a vector in pairs.
    pairs: usize,
    /// How many vectors.
    count: usize,
    lines: Vec<Pairs>,
}

impl Packed {
    /// Packs `rows`, vectors of `width` (an even number) one after another; the last panel is filled up with zeros.
    pub(crate) fn new(rows: &[i16], width: usize) -> Self {
        let (pairs, count) = (width / 2, rows.len() / width);
        let mut lines = vec![[[0_i16; 2]; LANES]; count.div_ceil(LANES) * pairs];
        for (at, row) in rows.chunks_exact(width).enumerate() {
            let panel = &mut lines[at / LANES * pairs..][..pairs];
            for (line, pair) in panel.iter_mut().zip(row.chunks_exact(2)) {
                line[at % LANES] = [pair[0], pair[1]];
            }
        }
        Self { pairs, count, lines }
    }

    /// How many vectors.
    pub(crate) const fn len(&self) -> usize {
        self.count
    }

    /// Panels.
    pub(crate) fn panels(&self) -> usize {
        self.count.div_ceil(LANES)
    }

    fn panel(&self, at: usize) -> &[Pairs] {
        &self.lines[at * self.pairs..(at + 1) * self.pairs]
    }
}

/// Products of the vectors in `rows` (each as wide as those packed, one after another) with those of the panels `first` to
/// `end`; `out` has, for each row, [`LANES`] numbers a panel.
pub(crate) fn products(rows: &[i16], packed: &Packed, panels: std::ops::Range<usize>, out: &mut [i32]) {
    let count = rows.len() / (2 * packed.pairs).max(1);
    assert_eq!(out.len(), count * panels.len() * LANES, "a place for each product");
    let rows: &[[i16; 2]] = pulp::bytemuck::cast_slice(rows);
    on_widest(Multiply { rows, packed, panels, out });
}

struct Multiply<'a> {
    rows: &'a [[i16; 2]],
    packed: &'a Packed,
    panels: std::ops::Range<usize>,
    out: &'a mut [i32],
}

impl OnLanes for Multiply<'_> {
    type Output = ();

    #[inline(always)]
    fn run<L: Lanes, const ROWS: usize, const PANELS: usize>(self, lanes: L) {
        let Self { rows, packed, panels, out } = self;
        let (pairs, line) = (packed.pairs, panels.len() * LANES);
        for (block, rows) in rows.chunks(ROWS * pairs).enumerate() {
            let whole = rows.len() == ROWS * pairs;
            let out = &mut out[block * ROWS * line..];
            let mut at = 0;
            while at < panels.len() {
                let first = panels.start + at;
                if whole && panels.len() - at >= PANELS {
                    tile::<L, ROWS, PANELS>(lanes, rows, packed, first, &mut out[at * LANES..], line);
                    at += PANELS;
                } else if whole {
                    tile::<L, ROWS, 1>(lanes, rows, packed, first, &mut out[at * LANES..], line);
                    at += 1;
                } else {
                    for (row, pairs) in rows.chunks_exact(pairs).enumerate() {
                        tile::<L, 1, 1>(lanes, pairs, packed, first, &mut out[row * line + at * LANES..], line);
                    }
                    at += 1;
                }
            }
        }
    }
}

/// `ROWS` rows with `PANELS` panels.
#[inline(always)]
fn tile<L: Lanes, const ROWS: usize, const PANELS: usize>(
    lanes: L,
    rows: &[[i16; 2]],
    packed: &Packed,
    first: usize,
    out: &mut [i32],
    line: usize,
) {
    let pairs = packed.pairs;
    let mut sums = [[lanes.zero(); PANELS]; ROWS];
    let rows: [&[[i16; 2]]; ROWS] = std::array::from_fn(|row| &rows[row * pairs..(row + 1) * pairs]);
    let panels: [&[Pairs]; PANELS] = std::array::from_fn(|panel| &packed.panel(first + panel)[..pairs]);
    for at in 0..pairs {
        for (sums, row) in sums.iter_mut().zip(rows) {
            for (sum, panel) in sums.iter_mut().zip(panels) {
                *sum = lanes.add_products(*sum, row[at], &panel[at]);
            }
        }
    }
    for (row, sums) in sums.into_iter().enumerate() {
        for (panel, sum) in sums.into_iter().enumerate() {
            let start = row * line + panel * LANES;
            out[start..start + LANES].copy_from_slice(&lanes.store(sum));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lanes::Plain;
    use proptest::prelude::*;

    fn by_hand(rows: &[i16], others: &[i16], width: usize) -> Vec<Vec<i32>> {
        let dot = |one: &[i16], other: &[i16]| one.iter().zip(other).map(|(a, b)| i32::from(*a) * i32::from(*b)).sum();
        rows.chunks_exact(width).map(|one| others.chunks_exact(width).map(|other| dot(one, other)).collect()).collect()
    }

    proptest! {
        #[test]
        fn every_kind_of_lanes_gives_the_exact_products(
            count in 1_usize..21, others in 1_usize..70, pairs in 1_usize..40, seed in 0_u32..1_000,
        ) {
            let width = 2 * pairs;
            let value = |at: usize| {
                let mixed = (u32::try_from(at).unwrap() ^ seed).wrapping_mul(2_654_435_761);
                i16::try_from(mixed >> 19).unwrap() - 4_096
            };
            let rows: Vec<i16> = (0..count * width).map(value).collect();
            let packed: Vec<i16> = (0..others * width).map(|at| value(at + 7_919)).collect();
            let expected = by_hand(&rows, &packed, width);
            let packed = Packed::new(&packed, width);
            let line = packed.panels() * LANES;
            let mut widest = vec![7; count * line];
            products(&rows, &packed, 0..packed.panels(), &mut widest);
            let mut plain = vec![7; count * line];
            let work = Multiply {
                rows: pulp::bytemuck::cast_slice(&rows), packed: &packed, panels: 0..packed.panels(), out: &mut plain,
            };
            work.run::<Plain, 4, 1>(Plain);
            prop_assert_eq!(&widest, &plain);
            for (row, expected) in expected.iter().enumerate() {
                prop_assert_eq!(&widest[row * line..row * line + others], &expected[..]);
            }
        }
    }
}
