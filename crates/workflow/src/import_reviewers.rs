//! Whose words a file of decisions brings: nobody else's who can speak for themselves, and each by one name.

use std::collections::{BTreeMap, BTreeSet};

use credway_model::{Finding, Person, Place, Severity};

use crate::import_writing::Writing;
use crate::{ActorStanding, WorkflowError};

impl Writing<'_> {
    /// The names nobody else may speak for: those of other account holders. Who has the database before them may bring in
    /// what was decided before there were accounts.
    pub(crate) async fn others_with_accounts(&self) -> Result<BTreeSet<String>, WorkflowError> {
        if *self.desk.actor().standing() == ActorStanding::Owner {
            return Ok(BTreeSet::new());
        }
        let accounts = self.work.accounts().await?.into_iter().map(|account| account.person);
        let own = self.desk.person();
        Ok(accounts.filter(|person| person != own).map(|person| person.name().to_owned()).collect())
    }

    /// Warns of reviewers who differ from others by capitals only: they would count as two people.
    pub(crate) fn spelled_otherwise(&self, reviewers: &BTreeSet<&Person>) -> Vec<Finding> {
        let mut spellings: BTreeMap<String, BTreeSet<&Person>> = BTreeMap::new();
        for person in reviewers {
            spellings.entry(person.name().to_lowercase()).or_default().insert(person);
        }
        let several = spellings.into_values().filter(|spellings| spellings.len() > 1);
        several
            .map(|spellings| {
                let names: Vec<String> = spellings.iter().map(|person| format!("“{}”", person.name())).collect();
                let message = format!("{} count as different reviewers.", names.join(" and "));
                let hint = "Write a reviewer's name the same way everywhere, if it is one person.";
                let place = Place::Whole;
                Finding::new("reference.reviewer", Severity::Warning, place, message, hint).in_file(self.file)
            })
            .collect()
    }
}
