//! The forms of a change.

use credway_model::{Ctid, Strength, Verdict};
use credway_workflow::ConfirmRequest;
use serde::Deserialize;

use crate::error_page::Failure;
use crate::routes::crosswalk::wrong_address;

/// A program.
#[derive(Deserialize)]
pub(super) struct ProgramForm {
    pub(super) program: String,
}

/// A word on a row.
#[derive(Deserialize)]
pub(super) struct ConfirmForm {
    pub(super) program: Ctid,
    statement: Ctid,
    old_target: Ctid,
    new_target: Ctid,
    /// `full`, `partial` or `rejected`.
    verdict: String,
}

impl ConfirmForm {
    pub(super) fn request(&self) -> Result<ConfirmRequest, Failure> {
        let verdict = match self.verdict.as_str() {
            "full" => Verdict::Accepted(Strength::Full),
            "partial" => Verdict::Accepted(Strength::Partial),
            "rejected" => Verdict::Rejected,
            other => {
                return Err(wrong_address(format!(
                    "“verdict={other}” is not known: it may be full, partial or rejected."
                )));
            }
        };
        Ok(ConfirmRequest {
            program: self.program,
            statement: self.statement,
            old_target: self.old_target,
            new_target: self.new_target,
            verdict,
        })
    }
}

/// One's own word taken back.
#[derive(Deserialize)]
pub(super) struct UndoForm {
    pub(super) program: String,
    pub(super) crosswalk: Ctid,
    pub(super) statement: Ctid,
    pub(super) target: Ctid,
}
