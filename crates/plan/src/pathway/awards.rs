//! Rows that tie awards together: what must be held when a credential is awarded, exams that are needed, and whether
//! something of value is held early.

use crate::pathway::exams::certified_by;
use crate::pathway::holdings::Holdings;
use crate::pathway::problem::Problem;
use crate::pathway::requirements::{Award, requirement_rows};
use crate::pathway::rule::Rule;
use crate::pathway::sum::{Draft, Sum};

/// What an award is made beside.
#[derive(Clone, Copy)]
pub(super) struct By<'a> {
    /// By exam: whether it is sat at all; absent where only the first terms are looked at.
    pub(super) sat: Option<&'a [Sum]>,
    /// By term: whether the target is awarded by then, where that is open.
    pub(super) ends: Option<&'a [Sum]>,
}

/// Where a credential is awarded, the certifications and credentials it builds on are held by the end of the term.
pub(super) fn prerequisite_rows(problem: &Problem, holdings: &Holdings, award: &Award, by: By, draft: &mut Draft) {
    let credential = &problem.credentials[award.credential];
    for exam in &credential.exams {
        let rule = Rule::Certifications(award.credential);
        exam_rows(problem, holdings, (*exam, rule), award, by, draft);
    }
    for other in credential.credentials.iter().filter(|other| !problem.holds_credential(**other)) {
        // Within a whole plan the target is awarded at its end, whatever is met before.
        let ends = *other == problem.target && award.of_whole_plan;
        let awarded = match ends {
            true => Sum::number(u32::from(award.term + 1 == holdings.terms)),
            false => draft.binary(),
        };
        let room = awarded.clone().plus(-1.0, award.awarded);
        draft.at_least(Rule::Credentials(award.credential), &room, 0.0);
        if ends {
            continue;
        }
        let award = Award { credential: *other, awarded: &awarded, ..*award };
        requirement_rows(problem, holdings, &award, draft);
        prerequisite_rows(problem, holdings, &award, by, draft);
    }
}

/// Exams that must be sat by the time the target is awarded.
pub(super) fn needed_exam_rows(problem: &Problem, holdings: &Holdings, target: &Award, by: By, draft: &mut Draft) {
    for exam in (0..problem.exams.len()).filter(|exam| problem.exams[*exam].needed) {
        exam_rows(problem, holdings, (exam, Rule::ExamNeeded(exam)), target, by, draft);
    }
}

/// Where a credential is awarded, a certification is held. Where it is open when the target is, the certification is held
/// by that term: courses taken in it do not count for the exam.
fn exam_rows(
    problem: &Problem,
    holdings: &Holdings,
    (exam, rule): (usize, Rule),
    award: &Award,
    by: By,
    draft: &mut Draft,
) {
    let held = certified_by(problem, holdings, (exam, award.term), by.sat, draft);
    draft.at_least(rule, &held.plus(-1.0, award.awarded), 0.0);
    for (term, ended) in by.ends.unwrap_or_default().iter().enumerate().take(award.term) {
        let held = certified_by(problem, holdings, (exam, term), by.sat, draft);
        draft.at_least(rule, &held.plus(-1.0, award.awarded).plus(-1.0, ended), -1.0);
    }
}

/// Something of value is held by the end of a term: a certification whose exam is sat by then, or a credential.
pub(super) fn value_rows(problem: &Problem, holdings: &Holdings, term: usize, sat: Option<&[Sum]>, draft: &mut Draft) {
    let mut ways = Sum::default();
    for exam in (0..problem.exams.len()).filter(|exam| problem.exams[*exam].valued) {
        ways.add(1.0, &certified_by(problem, holdings, (exam, term), sat, draft));
    }
    let term = term.min(holdings.terms - 1);
    for credential in (0..problem.credentials.len()).filter(|index| problem.credentials[*index].valued) {
        // Within a whole plan the target comes at its end.
        if credential == problem.target && sat.is_some() {
            continue;
        }
        let awarded = draft.binary();
        let award = Award { credential, term, awarded: &awarded, of_whole_plan: sat.is_some() };
        requirement_rows(problem, holdings, &award, draft);
        prerequisite_rows(problem, holdings, &award, By { sat, ends: None }, draft);
        ways.add(1.0, &awarded);
    }
    draft.at_least(Rule::Structure, &ways, 1.0);
}
