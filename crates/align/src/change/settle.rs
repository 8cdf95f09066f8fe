//! All statements settled together: pairs, splits and mergers that explain most between them.
//!
//! value of a pair = score − [`LEAST`]; of a split into k parts = (k + 1) / 2 · (score − [`LEAST`]);
//! score = likeness + what place, neighbours, number and what stands below add. Among all ways in which no statement is
//! used twice, the one with the highest sum is taken: exactly where few splits touch each other, by steady improvement
//! where many do.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use super::assignment::assign;
use super::candidates::candidates;
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
/// Up to so many splits that touch each other are tried in every combination.
const MOST_TRIED: usize = 8;
/// Beyond so many pairs that touch each other splits are taken one by one.
const MOST_PAIRS: usize = 400;

/// A pair worth taking, with what it is worth in millionths.
#[derive(Clone, Copy, Debug)]
struct Pair {
    one: usize,
    other: usize,
    value: i64,
}

/// A split or merger worth taking.
#[derive(Clone, Debug)]
struct Several {
    ones: Vec<usize>,
    others: Vec<usize>,
    likeness: f64,
    value: i64,
}

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
    let wholes: Vec<((usize, usize), Vec<(usize, Likeness)>)> =
        wholes.into_iter().filter(|(_, others)| others.len() > 1).collect();
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

/// What is taken, component by component.
fn chosen(
    same: &[(usize, usize)],
    pairs: &[Pair],
    several: Vec<Several>,
    known: &BTreeMap<(usize, usize), Likeness>,
) -> Vec<Found> {
    let mut found: Vec<Found> = same.iter().map(|(one, other)| Found::pair(*one, *other, 1.0, true)).collect();
    for (pairs, several) in components(pairs, several) {
        let taken = taken_splits(&pairs, &several);
        for pair in best_pairs(&pairs, &several, &taken).0 {
            found.push(Found::pair(pair.one, pair.other, known[&(pair.one, pair.other)].value, false));
        }
        for at in taken {
            let Several { ones, others, likeness, .. } = several[at].clone();
            found.push(Found::several(ones, others, likeness));
        }
    }
    found
}

/// Groups of pairs and splits that share no statement with those of another group.
fn components(pairs: &[Pair], several: Vec<Several>) -> Vec<(Vec<Pair>, Vec<Several>)> {
    let mut groups = Groups::default();
    let key = |side: usize, at: usize| 2 * at + side;
    for pair in pairs {
        groups.join(key(0, pair.one), key(1, pair.other));
    }
    for one in &several {
        let all: Vec<usize> =
            one.ones.iter().map(|at| key(0, *at)).chain(one.others.iter().map(|at| key(1, *at))).collect();
        all.windows(2).for_each(|two| groups.join(two[0], two[1]));
    }
    let mut found: BTreeMap<usize, (Vec<Pair>, Vec<Several>)> = BTreeMap::new();
    for pair in pairs {
        found.entry(groups.of(key(0, pair.one))).or_default().0.push(*pair);
    }
    for one in several {
        found.entry(groups.of(key(0, one.ones[0]))).or_default().1.push(one);
    }
    found.into_values().collect()
}

#[derive(Default)]
struct Groups(Vec<usize>);

impl Groups {
    fn of(&mut self, mut at: usize) -> usize {
        let from = self.0.len();
        self.0.extend(from..=at.max(from));
        while self.0[at] != at {
            self.0[at] = self.0[self.0[at]];
            at = self.0[at];
        }
        at
    }

    fn join(&mut self, one: usize, other: usize) {
        let (one, other) = (self.of(one), self.of(other));
        let (low, high) = (one.min(other), one.max(other));
        self.0[high] = low;
    }
}

fn clash(one: &Several, other: &Several) -> bool {
    one.ones.iter().any(|at| other.ones.contains(at)) || one.others.iter().any(|at| other.others.contains(at))
}

