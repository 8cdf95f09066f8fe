//! What a look at each pair of the queue is worth, where another order than the document's is asked for.

use std::collections::BTreeMap;

use credway_align::{ReviewedPair, WaitingPair, usefulness};
use credway_model::{Ctid, Probability};

use super::page::ReviewOrder;
use crate::what_stands::Pair;

/// Numbers for identifiers, in the order in which they are met.
#[derive(Default)]
struct Numbers(BTreeMap<Ctid, usize>);

impl Numbers {
    fn of(&mut self, id: Ctid) -> usize {
        let next = self.0.len();
        *self.0.entry(id).or_insert(next)
    }
}

/// The worth of every waiting pair; higher comes first.
///
/// `course` gives a statement's course, and `said` whether a pair was accepted or rejected, as far as who asks may know.
/// A pair that waits is never among those that were judged, even where others have a word on it.
pub(super) fn values(
    order: ReviewOrder,
    waiting: &[Pair],
    probabilities: &BTreeMap<Pair, Probability>,
    course: &dyn Fn(&Ctid) -> Option<Ctid>,
    said: &dyn Fn(Pair) -> Option<bool>,
) -> BTreeMap<Pair, f64> {
    let probability = |pair: &Pair| probabilities.get(pair).map_or(0.0, |probability| probability.value());
    match order {
        ReviewOrder::Blueprint => BTreeMap::new(),
        ReviewOrder::Probability => waiting.iter().map(|pair| (*pair, probability(pair))).collect(),
        ReviewOrder::Useful => {
            let (mut statements, mut courses, mut targets) =
                (Numbers::default(), Numbers::default(), Numbers::default());
            let mut numbered = |pair: &Pair| {
                Some(WaitingPair {
                    statement: statements.of(pair.0),
                    course: courses.of(course(&pair.0)?),
                    target: targets.of(pair.1),
                    probability: probability(pair),
                })
            };
            let mut sorted: Vec<Pair> = waiting.to_vec();
            sorted.sort_unstable();
            let listed: Vec<(Pair, WaitingPair)> =
                sorted.iter().filter_map(|pair| Some((*pair, numbered(pair)?))).collect();
            let reviewed = probabilities.keys().filter(|pair| sorted.binary_search(pair).is_err());
            let reviewed: Vec<ReviewedPair> = reviewed
                .filter_map(|pair| Some(ReviewedPair { accepted: said(*pair)?, pair: numbered(pair)? }))
                .collect();
            let pairs: Vec<WaitingPair> = listed.iter().map(|(_, pair)| *pair).collect();
            listed.iter().map(|(pair, _)| *pair).zip(usefulness(&pairs, &reviewed)).collect()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(number: usize) -> Ctid {
        format!("ce-00000000-0000-4000-8000-{number:012}").parse().unwrap()
    }

    #[test]
    fn what_was_said_counts_only_where_it_may_be_known() {
        let pairs: Vec<Pair> = (0..4).map(|at| (id(at), id(100 + at))).collect();
        let probabilities: BTreeMap<Pair, Probability> =
            pairs.iter().map(|pair| (*pair, Probability::new(0.5).unwrap())).collect();
        // Statements 0 and 3 are of one course, 1 and 2 of others; pair 3 was accepted.
        let course = |statement: &Ctid| Some(if *statement == id(3) { id(0) } else { *statement });
        let values_with = |said: &dyn Fn(Pair) -> Option<bool>| {
            values(ReviewOrder::Useful, &pairs[..3], &probabilities, &course, said)
        };
        let known = values_with(&|pair| (pair == pairs[3]).then_some(true));
        assert!(known[&pairs[0]] > known[&pairs[1]]);
        let unknown = values_with(&|_| None);
        assert_eq!(unknown[&pairs[0]], unknown[&pairs[1]]);
        let plain = values(ReviewOrder::Probability, &pairs, &probabilities, &course, &|_| None);
        assert_eq!(plain.values().copied().collect::<Vec<_>>(), [0.5; 4]);
        assert!(values(ReviewOrder::Blueprint, &pairs, &probabilities, &course, &|_| None).is_empty());
    }
}
