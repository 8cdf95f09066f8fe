//! The things that are published and therefore have revisions, and what of them is content.

use credway_model::{Blueprint, Course, Credential, Ctid, Framework, Objective, Organization, Pathway, Place, Program};
use serde::Serialize;

/// A thing that is published and therefore has revisions.
pub(crate) trait Publishable: Clone + PartialEq + Serialize {
    /// What kind of thing it is, as the history names it.
    const KIND: &'static str;
    fn ctid(&self) -> Ctid;
    /// What people call it.
    fn name(&self) -> String;
    /// Takes away where it was read from.
    fn forget_place(&mut self);
}

impl Publishable for Organization {
    const KIND: &'static str = "organization";

    fn ctid(&self) -> Ctid {
        self.ctid
    }

    fn name(&self) -> String {
        self.name.to_string()
    }

    fn forget_place(&mut self) {
        self.origin = None;
    }
}

impl Publishable for Credential {
    const KIND: &'static str = "credential";

    fn ctid(&self) -> Ctid {
        self.ctid
    }

    fn name(&self) -> String {
        self.title.to_string()
    }

    fn forget_place(&mut self) {
        self.origin = None;
    }
}

impl Publishable for Framework {
    const KIND: &'static str = "framework";

    fn ctid(&self) -> Ctid {
        self.ctid
    }

    fn name(&self) -> String {
        match &self.version {
            Some(version) => format!("{} {version}", self.title),
            None => self.title.to_string(),
        }
    }

    fn forget_place(&mut self) {
        self.origin = None;
        for competency in &mut self.competencies {
            competency.origin = None;
        }
    }
}

impl Publishable for Blueprint {
    const KIND: &'static str = "blueprint";

    fn ctid(&self) -> Ctid {
        self.ctid
    }

    fn name(&self) -> String {
        Blueprint::name(self)
    }

    fn forget_place(&mut self) {
        fn forget(objectives: &mut [Objective]) {
            for objective in objectives {
                objective.place = Place::Whole;
                forget(&mut objective.children);
            }
        }
        self.origin = None;
        for domain in &mut self.domains {
            domain.place = Place::Whole;
            forget(&mut domain.objectives);
        }
    }
}

impl Publishable for Course {
    const KIND: &'static str = "course";

    fn ctid(&self) -> Ctid {
        self.ctid
    }

    fn name(&self) -> String {
        format!("{} {}", self.code, self.title)
    }

    fn forget_place(&mut self) {
        self.origin = None;
        for outcome in &mut self.outcomes {
            outcome.place = Place::Whole;
        }
    }
}

impl Publishable for Program {
    const KIND: &'static str = "program";

    fn ctid(&self) -> Ctid {
        self.ctid
    }

    fn name(&self) -> String {
        match &self.award {
            Some(award) => format!("{} {award}", self.title),
            None => self.title.to_string(),
        }
    }

    fn forget_place(&mut self) {
        self.origin = None;
    }
}

impl Publishable for Pathway {
    const KIND: &'static str = "pathway";

    fn ctid(&self) -> Ctid {
        self.ctid
    }

    fn name(&self) -> String {
        self.title.to_string()
    }

    fn forget_place(&mut self) {
        self.origin = None;
    }
}