/// The best pairs beside the splits that are taken, and what all of them are worth together.
fn best_pairs(pairs: &[Pair], several: &[Several], taken: &[usize]) -> (Vec<Pair>, i64) {
    let used = |pair: &Pair| {
        taken.iter().any(|at| several[*at].ones.contains(&pair.one) || several[*at].others.contains(&pair.other))
    };
    let free: Vec<Pair> = pairs.iter().copied().filter(|pair| !used(pair)).collect();
    let number = |all: BTreeSet<usize>| -> BTreeMap<usize, usize> {
        all.into_iter().enumerate().map(|(number, at)| (at, number)).collect()
    };
    let ones = number(free.iter().map(|pair| pair.one).collect());
    let others = number(free.iter().map(|pair| pair.other).collect());
    let mut rows: Vec<Vec<(usize, i64)>> = vec![Vec::new(); ones.len()];
    for pair in &free {
        rows[ones[&pair.one]].push((others[&pair.other], pair.value));
    }
    let columns = assign(&rows, others.len());
    let got: Vec<Pair> =
        free.into_iter().filter(|pair| columns[ones[&pair.one]] == Some(others[&pair.other])).collect();
    let value = got.iter().map(|pair| pair.value).sum::<i64>() + taken.iter().map(|at| several[*at].value).sum::<i64>();
    (got, value)
}

/// Which splits are taken.
fn taken_splits(pairs: &[Pair], several: &[Several]) -> Vec<usize> {
    if several.is_empty() {
        return Vec::new();
    }
    if several.len() <= MOST_TRIED && pairs.len() <= MOST_PAIRS {
        return tried(pairs, several);
    }
    if pairs.len() > MOST_PAIRS {
        return one_by_one(pairs, several);
    }
    improved(pairs, several)
}

/// Every combination that does not clash.
fn tried(pairs: &[Pair], several: &[Several]) -> Vec<usize> {
    let mut best = (Vec::new(), best_pairs(pairs, several, &[]).1);
    for choice in 1..1_usize << several.len() {
        let taken: Vec<usize> = (0..several.len()).filter(|at| choice >> at & 1 == 1).collect();
        let clashes = taken
            .iter()
            .enumerate()
            .any(|(at, one)| taken[at + 1..].iter().any(|other| clash(&several[*one], &several[*other])));
        if clashes {
            continue;
        }
        let value = best_pairs(pairs, several, &taken).1;
        if value > best.1 {
            best = (taken, value);
        }
    }
    best.0
}

/// Takes the split that adds most, those it clashes with giving way, until none adds anything.
fn improved(pairs: &[Pair], several: &[Several]) -> Vec<usize> {
    let (mut taken, mut value) = (Vec::new(), best_pairs(pairs, several, &[]).1);
    loop {
        let tries = (0..several.len()).filter(|at| !taken.contains(at)).map(|at| {
            let stays = taken.iter().copied().filter(|other: &usize| !clash(&several[at], &several[*other]));
            let tried: Vec<usize> = stays.chain([at]).collect();
            let value = best_pairs(pairs, several, &tried).1;
            (value, tried)
        });
        let best = tries.max_by(|one, other| one.0.cmp(&other.0).then(other.1.cmp(&one.1)));
        match best {
            Some((better, tried)) if better > value => (value, taken) = (better, tried),
            _ => break,
        }
    }
    taken.sort_unstable();
    taken
}

/// Of many, those that are worth more than the pairs they take apart, most first.
fn one_by_one(pairs: &[Pair], several: &[Several]) -> Vec<usize> {
    let current = best_pairs(pairs, several, &[]).0;
    let lost = |one: &Several| -> i64 {
        let touched = current.iter().filter(|pair| one.ones.contains(&pair.one) || one.others.contains(&pair.other));
        touched.map(|pair| pair.value).sum()
    };
    let mut gains: Vec<(i64, usize)> =
        several.iter().enumerate().map(|(at, one)| (one.value - lost(one), at)).filter(|gain| gain.0 > 0).collect();
    gains.sort_by_key(|(gain, at)| (std::cmp::Reverse(*gain), *at));
    let mut taken: Vec<usize> = Vec::new();
    for (_, at) in gains {
        if taken.iter().all(|other| !clash(&several[at], &several[*other])) {
            taken.push(at);
        }
    }
    taken.sort_unstable();
    taken
}
