//! History: who did what, when, and why; and the revisions of a thing, each comparable with the one before.

use std::collections::BTreeSet;

use credway_model::{Action, Change, ChangeKind, Ctid, Person, Text};
use credway_store::ChangeFilter;
use serde::{Deserialize, Serialize};

use crate::field_difference::compare;
use crate::history_reach::Seen;
use crate::permission::About;
use crate::{FieldDifference, Workbench, WorkflowError};

/// Which part of the history is wanted.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(default)]
pub struct HistoryFilter {
    /// Only about this thing.
    pub subject: Option<Ctid>,
    /// Only by this person.
    pub person: Option<String>,
    /// Only this kind of change ("decided").
    pub kind: Option<String>,
    /// Only before this line, for the next page.
    pub before: Option<u64>,
    /// At most so many lines.
    pub limit: u64,
}

/// How many lines are read at once.
const READ_AT_ONCE: u64 = 1_000;

impl Default for HistoryFilter {
    fn default() -> Self {
        Self { subject: None, person: None, kind: None, before: None, limit: 100 }
    }
}

/// One line of the history.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct HistoryLine {
    /// Number of the line, rising with time.
    pub number: u64,
    /// When, ISO 8601.
    pub at: String,
    /// Who.
    pub person: String,
    /// What was done ("decided").
    pub kind: String,
    /// To what kind of thing.
    pub subject_kind: String,
    /// To which thing.
    pub subject: Ctid,
    /// In words.
    pub summary: String,
    /// Why.
    pub reason: Option<String>,
    /// From where, for whoever looks after the server.
    pub origin: Option<String>,
}

/// One revision of a thing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RevisionLine {
    /// Number, from 1.
    pub number: u32,
    /// When, ISO 8601.
    pub at: String,
    /// Who.
    pub person: String,
    /// SHA-256 of its content.
    pub digest: String,
}

/// The revisions of a thing, and what one of them changed.
#[derive(Clone, Debug, Serialize)]
pub struct RevisionPage {
    /// The thing.
    pub subject: Ctid,
    /// What kind of thing.
    pub subject_kind: String,
    /// Its revisions, newest first.
    pub revisions: Vec<RevisionLine>,
    /// The revision shown.
    pub shown: u32,
    /// How it differs from the one before; empty for the first, and while kept back.
    pub differences: Vec<FieldDifference>,
    /// Whether the differences are kept back, since who acts reviews the crosswalk blindly.
    pub hidden: bool,
}

impl Workbench {
    /// Lines of the history, newest first.
    ///
    /// # Errors
    /// [`WorkflowError::Refused`] for a kind of change that is not known.
    pub async fn history(&self, filter: &HistoryFilter) -> Result<Vec<HistoryLine>, WorkflowError> {
        let kind = match &filter.kind {
            None => None,
            Some(word) => Some(kind_of(word)?),
        };
        let person = filter.person.as_deref().and_then(|name| Text::new(name).ok()).map(Person);
        let mut store_filter = ChangeFilter {
            subject: filter.subject,
            person,
            kind,
            before: filter.before,
            // Whatever is wanted: who may see little of it must not make a query of every line.
            limit: Some(READ_AT_ONCE),
        };
        let work = self.store.read().await?;
        self.allow_somewhere(&work, Action::ReadHistory).await?;
        let origins = self.may(&work, Action::ManageServer, About::Shared).await?;
        let blind: BTreeSet<Ctid> = self.blind_scopes(&work).await?.into_iter().map(|scope| scope.crosswalk).collect();
        let (wanted, mut seen, mut lines) = (filter.limit.clamp(1, 1_000), Seen::default(), Vec::new());
        loop {
            let page = work.changes(&store_filter).await?;
            let (last, whole) = (page.last().map(|(number, _)| *number), page.len() as u64 >= READ_AT_ONCE);
            for (number, mut change) in page {
                let others = blind.contains(&change.subject) && change.person != *self.person();
                // Where they review blindly, not what others decided or commented, nor why they signed or changed it.
                let veiled = others && matches!(change.kind, ChangeKind::Decided | ChangeKind::Commented);
                if veiled || !self.may_see_line(&work, &change, &mut seen).await? {
                    continue;
                }
                change.reason = change.reason.filter(|_| !others);
                lines.push(line(number, change, origins));
                if lines.len() as u64 >= wanted {
                    return Ok(lines);
                }
            }
            if !whole || last.is_none() {
                return Ok(lines);
            }
            store_filter.before = last;
        }
    }

    /// The revisions of a thing, with what revision `number` (the newest when absent) changed.
    ///
    /// # Errors
    /// [`WorkflowError::NotFound`] when the thing has no revisions, or not that one.
    pub async fn revisions(&self, subject: &Ctid, number: Option<u32>) -> Result<RevisionPage, WorkflowError> {
        let work = self.store.read().await?;
        self.allow_somewhere(&work, Action::ReadHistory).await?;
        let mut revisions = work.revisions(subject).await?;
        let about = match revisions.first().map(|revision| revision.subject_kind.as_str()) {
            Some("course") => Some(About::Course(subject)),
            Some("program") => Some(About::Program(subject)),
            Some("pathway") => Some(About::Pathway(subject)),
            Some("crosswalk") => Some(About::Crosswalk(subject)),
            _ => None,
        };
        if let Some(about) = about {
            self.allow(&work, Action::ReadHistory, about).await?;
        }
        revisions.sort_by_key(|revision| std::cmp::Reverse(revision.number));
        let missing = |hint: &str| WorkflowError::NotFound {
            what: "revision",
            given: subject.to_string(),
            hint: hint.to_owned(),
        };
        let newest = revisions.first().ok_or_else(|| missing("nothing with this identifier was ever written"))?;
        let shown = number.unwrap_or(newest.number);
        let after = revisions
            .iter()
            .find(|revision| revision.number == shown)
            .ok_or_else(|| missing("it has no revision of this number"))?;
        let hidden = newest.subject_kind == "crosswalk" && self.veil(&work, subject).await?.is_some();
        let mut differences = Vec::new();
        if let Some(before) = revisions.iter().find(|revision| !hidden && revision.number + 1 == shown) {
            let (one, two) = (serde_json::from_str(&before.content)?, serde_json::from_str(&after.content)?);
            compare("", &one, &two, &mut differences);
        }
        Ok(RevisionPage {
            subject: *subject,
            subject_kind: newest.subject_kind.clone(),
            shown,
            differences,
            hidden,
            revisions: revisions
                .iter()
                .map(|revision| RevisionLine {
                    number: revision.number,
                    at: revision.at.to_string(),
                    person: revision.person.name().to_owned(),
                    digest: revision.digest.clone(),
                })
                .collect(),
        })
    }
}

fn line(number: u64, change: Change, origins: bool) -> HistoryLine {
    HistoryLine {
        number,
        at: change.at.to_string(),
        person: change.person.name().to_owned(),
        kind: change.kind.word().to_owned(),
        subject_kind: change.subject_kind,
        subject: change.subject,
        summary: change.summary.to_string(),
        reason: change.reason.map(|reason| reason.to_string()),
        origin: change.origin.filter(|_| origins).map(|origin| origin.to_string()),
    }
}

fn kind_of(word: &str) -> Result<ChangeKind, WorkflowError> {
    let known = ChangeKind::WORDS.iter().find(|(known, _)| *known == word);
    known.map(|(_, kind)| *kind).ok_or_else(|| WorkflowError::Refused {
        message: format!("“{word}” is no kind of change"),
        hint: format!("use one of {}", ChangeKind::WORDS.map(|(word, _)| word).join(", ")),
    })
}
