//! The words of a crosswalk's cells, the same in every file.

use credway_model::{Decision, OutcomeLevel, Standing, Strength, Verdict};

use super::CrosswalkRow;

/// What stands, in one word.
pub(super) const fn standing_word(standing: Standing) -> &'static str {
    match standing {
        Standing::Open => "open",
        Standing::Accepted { .. } => "accepted",
        Standing::Rejected => "rejected",
        Standing::Disputed => "disputed",
    }
}

/// Strength of an accepted pair.
pub(super) const fn strength(standing: Standing) -> Option<Strength> {
    match standing {
        Standing::Accepted { strength, .. } => Some(strength),
        Standing::Open | Standing::Rejected | Standing::Disputed => None,
    }
}

/// The level a reviewer set for this pair, or the one its source gives.
pub(crate) fn level(row: &CrosswalkRow) -> Option<OutcomeLevel> {
    match row.standing {
        Standing::Accepted { level: Some(level), .. } => Some(level),
        _ => row.level,
    }
}

/// A reviewer's word.
pub(super) const fn verdict_word(decision: &Decision) -> &'static str {
    match decision.verdict {
        Verdict::Accepted(Strength::Full) => "accepted full",
        Verdict::Accepted(Strength::Partial) => "accepted partial",
        Verdict::Rejected => "rejected",
        Verdict::Withdrawn if decision.undoes => "undone",
        Verdict::Withdrawn => "withdrawn",
    }
}

/// Every reviewer's word with its reason, in order: `Dana Okafor: accepted full (Both are taught.); …`.
pub(crate) fn reviewers(decisions: &[Decision]) -> String {
    let one = |decision: &Decision| {
        let settles = if decision.settles { ", settles" } else { "" };
        let reason = decision.reason.as_ref().map(|reason| format!(" ({reason})")).unwrap_or_default();
        format!("{}: {}{settles}{reason}", decision.person.name(), verdict_word(decision))
    };
    decisions.iter().map(one).collect::<Vec<_>>().join("; ")
}

/// A percentage as the shortest decimal, to four places.
pub(super) fn percent(value: f64) -> String {
    ((value * 1e4).round() / 1e4).to_string()
}
