//! What stands in a crosswalk today: a decision counts as long as both statements still say what its reviewer read.

use std::collections::{BTreeMap, BTreeSet};

use credway_model::{BlueprintItem, Ctid, Decision, Standing, in_force, standing};

/// A course statement and a blueprint statement.
pub(crate) type Pair = (Ctid, Ctid);

/// The words that the statements of a crosswalk have today.
pub(crate) struct Words<'a> {
    pub(crate) statements: BTreeMap<Ctid, &'a str>,
    pub(crate) targets: BTreeMap<Ctid, &'a str>,
}

impl<'a> Words<'a> {
    pub(crate) fn new(statements: BTreeMap<Ctid, &'a str>, items: &[BlueprintItem<'a>]) -> Self {
        Self { statements, targets: items.iter().map(|item| (item.ctid, item.text.as_str())).collect() }
    }

    /// Whether both statements of a pair are there.
    pub(crate) fn know(&self, pair: Pair) -> bool {
        self.statements.contains_key(&pair.0) && self.targets.contains_key(&pair.1)
    }

    /// Whether both statements are there and say what the reviewer read.
    pub(crate) fn hold(&self, decision: &Decision) -> bool {
        let (statement, target) = (self.statements.get(&decision.statement), self.targets.get(&decision.target));
        matches!((statement, target), (Some(statement), Some(target)) if decision.judged.holds(statement, target))
    }
}

/// What stands, pair by pair. Pairs one of whose statements is gone are left out.
#[derive(Debug, Default)]
pub(crate) struct WhatStands {
    /// What stands for each pair that anyone has a word on.
    pub(crate) standings: BTreeMap<Pair, Standing>,
    /// Pairs that were decided on before one of their statements was reworded, and on which nobody has spoken since.
    pub(crate) reworded: BTreeSet<Pair>,
}

impl WhatStands {
    pub(crate) fn of(decisions: &[Decision], words: &Words<'_>) -> Self {
        let mut stands = Self::default();
        for (pair, decisions) in by_pair(decisions) {
            if !words.know(pair) {
                continue;
            }
            let current: Vec<&Decision> = decisions.iter().copied().filter(|decision| words.hold(decision)).collect();
            if in_force(current.iter().copied()).is_empty() && !in_force(decisions.iter().copied()).is_empty() {
                stands.reworded.insert(pair);
            }
            stands.standings.insert(pair, standing(current));
        }
        stands
    }
}

/// The decisions in force on today's words, for whoever compares reviewers.
pub(crate) fn current(decisions: &[Decision], words: &Words<'_>) -> Vec<Decision> {
    by_pair(decisions)
        .into_values()
        .flat_map(|decisions| in_force(decisions.into_iter().filter(|decision| words.hold(decision))))
        .cloned()
        .collect()
}

fn by_pair(decisions: &[Decision]) -> BTreeMap<Pair, Vec<&Decision>> {
    let mut by_pair: BTreeMap<Pair, Vec<&Decision>> = BTreeMap::new();
    for decision in decisions {
        by_pair.entry((decision.statement, decision.target)).or_default().push(decision);
    }
    by_pair
}
