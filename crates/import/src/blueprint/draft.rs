//! A blueprint while it is being read, and its passage to the noun: identifiers, checks, findings.

use std::collections::{BTreeMap, BTreeSet};

use credway_model::{
    Blueprint, Ctid, Domain, Finding, Objective, Origin, Percent, Place, Severity, Text, WeightRange, WeightTotal,
};
use jiff::civil::Date;

use crate::reading::Reader;

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
        let ctid = Ctid::derive(&reader.context.namespace, "blueprint", &format!("{}/{version}", self.title));
        let mut names = Names { used: BTreeSet::new() };
        let mut domains = Vec::new();
        let mut seen: BTreeMap<String, Place> = BTreeMap::new();
        for domain in self.domains {
            let key = domain.code.as_ref().map_or_else(|| domain.title.to_string(), Text::to_string);
            if let Some(first) = seen.insert(key.clone(), domain.place.clone()) {
                duplicate("domain", &key, &first, &domain.place, findings);
            }
            let path = domain.title.to_string();
            let mut codes = BTreeMap::new();
            domains.push(Domain {
                ctid: names.ctid(&ctid, "domain", &key),
                objectives: objectives(domain.objectives, &ctid, &path, &mut names, &mut codes, findings),
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

/// Identifiers already given, so that two things never share one.
struct Names {
    used: BTreeSet<Ctid>,
}

impl Names {
    fn ctid(&mut self, blueprint: &Ctid, kind: &str, key: &str) -> Ctid {
        let mut ctid = Ctid::derive(blueprint, kind, key);
        let mut again = 1;
        while !self.used.insert(ctid) {
            again += 1;
            ctid = Ctid::derive(blueprint, kind, &format!("{key} #{again}"));
        }
        ctid
    }
}

fn objectives(
    drafts: Vec<DraftObjective>,
    blueprint: &Ctid,
    path: &str,
    names: &mut Names,
    codes: &mut BTreeMap<Text, Place>,
    findings: &mut Vec<Finding>,
) -> Vec<Objective> {
    let mut done = Vec::with_capacity(drafts.len());
    for draft in drafts {
        if let Some(code) = &draft.code
            && let Some(first) = codes.insert(code.clone(), draft.place.clone())
        {
            duplicate("objective", code.as_str(), &first, &draft.place, findings);
        }
        let key = format!("{path}/{}", draft.code.as_ref().unwrap_or(&draft.text));
        let ctid = names.ctid(blueprint, "objective", &key);
        let children = objectives(draft.children, blueprint, &key, names, codes, findings);
        done.push(Objective { ctid, code: draft.code, text: draft.text, children, place: draft.place });
    }
    done
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
