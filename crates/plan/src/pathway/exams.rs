//! Rows of exams: an exam is sat when the courses finished before its term cover it up to its threshold.

use crate::pathway::holdings::Holdings;
use crate::pathway::problem::{Exam, Problem};
use crate::pathway::rule::Rule;
use crate::pathway::sum::{Draft, Sum};

/// By exam: whether it is sat at all, up to a last term whose courses count for it. At least so many are as are needed.
pub(super) fn sitting_columns(problem: &Problem, holdings: &Holdings, ready_by: i32, draft: &mut Draft) -> Vec<Sum> {
    let mut all = Sum::number(problem.exams_held());
    let mut sat = Vec::with_capacity(problem.exams.len());
    for exam in 0..problem.exams.len() {
        if problem.holds_exam(exam) {
            sat.push(Sum::default());
            continue;
        }
        let column = draft.binary();
        readiness_rows(problem, holdings, exam, (&column, ready_by), draft);
        all.add(1.0, &column);
        sat.push(column);
    }
    draft.at_least(Rule::ExamsNeeded, &all, f64::from(problem.exams_needed));
    sat
}

/// Whether a certification is held by the end of a term: from the start, or by an exam sat by then.
pub(super) fn certified_by(
    problem: &Problem,
    holdings: &Holdings,
    (exam, term): (usize, usize),
    sat: Option<&[Sum]>,
    draft: &mut Draft,
) -> Sum {
    if problem.holds_exam(exam) {
        return Sum::number(1);
    }
    if term < problem.first_sitting() {
        return Sum::default();
    }
    let early = draft.binary();
    let before = i32::try_from(term).unwrap_or(i32::MAX) - 1;
    readiness_rows(problem, holdings, exam, (&early, before), draft);
    if let Some(sat) = sat {
        draft.at_least(Rule::Structure, &sat[exam].clone().plus(-1.0, &early), 0.0);
    }
    early
}

/// Where an exam is sat, it is ready for by the end of a term (−1: before the first).
fn readiness_rows(problem: &Problem, holdings: &Holdings, exam: usize, (sat, term): (&Sum, i32), draft: &mut Draft) {
    let Exam { threshold, domains, not_before, .. } = &problem.exams[exam];
    let mut covered = Sum::default().plus(-100.0 * f64::from(*threshold), sat);
    for domain in domains {
        let column = domain_column(holdings, &domain.strengths, term, Rule::Readiness(exam), draft);
        covered.add(f64::from(domain.weight), &column);
    }
    draft.at_least(Rule::Readiness(exam), &covered, 0.0);
    for course in not_before {
        draft.at_least(Rule::NotBefore(exam), &holdings.held(*course, term).plus(-1.0, sat), 0.0);
    }
}

/// Coverage of an exam by the end of the last term, in hundredths of per cent, as a column that may be less.
pub(super) fn final_coverage(problem: &Problem, holdings: &Holdings, exam: usize, draft: &mut Draft) -> Sum {
    let last = i32::try_from(holdings.terms).unwrap_or(i32::MAX) - 1;
    let mut covered = Sum::default();
    for domain in &problem.exams[exam].domains {
        let column = domain_column(holdings, &domain.strengths, last, Rule::Structure, draft);
        covered.add(f64::from(domain.weight), &column);
    }
    covered
}

fn domain_column(holdings: &Holdings, strengths: &[(usize, u32)], term: i32, rule: Rule, draft: &mut Draft) -> Sum {
    let column = draft.up_to(100.0);
    let mut room = Sum::default().plus(-1.0, &column);
    strengths.iter().for_each(|(course, strength)| room.add(f64::from(*strength), &holdings.held(*course, term)));
    draft.at_least(rule, &room, 0.0);
    column
}
