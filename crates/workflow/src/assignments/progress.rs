//! How far a review is: the suggested pairs of its scope, and how many of them have the reviewer's word.

use std::collections::BTreeSet;

use credway_model::{Assignment, Decision, ReviewPart, Standing};
use credway_store::ProposedPairs;

use crate::crosswalk_data::CrosswalkData;
use crate::what_stands::{Pair, current};

/// Numbers of pairs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Reached {
    /// Those that are done: that have the reviewer's word, or, of disagreements, that were settled.
    pub(super) decided: usize,
    /// All there are in the scope.
    pub(super) of: usize,
}

/// How far the review is that was given to the person of this name.
pub(super) fn of(data: &CrosswalkData, proposed: &ProposedPairs, assignment: &Assignment, name: &str) -> Reached {
    let words = data.words();
    let places = data.whereabouts();
    let inside = |pair: &Pair| words.know(*pair) && places.within(&assignment.scope, *pair);
    let force = current(&data.decisions, &words);
    let pairs = |wanted: &dyn Fn(&Decision) -> bool| -> BTreeSet<Pair> {
        force.iter().filter(|one| wanted(one)).map(|one| (one.statement, one.target)).collect()
    };
    if assignment.part == ReviewPart::Adjudicate {
        let disputed = data.standings.iter().filter(|(_, standing)| **standing == Standing::Disputed);
        let disputed = disputed.filter(|(pair, _)| inside(pair)).count();
        let settled = pairs(&|one| one.settles).iter().filter(|pair| inside(pair)).count();
        return Reached { decided: settled, of: settled + disputed };
    }
    let own = pairs(&|one| one.person.name() == name);
    let suggested: Vec<&Pair> = proposed.keys().filter(|pair| inside(pair)).collect();
    Reached { decided: suggested.iter().filter(|pair| own.contains(**pair)).count(), of: suggested.len() }
}
