//! What the domains and objectives of a blueprint are known by, so that a corrected file finds the same things again
//! and the decisions people took on them.
//!
//! A domain is known by its code, else its title; an objective by the codes above it and its own, else its words below
//! what is above. In a domain without a code the title is left out where objectives are numbered through the whole
//! blueprint: no two domains have a code in common, so a code alone says which objective is meant.

use std::collections::BTreeMap;

use credway_model::{Ctid, Domain, Finding, Objective, Place, Severity, Text};

use super::draft::{DraftDomain, DraftObjective};
use crate::identifiers::Identifiers;

/// What identifiers of one blueprint are made from and checked against.
pub(super) struct Naming<'a> {
    blueprint: Ctid,
    given: Identifiers,
    numbered_through: bool,
    /// Where each domain's key stands first.
    domains: BTreeMap<String, Place>,
    findings: &'a mut Vec<Finding>,
}

/// What stands above objectives, as keys: all of it, and only what has codes.
struct Above {
    all: String,
    codes: String,
}

impl<'a> Naming<'a> {
    pub(super) fn of(blueprint: Ctid, domains: &[DraftDomain], findings: &'a mut Vec<Finding>) -> Self {
        let mut owners = BTreeMap::new();
        let numbered_through =
            domains.iter().enumerate().all(|(index, domain)| owned(&domain.objectives, index, &mut owners));
        let given = Identifiers::numbered_from(2);
        Self { blueprint, given, numbered_through, domains: BTreeMap::new(), findings }
    }

    /// The noun of a domain.
    pub(super) fn domain(&mut self, draft: DraftDomain) -> Domain {
        let key = draft.code.as_ref().unwrap_or(&draft.title).to_string();
        if let Some(first) = self.domains.insert(key.clone(), draft.place.clone()) {
            self.duplicate("domain", &key, &first, &draft.place);
        }
        let ctid = self.given.give(&self.blueprint, "domain", &key);
        let all = Ctid::key([key.as_str()]);
        let codes = if draft.code.is_none() && self.numbered_through { String::new() } else { all.clone() };
        let objectives = self.objectives(draft.objectives, &Above { all, codes }, &mut BTreeMap::new());
        let DraftDomain { code, title, weight, place, .. } = draft;
        Domain { ctid, code, title, weight, objectives, place }
    }

    /// The nouns of the drafts, which are at most [`super::draft::DEEPEST`] levels deep.
    fn objectives(
        &mut self,
        drafts: Vec<DraftObjective>,
        above: &Above,
        known: &mut BTreeMap<Text, Place>,
    ) -> Vec<Objective> {
        let mut done = Vec::with_capacity(drafts.len());
        for draft in drafts {
            if let Some(code) = &draft.code
                && let Some(first) = known.insert(code.clone(), draft.place.clone())
            {
                self.duplicate("objective", code.as_str(), &first, &draft.place);
            }
            let below = above.below(draft.code.as_ref(), &draft.text);
            let ctid = self.given.give(&self.blueprint, "objective", &below.all);
            let children = self.objectives(draft.children, &below, known);
            done.push(Objective { ctid, code: draft.code, text: draft.text, children, place: draft.place });
        }
        done
    }

    fn duplicate(&mut self, what: &str, code: &str, first: &Place, second: &Place) {
        self.findings.push(Finding::new(
            "record.duplicate",
            Severity::Error,
            second.clone(),
            format!("The {what} {code} stands twice, first at {first}."),
            "Remove one of them, or give it its own code.",
        ));
    }
}

impl Above {
    fn below(&self, code: Option<&Text>, words: &Text) -> Self {
        match code {
            Some(code) => {
                let key = format!("{}/{}", self.codes, Ctid::key([code.as_str()]));
                Self { all: key.clone(), codes: key }
            }
            None => Self { all: format!("{}/{}", self.all, Ctid::key([words.as_str()])), codes: self.codes.clone() },
        }
    }
}

/// Whether no other domain has a code of these objectives.
fn owned<'a>(objectives: &'a [DraftObjective], domain: usize, owners: &mut BTreeMap<&'a Text, usize>) -> bool {
    objectives.iter().all(|objective| {
        let free = objective.code.as_ref().is_none_or(|code| *owners.entry(code).or_insert(domain) == domain);
        free && owned(&objective.children, domain, owners)
    })
}
