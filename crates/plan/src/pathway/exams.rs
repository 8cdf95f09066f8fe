//! Rows of exams: an exam is sat when the courses finished before its term cover it up to its threshold.

use crate::pathway::holdings::Holdings;
use crate::pathway::problem::{Exam, Problem};
use crate::pathway::rule::Rule;
use crate::pathway::sum::{Draft, Sum};

/// Where an exam is sat, it is ready for by the end of a term (−1: before the first).
pub(super) fn readiness_rows(
    problem: &Problem,
    holdings: &Holdings,
    exam: usize,
    (sat, term): (&Sum, i32),
    draft: &mut Draft,
) {
    let Exam { threshold, domains, .. } = &problem.exams[exam];
    let mut covered = Sum::default().plus(-100.0 * f64::from(*threshold), sat);
    for domain in domains {
        let column = domain_column(holdings, &domain.strengths, term, Rule::Readiness(exam), draft);
        covered.add(f64::from(domain.weight), &column);
    }
    draft.at_least(Rule::Readiness(exam), &covered, 0.0);
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
