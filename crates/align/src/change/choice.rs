//! What is taken of the pairs, splits and mergers that are worth taking: those worth most together, no statement twice.
//! What shares no statement is settled by itself; exactly where few splits touch each other, by steady improvement where
//! several do, one by one where very many do.

use std::collections::{BTreeMap, BTreeSet};

use super::assignment::assign;
use super::kinds::Found;
use super::likeness::Likeness;

/// Up to so many splits that touch each other are tried in every combination.
const MOST_TRIED: usize = 8;
/// Beyond so many pairs that touch each other splits are taken one by one.
const MOST_PAIRS: usize = 400;

/// A pair worth taking, with what it is worth in millionths.
#[derive(Clone, Copy, Debug)]
pub(super) struct Pair {
    pub(super) one: usize,
    pub(super) other: usize,
    pub(super) value: i64,
}

/// A split or merger worth taking.
#[derive(Clone, Debug)]
pub(super) struct Several {
    pub(super) ones: Vec<usize>,
    pub(super) others: Vec<usize>,
    pub(super) likeness: f64,
    pub(super) value: i64,
}

/// What is taken, component by component.
pub(super) fn chosen(
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
