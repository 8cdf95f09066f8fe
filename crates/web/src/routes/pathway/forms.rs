//! The forms of a pathway.

use credway_model::Text;
use credway_workflow::{ComponentFields, CostEdit, CostFields};
use serde::Deserialize;

use crate::error_page::Failure;

/// A component as the form sends it.
pub(super) struct ComponentForm {
    /// The revision the form was made from.
    pub(super) base: u32,
    /// Key of the component that is changed.
    pub(super) key: Option<String>,
    pub(super) fields: ComponentFields,
    pub(super) reason: String,
}

impl ComponentForm {
    /// Reads what was sent: a field may come several times (roles).
    pub(super) fn read(sent: Vec<(String, String)>) -> Result<Self, Failure> {
        let (mut fields, mut base, mut key, mut reason) = (ComponentFields::default(), None, None, String::new());
        for (name, value) in sent {
            match name.as_str() {
                "revision" => base = value.parse().ok(),
                "old_key" => key = Some(value).filter(|value| !value.is_empty()),
                "key" => fields.key = value,
                "kind" => fields.kind = value,
                "name" => fields.name = value,
                "stands_for" => fields.stands_for = value,
                "condition" => fields.condition = value,
                "role" => fields.roles.push(value),
                "embedding" => fields.embedding = value,
                "readiness" => fields.readiness = value,
                "wage" => fields.wage = value,
                "wage_source" => fields.wage_source = value,
                "wage_date" => fields.wage_date = value,
                "reason" => reason = value,
                _ => {}
            }
        }
        let base = base.ok_or_else(no_revision)?;
        Ok(Self { base, key, fields, reason })
    }
}

/// Of a form that was not made from the page: what somebody else changed since could be lost.
fn no_revision() -> Failure {
    Failure::refused(
        "The form does not say from which revision it was made.",
        "Go back, open it again and make your change; nothing was written.",
    )
}

/// The reason, where one is given.
pub(super) fn reason(given: &str) -> Result<Option<Text>, Failure> {
    match given.trim() {
        "" => Ok(None),
        given => Text::new(given).map(Some).map_err(|error| {
            Failure::refused(
                format!("The reason cannot be taken: {error}."),
                "Go back and shorten it; nothing was written.",
            )
        }),
    }
}

/// A component that is taken away or moved.
#[derive(Deserialize)]
pub(super) struct KeyForm {
    pub(super) key: String,
    #[serde(rename = "revision", default)]
    pub(super) base: u32,
    #[serde(default)]
    pub(super) down: bool,
}

/// The revision that was looked at when the last change was undone.
#[derive(Deserialize)]
pub(super) struct UndoForm {
    #[serde(rename = "revision")]
    pub(super) base: u32,
}

/// What the pathway is and costs.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct CostsForm {
    #[serde(rename = "revision")]
    base: Option<u32>,
    description: String,
    tuition: String,
    tuition_source: String,
    tuition_date: String,
    term: String,
    term_source: String,
    term_date: String,
    prior: String,
    prior_source: String,
    prior_date: String,
}

impl CostsForm {
    pub(super) fn edit(self) -> Result<CostEdit, Failure> {
        let base = self.base.ok_or_else(no_revision)?;
        let costs = [
            [self.tuition, self.tuition_source, self.tuition_date],
            [self.term, self.term_source, self.term_date],
            [self.prior, self.prior_source, self.prior_date],
        ];
        Ok(CostEdit { base, fields: CostFields { description: self.description, costs } })
    }
}
