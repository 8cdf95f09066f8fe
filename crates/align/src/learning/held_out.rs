//! Decisions held out: what is learned without some courses is tried on these.

use std::collections::BTreeMap;

use super::{Judgement, fit};

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

/// The log odds of every decision by what is learned from the other parts.
pub(super) fn log_odds(judgements: &[Judgement], parts: &BTreeMap<usize, usize>) -> Vec<f64> {
    let part = |judgement: &Judgement| parts.get(&judgement.group).copied().unwrap_or(0);
    let mut found = vec![0.0; judgements.len()];
    for held in 0..FOLDS {
        let others: Vec<&Judgement> = judgements.iter().filter(|one| part(one) != held).collect();
        let scorer = fit::fit(&others);
        for (value, judgement) in found.iter_mut().zip(judgements).filter(|(_, one)| part(one) == held) {
            *value = scorer.log_odds(&judgement.reading);
        }
    }
    found
}
