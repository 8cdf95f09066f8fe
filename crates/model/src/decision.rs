//! What people decide about proposals, and what stands when several have.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{Ctid, OutcomeLevel, Person, Strength, Text};

/// A reviewer's word on a pair of statements.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase", tag = "verdict", content = "strength")]
pub enum Verdict {
    /// The course statement meets the blueprint statement, fully or in part.
    Accepted(Strength),
    /// It does not.
    Rejected,
    /// The reviewer takes back an earlier word and has none.
    Withdrawn,
}

/// One decision of one person; kept for ever, later ones add to it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decision {
    /// The course statement: an outcome or topic, or a course taken by its description.
    pub statement: Ctid,
    /// The blueprint statement.
    pub target: Ctid,
    /// Who decides.
    pub person: Person,
    /// The word.
    #[serde(flatten)]
    pub verdict: Verdict,
    /// The level at which the course teaches this, where the reviewer sets it for this pair.
    pub level: Option<OutcomeLevel>,
    /// Why.
    pub reason: Option<Text>,
    /// When.
    pub at: Timestamp,
    /// Whether this decision settles a disagreement: it then stands alone until someone decides anew.
    pub settles: bool,
}

/// What holds for a pair after all decisions on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase", tag = "standing")]
pub enum Standing {
    /// No reviewer has a word on it.
    Open,
    /// Every reviewer with a word accepts.
    Accepted {
        /// The lowest strength any of them gives.
        strength: Strength,
        /// The lowest level any of them sets, if any sets one.
        level: Option<OutcomeLevel>,
        /// Whether they differ on the strength.
        strengths_differ: bool,
    },
    /// Every reviewer with a word rejects.
    Rejected,
    /// Some accept and some reject; it counts for nothing until it is settled.
    Disputed,
}

/// What stands after `decisions` on one pair, given in the order they were taken.
///
/// Meaning: each person's latest word counts; a settling decision silences all earlier ones; a withdrawn word is no
/// word. All accept: accepted, at the lowest strength given. All reject: rejected. Both: disputed. None: open.
#[must_use]
pub fn standing<'a>(decisions: impl IntoIterator<Item = &'a Decision>) -> Standing {
    let mut latest: Vec<&Decision> = Vec::new();
    for decision in decisions {
        if decision.settles {
            latest.clear();
        }
        latest.retain(|earlier| earlier.person != decision.person);
        if decision.verdict != Verdict::Withdrawn {
            latest.push(decision);
        }
    }
    let strengths: Vec<Strength> = latest
        .iter()
        .filter_map(|decision| match decision.verdict {
            Verdict::Accepted(strength) => Some(strength),
            Verdict::Rejected | Verdict::Withdrawn => None,
        })
        .collect();
    match (latest.len(), strengths.iter().min(), strengths.iter().max()) {
        (0, _, _) => Standing::Open,
        (_, None, _) | (_, _, None) => Standing::Rejected,
        (words, Some(_), Some(_)) if strengths.len() < words => Standing::Disputed,
        (_, Some(lowest), Some(highest)) => Standing::Accepted {
            strength: *lowest,
            level: latest.iter().filter_map(|decision| decision.level).min(),
            strengths_differ: lowest != highest,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn word(person: &str, verdict: Verdict, settles: bool) -> Decision {
        let ctid: Ctid = "ce-8f3b6f5a-4a0e-5d0c-9d0f-3f1f6f6d2a11".parse().unwrap();
        Decision {
            statement: ctid,
            target: ctid,
            person: Person(Text::new(person).unwrap()),
            verdict,
            level: None,
            reason: None,
            at: Timestamp::UNIX_EPOCH,
            settles,
        }
    }

    #[test]
    fn every_reviewer_has_one_word_and_disagreement_counts_for_nothing() {
        use Verdict::{Accepted, Rejected, Withdrawn};
        let full = Accepted(Strength::Full);
        let accepted = |strength, strengths_differ| Standing::Accepted { strength, level: None, strengths_differ };
        type Word = (&'static str, Verdict, bool);
        let cases: [(&[Word], Standing); 8] = [
            (&[], Standing::Open),
            (&[("Ada", full, false)], accepted(Strength::Full, false)),
            (&[("Ada", full, false), ("Ada", Rejected, false)], Standing::Rejected),
            (&[("Ada", full, false), ("Ben", Rejected, false)], Standing::Disputed),
            (&[("Ada", full, false), ("Ben", Rejected, false), ("Cy", full, true)], accepted(Strength::Full, false)),
            (&[("Ada", full, false), ("Ben", Accepted(Strength::Partial), false)], accepted(Strength::Partial, true)),
            (&[("Ada", full, false), ("Ada", Withdrawn, false)], Standing::Open),
            (&[("Ada", full, true), ("Ben", Rejected, false)], Standing::Disputed),
        ];
        for (words, expected) in cases {
            let decisions: Vec<_> =
                words.iter().map(|(person, verdict, settles)| word(person, *verdict, *settles)).collect();
            assert_eq!(standing(&decisions), expected, "{words:?}");
        }
    }
}
