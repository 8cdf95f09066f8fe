//! Rows that tie awards together: what must be held when a credential is awarded, exams that are needed, and whether
//! something of value is held early.

use crate::pathway::award_terms::AwardTerms;
use crate::pathway::credential::Held;
use crate::pathway::exams::certified_by;
use crate::pathway::holdings::Holdings;
use crate::pathway::problem::Problem;
use crate::pathway::requirements::{Award, held_at, requirement_rows};
use crate::pathway::rule::Rule;
use crate::pathway::sum::{Draft, Sum};

/// What an award is made beside.
#[derive(Clone, Copy)]
pub(super) struct By<'a> {
    /// By exam: whether it is sat at all; absent where only the first terms are looked at.
    pub(super) sat: Option<&'a [Sum]>,
    /// By term: whether the target is awarded by then, where that is open.
    pub(super) ends: Option<&'a [Sum]>,
    /// When credentials are awarded, of those whose term matters.
    pub(super) awards: &'a AwardTerms,
}

/// Where a credential is awarded, what it builds on is held by the end of the term: of each clause any one thing.
pub(super) fn prerequisite_rows(problem: &Problem, holdings: &Holdings, award: &Award, by: By, draft: &mut Draft) {
    for (rule, ways) in problem.credentials[award.credential].clauses(award.credential) {
        let (mut exams, mut others) = (Vec::new(), Sum::default());
        for way in ways {
            match way {
                Held::Exam(exam) => exams.push(exam),
                Held::Course(course) => others.add(1.0, &held_at(holdings, course, award.term)),
                Held::Credential(other) => others.add(1.0, &built_on(problem, holdings, other, (award, by), draft)),
            }
        }
        clause_rows(problem, holdings, (rule, &exams, &others), (award, by), draft);
    }
}

/// Whether a credential is held by the end of the term of an award that builds on it. Where it is open when the target is
/// awarded: by that term.
fn built_on(problem: &Problem, holdings: &Holdings, other: usize, (award, by): (&Award, By), draft: &mut Draft) -> Sum {
    if problem.holds_credential(other) {
        return Sum::number(1);
    }
    // Within a whole plan the target is awarded at its end, whatever is met before.
    if other == problem.target && by.sat.is_some() {
        return Sum::number(u32::from(award.term + 1 == holdings.terms));
    }
    let columns = by.awards.of(other);
    if let (Some(columns), None) = (columns, by.ends) {
        return columns[award.term].clone();
    }
    let awarded = draft.binary();
    if let (Some(columns), Some(ends)) = (columns, by.ends) {
        draft.at_least(Rule::Structure, &columns[award.term].clone().plus(-1.0, &awarded), 0.0);
        for (column, ended) in columns.iter().zip(ends).take(award.term) {
            draft.at_least(Rule::Structure, &column.clone().plus(-1.0, &awarded).plus(-1.0, ended), -1.0);
        }
        return awarded;
    }
    let award = Award { credential: other, awarded: &awarded, ..*award };
    requirement_rows(problem, holdings, &award, draft);
    prerequisite_rows(problem, holdings, &award, by, draft);
    awarded
}

/// Exams that must be sat by the time the target is awarded.
pub(super) fn needed_exam_rows(problem: &Problem, holdings: &Holdings, target: &Award, by: By, draft: &mut Draft) {
    for exam in (0..problem.exams.len()).filter(|exam| problem.exams[*exam].needed) {
        let clause = (Rule::ExamNeeded(exam), &[exam][..], &Sum::default());
        clause_rows(problem, holdings, clause, (target, by), draft);
    }
}

/// Where a credential is awarded, one of some certifications or something else is held. Where it is open when the target is,
/// certifications are held by that term: courses taken in it do not count for the exam.
fn clause_rows(
    problem: &Problem,
    holdings: &Holdings,
    (rule, exams, others): (Rule, &[usize], &Sum),
    (award, by): (&Award, By),
    draft: &mut Draft,
) {
    let held = |term: usize, draft: &mut Draft| {
        let certified = |exam: &usize| certified_by(problem, holdings, (*exam, term), by.sat, draft);
        exams.iter().map(certified).fold(others.clone(), |held, certified| held.plus(1.0, &certified))
    };
    let by_then = held(award.term, draft);
    draft.at_least(rule, &by_then.plus(-1.0, award.awarded), 0.0);
    if exams.is_empty() {
        return;
    }
    for (term, ended) in by.ends.unwrap_or_default().iter().enumerate().take(award.term) {
        let by_then = held(term, draft);
        draft.at_least(rule, &by_then.plus(-1.0, award.awarded).plus(-1.0, ended), -1.0);
    }
}

/// Something of value is held by the end of a term: a certification whose exam is sat by then, or a credential.
pub(super) fn value_rows(problem: &Problem, holdings: &Holdings, term: usize, by: By, draft: &mut Draft) {
    let mut ways = Sum::default();
    for exam in (0..problem.exams.len()).filter(|exam| problem.exams[*exam].valued) {
        ways.add(1.0, &certified_by(problem, holdings, (exam, term), by.sat, draft));
    }
    let term = term.min(holdings.terms - 1);
    for credential in (0..problem.credentials.len()).filter(|index| problem.credentials[*index].valued) {
        // Within a whole plan the target comes at its end.
        if credential == problem.target && by.sat.is_some() {
            continue;
        }
        if let Some(columns) = by.awards.of(credential) {
            ways.add(1.0, &columns[term]);
            continue;
        }
        let awarded = draft.binary();
        let award = Award { credential, term, awarded: &awarded };
        requirement_rows(problem, holdings, &award, draft);
        prerequisite_rows(problem, holdings, &award, by, draft);
        ways.add(1.0, &awarded);
    }
    draft.at_least(Rule::Structure, &ways, 1.0);
}
