//! Where statements stand, told across both outlines: which lines belong together so far, and what that says of others.

use std::collections::{BTreeMap, BTreeSet};

use super::assignment::assign;
use super::reading::Reading;

/// Above so many pairs of headings only those with shared statements or equal words are looked at.
const MOST_HEADING_PAIRS: usize = 90_000;
/// Headings below this are not each other's later version.
const LEAST_HEADING: f64 = 0.3;

/// The lines that belong together so far.
#[derive(Clone, Debug, Default)]
pub(super) struct Places {
    together: BTreeSet<(usize, usize)>,
    /// For pairs of lines that have statements below them in common: how many.
    below: BTreeMap<(usize, usize), usize>,
    /// Statements directly below each line, by side.
    counts: [Vec<usize>; 2],
}

impl Places {
    /// What is known from statements that belong together: their headings follow from them and from their words.
    pub(super) fn new(reading: &Reading<'_>, together: impl IntoIterator<Item = (usize, usize)>) -> Self {
        let together: BTreeSet<(usize, usize)> = together.into_iter().collect();
        let mut below: BTreeMap<(usize, usize), usize> = BTreeMap::new();
        for (one, other) in &together {
            if let (Some(one), Some(other)) = (reading.sides[0][*one].above, reading.sides[1][*other].above) {
                *below.entry((one, other)).or_default() += 1;
            }
        }
        let counts = [0, 1].map(|side: usize| {
            let mut counts = vec![0; reading.sides[side].len()];
            reading.sides[side].iter().filter_map(|line| line.above).for_each(|above| counts[above] += 1);
            counts
        });
        let mut places = Self { together, below, counts };
        let headings = places.headings(reading);
        places.together.extend(headings);
        places
    }

    /// How much of what stands directly below two lines belongs together, 0 to 1.
    pub(super) fn shared_below(&self, one: usize, other: usize) -> f64 {
        let shared = self.below.get(&(one, other)).copied().unwrap_or(0);
        let all = self.counts[0][one] + self.counts[1][other];
        ratio(2 * shared, all)
    }

    /// Pairs of lines that have something below them in common.
    pub(super) fn with_shared(&self) -> impl Iterator<Item = (usize, usize)> {
        self.below.keys().copied()
    }

    /// Whether two lines belong together.
    pub(super) fn together(&self, one: usize, other: usize) -> bool {
        self.together.contains(&(one, other))
    }

    /// Whether two lines stand under lines that belong together, or both at the top.
    pub(super) fn same_parent(&self, reading: &Reading<'_>, one: usize, other: usize) -> bool {
        match (reading.sides[0][one].above, reading.sides[1][other].above) {
            (None, None) => true,
            (Some(one), Some(other)) => self.together(one, other),
            _ => false,
        }
    }

    /// Whether the topmost lines over two lines belong together.
    pub(super) fn same_top(&self, reading: &Reading<'_>, one: usize, other: usize) -> bool {
        let (above, beside) = (reading.sides[0][one].top, reading.sides[1][other].top);
        (above == one && beside == other) || self.together(above, beside)
    }

    /// How well two lines fit by where they stand, 0 to 1: parent, then top.
    pub(super) fn context(&self, reading: &Reading<'_>, one: usize, other: usize) -> f64 {
        if self.same_parent(reading, one, other) {
            1.0
        } else if self.same_top(reading, one, other) {
            0.5
        } else {
            0.0
        }
    }

    /// Of the lines before and after both, how many belong together (or are missing on both sides): 0, ½ or 1.
    pub(super) fn neighbours(&self, reading: &Reading<'_>, one: usize, other: usize) -> f64 {
        let (one, other) = (&reading.sides[0][one], &reading.sides[1][other]);
        let beside = |one: Option<usize>, other: Option<usize>| match (one, other) {
            (Some(one), Some(other)) => self.together(one, other),
            (None, None) => true,
            _ => false,
        };
        let sides = [beside(one.before, other.before), beside(one.after, other.after)];
        ratio(sides.iter().filter(|beside| **beside).count(), 2)
    }

    /// Headings that go on: by their words and by what stands below them, as an assignment.
    fn headings(&self, reading: &Reading<'_>) -> Vec<(usize, usize)> {
        let [ones, others] = [0, 1].map(|side: usize| {
            let lines = reading.sides[side].iter().enumerate();
            lines.filter(|(_, line)| line.heading).map(|(at, _)| at).collect::<Vec<usize>>()
        });
        let few = ones.len().saturating_mul(others.len()) <= MOST_HEADING_PAIRS;
        let rows: Vec<Vec<(usize, i64)>> = ones
            .iter()
            .map(|one| {
                let all = others.iter().enumerate();
                all.filter_map(|(column, other)| Some((column, self.heading_value(reading, *one, *other, few)?)))
                    .collect()
            })
            .collect();
        let found = assign(&rows, others.len());
        ones.iter().zip(found).filter_map(|(one, column)| Some((*one, others[column?]))).collect()
    }

    fn heading_value(&self, reading: &Reading<'_>, one: usize, other: usize, few: bool) -> Option<i64> {
        let shared = self.shared_below(one, other);
        let (line, beside) = (&reading.sides[0][one], &reading.sides[1][other]);
        let same = line.letters == beside.letters;
        if !few && !same && shared == 0.0 {
            return None;
        }
        let words = if same { 1.0 } else { reading.likeness(line, &[beside]).value };
        let value = 0.5 * words + 0.5 * shared;
        (value >= LEAST_HEADING).then(|| super::settle::micro(value))
    }
}

#[expect(clippy::cast_precision_loss, reason = "counts of lines are far below 2^52")]
fn ratio(part: usize, all: usize) -> f64 {
    if all == 0 { 0.0 } else { (part as f64 / all as f64).min(1.0) }
}
