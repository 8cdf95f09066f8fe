//! All statements settled together: pairs, splits and mergers that explain most between them.
//!
//! value of a pair = score − [`LEAST`]; of a split into k parts = (k + 1) / 2 · (score − [`LEAST`]);
//! score = likeness + what place, neighbours, number and what stands below add. Among all ways in which no statement is
//! used twice, the one with the highest sum is taken (`choice`).

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use super::candidates::candidates;
use super::choice::{Pair, Several, chosen};
use super::kinds::Found;
use super::likeness::Likeness;
use super::parts::{Parts, parts};
use super::place::Places;
use super::reading::Reading;
use super::verbatim::verbatim;

/// A score below this is no match.
const LEAST: f64 = 0.52;
/// A likeness below this is none, whatever the place says.
const FLOOR: f64 = 0.3;
/// Added where both stand under lines that belong together, taken away where they stand elsewhere altogether.
const FOR_PLACE: f64 = 0.08;
const FOR_NEIGHBOURS: f64 = 0.06;
const FOR_CODE: f64 = 0.03;
const FOR_BELOW: f64 = 0.25;
/// In the same place a statement that was cut short or spun out is still the same: what one side has of the other beyond
/// the mean counts by this.
const FOR_WITHIN: f64 = 0.3;
/// As many times places and matches are found from each other.
const ROUNDS: usize = 3;

/// A score in millionths.
#[expect(clippy::cast_possible_truncation, reason = "scores are far below 2^31")]
pub(super) fn micro(score: f64) -> i64 {
    (score * 1e6).round() as i64
}

/// What became of every statement, and the headings that go on.
pub(super) fn settle(reading: &Reading<'_>) -> (Vec<Found>, Vec<(usize, usize)>) {
    let mut places = Places::new(reading, []);
    let mut known: BTreeMap<(usize, usize), Likeness> = BTreeMap::new();
    let mut found = Vec::new();
    for round in 0..ROUNDS {
        let same = verbatim(reading, &places);
        if round == 0 {
            places = Places::new(reading, same.iter().copied());
        }
        let (pairs, several) = compared(reading, &places, &same, &mut known);
        found = chosen(&same, &pairs, several, &known);
        let together = found.iter().flat_map(|found: &Found| {
            found.ones.iter().flat_map(|one| found.others.iter().map(|other| (*one, *other)))
        });
        places = Places::new(reading, together);
    }
    for found in &mut found {
        found.stand(reading, &places);
    }
    found.extend(alone(reading, &found));
    let headings = reading.sides[0].iter().enumerate().filter(|(_, line)| line.heading).flat_map(|(one, _)| {
        let others = reading.sides[1].iter().enumerate().filter(|(_, line)| line.heading).map(|(at, _)| at);
        others.filter(|other| places.together(one, *other)).map(move |other| (one, other)).collect::<Vec<_>>()
    });
    (found, headings.collect())
}

/// What only one side has.
fn alone(reading: &Reading<'_>, found: &[Found]) -> Vec<Found> {
    let ones: BTreeSet<usize> = found.iter().flat_map(|found| found.ones.iter().copied()).collect();
    let others: BTreeSet<usize> = found.iter().flat_map(|found| found.others.iter().copied()).collect();
    let gone = reading.statements(0).filter(|at| !ones.contains(at)).map(|at| Found::alone(0, at));
    let new = reading.statements(1).filter(|at| !others.contains(at)).map(|at| Found::alone(1, at));
    gone.chain(new).collect()
}

