//! What the courses, terms and credits of a plan cost, in cents, from the pathway's figures.

use credway_model::Money;
use credway_plan::pathway::Problem;

use super::super::material::Material;
use super::{Said, exams};

/// Cents of a unit of the problem, of so many hundredths of a credit, by what a credit costs; the nearest whole cent where none is exact.
fn of_unit(credit: Money, unit: u32) -> u32 {
    let hundredths = credit.cents() * u64::from(unit);
    u32::try_from((hundredths + 50) / 100).unwrap_or(u32::MAX)
}

/// Tuition of a unit of credits. Says where it is no whole number of cents.
pub(super) fn tuition(material: &Material, unit: u32, said: &mut Said) -> u32 {
    let Some(figure) = &material.pathway.costs.tuition else { return 0 };
    let rate = of_unit(figure.value, unit);
    let of_credit = u64::from(rate) * 100 / u64::from(unit);
    if of_credit != figure.value.cents() {
        #[expect(clippy::cast_precision_loss, reason = "cents of a credit")]
        let dollars = of_credit as f64 / 100.0;
        said.assume(
            "Tuition a credit, as counted",
            credway_model::dollars(dollars),
            format!(
                "whole cents for each {} credits, the largest part that all courses are made of",
                f64::from(unit) / 100.0
            ),
        );
    }
    rate
}

/// What terms and credits for prior learning cost; tuition is with the courses.
pub(super) fn fill(material: &Material, unit: u32, problem: &mut Problem, said: &mut Said) {
    let costs = &material.pathway.costs;
    let figures = [
        ("Tuition a credit", &costs.tuition),
        ("Fees a term", &costs.term),
        ("A credit for prior learning", &costs.prior_learning),
    ];
    for (what, figure) in figures {
        match figure {
            Some(figure) => said.assume(what, figure.value.shown(), exams::cited(&figure.citation)),
            None => said.note(format!("{what}: not known to the pathway, and not counted in the cost.")),
        }
    }
    problem.term_fee = costs.term.as_ref().map_or(0, |figure| of_unit(figure.value, 100));
    problem.prior_learning_fee = costs.prior_learning.as_ref().map_or(0, |figure| of_unit(figure.value, unit));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_unit_costs_the_nearest_cent() {
        let credit: Money = "83.99".parse().unwrap();
        assert_eq!([100, 50, 1].map(|unit| of_unit(credit, unit)), [8_399, 4_200, 84]);
    }
}
