//! Who owns what a file brings: organizations it names that are not there yet, and the institution before it has a name.

use credway_import::{Kind, NamedOrganization};
use credway_model::{Action, Ctid, Finding, Organization, Place, Severity, Text};

use crate::WorkflowError;
use crate::import_file::ImportRequest;
use crate::import_writing::Writing;
use crate::institution::{INSTITUTION, UNNAMED};
use crate::permission::About;

const PARTICULARS: &str = "Import its particulars as an organization, if they matter.";

/// How alike two names must be for one to be a likely misspelling of the other, 0 to 1.
const LIKE: f64 = 0.85;

impl Writing<'_> {
    /// Adds organizations that are named as owners but are not there, by their names alone, and says so, with a warning
    /// where the name may be another's misspelled. What has no owner at all belongs to an institution still without a name.
    pub(crate) async fn owners(
        &mut self,
        named: &[NamedOrganization],
        request: &ImportRequest,
    ) -> Result<Vec<Finding>, WorkflowError> {
        let known = self.work.organizations().await?;
        let mut findings = Vec::new();
        let mut say = |code: &str, severity, place: &Place, message: String, hint: &str| {
            findings.push(Finding::new(code, severity, place.clone(), message, hint).in_file(self.file));
        };
        let mut new: Vec<Organization> = Vec::new();
        for NamedOrganization { ctid, name, place } in named.iter().filter(|one| !self.context.knows(one.name.as_str()))
        {
            let message = format!("There was no organization “{name}”; it was added by its name alone.");
            match known.iter().find(|known| like(known.name.as_str(), name.as_str())) {
                Some(known) => {
                    let hint = format!("If “{}” is meant, correct the file before you import it.", known.name);
                    say("reference.organization", Severity::Warning, place, message, &hint);
                }
                None => say("reference.organization", Severity::Note, place, message, PARTICULARS),
            }
            new.push(by_name(*ctid, name.clone()));
        }
        let owned =
            matches!(request.kind, Kind::Courses | Kind::Outcomes | Kind::Program | Kind::Requirements | Kind::Pathway);
        match self.given {
            Some(name) if !self.context.knows(name.as_str()) => {
                let message = format!("There was no organization “{name}”; it was added by its name alone.");
                say("reference.organization", Severity::Note, &Place::Whole, message, PARTICULARS);
                new.push(by_name(self.context.organization, name.clone()));
            }
            None if owned && self.work.setting(INSTITUTION).await?.is_none() => {
                let message = "This database has no institution yet: what the file names no owner of belongs to one without a name.";
                say(
                    "reference.institution",
                    Severity::Note,
                    &Place::Whole,
                    message.to_owned(),
                    "Name it with `credway new NAME`.",
                );
                let name = Text::new(UNNAMED).unwrap_or_else(|_| crate::align_program::plain(UNNAMED));
                new.push(by_name(self.context.organization, name));
                self.work.put_setting(INSTITUTION, &self.context.organization.to_string()).await?;
            }
            _ => {}
        }
        new.sort_by_key(|organization| organization.ctid);
        new.dedup_by_key(|organization| organization.ctid);
        if !new.is_empty() {
            self.desk.allow(self.work, Action::ImportShared, About::Shared).await?;
        }
        self.work.put_organizations(&new, self.stamp).await?;
        Ok(findings)
    }
}

fn like(one: &str, other: &str) -> bool {
    strsim::normalized_damerau_levenshtein(&one.to_lowercase(), &other.to_lowercase()) >= LIKE
}

fn by_name(ctid: Ctid, name: Text) -> Organization {
    Organization { ctid, name, kind: None, city: None, region: None, url: None, origin: None }
}
