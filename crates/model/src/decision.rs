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

/// What a reviewer read when they decided: the words of both statements.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Judged {
    /// The course statement's words.
    pub statement: Text,
    /// The blueprint statement's words.
    pub target: Text,
}

impl Judged {
    /// Whether these are still the words of both statements, case, punctuation and blanks aside.
    ///
    /// ```
    /// use credway_model::{Judged, Text};
    /// let text = |words: &str| Text::new(words).unwrap();
    /// let judged = Judged { statement: text("Set up a firewall"), target: text("Firewalls") };
    /// assert!(judged.holds("Set up a firewall.", "FIREWALLS"));
    /// assert!(!judged.holds("Bake sourdough bread", "Firewalls"));
    /// ```
    #[must_use]
    pub fn holds(&self, statement: &str, target: &str) -> bool {
        let same = |one: &str, other: &str| one == other || letters(one).eq(letters(other));
        same(self.statement.as_str(), statement) && same(self.target.as_str(), target)
    }
}

/// Letters and digits in lower case.
fn letters(words: &str) -> impl Iterator<Item = char> {
    words.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase)
}

/// One decision of one person; kept for ever, later ones add to it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decision {
    /// The course statement: an outcome or topic, or a course taken by its description.
    pub statement: Ctid,
    /// The blueprint statement.
    pub target: Ctid,
    /// What they read. A decision counts only as long as both statements say this.
    pub judged: Judged,
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
    /// Whether this entry takes the person's latest one back, so that what was before it holds again.
    pub undoes: bool,
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

/// The decisions on one pair that are in force, oldest first: those taken back or withdrawn are left out.
///
/// Meaning: decisions are taken in order of time, and in the order given where times are equal. One that undoes takes
/// the same person's latest one away; a withdrawal takes away all that the person said before it.
#[must_use]
pub fn in_force<'a>(decisions: impl IntoIterator<Item = &'a Decision>) -> Vec<&'a Decision> {
    let mut force: Vec<&Decision> = Vec::new();
    for decision in not_undone(decisions) {
        if decision.verdict == Verdict::Withdrawn {
            force.retain(|earlier| earlier.person != decision.person);
        } else {
            force.push(decision);
        }
    }
    force
}

/// The decision of `person` on one pair that an undoing entry would take back: their latest that is not undone.
#[must_use]
pub fn undoable<'a>(decisions: impl IntoIterator<Item = &'a Decision>, person: &Person) -> Option<&'a Decision> {
    not_undone(decisions).into_iter().rfind(|decision| decision.person == *person)
}

/// The decisions in order of time, without those undone and those that undo.
fn not_undone<'a>(decisions: impl IntoIterator<Item = &'a Decision>) -> Vec<&'a Decision> {
    let mut ordered: Vec<&Decision> = decisions.into_iter().collect();
    ordered.sort_by_key(|decision| decision.at);
    let mut said: Vec<&Decision> = Vec::new();
    for decision in ordered {
        if decision.undoes {
            if let Some(latest) = said.iter().rposition(|earlier| earlier.person == decision.person) {
                said.remove(latest);
            }
        } else {
            said.push(decision);
        }
    }
    said
}

/// What stands after `decisions` on one pair.
///
/// Meaning: of the decisions [`in_force`], the latest one that settles silences all before it; then each person's latest
/// word counts. All accept: accepted, at the lowest strength given. All reject: rejected. Both: disputed. None: open.
#[must_use]
pub fn standing<'a>(decisions: impl IntoIterator<Item = &'a Decision>) -> Standing {
    let force = in_force(decisions);
    let from = force.iter().rposition(|decision| decision.settles).unwrap_or(0);
    let mut latest: Vec<&Decision> = Vec::new();
    for decision in &force[from..] {
        latest.retain(|earlier| earlier.person != decision.person);
        latest.push(decision);
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

    /// A word: who, what, and how it is marked: `s` settles, `u` undoes, a figure is the minute (else the order given).
    type Word = (&'static str, Verdict, &'static str);

    fn decision(order: usize, (person, verdict, marks): &Word) -> Decision {
        let ctid: Ctid = "ce-8f3b6f5a-4a0e-5d0c-9d0f-3f1f6f6d2a11".parse().unwrap();
        let text = |words: &str| Text::new(words).unwrap();
        let minute = marks.chars().find_map(|mark| mark.to_digit(10)).map_or(order as i64 + 10, i64::from);
        Decision {
            statement: ctid,
            target: ctid,
            judged: Judged { statement: text("Set up a firewall"), target: text("Firewalls") },
            person: Person(text(person)),
            verdict: *verdict,
            level: None,
            reason: None,
            at: Timestamp::from_second(minute * 60).unwrap(),
            settles: marks.contains('s'),
            undoes: marks.contains('u'),
        }
    }

    fn check(words: &[Word], expected: Standing) {
        let decisions: Vec<_> = words.iter().enumerate().map(|(order, word)| decision(order, word)).collect();
        assert_eq!(standing(&decisions), expected, "{words:?}");
    }

    const FULL: Verdict = Verdict::Accepted(Strength::Full);
    const PARTIAL: Verdict = Verdict::Accepted(Strength::Partial);

    const fn accepted(strength: Strength, strengths_differ: bool) -> Standing {
        Standing::Accepted { strength, level: None, strengths_differ }
    }

    #[test]
    fn every_reviewer_has_one_word_and_disagreement_counts_for_nothing() {
        use Verdict::{Rejected, Withdrawn};
        check(&[], Standing::Open);
        check(&[("Ada", FULL, "")], accepted(Strength::Full, false));
        check(&[("Ada", FULL, ""), ("Ada", Rejected, "")], Standing::Rejected);
        check(&[("Ada", FULL, ""), ("Ben", Rejected, "")], Standing::Disputed);
        check(&[("Ada", FULL, ""), ("Ben", Rejected, ""), ("Cy", FULL, "s")], accepted(Strength::Full, false));
        check(&[("Ada", FULL, ""), ("Ben", PARTIAL, "")], accepted(Strength::Partial, true));
        check(&[("Ada", FULL, ""), ("Ada", Withdrawn, "")], Standing::Open);
        check(&[("Ada", FULL, "s"), ("Ben", Rejected, "")], Standing::Disputed);
    }

    #[test]
    fn the_latest_word_is_the_latest_in_time() {
        check(&[("Ada", Verdict::Rejected, "5"), ("Ada", FULL, "2")], Standing::Rejected);
        check(&[("Ada", Verdict::Rejected, "2"), ("Ada", FULL, "2")], accepted(Strength::Full, false));
    }

    #[test]
    fn a_word_taken_back_brings_back_what_was_before_it() {
        use Verdict::{Rejected, Withdrawn};
        let settled = [("Ada", FULL, ""), ("Ben", Rejected, ""), ("Cy", FULL, "s")];
        check(&[settled.as_slice(), &[("Cy", Withdrawn, "")]].concat(), Standing::Disputed);
        check(&[settled.as_slice(), &[("Cy", Withdrawn, "u")]].concat(), Standing::Disputed);
        let three = [("Ada", FULL, ""), ("Ada", PARTIAL, ""), ("Ada", Rejected, "")];
        let undo = ("Ada", Withdrawn, "u");
        check(&[three.as_slice(), &[undo]].concat(), accepted(Strength::Partial, false));
        check(&[three.as_slice(), &[undo, undo]].concat(), accepted(Strength::Full, false));
        check(&[three.as_slice(), &[undo, undo, undo]].concat(), Standing::Open);
        check(&[("Ada", FULL, ""), ("Ada", Withdrawn, ""), undo], accepted(Strength::Full, false));
    }
}
