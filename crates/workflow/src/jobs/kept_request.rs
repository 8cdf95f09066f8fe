//! What to import and how, as it is kept beside the bytes of a file that was sent.

use credway_import::{Kind, Mapping, SourceFile};
use credway_model::Text;
use serde::{Deserialize, Serialize};

use crate::ImportRequest;

/// What to import and how; all of a request but the file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptRequest {
    /// What the file holds.
    pub kind: Kind,
    /// Which column is which field; guessed when absent.
    pub mapping: Option<Mapping>,
    /// The owner of what the file does not say the owner of.
    pub organization: Option<String>,
    /// Title of a collection the courses are put into.
    pub into: Option<String>,
    /// Codes of errors that the person takes responsibility for.
    pub accept: Vec<String>,
    /// Why, for the history.
    pub reason: Option<Text>,
    /// Whether the person corrected the mapping.
    pub corrected: bool,
    /// Whether the mapping is one the person corrected for an earlier file.
    pub remembered: bool,
    /// The columns of the file, where it is a table and was read.
    pub columns: Vec<String>,
}

impl KeptRequest {
    pub(super) fn of(request: &ImportRequest) -> Self {
        Self {
            kind: request.kind,
            mapping: request.mapping.clone(),
            organization: request.organization.clone(),
            into: request.into.clone(),
            accept: request.accept.clone(),
            reason: request.reason.clone(),
            corrected: false,
            remembered: false,
            columns: Vec::new(),
        }
    }

    /// The request for this file.
    pub(super) fn with_file(&self, file: SourceFile) -> ImportRequest {
        ImportRequest {
            kind: self.kind,
            file,
            mapping: self.mapping.clone(),
            organization: self.organization.clone(),
            into: self.into.clone(),
            accept: self.accept.clone(),
            reason: self.reason.clone(),
        }
    }

    /// Takes a mapping that the person corrected.
    pub fn correct(&mut self, mapping: Option<Mapping>) {
        (self.mapping, self.corrected, self.remembered) = (mapping, true, false);
    }
}
