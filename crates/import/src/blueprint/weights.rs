//! Weights of domains: from figures as written, and what they come to. They are never repaired.

use std::sync::LazyLock;

use credway_model::{Blueprint, Finding, Percent, Place, Severity, WeightRange, WeightTotal};
use regex::Regex;

/// `12%`, `12`, `26.25 %`, `20-25%`, `20–25 %`.
static WEIGHT: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"^\s*([\d.]+)\s*%?\s*(?:(?:[-–—]|to)\s*([\d.]+)\s*)?%?\s*$").ok());

/// What weights written as fractions of 1 come to at most, in hundredths of a per cent, rounding allowed for.
const MOST_OF_FRACTIONS: u32 = 110;

/// The weight of a cell: one figure or a range.
pub(super) fn weight_in_words(words: &str, place: &Place, findings: &mut Vec<Finding>) -> Option<WeightRange> {
    let found = WEIGHT.as_ref().and_then(|pattern| pattern.captures(words));
    match &found {
        Some(found) => weight(&found[1], found.get(2).map(|high| high.as_str()), place, findings),
        None => weight(words, None, place, findings),
    }
}

/// A weight from figures as written, or the error finding that says why not.
pub(super) fn weight(low: &str, high: Option<&str>, place: &Place, findings: &mut Vec<Finding>) -> Option<WeightRange> {
    let parsed = low.parse::<Percent>().map_err(|error| error.to_string()).and_then(|low| {
        let high = high.map_or(Ok(low), |high| high.parse::<Percent>().map_err(|error| error.to_string()))?;
        WeightRange::between(low, high).map_err(|error| error.to_string())
    });
    match parsed {
        Ok(weight) => Some(weight),
        Err(error) => {
            findings.push(Finding::new(
                "blueprint.weight-invalid",
                Severity::Error,
                place.clone(),
                format!("The weight cannot be taken: {error}."),
                "Write a percentage such as 20 %, or a range such as 20–25 %.",
            ));
            None
        }
    }
}

/// Says what the weights of a blueprint lack or do not come to.
pub(super) fn check_weights(blueprint: &Blueprint, findings: &mut Vec<Finding>) {
    let place = blueprint.origin.as_ref().map_or(Place::Whole, |origin| origin.place.clone());
    let percent = |steps: u32| f64::from(steps) / 100.0;
    let name = blueprint.name();
    let mut say = |code: &str, severity, message: String, hint: &str| {
        findings.push(Finding::new(code, severity, place.clone(), message, hint));
    };
    match blueprint.weight_total() {
        _ if blueprint.domains.is_empty() => {
            say(
                "blueprint.no-domains",
                Severity::Error,
                format!("No domains were found in “{name}”."),
                "Give each domain its own line with its weight, for example “20 % Title”; see `credway template blueprint`.",
            );
        }
        WeightTotal::Complete => {}
        WeightTotal::NoneGiven => say(
            "blueprint.weights-none",
            Severity::Warning,
            format!("“{name}” gives no weights; coverage will count every statement the same."),
            "Add the publisher's weights if there are any.",
        ),
        WeightTotal::SomeMissing(missing) => say(
            "blueprint.weights-missing",
            Severity::Error,
            format!("{missing} of {} domains of “{name}” have no weight.", blueprint.domains.len()),
            "Add the missing weights; without them there is no total coverage.",
        ),
        WeightTotal::Off { low, high } => {
            let sum = if low == high {
                format!("{} %", percent(low))
            } else {
                format!("{}–{} %", percent(low), percent(high))
            };
            let mut message = format!("The weights of “{name}” come to {sum}, not 100 %.");
            let mut hint = "Compare with the publisher's outline; if it is really printed so, accept this finding.";
            if high <= MOST_OF_FRACTIONS && low > 0 {
                message.push_str(" They look like fractions of 1 rather than per cent.");
                hint = "Multiply them by 100 (write 40 for 0.4).";
            }
            say("blueprint.weights-total", Severity::Error, message, hint);
        }
    }
}
