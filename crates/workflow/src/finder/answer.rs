//! What was found, in names people know.

use std::collections::BTreeMap;

use credway_align::{Engine, LIKELY_FORMULA, LikelyStatement, likely_coverage};
use credway_model::{Ctid, Text};
use serde::Serialize;

use super::Decided;
use super::compare::Compared;
use super::courses::CourseSet;
use super::outline::Outline;
use crate::coverage_report::tidy;
use crate::crosswalk_data::course_statements;
use crate::{CourseName, ObjectiveName};

/// How a statement of an outline stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum FoundState {
    /// A reviewer has accepted a course for it in full.
    Accepted,
    /// A reviewer has accepted a course for a part of it.
    Partly,
    /// The best candidate reaches the engine's stated confidence.
    Likely,
    /// The best candidate has a chance of one in four or more.
    Possible,
    /// Nothing near.
    Missing,
}

impl FoundLine {
    /// How many statements stand how, in words; what none does is left out.
    #[must_use]
    pub fn counted(&self) -> String {
        let words = FoundState::ALL.map(FoundState::word);
        let counted = self.counts.iter().zip(words).filter(|(count, _)| **count > 0);
        counted.map(|(count, word)| format!("{count} {word}")).collect::<Vec<_>>().join(", ")
    }
}

impl FoundState {
    /// All of them, in the order of the counts.
    pub const ALL: [Self; 5] = [Self::Accepted, Self::Partly, Self::Likely, Self::Possible, Self::Missing];

    /// The word shown.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Accepted => "accepted",
            Self::Partly => "accepted in part",
            Self::Likely => "likely",
            Self::Possible => "possible",
            Self::Missing => "missing",
        }
    }
}

/// From which probability a candidate is called possible.
const POSSIBLE: f64 = 0.25;

/// A statement of an outline with the course that comes nearest.
#[derive(Clone, Debug, Serialize)]
pub struct FoundStatement {
    /// The statement.
    pub objective: ObjectiveName,
    /// Its share of the whole, per cent.
    pub share: f64,
    /// How it stands.
    pub state: FoundState,
    /// Probability that a reviewer would accept the best candidate nobody has decided on, 0 to 1.
    pub probability: f64,
    /// The course of what is accepted, else of that candidate.
    pub course: Option<CourseName>,
    /// Its words.
    pub statement: Option<String>,
    /// Its code.
    pub outcome_code: Option<String>,
    /// What it is: `outcome`, `topic`, `description` or `title`.
    pub read_from: Option<&'static str>,
}

/// A course with what it is likely to bring.
#[derive(Clone, Debug, Serialize)]
pub struct FoundCourse {
    /// The course.
    pub course: CourseName,
    /// Expected coverage by the statements for which it comes nearest, per cent of the whole.
    pub brings: f64,
    /// How many those are, the missing ones left out.
    pub statements: usize,
}

/// An outline with how much of it is likely to be covered.
#[derive(Clone, Debug, Serialize)]
pub struct FoundLine {
    /// Identifier of the blueprint or framework.
    pub id: Ctid,
    /// Its name.
    pub name: String,
    /// `blueprint` or `framework`.
    pub kind: &'static str,
    /// The crosswalk whose decisions were counted.
    pub crosswalk: Option<Ctid>,
    /// Expected coverage, per cent.
    pub expected: f64,
    /// Low end of the 90 % interval.
    pub low: f64,
    /// High end of the 90 % interval.
    pub high: f64,
    /// What reviewers have accepted, per cent.
    pub accepted: f64,
    /// How its statements are weighted, as a sentence.
    pub weighting: &'static str,
    /// How many statements are accepted, accepted in part, likely, possible and missing.
    pub counts: [usize; 5],
    /// The courses that bring it, the most first.
    pub courses: Vec<FoundCourse>,
    /// Every statement at the end of the outline: the likeliest first, then in order of the outline.
    pub statements: Vec<FoundStatement>,
}

/// Everything that was found, the most likely covered first.
#[derive(Clone, Debug, Serialize)]
pub struct FindAnswer {
    /// What the courses are called.
    pub courses_of: String,
    /// The program, where they are one's.
    pub program: Option<Ctid>,
    /// How many courses.
    pub courses: usize,
    /// How many statements were read of them.
    pub statements: usize,
    /// How many of those are courses read by their description.
    pub by_description: usize,
    /// How many are courses of which only the title could be read.
    pub by_title: usize,
    /// The engine.
    pub engine: String,
    /// Its stated confidence, 0 to 1.
    pub confidence: f64,
    /// The outlines.
    pub found: Vec<FoundLine>,
    /// Outlines left out because they are too large.
    pub left_out: Vec<String>,
    /// The formula.
    pub formula: &'static str,
}

