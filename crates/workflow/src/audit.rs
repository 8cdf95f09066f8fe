//! The audit of the history: whether every line is what was written, and the lines to check it with elsewhere.

use std::fmt::Write;
use std::time::Duration;

use credway_model::{Action, ChangeKind, Ctid, Person};
use jiff::tz::Offset;
use serde::Serialize;
use uuid::Uuid;

use crate::align_program::plain;
use crate::permission::About;
use crate::{Actor, Workbench, WorkflowError};

/// What the audit found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AuditReport {
    /// How many lines of the history hold, from the first.
    pub lines: u64,
    /// How many decisions they bind.
    pub decisions: u64,
    /// How many revisions they bind.
    pub revisions: u64,
    /// How many of them have had their words taken away, as a later line says.
    pub erased: u64,
    /// The hash of the last line that holds. Kept elsewhere, it shows later that nothing before it was bent.
    pub head: String,
    /// The first line that does not hold.
    pub broken: Option<BrokenEntry>,
    /// What became of the hash that was kept elsewhere, where one was given.
    pub kept: Option<KeptHead>,
}

/// The first line that does not hold.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct BrokenEntry {
    /// Its number.
    pub number: u64,
    /// What is wrong.
    pub why: String,
}

/// A hash that was kept elsewhere.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct KeptHead {
    /// The hash.
    pub hash: String,
    /// The line that has it; none where the history was cut off before it or made anew.
    pub line: Option<u64>,
}

impl AuditReport {
    /// Whether all holds.
    #[must_use]
    pub fn holds(&self) -> bool {
        self.broken.is_none() && self.kept.as_ref().is_none_or(|kept| kept.line.is_some())
    }
}

impl Workbench {
    /// Walks the whole history. `kept` is the hash of a line that was kept elsewhere (it stands on packets and in earlier
    /// audits): whether it is still there shows whether the end was cut off or everything was computed anew.
    ///
    /// # Errors
    /// [`WorkflowError::Store`] when the database cannot be read; a history that does not hold is an answer.
    pub async fn audit(&self, kept: Option<&str>) -> Result<AuditReport, WorkflowError> {
        let work = self.store.read().await?;
        self.allow(&work, Action::ManageServer, About::Shared).await?;
        let audit = work.audit().await?;
        let kept = match kept {
            Some(hash) => {
                let hash = hash.trim().to_lowercase();
                Some(KeptHead { line: work.line_of_hash(&hash).await?, hash })
            }
            None => None,
        };
        Ok(AuditReport {
            lines: audit.lines,
            decisions: audit.decisions,
            revisions: audit.revisions,
            erased: audit.erased,
            head: audit.head,
            broken: audit.broken.map(|line| BrokenEntry { number: line.number, why: line.why }),
            kept,
        })
    }

    /// Takes away the network addresses that have stood in the history for this long, in whole days, and says so in it:
    /// once a day at most, unless there are more than fit into one piece of writing. Looks first, so that a server with
    /// nothing to forget writes nothing.
    ///
    /// # Errors
    /// [`WorkflowError::Store`].
    pub(crate) async fn forget_addresses(&self, age: Duration) -> Result<(), WorkflowError> {
        // An age longer than time itself forgets nothing.
        let Ok(before) = self.now().checked_sub(age) else { return Ok(()) };
        let day = Offset::UTC.to_datetime(before).start_of_day();
        let Ok(before) = Offset::UTC.to_timestamp(day) else { return Ok(()) };
        if !self.store.read().await?.has_origins(before).await? {
            return Ok(());
        }
        let work = self.store.write().await?;
        if let Some(last) = work.erase_origins(before).await? {
            let server = self.acting(Actor::owner(Person(plain("Credway")), None));
            let words = format!("network addresses up to line {last} taken away by age");
            let mut line = server.history_line(ChangeKind::Erased, ("history", Ctid::from_uuid(Uuid::nil())), &words);
            line.content = Some(format!("origins:{last}"));
            work.append_change(&line).await?;
        }
        Ok(work.commit().await?)
    }

    /// The history as it is bound, one JSON object a line: with it anybody can compute the chain anew. Persons stand by
    /// their identifiers.
    ///
    /// # Errors
    /// [`WorkflowError::Store`].
    pub async fn export_audit(&self) -> Result<String, WorkflowError> {
        let work = self.store.read().await?;
        self.allow(&work, Action::ManageServer, About::Shared).await?;
        let mut text = String::new();
        work.bound_lines(|line| {
            // Writing into a text cannot fail.
            let _ = writeln!(text, "{line}");
        })
        .await?;
        Ok(text)
    }
}
