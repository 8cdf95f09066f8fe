//! The kinds of long work, and what comes of them, as they are kept in the database.

use credway_model::Ctid;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::WorkflowError;

/// A piece of long work. The words of kinds and fields stand in databases and stay.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", content = "payload", rename_all = "snake_case")]
pub enum Task {
    /// Align a program to a blueprint.
    Align {
        /// The program.
        program: Ctid,
        /// The blueprint version.
        blueprint: Ctid,
    },
    /// Read a file that was sent, as its request says, and find out what importing it would change.
    ReadFile {
        /// The file.
        token: String,
        /// Which state of the request; another one is read by other work.
        version: u32,
    },
    /// Import a file that was sent.
    ImportFile {
        /// The file.
        token: String,
        /// Which state of the request.
        version: u32,
    },
}

/// What came of a piece of work: where its page goes on to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// A crosswalk.
    Crosswalk(Ctid),
    /// A file that was read.
    Preview(String),
    /// A file that was imported, or found not to be importable.
    Imported(String),
}

impl Task {
    /// Kind and payload, as they are kept.
    pub(super) fn written(&self) -> Result<(String, String), WorkflowError> {
        let value = serde_json::to_value(self)?;
        let kind = value.get("kind").and_then(Value::as_str).unwrap_or_default().to_owned();
        Ok((kind, value.get("payload").cloned().unwrap_or(Value::Null).to_string()))
    }

    /// The work of a kind with this payload.
    ///
    /// # Errors
    /// [`WorkflowError::Json`] for a kind that a newer program queued.
    pub(super) fn read(kind: &str, payload: &str) -> Result<Self, WorkflowError> {
        let payload: Value = serde_json::from_str(payload)?;
        Ok(serde_json::from_value(serde_json::json!({ "kind": kind, "payload": payload }))?)
    }

    /// The file it would import.
    pub(super) fn imports(&self) -> Option<&str> {
        match self {
            Self::ImportFile { token, .. } => Some(token),
            Self::Align { .. } | Self::ReadFile { .. } => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tasks_are_read_back_and_their_words_stay() {
        let ctid: Ctid = "ce-5a0c1e57-8d6c-4b0e-9c3a-6c616e746572".parse().unwrap();
        for (task, kind) in [
            (Task::Align { program: ctid, blueprint: ctid }, "align"),
            (Task::ReadFile { token: "t".to_owned(), version: 2 }, "read_file"),
            (Task::ImportFile { token: "t".to_owned(), version: 2 }, "import_file"),
        ] {
            let (word, payload) = task.written().unwrap();
            assert_eq!(word, kind);
            assert_eq!(Task::read(&word, &payload).unwrap(), task);
        }
        assert!(Task::read("brew", "{}").is_err());
    }
}
