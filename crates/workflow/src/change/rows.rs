//! The rows of a crosswalk that a new version of its blueprint touches: what goes on by itself, what a person must look
//! at, and what is lost. Nothing is decided here.

use std::collections::{BTreeMap, BTreeSet};

use credway_model::{Ctid, Decision, Standing, in_force};
use serde::Serialize;

use super::outline::Comparison;
use crate::crosswalk_data::{CourseStatement, CrosswalkData, course_statements};
use crate::what_stands::{Pair, current};
use crate::{CourseName, StandingWord};

/// How a row of the old crosswalk stands in the new one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum RowState {
    /// The words differ: a person must confirm it.
    ToConfirm,
    /// The statement is gone, and with it the row.
    Lost,
    /// The course's words changed since it was decided: it stands in neither.
    CourseReworded,
    /// Its words are unchanged: it can be carried over.
    ToCarry,
    /// It was carried over.
    Carried,
    /// Somebody has a word on the new pair.
    Decided,
}

impl RowState {
    /// What people read.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::ToConfirm => "to confirm",
            Self::Lost => "lost",
            Self::CourseReworded => "course reworded",
            Self::ToCarry => "can be carried over",
            Self::Carried => "carried over",
            Self::Decided => "decided",
        }
    }
}

/// A row of the old crosswalk, and where it leads.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ChangedRow {
    /// Which of the items of the comparison it follows, from 0.
    pub item: usize,
    /// What became of the blueprint statement.
    pub kind: &'static str,
    /// The course statement.
    pub statement: Ctid,
    /// The course.
    pub course: CourseName,
    /// The outcome's code.
    pub outcome_code: Option<String>,
    /// The course statement's words.
    pub text: String,
    /// The old blueprint statement.
    pub old_target: Ctid,
    /// What identifies it: code or words.
    pub old_name: String,
    /// What stands in the old crosswalk.
    pub standing: StandingWord,
    /// Whose words that rests on.
    pub by: Vec<String>,
    /// The new blueprint statement; none where it is gone.
    pub new_target: Option<Ctid>,
    /// What identifies it.
    pub new_name: Option<String>,
    /// How it stands in the new crosswalk.
    pub state: RowState,
    /// What stands there today.
    pub stands: StandingWord,
    /// Whose words that rests on.
    pub said_by: Vec<String>,
}

/// The decisions of the new crosswalk by pair.
fn by_pair(decisions: &[Decision]) -> BTreeMap<Pair, Vec<&Decision>> {
    let mut found: BTreeMap<Pair, Vec<&Decision>> = BTreeMap::new();
    for decision in decisions {
        found.entry((decision.statement, decision.target)).or_default().push(decision);
    }
    found
}

/// Whether a decision of the new crosswalk is one of the old carried over: the same word of the same person at the same
/// moment.
pub(super) fn is_the_same_word(one: &Decision, other: &Decision) -> bool {
    let said =
        |decision: &Decision| (decision.statement, decision.at, decision.verdict, decision.level, decision.settles);
    said(one) == said(other) && one.person == other.person
}

/// A row with what would be carried over.
pub(super) struct Touched {
    pub(super) row: ChangedRow,
    /// What would stand for the new pair if the row were carried over or confirmed as it stands.
    pub(super) would: Standing,
}

/// The rows of a crosswalk; `new` holds the decisions in force of the crosswalk with the new version, `stands` what stands
/// there.
pub(super) fn rows(
    comparison: &Comparison,
    old: &CrosswalkData,
    new: &[Decision],
    stands: &BTreeMap<Pair, Standing>,
) -> Vec<Touched> {
    let there = by_pair(new);
    let held = current(&old.decisions, &old.words());
    let held = by_pair(&held);
    let statements = course_statements(&old.courses);
    let decided = decided_by_target(old, &statements);
    let mut found = Vec::new();
    for (number, one) in comparison.change.matches.iter().enumerate() {
        for line in &one.old {
            let old_target = comparison.old.ids[*line];
            for at in decided.get(&old_target).into_iter().flatten() {
                let statement = &statements[*at];
                let pair = (statement.id, old_target);
                let own = held.get(&pair).cloned().unwrap_or_default();
                let by: BTreeSet<String> = own.iter().map(|word| word.person.name().to_owned()).collect();
                let standing = old.standing(pair.0, pair.1);
                if one.new.is_empty() && standing == Standing::Rejected {
                    continue;
                }
                let leads: Vec<Option<usize>> =
                    if one.new.is_empty() { vec![None] } else { one.new.iter().copied().map(Some).collect() };
                for lead in leads {
                    let new_target = lead.map(|lead| comparison.new.ids[lead]);
                    let new_pair = new_target.map(|target| (statement.id, target));
                    let words = new_pair.and_then(|pair| there.get(&pair)).cloned().unwrap_or_default();
                    let now = new_pair.and_then(|pair| stands.get(&pair)).copied().unwrap_or(Standing::Open);
                    found.push(Touched {
                        would: standing,
                        row: ChangedRow {
                            item: number,
                            kind: one.kind.word(),
                            statement: statement.id,
                            course: CourseName::of(statement.course),
                            outcome_code: code_of(statement),
                            text: statement.text().to_owned(),
                            old_target,
                            old_name: comparison.old.name(*line),
                            standing: StandingWord::of(standing),
                            by: by.iter().cloned().collect(),
                            new_target,
                            new_name: lead.map(|lead| comparison.new.name(lead)),
                            state: state(one.unchanged, lead.is_some(), old.reworded.contains(&pair), &own, &words),
                            stands: StandingWord::of(now),
                            said_by: words.iter().map(|word| word.person.name().to_owned()).collect(),
                        },
                    });
                }
            }
        }
    }
    found
}

fn code_of(statement: &CourseStatement<'_>) -> Option<String> {
    statement.outcome.and_then(|outcome| outcome.code.as_ref()).map(ToString::to_string)
}

/// For each blueprint statement the course statements on which anybody has a word, by number, in the program's order.
fn decided_by_target(old: &CrosswalkData, statements: &[CourseStatement<'_>]) -> BTreeMap<Ctid, Vec<usize>> {
    let numbers: BTreeMap<Ctid, usize> =
        statements.iter().enumerate().map(|(number, statement)| (statement.id, number)).collect();
    let said = old.standings.iter().filter(|(_, standing)| **standing != Standing::Open).map(|(pair, _)| pair);
    let pairs: BTreeSet<&Pair> = said.chain(&old.reworded).collect();
    let mut found: BTreeMap<Ctid, Vec<usize>> = BTreeMap::new();
    for (statement, target) in pairs {
        found.entry(*target).or_default().extend(numbers.get(statement));
    }
    found.values_mut().for_each(|numbers| numbers.sort_unstable());
    found
}

fn state(unchanged: bool, leads: bool, reworded: bool, own: &[&Decision], there: &[&Decision]) -> RowState {
    let there = in_force(there.iter().copied());
    if !there.is_empty() {
        let carried = there.iter().all(|word| own.iter().any(|one| is_the_same_word(one, word)));
        return if carried && unchanged { RowState::Carried } else { RowState::Decided };
    }
    match (leads, reworded, unchanged) {
        (false, _, _) => RowState::Lost,
        (_, true, _) => RowState::CourseReworded,
        (_, _, true) => RowState::ToCarry,
        _ => RowState::ToConfirm,
    }
}
