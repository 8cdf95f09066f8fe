//! Decisions held out: what is learned without some courses is tried on these.

use std::collections::BTreeMap;

use super::{Judgement, Learning, fit};

/// In how many parts the courses are held out, one after the other.
pub(super) const FOLDS: usize = 5;

/// The part of every course: the largest courses are dealt out first, each to the part with the fewest decisions.
pub(super) fn groups(judgements: &[Judgement]) -> BTreeMap<usize, usize> {
    let mut sizes: BTreeMap<usize, usize> = BTreeMap::new();
    for judgement in judgements {
        *sizes.entry(judgement.group).or_default() += 1;
    }
    let mut order: Vec<(usize, usize)> = sizes.into_iter().collect();
    order.sort_by_key(|(group, size)| (std::cmp::Reverse(*size), *group));
    let mut filled = [0_usize; FOLDS];
    let mut parts = BTreeMap::new();
    for (group, size) in order {
        let part = (0..FOLDS).min_by_key(|part| (filled[*part], *part)).unwrap_or(0);
        filled[part] += size;
        parts.insert(group, part);
    }
    parts
}

/// The log odds of every decision by what is learned from the other parts; `parts` gives the part of each, below `count`.
pub(super) fn log_odds(judgements: &[Judgement], parts: &[usize], count: usize, learning: Learning) -> Vec<f64> {
    let mut found = vec![0.0; judgements.len()];
    for held in 0..count {
        let others = judgements.iter().zip(parts).filter(|(_, part)| **part != held);
        let others: Vec<&Judgement> = others.map(|(judgement, _)| judgement).collect();
        let scorer = fit::fit(&others, learning);
        for ((value, judgement), _) in found.iter_mut().zip(judgements).zip(parts).filter(|(_, part)| **part == held) {
            *value = scorer.log_odds(&judgement.reading);
        }
    }
    found
}