/// The line of an outline.
pub(super) fn line(
    set: &CourseSet,
    outline: &Outline,
    decided: &Decided,
    compared: &Compared,
    confidence: f64,
) -> FoundLine {
    let likely = likely_coverage(&compared.likely);
    let mut statements = found_statements(set, outline, compared, confidence);
    let mut counts = [0; 5];
    for one in &statements {
        counts[one.state as usize] += 1;
    }
    let courses = by_course(&statements, &compared.likely);
    // The sort is stable: statements alike stay in order of the outline.
    statements.sort_by(|one, other| one.state.cmp(&other.state).then(other.probability.total_cmp(&one.probability)));
    FoundLine {
        id: outline.blueprint.ctid,
        name: outline.blueprint.name(),
        kind: if outline.is_framework { "framework" } else { "blueprint" },
        crosswalk: decided.crosswalk,
        expected: tidy(likely.expected),
        low: tidy(likely.low),
        high: tidy(likely.high),
        accepted: tidy(likely.accepted),
        weighting: outline.weighting,
        counts,
        courses,
        statements,
    }
}

fn found_statements(set: &CourseSet, outline: &Outline, compared: &Compared, confidence: f64) -> Vec<FoundStatement> {
    let own = course_statements(&set.courses);
    let items = outline.blueprint.items();
    let names: BTreeMap<Ctid, ObjectiveName> =
        items.iter().map(|item| (item.ctid, ObjectiveName::of(item, &outline.blueprint))).collect();
    let nearest = compared
        .accepted
        .iter()
        .zip(&compared.best)
        .map(|(accepted, best)| accepted.or(Some(best.as_ref()?.statement)));
    let rows = compared.coverage.statements.iter().zip(nearest).zip(&compared.likely);
    rows.filter_map(|((statement, nearest), likely)| {
        let nearest = nearest.map(|index| own[index]);
        Some(FoundStatement {
            objective: names.get(&statement.target)?.clone(),
            share: tidy(likely.share),
            state: state(likely, confidence),
            probability: likely.probability,
            course: nearest.map(|one| CourseName::of(one.course)),
            statement: nearest.map(|one| one.text().to_owned()),
            outcome_code: nearest.and_then(|one| one.outcome?.code.as_ref()).map(Text::to_string),
            read_from: nearest.map(|one| one.kind()),
        })
    })
    .collect()
}

fn state(likely: &LikelyStatement, confidence: f64) -> FoundState {
    if likely.accepted >= 1.0 {
        FoundState::Accepted
    } else if likely.accepted > 0.0 {
        FoundState::Partly
    } else if likely.probability >= confidence {
        FoundState::Likely
    } else if likely.probability >= POSSIBLE.min(confidence) {
        FoundState::Possible
    } else {
        FoundState::Missing
    }
}

/// The courses by what they bring; `statements` and `likely` are in the same order.
fn by_course(statements: &[FoundStatement], likely: &[LikelyStatement]) -> Vec<FoundCourse> {
    let mut courses: BTreeMap<Ctid, FoundCourse> = BTreeMap::new();
    for (statement, likely) in statements.iter().zip(likely) {
        let Some(course) = statement.course.as_ref().filter(|_| statement.state != FoundState::Missing) else {
            continue;
        };
        let entry = courses.entry(course.id).or_insert_with(|| FoundCourse {
            course: course.clone(),
            brings: 0.0,
            statements: 0,
        });
        entry.brings += likely.share * likely.expected();
        entry.statements += 1;
    }
    let mut courses: Vec<FoundCourse> = courses.into_values().collect();
    courses.sort_by(|one, other| other.brings.total_cmp(&one.brings).then(one.course.code.cmp(&other.course.code)));
    for course in &mut courses {
        course.brings = tidy(course.brings);
    }
    courses
}

/// Everything found, ranked by expected coverage, then by the low end, then by name.
pub(super) fn answer(
    set: &CourseSet,
    mut found: Vec<FoundLine>,
    left_out: Vec<String>,
    engine: &dyn Engine,
) -> FindAnswer {
    found.sort_by(|one, other| {
        let order = other.expected.total_cmp(&one.expected).then(other.low.total_cmp(&one.low));
        order.then(one.name.cmp(&other.name)).then(one.id.cmp(&other.id))
    });
    let statements = course_statements(&set.courses);
    let read = |kind: &str| statements.iter().filter(|one| one.kind() == kind).count();
    FindAnswer {
        courses_of: set.title.clone(),
        program: set.program,
        courses: set.courses.len(),
        statements: statements.len(),
        by_description: read("description"),
        by_title: read("title"),
        engine: engine.name(),
        confidence: engine.confidence().value(),
        found,
        left_out,
        formula: LIKELY_FORMULA,
    }
}