/// The pairs, splits and mergers worth taking among what has not the same words.
fn compared(
    reading: &Reading<'_>,
    places: &Places,
    same: &[(usize, usize)],
    known: &mut BTreeMap<(usize, usize), Likeness>,
) -> (Vec<Pair>, Vec<Several>) {
    let taken: [BTreeSet<usize>; 2] =
        [same.iter().map(|(one, _)| *one).collect(), same.iter().map(|(_, other)| *other).collect()];
    let left = [0, 1]
        .map(|side: usize| reading.statements(side).filter(|at| !taken[side].contains(at)).collect::<Vec<usize>>());
    let candidates = candidates(reading, places, [&left[0], &left[1]]);
    let unknown: Vec<(usize, usize)> = candidates.iter().copied().filter(|pair| !known.contains_key(pair)).collect();
    let likenesses: Vec<Likeness> = unknown
        .par_iter()
        .with_min_len(64)
        .map(|(one, other)| reading.likeness(&reading.sides[0][*one], &[&reading.sides[1][*other]]))
        .collect();
    known.extend(unknown.into_iter().zip(likenesses));
    let scored = |(one, other): &(usize, usize)| -> Option<Pair> {
        let value = score(reading, places, (*one, *other), known[&(*one, *other)])? - LEAST;
        (value > 0.0).then(|| Pair { one: *one, other: *other, value: micro(value) })
    };
    let pairs = candidates.iter().filter_map(scored).collect();
    (pairs, splits(reading, places, &candidates, known))
}

/// How well two statements fit; none where they have too little in common.
fn score(reading: &Reading<'_>, places: &Places, (one, other): (usize, usize), likeness: Likeness) -> Option<f64> {
    let below = places.shared_below(one, other);
    if likeness.value < FLOOR && below < 0.5 {
        return None;
    }
    let same_parent = places.same_parent(reading, one, other);
    let code = |side: usize, at: usize| reading.given[side][at].code.as_ref();
    let same_code = same_parent && code(0, one).is_some() && code(0, one) == code(1, other);
    let neighbours = if same_parent { places.neighbours(reading, one, other) } else { 0.0 };
    let within = if same_parent { likeness.first.max(likeness.second) - likeness.mean() } else { 0.0 };
    Some(
        likeness.value
            + FOR_PLACE * (2.0 * places.context(reading, one, other) - 1.0)
            + FOR_NEIGHBOURS * neighbours
            + if same_code { FOR_CODE } else { 0.0 }
            + FOR_BELOW * below
            + FOR_WITHIN * within,
    )
}

/// A side and a line of it, with the lines of the other side it may be split into.
type Whole = ((usize, usize), Vec<(usize, Likeness)>);

fn splits(
    reading: &Reading<'_>,
    places: &Places,
    candidates: &[(usize, usize)],
    known: &BTreeMap<(usize, usize), Likeness>,
) -> Vec<Several> {
    let mut wholes: BTreeMap<(usize, usize), Vec<(usize, Likeness)>> = BTreeMap::new();
    for pair in candidates {
        let likeness = known[pair];
        if likeness.value >= FLOOR {
            wholes.entry((0, pair.0)).or_default().push((pair.1, likeness));
            let back = Likeness { value: likeness.value, first: likeness.second, second: likeness.first };
            wholes.entry((1, pair.1)).or_default().push((pair.0, back));
        }
    }
    let wholes: Vec<Whole> = wholes.into_iter().filter(|(_, others)| others.len() > 1).collect();
    let found: Vec<Vec<Parts>> = wholes
        .par_iter()
        .with_min_len(16)
        .map(|((side, whole), others)| parts(reading, *side, *whole, others))
        .collect();
    found.into_iter().flatten().filter_map(|parts| valued(reading, places, parts)).collect()
}

#[expect(clippy::cast_precision_loss, reason = "a handful of parts")]
fn valued(reading: &Reading<'_>, places: &Places, found: Parts) -> Option<Several> {
    let Parts { side, whole, parts, likeness } = found;
    let fit: f64 = parts
        .iter()
        .map(|part| if side == 0 { (whole, *part) } else { (*part, whole) })
        .map(|(one, other)| places.context(reading, one, other))
        .sum();
    let score = likeness + FOR_PLACE * (2.0 * fit / parts.len() as f64 - 1.0);
    let value = (parts.len() as f64 + 1.0) / 2.0 * (score - LEAST);
    let (ones, others) = if side == 0 { (vec![whole], parts) } else { (parts, vec![whole]) };
    (value > 0.0).then(|| Several { ones, others, likeness, value: micro(value) })
}
