//! What an audit tells: every requirement with what counts there and what is missing, the totals, and why the rest does not count.

use credway_model::{Asks, AwardRequirements, Credits, GradePoints, Person, Text};

use super::leaves::{Shape, Tree};
use super::placing::{Placing, Wanted, wanted};
use super::{CourseRecord, CreditSource};

/// How a requirement stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LineState {
    /// It is met.
    Met,
    /// Something is missing.
    Missing,
    /// It counts as met by an exception.
    Waived {
        /// Who decided it.
        who: Person,
        /// Why.
        why: Text,
    },
    /// Others were chosen, which miss less.
    NotChosen,
}

/// A course that counts for a requirement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Placed {
    /// Number of the record.
    pub record: usize,
    /// Whether it counts for another requirement of the award, too.
    pub shared: bool,
}

/// A requirement with what counts there.
#[derive(Clone, Debug, PartialEq)]
pub struct AuditLine {
    /// Its name.
    pub name: Option<Text>,
    /// What it asks for, in words.
    pub asks: String,
    /// How deep it stands, from 0.
    pub depth: usize,
    /// How it stands.
    pub state: LineState,
    /// What is missing below it, in credits; a course counts as three.
    pub missing: f64,
    /// The courses that count; of leaves only.
    pub placed: Vec<Placed>,
}

/// Which total.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TotalKind {
    /// Credits in all.
    All,
    /// Credits taken at the institution.
    Residency,
    /// Credits of the upper division.
    UpperDivision,
}

/// A total with what there is of it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Total {
    /// Which.
    pub kind: TotalKind,
    /// Credits asked for.
    pub wanted: Credits,
    /// Credits that count.
    pub have: f64,
}

/// The grade point average over the institution's own graded courses, the failed ones too.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Average {
    /// Asked for.
    pub wanted: GradePoints,
    /// In hundredths of a point; absent where nothing is graded.
    pub have: Option<f64>,
}

/// Why a course does not count for any requirement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WhyNot {
    /// It was not passed.
    NotPassed,
    /// Another attempt at it counts.
    Repeated,
    /// It may not count beside another one that does.
    Excluded,
    /// The limit of that name is reached.
    Limit(Text),
    /// The cap on transferred credits is reached.
    TransferCap,
    /// The cap on credits for prior learning is reached.
    PriorLearningCap,
    /// It counts for another award, and no more may be shared.
    OtherAward,
    /// Its grade is below what the requirements ask for; it counts for the totals.
    GradeTooLow,
    /// No requirement needs it; it counts for the totals.
    FreeElective,
}

/// A course that counts for no requirement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unplaced {
    /// Number of the record.
    pub record: usize,
    /// Why.
    pub why: WhyNot,
}

/// An award's audit.
#[derive(Clone, Debug, PartialEq)]
pub struct AwardAudit {
    /// Whether everything is met.
    pub met: bool,
    /// What is missing from the requirements, in credits; a course counts as three.
    pub missing: f64,
    /// The requirements in order of the source, the whole first.
    pub lines: Vec<AuditLine>,
    /// The totals that are asked for.
    pub totals: Vec<Total>,
    /// The average, where one is asked for.
    pub average: Option<Average>,
    /// What counts for no requirement.
    pub unplaced: Vec<Unplaced>,
}

/// Sums of credits that differ by less are equal.
const EQUAL: f64 = 1e-6;

pub(super) fn answer(
    award: &AwardRequirements,
    tree: &Tree<'_>,
    placing: &Placing,
    records: &[CourseRecord],
) -> AwardAudit {
    let have: Vec<f64> = tree
        .leaves
        .iter()
        .zip(&placing.at)
        .map(|(leaf, placed)| placed.iter().map(|record| leaf.worth(&records[*record])).sum())
        .collect();
    let lines = lines(tree, placing, &have);
    let totals = totals(award, placing, records);
    let average = award.average.map(|wanted| Average { wanted, have: average(records) });
    let missing = tree.missing(0, &have);
    let short = totals.iter().any(|total| total.have + EQUAL < total.wanted.value());
    let low = average.is_some_and(|one| one.have.is_none_or(|have| have + EQUAL < f64::from(one.wanted.hundredths())));
    AwardAudit {
        met: missing < EQUAL && !short && !low,
        missing,
        lines,
        totals,
        average,
        unplaced: unplaced(award, tree, placing, records),
    }
}

