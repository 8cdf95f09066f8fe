//! What a plan costs: tuition, fees of terms, of exams and of prior learning.

use crate::pathway::holdings::Holdings;
use crate::pathway::problem::Problem;
use crate::pathway::rule::Rule;
use crate::pathway::sum::{Draft, Sum};

/// The cost of a whole plan, whose last term is that of the holdings, in whole units of money.
pub(super) fn cost(problem: &Problem, holdings: &Holdings, sat: &[Sum], draft: &mut Draft) -> Sum {
    let mut cost = fees_of_terms(problem, holdings, draft);
    for (first, _) in &holdings.classes.members {
        let course = &problem.courses[*first];
        cost.add(f64::from(course.credits) * f64::from(course.rate), &holdings.taken_ever(*first));
        if let Some(prior) = &holdings.prior[*first] {
            cost.add(f64::from(course.credits) * f64::from(problem.prior_learning_fee), prior);
        }
    }
    sat.iter().zip(&problem.exams).for_each(|(sat, exam)| cost.add(f64::from(exam.fee), sat));
    cost
}

/// Fees of the terms before the last, or of those in which a course is taken.
fn fees_of_terms(problem: &Problem, holdings: &Holdings, draft: &mut Draft) -> Sum {
    let fee = f64::from(problem.term_fee);
    let mut fees = Sum::default();
    if !problem.fees_when_enrolled {
        #[expect(clippy::cast_precision_loss, reason = "a number of terms")]
        let terms = (holdings.terms - 1) as f64;
        return fees.plus(terms, &Sum::number(problem.term_fee));
    }
    if problem.term_fee == 0 {
        return fees;
    }
    for term in 0..holdings.terms {
        let enrolled = draft.binary();
        for (first, members) in &holdings.classes.members {
            #[expect(clippy::cast_precision_loss, reason = "a number of courses")]
            let size = members.len() as f64;
            let taken = holdings.taken(*first, term);
            if !taken.terms().is_empty() || taken.constant() > 0.0 {
                draft.at_least(Rule::Structure, &Sum::default().plus(size, &enrolled).plus(-1.0, &taken), 0.0);
            }
        }
        // With parts of courses in a relaxed model, credits say more.
        let load = holdings.load(problem, term);
        let most = f64::from(problem.most_load_of(term));
        draft.at_least(Rule::Structure, &Sum::default().plus(most, &enrolled).plus(-1.0, &load), 0.0);
        fees.add(fee, &enrolled);
    }
    fees
}
