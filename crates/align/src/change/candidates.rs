//! Which statements of both sides are worth comparing: those that share telling words, are near as vectors, stand in the
//! same place, or have the same below them. Bounded for each statement, so that large outlines stay cheap.

use std::collections::BTreeSet;

use rayon::prelude::*;

use super::place::Places;
use super::reading::Reading;
use crate::vectors::cosine;

/// The best so many by shared words, for each statement.
const BY_WORDS: usize = 10;
/// The nearest so many by vectors, for each statement.
const BY_VECTOR: usize = 6;
/// The nearest so many in the same place, for each statement.
const BY_PLACE: usize = 8;
/// A stem that more statements have is passed over.
const MOST_POSTINGS: usize = 400;
/// Vectors are compared all with all only up to so many pairs.
const MOST_COSINES: usize = 2_000_000;

/// Pairs worth comparing among the statements that are `left` on both sides, in order.
pub(super) fn candidates(reading: &Reading<'_>, places: &Places, left: [&[usize]; 2]) -> Vec<(usize, usize)> {
    let mut found: BTreeSet<(usize, usize)> = BTreeSet::new();
    for side in [0, 1] {
        let rows = by_words(reading, side, left).into_iter().chain(by_vector(reading, side, left));
        for (own, others) in rows {
            found.extend(others.into_iter().map(|other| if side == 0 { (own, other) } else { (other, own) }));
        }
    }
    found.extend(by_place(reading, places, left));
    let [ones, others] = left.map(|side| side.iter().copied().collect::<BTreeSet<usize>>());
    let shared = places.with_shared().filter(|(one, other)| ones.contains(one) && others.contains(other));
    found.extend(shared);
    found.into_iter().collect()
}

type Rows = Vec<(usize, Vec<usize>)>;

fn by_words(reading: &Reading<'_>, side: usize, left: [&[usize]; 2]) -> Rows {
    let others = left[1 - side];
    let mut postings: Vec<Vec<usize>> = vec![Vec::new(); reading.stem_count];
    for (number, at) in others.iter().enumerate() {
        for word in &reading.sides[1 - side][*at].words {
            postings[reading.stems[*word as usize] as usize].push(number);
        }
    }
    let mass = |side: usize, at: usize| -> f64 {
        reading.sides[side][at].words.iter().map(|word| reading.weights[*word as usize]).sum()
    };
    let masses: Vec<f64> = others.iter().map(|at| mass(1 - side, *at)).collect();
    left[side]
        .par_iter()
        .with_min_len(32)
        .map(|own| {
            let mut overlap: std::collections::BTreeMap<usize, f64> = std::collections::BTreeMap::new();
            for word in &reading.sides[side][*own].words {
                let having = &postings[reading.stems[*word as usize] as usize];
                for number in having.iter().filter(|_| having.len() <= MOST_POSTINGS) {
                    *overlap.entry(*number).or_default() += reading.weights[*word as usize];
                }
            }
            let own_mass = mass(side, *own);
            let scored =
                overlap.into_iter().map(|(number, shared)| (shared / (own_mass + masses[number]), others[number]));
            (*own, best(scored.collect(), BY_WORDS))
        })
        .collect()
}

fn by_vector(reading: &Reading<'_>, side: usize, left: [&[usize]; 2]) -> Rows {
    if left[0].len().saturating_mul(left[1].len()) > MOST_COSINES {
        return Vec::new();
    }
    left[side]
        .par_iter()
        .with_min_len(16)
        .map(|own| {
            let vector = &reading.sides[side][*own].vector;
            let scored = left[1 - side]
                .iter()
                .map(|other| (f64::from(cosine(vector, &reading.sides[1 - side][*other].vector)), *other));
            (*own, best(scored.collect(), BY_VECTOR))
        })
        .collect()
}

/// The best by score, the earlier line where scores are equal.
fn best(mut scored: Vec<(f64, usize)>, most: usize) -> Vec<usize> {
    scored.sort_by(|one, other| other.0.total_cmp(&one.0).then(one.1.cmp(&other.1)));
    scored.truncate(most);
    scored.into_iter().map(|(_, at)| at).collect()
}

/// What is left under lines that belong together, nearest first by how far down it stands.
fn by_place(reading: &Reading<'_>, places: &Places, left: [&[usize]; 2]) -> Vec<(usize, usize)> {
    let mut below: std::collections::BTreeMap<Option<usize>, Vec<usize>> = std::collections::BTreeMap::new();
    for other in left[1] {
        below.entry(reading.sides[1][*other].above).or_default().push(*other);
    }
    let mut found = Vec::new();
    for (above, others) in &below {
        let ones = left[0].iter().filter(|one| match (reading.sides[0][**one].above, above) {
            (None, None) => true,
            (Some(one), Some(above)) => places.together(one, *above),
            _ => false,
        });
        let ones: Vec<usize> = ones.copied().collect();
        for (rank, one) in ones.iter().enumerate() {
            // The same rank among what is left, and the ranks around it.
            let middle = rank * others.len() / ones.len();
            let from = middle.saturating_sub(BY_PLACE / 2);
            found.extend(others.iter().skip(from).take(BY_PLACE).map(|other| (*one, *other)));
        }
    }
    found
}
