//! The sign-off as a section of a report: the steps, who signed each, and what it can be verified by.

use jiff::civil::Date;

use super::figures::{day, grouped};
use super::model::{Cell, Column, Part, Section, Table};

/// How a sign-off stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignoffAnswer {
    /// In words ("approved").
    pub state: String,
    /// Whether it was approved.
    pub approved: bool,
    /// The revision that is signed.
    pub revision: u32,
    /// SHA-256 of its content, in hexadecimal.
    pub digest: String,
    /// Whether what is printed here differs from what was signed.
    pub differs: bool,
    /// Whether it is kept back from the reader if it differs, and what signers added.
    pub hidden: bool,
    /// Signature by signature; a step without any has a line of its own.
    pub steps: Vec<SignoffAnswerStep>,
    /// Number of the last line of the history when this was printed.
    pub history_line: u64,
    /// Hash of that line, in hexadecimal.
    pub history_hash: String,
}

/// A signature, or a step that has none.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SignoffAnswerStep {
    /// Title of the step.
    pub step: String,
    /// How it stands, in words.
    pub state: String,
    /// Who signed.
    pub person: String,
    /// For whom, by delegation.
    pub on_behalf_of: Option<String>,
    /// In which role; who may sign, where nobody has.
    pub role: String,
    /// When, in words.
    pub at: String,
    /// The day that was entered.
    pub date: Option<Date>,
    /// What the signer added.
    pub note: Option<String>,
}

/// The sign-off as a section.
#[must_use]
pub fn signoff_section(signoff: &SignoffAnswer) -> Section {
    let mut parts = Vec::new();
    if signoff.differs {
        let what = if signoff.approved { "approved" } else { "put forward to be signed" };
        parts.push(Part::Note(format!(
            "What this report prints differs from what was {what} as revision {}.",
            signoff.revision
        )));
    }
    if signoff.hidden {
        parts.push(Part::Note(
            "Blind second review: what others said, and whether it differs from what was signed, is kept back while yours is open."
                .to_owned(),
        ));
    }
    let state = format!("Revision {}: {}.", signoff.revision, signoff.state);
    parts.push(Part::Paragraph(state));
    parts.push(Part::Table(Table {
        caption: "Steps and signatures".to_owned(),
        source: None,
        columns: vec![
            Column::text("Step", 16),
            Column::text("State", 13),
            Column::text("Signed by", 23),
            Column::text("As", 16),
            Column::text("When", 16),
            Column::text("Note", 16),
        ],
        rows: signoff.steps.iter().map(row).collect(),
        total: None,
    }));
    parts.push(Part::Paragraph(format!(
        "SHA-256 of the signed content: {}. It is computed over the content as it is kept: JSON with its members sorted, in UTF-8.",
        signoff.digest
    )));
    parts.push(Part::Paragraph(format!(
        "History when this was printed: line {}, hash {}. Whoever keeps this page can hold it against the database later.",
        grouped(usize::try_from(signoff.history_line).unwrap_or(usize::MAX)),
        signoff.history_hash
    )));
    Section { heading: "Sign-off".to_owned(), level: 1, sheet: "Sign-off".to_owned(), parts }
}

fn row(step: &SignoffAnswerStep) -> Vec<Cell> {
    let who = match &step.on_behalf_of {
        Some(whom) => format!("{}, by delegation for {whom}", step.person),
        None => step.person.clone(),
    };
    let date = step.date.map(|date| format!("decided on {}", day(date)));
    let note: Vec<String> = date.into_iter().chain(step.note.clone()).collect();
    vec![
        Cell::words(&step.step),
        Cell::words(&step.state),
        Cell::words(who),
        Cell::words(&step.role),
        Cell::words(&step.at),
        Cell::words(note.join("; ")),
    ]
}
