//! How the domains of a blueprint are weighted, and what each weighs.

use std::collections::BTreeMap;

use credway_model::{Blueprint, WeightTotal};

use super::StatementCoverage;

/// How the domains are weighted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weighting {
    /// As the publisher says; they come to 100 %.
    Published,
    /// As the publisher says, although they do not come to 100 %: the total is taken over what they come to.
    PublishedOff,
    /// The source gives no weights: every statement at the end of the outline counts the same.
    EqualPerStatement,
    /// Some domains have no weight: there is no total.
    Incomplete,
}

impl Weighting {
    /// A sentence for people.
    #[must_use]
    pub const fn sentence(self) -> &'static str {
        match self {
            Self::Published => "Weights as published.",
            Self::PublishedOff => "Published weights do not come to 100 %; the total is taken over what they come to.",
            Self::EqualPerStatement => "The source gives no weights: every statement counts the same.",
            Self::Incomplete => "Some domains have no weight in the source: there is no total.",
        }
    }
}

/// How the domains are weighted, and the weight of each in per cent.
pub(super) fn weights(blueprint: &Blueprint, statements: &[StatementCoverage]) -> (Weighting, Vec<Option<f64>>) {
    let published = || blueprint.domains.iter().map(|domain| domain.weight.map(|weight| weight.middle())).collect();
    match blueprint.weight_total() {
        WeightTotal::Complete => (Weighting::Published, published()),
        WeightTotal::Off { .. } => (Weighting::PublishedOff, published()),
        WeightTotal::SomeMissing(_) => (Weighting::Incomplete, published()),
        WeightTotal::NoneGiven => {
            #[expect(clippy::cast_precision_loss, reason = "an outline has far fewer than 2^52 statements")]
            let share = |index: usize| {
                let own = statements.iter().filter(|statement| statement.domain == index).count();
                own as f64 / statements.len() as f64 * 100.0
            };
            (Weighting::EqualPerStatement, (0..blueprint.domains.len()).map(|index| Some(share(index))).collect())
        }
    }
}

/// Gives every statement of a domain the same share of it, however deep it stands.
pub(super) fn count_equally(statements: &mut [StatementCoverage]) {
    let mut own: BTreeMap<usize, usize> = BTreeMap::new();
    for statement in statements.iter() {
        *own.entry(statement.domain).or_default() += 1;
    }
    for statement in statements {
        #[expect(clippy::cast_precision_loss, reason = "an outline has far fewer than 2^52 statements")]
        let count = own[&statement.domain] as f64;
        statement.share_of_domain = 1.0 / count;
    }
}
