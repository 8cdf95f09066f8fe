//! The checks of completeness before a sign-off begins: what is known to make approvals bounce is an error, what a signer
//! should know is a warning.
//!
//! Source: the reasons that delay approvals of credit programs, as California's community colleges list them: missing
//! course outlines, units and weights that do not add up, what was decided not being settled.

use std::collections::BTreeSet;

use credway_model::{Ctid, Finding, Place, ProgramKind, Severity, Standing, WeightTotal};

use crate::crosswalk_data::CrosswalkData;

/// Every finding code a sign-off can give, with what it means, in order.
pub(crate) const CODES: &[(&str, &str)] = &[
    ("signoff.credits", "The credits of a program's courses do not come to what its award takes."),
    ("signoff.disputed", "Reviewers disagree on pairs, and nobody has settled them."),
    ("signoff.nothing-accepted", "No course statement was accepted for any objective."),
    ("signoff.open", "Suggestions wait for a reviewer's word."),
    ("signoff.outcomes-missing", "A course has no outcomes: its outline is missing."),
    ("signoff.reworded", "Statements were reworded after they were decided on."),
    ("signoff.weights", "The weights of the blueprint do not come to 100 %."),
];

/// What the checks find; `open` is how many pairs wait for a word.
pub(crate) fn checks(data: &CrosswalkData, open: usize) -> Vec<Finding> {
    let mut found = Vec::new();
    let mut say = |code: &str, severity, message: String, hint: &str| {
        found.push(Finding::new(code, severity, Place::Whole, message, hint));
    };
    outcomes(data, &mut say);
    weights(data, &mut say);
    let count = |wanted: fn(&Standing) -> bool| data.standings.values().filter(|standing| wanted(standing)).count();
    let disputed = count(|standing| *standing == Standing::Disputed);
    if disputed > 0 {
        let message = format!("Reviewers disagree on {}.", pairs(disputed));
        say("signoff.disputed", Severity::Error, message, "Settle them first: review, show disputed.");
    }
    if count(|standing| matches!(standing, Standing::Accepted { .. })) == 0 {
        let message = "No course statement was accepted for any objective.".to_owned();
        say("signoff.nothing-accepted", Severity::Error, message, "Review the suggestions first.");
    }
    let reworded = data.reworded.len();
    if reworded > 0 {
        let message = format!(
            "{} decided on before a statement was reworded; what was decided counts for nothing.",
            were(reworded)
        );
        say("signoff.reworded", Severity::Warning, message, "Decide on them again, or sign without them.");
    }
    let waiting = open.saturating_sub(reworded);
    if waiting > 0 {
        let message = format!("{} suggested, and nobody has a word on them.", were(waiting));
        say("signoff.open", Severity::Warning, message, "Review them, or sign without them: they count for nothing.");
    }
    credits(data, &mut say);
    found
}

type Say<'a> = &'a mut dyn FnMut(&str, Severity, String, &str);

fn pairs(count: usize) -> String {
    if count == 1 { "1 pair".to_owned() } else { format!("{count} pairs") }
}

fn were(count: usize) -> String {
    if count == 1 { "1 pair was".to_owned() } else { format!("{count} pairs were") }
}

/// A course that is counted upon without an outline bounces; one that is not is a warning.
fn outcomes(data: &CrosswalkData, say: Say<'_>) {
    let accepted =
        |(pair, standing): (&(Ctid, Ctid), &Standing)| matches!(standing, Standing::Accepted { .. }).then_some(pair.0);
    let counted: BTreeSet<Ctid> = data.standings.iter().filter_map(accepted).collect();
    let (needed, other): (Vec<_>, Vec<_>) = data
        .courses
        .iter()
        .filter(|course| course.outcomes.is_empty())
        .partition(|course| counted.contains(&course.ctid));
    let none = !data.courses.is_empty() && data.courses.iter().all(|course| course.outcomes.is_empty());
    let hint = "Import their outcomes: approvals bounce where course outlines are missing.";
    for (courses, severity) in
        [(needed, Severity::Error), (other, if none { Severity::Error } else { Severity::Warning })]
    {
        if !courses.is_empty() {
            let codes: Vec<&str> = courses.iter().map(|course| course.code.as_str()).collect();
            say("signoff.outcomes-missing", severity, format!("No outcomes: {}.", codes.join(", ")), hint);
        }
    }
}

fn weights(data: &CrosswalkData, say: Say<'_>) {
    let hint = "Correct the weights by the publisher's outline, and import the blueprint again.";
    match data.blueprint.weight_total() {
        WeightTotal::Complete => {}
        WeightTotal::NoneGiven => {
            let message = "The blueprint publishes no weights; every objective has the same share.".to_owned();
            say("signoff.weights", Severity::Warning, message, "Say so to the signers, or import the weights.");
        }
        WeightTotal::SomeMissing(missing) => {
            say(
                "signoff.weights",
                Severity::Error,
                format!("{missing} domains have no weight, so there is no total."),
                hint,
            );
        }
        WeightTotal::Off { low, high } => {
            let per_cent = |steps: u32| f64::from(steps) / 100.0;
            let sum = if low == high {
                format!("{} %", per_cent(low))
            } else {
                format!("{}–{} %", per_cent(low), per_cent(high))
            };
            say("signoff.weights", Severity::Error, format!("The weights come to {sum}, not 100 %."), hint);
        }
    }
}

fn credits(data: &CrosswalkData, say: Say<'_>) {
    if data.program.kind == ProgramKind::Collection {
        return;
    }
    let Some(total) = data.program.total_credits else { return };
    let credits: Option<Vec<f64>> = data.courses.iter().map(|course| course.credits.map(|one| one.value())).collect();
    let message = match credits {
        None => "Some courses have no credits, so that there is no sum.".to_owned(),
        Some(credits) => {
            let sum: f64 = credits.iter().sum();
            if (sum - total.value()).abs() < 0.005 {
                return;
            }
            format!("The courses come to {sum} credits; the award takes {total}.")
        }
    };
    say("signoff.credits", Severity::Warning, message, "Electives may be listed in full, or courses may be missing.");
}
