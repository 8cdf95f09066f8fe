//! A blueprint while it is being read, and its passage to the noun: identifiers, checks, findings.

use std::collections::BTreeMap;

use credway_model::{
    Blueprint, Ctid, Domain, Finding, Objective, Origin, Percent, Place, Severity, Text, WeightRange, WeightTotal,
};
use jiff::civil::Date;

use crate::identifiers::Identifiers;
use crate::reading::Reader;

/// How many levels of objectives are taken below a domain. Published outlines have three or four; every level is walked
/// by recursion from here on, so a file must not decide how deep that goes.
pub(super) const DEEPEST: usize = 12;

/// An objective being read.
#[derive(Clone, Debug)]
pub(super) struct DraftObjective {
    pub(super) code: Option<Text>,
    pub(super) text: Text,
    pub(super) children: Vec<DraftObjective>,
    pub(super) place: Place,
}

/// A domain being read.
#[derive(Clone, Debug)]
pub(super) struct DraftDomain {
    pub(super) code: Option<Text>,
    pub(super) title: Text,
    pub(super) weight: Option<WeightRange>,
    pub(super) objectives: Vec<DraftObjective>,
    pub(super) place: Place,
}

/// A blueprint being read.
#[derive(Clone, Debug)]
pub(super) struct Draft {
    pub(super) title: Text,
    pub(super) version: Option<Text>,
    pub(super) effective: Option<Date>,
    pub(super) retires: Option<Date>,
    pub(super) domains: Vec<DraftDomain>,
    pub(super) place: Place,
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

impl Draft {
    /// The noun, its weights and codes checked.
    pub(super) fn finish(self, reader: &Reader<'_>, findings: &mut Vec<Finding>) -> Blueprint {
        let version = self.version.as_ref().map_or("", Text::as_str);
        let key = Ctid::key([self.title.as_str(), version]);
        let ctid = Ctid::derive(&reader.context.namespace, "blueprint", &key);
        let mut given = Identifiers::numbered_from(2);
        let mut domains = Vec::new();
        let mut seen: BTreeMap<String, Place> = BTreeMap::new();
        for domain in self.domains {
            let key = domain.code.as_ref().unwrap_or(&domain.title).to_string();
            if let Some(first) = seen.insert(key.clone(), domain.place.clone()) {
                duplicate("domain", &key, &first, &domain.place, findings);
            }
            let path = Ctid::key([key.as_str()]);
            let above = Above { all: path.clone(), codes: path };
            let domain_ctid = given.give(&ctid, "domain", &key);
            let mut naming =
                Naming { blueprint: ctid, given: &mut given, codes: BTreeMap::new(), findings: &mut *findings };
            domains.push(Domain {
                ctid: domain_ctid,
                objectives: naming.objectives(domain.objectives, &above),
                code: domain.code,
                title: domain.title,
                weight: domain.weight,
                place: domain.place,
            });
        }
        let blueprint = Blueprint {
            ctid,
            title: self.title,
            version: self.version,
            effective: self.effective,
            retires: self.retires,
            domains,
            origin: Some(Origin { source: reader.source.clone(), place: self.place }),
        };
        check_weights(&blueprint, findings);
        blueprint
    }
}

/// What stands above objectives, as keys: all of it, and only what has codes.
///
/// An objective with a code is known by the codes above it and its own, so that correcting words, a heading or the
/// domain's title leaves it the same; one without by its words below whatever is above.
struct Above {
    all: String,
    codes: String,
}

/// What objectives of one domain get their identifiers from and are checked against.
struct Naming<'a> {
    blueprint: Ctid,
    given: &'a mut Identifiers,
    codes: BTreeMap<Text, Place>,
    findings: &'a mut Vec<Finding>,
}

impl Naming<'_> {
    /// The nouns of the drafts; these are at most [`DEEPEST`] levels deep.
    fn objectives(&mut self, drafts: Vec<DraftObjective>, above: &Above) -> Vec<Objective> {
        let mut done = Vec::with_capacity(drafts.len());
        for draft in drafts {
            if let Some(code) = &draft.code
                && let Some(first) = self.codes.insert(code.clone(), draft.place.clone())
            {
                duplicate("objective", code.as_str(), &first, &draft.place, self.findings);
            }
            let below = match &draft.code {
                Some(code) => {
                    let key = format!("{}/{}", above.codes, Ctid::key([code.as_str()]));
                    Above { all: key.clone(), codes: key }
                }
                None => Above {
                    all: format!("{}/{}", above.all, Ctid::key([draft.text.as_str()])),
                    codes: above.codes.clone(),
                },
            };
            let ctid = self.given.give(&self.blueprint, "objective", &below.all);
            let children = self.objectives(draft.children, &below);
            done.push(Objective { ctid, code: draft.code, text: draft.text, children, place: draft.place });
        }
        done
    }
}

fn duplicate(what: &str, code: &str, first: &Place, second: &Place, findings: &mut Vec<Finding>) {
    findings.push(Finding::new(
        "record.duplicate",
        Severity::Error,
        second.clone(),
        format!("The {what} {code} stands twice, first at {first}."),
        "Remove one of them, or give it its own code.",
    ));
}

fn check_weights(blueprint: &Blueprint, findings: &mut Vec<Finding>) {
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
            say(
                "blueprint.weights-total",
                Severity::Error,
                format!("The weights of “{name}” come to {sum}, not 100 %."),
                "Compare with the publisher's outline; if it is really printed so, accept this finding.",
            );
        }
    }
}
