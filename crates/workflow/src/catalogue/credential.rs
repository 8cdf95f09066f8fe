//! Credentials, each with its type check.

use credway_model::{Action, CredentialType, Ctid, Finding, Text};
use serde::Serialize;

use crate::permission::About;
use crate::workbench::identifier;
use crate::{Named, ShownValue, Workbench, WorkflowError};

/// A credential with its type check.
#[derive(Clone, Debug, Serialize)]
pub struct CredentialPage {
    /// Identifier.
    pub id: Ctid,
    /// Title.
    pub title: String,
    /// What it calls itself.
    pub kind: Option<String>,
    /// Its values.
    pub values: Vec<ShownValue>,
    /// Findings of the type check.
    pub findings: Vec<Finding>,
    /// Blueprints that examine it.
    pub blueprints: Vec<Named>,
}

impl Workbench {
    /// Credentials, each with its type check.
    ///
    /// # Errors
    /// [`WorkflowError::Store`].
    pub async fn credentials(&self) -> Result<Vec<CredentialPage>, WorkflowError> {
        let work = self.store.read().await?;
        self.allow(&work, Action::ReadShared, About::Shared).await?;
        let blueprints = work.blueprints().await?;
        let pages = work.credentials().await?.into_iter().map(|credential| CredentialPage {
            id: credential.ctid,
            title: credential.title.to_string(),
            kind: credential.kind.map(CredentialType::word).map(str::to_owned),
            findings: credential.type_check(),
            blueprints: blueprints
                .iter()
                .filter(|head| head.title == credential.title)
                .map(|head| Named { id: head.ctid, name: head.name() })
                .collect(),
            values: credential_values(&credential),
        });
        Ok(pages.collect())
    }

    /// One credential.
    ///
    /// # Errors
    /// [`WorkflowError::NotFound`].
    pub async fn credential(&self, id: &str) -> Result<CredentialPage, WorkflowError> {
        let ctid = identifier("credential", id)?;
        self.credentials().await?.into_iter().find(|page| page.id == ctid).ok_or_else(|| WorkflowError::NotFound {
            what: "credential",
            given: id.to_owned(),
            hint: "see the list of credentials".to_owned(),
        })
    }
}

fn credential_values(credential: &credway_model::Credential) -> Vec<ShownValue> {
    let words = |text: &Option<Text>| text.as_ref().map(Text::to_string);
    let cost = credential.exam_cost.as_ref().map(|cost| {
        let date = cost.citation.date.map_or_else(String::new, |date| format!(", {date}"));
        format!("${} ({}{date})", cost.value, cost.citation.source)
    });
    let awarded_for = credential.awarded_for.map(|awarded| match awarded {
        credway_model::AwardedFor::Assessment => "passing an assessment".to_owned(),
        credway_model::AwardedFor::Completion => "completing a course or program".to_owned(),
    });
    let values = [
        ("Issuer", words(&credential.issuer)),
        ("Awarded for", awarded_for),
        ("Assessment", words(&credential.assessment)),
        ("Valid for", credential.validity.map(|months| format!("{} months", months.get()))),
        ("Renewal", words(&credential.renewal)),
        ("Can be revoked", credential.revocable.map(|yes| if yes { "yes" } else { "no" }.to_owned())),
        ("Accreditation", words(&credential.accreditation)),
        ("Exam code", words(&credential.exam_code)),
        ("Exam cost", cost),
    ];
    values
        .into_iter()
        .map(|(label, value)| ShownValue { label: label.to_owned(), value, field: None, place: None })
        .collect()
}