fn lines(tree: &Tree<'_>, placing: &Placing, have: &[f64]) -> Vec<AuditLine> {
    let mut chosen = vec![false; tree.nodes.len()];
    choose(tree, 0, have, &mut chosen);
    let times = |record: usize| placing.at.iter().filter(|placed| placed.contains(&record)).count();
    let line = |(at, node): (usize, &super::leaves::Node<'_>)| {
        let missing = tree.missing(at, have);
        let state = match node.waived {
            _ if !chosen[at] => LineState::NotChosen,
            Some((who, why)) => LineState::Waived { who: who.clone(), why: why.clone() },
            None if missing < EQUAL => LineState::Met,
            None => LineState::Missing,
        };
        let placed = match &node.shape {
            Shape::Leaf(leaf) => placing.at[*leaf].as_slice(),
            Shape::Some(..) => &[],
        };
        AuditLine {
            name: node.requirement.name.clone(),
            asks: asks(&node.requirement.asks),
            depth: node.depth,
            state,
            missing,
            placed: placed.iter().map(|record| Placed { record: *record, shared: times(*record) > 1 }).collect(),
        }
    };
    tree.nodes.iter().enumerate().map(line).collect()
}

/// Marks what counts: the root, and below it what is chosen.
fn choose(tree: &Tree<'_>, node: usize, have: &[f64], chosen: &mut [bool]) {
    chosen[node] = true;
    if let Shape::Some(count, children) = &tree.nodes[node].shape {
        for child in tree.chosen(*count, children, have) {
            choose(tree, child, have, chosen);
        }
    }
}

/// What a requirement asks for, in words.
fn asks(asks: &Asks) -> String {
    match asks {
        Asks::Every(of) => format!("all {} parts", of.len()),
        Asks::Some { count, of } => format!("{count} of {} parts", of.len()),
        Asks::Courses { count, from } => {
            let word = if *count == 1 { "course" } else { "courses" };
            format!("{count} {word} of: {}{}", from.courses, grade(from.grade))
        }
        Asks::Credits { credits, from } => format!("{credits} credits of: {}{}", from.courses, grade(from.grade)),
    }
}

fn grade(least: Option<GradePoints>) -> String {
    least.map_or_else(String::new, |least| format!("; each with {least} grade points or more"))
}

fn totals(award: &AwardRequirements, placing: &Placing, records: &[CourseRecord]) -> Vec<Total> {
    let total = |wanted: Wanted| {
        let counted = records.iter().zip(&placing.counts).filter(|(record, counts)| **counts && wanted.takes(record));
        let steps: u32 = counted.map(|(record, _)| record.credits.steps()).sum();
        Total { kind: wanted.kind, wanted: wanted.credits, have: f64::from(steps) / 100.0 }
    };
    wanted(award).into_iter().map(total).collect()
}

fn average(records: &[CourseRecord]) -> Option<f64> {
    let own = records.iter().filter(|record| record.from == CreditSource::Here);
    let graded = own.filter_map(|record| Some((record.credits.value(), f64::from(record.grade?.hundredths()))));
    let (credits, points) =
        graded.fold((0.0, 0.0), |(all, sum), (credits, grade)| (all + credits, sum + credits * grade));
    (credits > 0.0).then(|| points / credits)
}

fn unplaced(award: &AwardRequirements, tree: &Tree<'_>, placing: &Placing, records: &[CourseRecord]) -> Vec<Unplaced> {
    let left = (0..records.len()).filter(|record| !placing.at.iter().any(|placed| placed.contains(record)));
    left.map(|record| Unplaced { record, why: why_not(award, tree, placing, records, record) }).collect()
}

fn why_not(
    award: &AwardRequirements,
    tree: &Tree<'_>,
    placing: &Placing,
    records: &[CourseRecord],
    at: usize,
) -> WhyNot {
    let record = &records[at];
    if !record.passed {
        return WhyNot::NotPassed;
    }
    if placing.counts[at] {
        let low = tree.leaves.iter().any(|leaf| leaf.takes_but_for_its_grade(record));
        return if low { WhyNot::GradeTooLow } else { WhyNot::FreeElective };
    }
    let counted = || records.iter().zip(&placing.counts).filter(|(_, counts)| **counts).map(|(other, _)| other);
    if !record.repeatable && counted().any(|other| other.code == record.code) {
        return WhyNot::Repeated;
    }
    if award.exclusions.iter().any(|set| set.holds(record) && counted().any(|other| set.holds(other))) {
        return WhyNot::Excluded;
    }
    let full = |most: Credits, of: &dyn Fn(&CourseRecord) -> bool| {
        let steps: u32 = counted().filter(|other| of(other)).map(|other| other.credits.steps()).sum();
        of(record) && steps + record.credits.steps() > most.steps()
    };
    if let Some(limit) = award.limits.iter().find(|limit| full(limit.at_most, &|one| limit.courses.holds(one))) {
        return WhyNot::Limit(limit.name.clone());
    }
    let from = |source: CreditSource| move |one: &CourseRecord| one.from == source;
    if award.most_transferred.is_some_and(|most| full(most, &from(CreditSource::Transferred))) {
        return WhyNot::TransferCap;
    }
    if award.most_prior_learning.is_some_and(|most| full(most, &from(CreditSource::PriorLearning))) {
        return WhyNot::PriorLearningCap;
    }
    WhyNot::OtherAward
}
