//! A blueprint while it is being read, and its passage to the noun: identifiers, checks, findings.

use credway_model::{Blueprint, Ctid, Finding, Origin, Place, Text, WeightRange};
use jiff::civil::Date;

use super::naming::Naming;
use super::weights::check_weights;
pub(super) use super::weights::weight;
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

impl Draft {
    /// The noun, its weights and codes checked.
    pub(super) fn finish(self, reader: &Reader<'_>, findings: &mut Vec<Finding>) -> Blueprint {
        let version = self.version.as_ref().map_or("", Text::as_str);
        let key = Ctid::key([self.title.as_str(), version]);
        let ctid = Ctid::derive(&reader.context.namespace, "blueprint", &key);
        let mut naming = Naming::of(ctid, &self.domains, findings);
        let domains = self.domains.into_iter().map(|domain| naming.domain(domain)).collect();
        let blueprint = Blueprint {
            ctid,
            title: self.title,
            version: self.version,
            effective: self.effective,
            retires: self.retires,
            domains,
            origin: Some(Origin::new(reader.source.clone(), self.place)),
        };
        check_weights(&blueprint, findings);
        blueprint
    }
}
