//! Requisites as clauses over the courses of a plan, with what could not be planned said.

use std::collections::BTreeMap;

use credway_model::{CourseCode, Requisite};
use credway_plan::pathway::Clause;
use credway_plan::plannable_requisite;

use super::Said;
use super::courses::clause;

/// What a course requires, as far as it is planned.
#[derive(Clone, Default)]
pub(super) struct Requisites {
    pub(super) clauses: Vec<Clause>,
}

impl Requisites {
    /// Reads a tree. A clause none of whose courses any institution of the pathway has is taken as met, and said.
    pub(super) fn read(
        course: &str,
        tree: &Requisite,
        by_code: &BTreeMap<CourseCode, Vec<usize>>,
        said: &mut Said,
    ) -> Self {
        let plannable = plannable_requisite(tree);
        for words in &plannable.taken_as_met {
            said.note(format!("{course} also asks for “{words}”, which the plan takes as met."));
        }
        for words in &plannable.not_counted_on {
            said.note(format!("{course} could also be taken with “{words}”, which the plan does not count on."));
        }
        if plannable.too_large {
            said.note(format!(
                "What {course} requires has too many combinations: some are left out of the plan's rules."
            ));
        }
        let mut clauses = Vec::new();
        for literals in &plannable.clauses {
            let known: Vec<_> = literals
                .iter()
                .flat_map(|literal| {
                    by_code.get(&literal.code).into_iter().flatten().map(|index| (*index, literal.when))
                })
                .collect();
            if known.is_empty() {
                let codes: Vec<&str> = literals.iter().map(|literal| literal.code.as_str()).collect();
                said.note(format!(
                    "{course} requires {}, which no catalogue of the pathway has: taken as met.",
                    codes.join(" or ")
                ));
            } else {
                clauses.push(clause(&known));
            }
        }
        Self { clauses }
    }
}
