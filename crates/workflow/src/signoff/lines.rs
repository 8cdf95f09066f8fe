//! What the pages of a sign-off show of it: its steps with their signatures, its returns, what is signed in figures.

use credway_model::{Signoff, SignoffAct, SignoffEntry, SignoffState, SignoffStep, StepAsks, StepStanding};
use serde::Serialize;

use super::content::SignedContent;

/// A step.
#[derive(Clone, Debug, Serialize)]
pub struct StepLine {
    /// Its title.
    pub title: String,
    /// Who signs it ("Registrar or Dean").
    pub roles: String,
    /// How many signatures it takes.
    pub quorum: u32,
    /// Whether it asks for a day.
    pub asks_date: bool,
    /// `signed`, `waiting` or `to come`.
    pub state: &'static str,
    /// Its signatures, void ones too, in order.
    pub signatures: Vec<SignatureLine>,
}

/// A signature.
#[derive(Clone, Debug, Serialize)]
pub struct SignatureLine {
    /// Who signed.
    pub person: String,
    /// In which role.
    pub role: &'static str,
    /// For whom, by delegation.
    pub on_behalf_of: Option<String>,
    /// When, ISO 8601.
    pub at: String,
    /// The day that was entered.
    pub date: Option<String>,
    /// What they added.
    pub note: Option<String>,
    /// Whether a return made it void.
    pub void: bool,
    /// What they signed.
    pub digest: String,
}

/// A return, or a reopening.
#[derive(Clone, Debug, Serialize)]
pub struct SignoffEvent {
    /// When, ISO 8601.
    pub at: String,
    /// Who.
    pub person: String,
    /// What, in words.
    pub what: String,
    /// Why.
    pub reason: String,
}

/// What is signed, in figures.
#[derive(Clone, Debug, Serialize)]
pub struct ContentFigures {
    /// Courses.
    pub courses: usize,
    /// Course statements.
    pub statements: usize,
    /// Pairs that were decided.
    pub decided: usize,
    /// Total coverage in per cent; absent without a total.
    pub coverage: Option<f64>,
    /// Total coverage by assessed statements only.
    pub coverage_assessed: Option<f64>,
    /// What the checks of completeness said.
    pub checks: Vec<String>,
}

/// The steps; what signers added is left out where it is kept back.
pub(super) fn steps(signoff: &Signoff, hidden: bool) -> Vec<StepLine> {
    let standing = signoff.standing();
    let turn = match standing.state {
        SignoffState::Running(turn) => Some(turn),
        _ => None,
    };
    let line = |(index, (step, stands)): (usize, (&SignoffStep, &StepStanding))| {
        let roles: Vec<&str> = step.roles.iter().map(|role| role.label()).collect();
        let mut numbers: Vec<(usize, bool)> = stands.void.iter().map(|number| (*number, true)).collect();
        numbers.extend(stands.signed.iter().map(|number| (*number, false)));
        numbers.sort_unstable();
        StepLine {
            title: step.title.to_string(),
            roles: roles.join(" or "),
            quorum: step.quorum,
            asks_date: step.asks == StepAsks::Date,
            state: if stands.signed.len() as u64 >= u64::from(step.quorum) {
                "signed"
            } else if turn == Some(index) {
                "waiting"
            } else {
                "to come"
            },
            signatures: numbers
                .into_iter()
                .filter_map(|(number, void)| signature(signoff, number, void, hidden))
                .collect(),
        }
    };
    signoff.plan.steps().iter().zip(&standing.steps).enumerate().map(line).collect()
}

fn signature(signoff: &Signoff, number: usize, void: bool, hidden: bool) -> Option<SignatureLine> {
    let (entry, signature) = signoff.signature(number)?;
    Some(SignatureLine {
        person: entry.person.name().to_owned(),
        role: signature.role.label(),
        on_behalf_of: signature.on_behalf_of.as_ref().map(|whom| whom.name().to_owned()),
        at: entry.at.to_string(),
        date: signature.date.map(|day| day.to_string()),
        note: signature.note.as_ref().filter(|_| !hidden).map(ToString::to_string),
        void,
        digest: signature.digest.clone(),
    })
}

/// Returns and reopenings; their reasons are left out where they are kept back.
pub(super) fn events(signoff: &Signoff, hidden: bool) -> Vec<SignoffEvent> {
    let event = |entry: &SignoffEntry| {
        let (what, reason) = match &entry.act {
            SignoffAct::Signed(_) => return None,
            SignoffAct::Returned { to: Some(step), reason } => {
                (format!("returned it to step “{}”", signoff.step_title(*step)), reason)
            }
            SignoffAct::Returned { to: None, reason } => ("returned it to the beginning".to_owned(), reason),
            SignoffAct::Reopened { reason } => ("opened the next revision".to_owned(), reason),
        };
        Some(SignoffEvent {
            at: entry.at.to_string(),
            person: entry.person.name().to_owned(),
            what,
            reason: if hidden { "kept back".to_owned() } else { reason.to_string() },
        })
    };
    signoff.entries.iter().filter_map(event).collect()
}

pub(super) fn figures(content: &SignedContent) -> ContentFigures {
    ContentFigures {
        courses: content.program.courses.len(),
        statements: content.program.courses.iter().map(|course| course.statements.len()).sum(),
        decided: content.pairs.len(),
        coverage: content.coverage.total,
        coverage_assessed: content.coverage.total_assessed,
        checks: content.checks.iter().map(|check| check.message.clone()).collect(),
    }
}
