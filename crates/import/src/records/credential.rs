//! Credentials.

use std::collections::BTreeMap;

use credway_model::{
    AwardedFor, Citation, Credential, CredentialType, Ctid, Figure, Money, Months, Place, Severity, Text,
};

use super::Cells;
use crate::table::Row;

pub(super) fn read(cells: &mut Cells<'_>) -> Vec<Credential> {
    let mut credentials: Vec<Credential> = Vec::new();
    let mut places: BTreeMap<Ctid, Place> = BTreeMap::new();
    cells.rows(|cells, row| {
        let Some(title) = cells.required(row, "title") else { return };
        let ctid = Ctid::derive(&cells.reader.context.namespace, "credential", title.as_str());
        if let Some(first) = places.get(&ctid).cloned() {
            cells.duplicate("credential", title.as_str(), &first, row.place());
            return;
        }
        places.insert(ctid, row.place());
        let awarded = [("assessment", AwardedFor::Assessment), ("completion", AwardedFor::Completion)];
        let credential = Credential {
            ctid,
            title,
            kind: cells.word(row, "type", &CredentialType::WORDS),
            issuer: cells.text(row, "issuer"),
            awarded_for: cells.word(row, "awarded_for", &awarded),
            assessment: cells.text(row, "assessment"),
            validity: months(cells, row),
            renewal: cells.text(row, "renewal"),
            revocable: cells.word(row, "revocable", &[("yes", true), ("no", false), ("true", true), ("false", false)]),
            accreditation: cells.text(row, "accreditation"),
            exam_code: cells.text(row, "exam_code"),
            exam_cost: cost(cells, row),
            origin: Some(cells.origin(row.place())),
        };
        credentials.push(credential);
    });
    credentials
}

fn months(cells: &mut Cells<'_>, row: &Row<'_>) -> Option<Months> {
    let months: u16 = cells.figure(row, "validity_months")?;
    match Months::new(months) {
        Ok(months) => Some(months),
        Err(error) => {
            let place = cells.place_of(row, "validity_months");
            let message = format!("The validity cannot be taken: {error}.");
            cells.say(
                "number.invalid",
                Severity::Error,
                place,
                message,
                "Write whole months, or leave the cell empty for one that does not expire.",
            );
            None
        }
    }
}

/// A cost is a figure from outside: without a source it is not taken.
fn cost(cells: &mut Cells<'_>, row: &Row<'_>) -> Option<Figure<Money>> {
    let value: Money = cells.figure(row, "cost_usd")?;
    let source = cells.text(row, "source");
    let note = cells.text(row, "cost_note");
    let words = [source, note].into_iter().flatten().map(|text| text.to_string()).collect::<Vec<_>>().join("; ");
    let date = cells.date(row, "source_date");
    match Text::new(&words) {
        Ok(source) => Some(Figure { value, citation: Citation { source, date } }),
        Err(_) => {
            let place = cells.place_of(row, "cost_usd");
            cells.say(
                "record.missing",
                Severity::Warning,
                place,
                "The cost has no source and was not taken.",
                "Say in “source” where the figure is from.",
            );
            None
        }
    }
}
