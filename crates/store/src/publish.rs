//! What happens when a publishable thing is written: is it new, does it differ, and the revision and the line of
//! history that tell of it.

use std::collections::BTreeMap;
use std::sync::atomic::Ordering;

use credway_model::{Change, ChangeKind, Ctid, Person, Revision, Text};
use jiff::Timestamp;
use sea_orm::sea_query::{Expr, ExprTrait, Query};
use serde::Serialize;
use sha2::{Digest, Sha256};

use crate::chain::{self, Seal};
use crate::entities::{change, revision};
use crate::publishable::Publishable;
use crate::value;
use crate::work::Work;
use crate::{Result, StoreError};

/// Who writes, when, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stamp {
    /// The person who acts.
    pub person: Person,
    /// The moment; kept to the microsecond.
    pub at: Timestamp,
    /// Why, where the person says so.
    pub reason: Option<Text>,
    /// From where: the terminal, a browser's address, a token.
    pub origin: Option<Text>,
}

/// What writing a record did.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Written {
    /// It was not there.
    Created,
    /// It was there with other content.
    Revised,
    /// It was there with the same content. Where the record stands in which file is not content: that is kept up to
    /// date without a revision.
    Unchanged,
}

/// What is to be done about a record.
pub(crate) struct Judgement {
    pub(crate) written: Written,
    /// Whether the row must be written: it is new, or something differs, be it only the place.
    pub(crate) stale: bool,
}

/// Compares a record with the one that is there.
pub(crate) fn judge<T: Publishable>(before: Option<&T>, after: &T) -> Judgement {
    let Some(before) = before else { return Judgement { written: Written::Created, stale: true } };
    if before == after {
        return Judgement { written: Written::Unchanged, stale: false };
    }
    let written = if placeless(before) == placeless(after) { Written::Unchanged } else { Written::Revised };
    Judgement { written, stale: true }
}

fn placeless<T: Publishable>(thing: &T) -> T {
    let mut thing = thing.clone();
    thing.forget_place();
    thing
}

/// The things by identifier.
///
/// # Errors
/// [`StoreError::Duplicate`] when two have the same.
pub(crate) fn distinct<T: Publishable>(things: &[T]) -> Result<()> {
    distinct_ctids(T::KIND, things.iter().map(T::ctid))
}

pub(crate) fn distinct_ctids(kind: &'static str, ctids: impl Iterator<Item = Ctid>) -> Result<()> {
    let mut ctids: Vec<Ctid> = ctids.collect();
    ctids.sort_unstable();
    match ctids.windows(2).find(|pair| pair[0] == pair[1]) {
        Some(pair) => Err(StoreError::Duplicate { kind, ctid: pair[0] }),
        None => Ok(()),
    }
}

/// The thing as our own JSON with its members sorted, so that the same content always has the same digest.
pub(crate) fn canonical<T: Serialize>(thing: &T) -> Result<String> {
    let mut value = serde_json::to_value(thing)?;
    value.sort_all_objects();
    Ok(serde_json::to_string(&value)?)
}

/// SHA-256, in hexadecimal, of the thing as it would be kept: our own JSON with its members sorted.
///
/// # Errors
/// [`StoreError`](crate::StoreError) when it cannot be written as JSON.
pub fn content_digest<T: Serialize>(thing: &T) -> Result<String> {
    Ok(digest(canonical(thing)?.as_bytes()))
}

/// SHA-256, in hexadecimal, of a revision's content as it is kept.
#[must_use]
pub fn kept_digest(content: &str) -> String {
    digest(content.as_bytes())
}

/// SHA-256 in hexadecimal.
pub(crate) fn digest(content: &[u8]) -> String {
    hexadecimal(&Sha256::digest(content))
}

pub(crate) fn hexadecimal(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let mut text = String::with_capacity(bytes.len() * 2);
    for byte in bytes {
        text.push(char::from(DIGITS[usize::from(byte >> 4)]));
        text.push(char::from(DIGITS[usize::from(byte & 15)]));
    }
    text
}

/// The thing's name and, where it was revised, which of its fields differ.
fn summary<T: Publishable>(before: Option<&T>, after: &T) -> Result<Text> {
    let mut words: String = after.name().chars().take(1_000).collect();
    if let Some(before) = before {
        let (one, two) = (serde_json::to_value(placeless(before))?, serde_json::to_value(placeless(after))?);
        let empty = serde_json::Map::new();
        let (one, two) = (one.as_object().unwrap_or(&empty), two.as_object().unwrap_or(&empty));
        let fields: Vec<String> = two
            .iter()
            .filter(|(field, value)| one.get(*field) != Some(*value))
            .map(|(field, _)| field.replace('_', " "))
            .collect();
        words = format!("{words}: {}", fields.join(", "));
    }
    Text::new(&words).map_err(|error| StoreError::Database(sea_orm::DbErr::Custom(error.to_string())))
}

impl Work {
    /// Appends a revision and a line of history for every thing that was created or revised.
    pub(crate) async fn record<T: Publishable>(
        &self,
        written: &[(Option<&T>, &T, Written)],
        stamp: &Stamp,
    ) -> Result<()> {
        let told: Vec<_> = written.iter().filter(|(_, _, written)| *written != Written::Unchanged).collect();
        let subjects: Vec<Ctid> = told.iter().map(|(_, thing, _)| thing.ctid()).collect();
        let mut numbers = self.revision_numbers(&subjects).await?;
        let mut revisions = Vec::with_capacity(told.len());
        let mut changes = Vec::with_capacity(told.len());
        for (before, thing, written) in told {
            let number = numbers.entry(thing.ctid()).or_insert(0);
            *number += 1;
            let content = canonical(*thing)?;
            let digest = digest(content.as_bytes());
            revisions.push(Revision {
                subject: thing.ctid(),
                subject_kind: T::KIND.to_owned(),
                number: *number,
                at: stamp.at,
                person: stamp.person.clone(),
                digest: digest.clone(),
                content,
            });
            changes.push(Change {
                at: stamp.at,
                person: stamp.person.clone(),
                kind: if *written == Written::Created { ChangeKind::Created } else { ChangeKind::Revised },
                subject_kind: T::KIND.to_owned(),
                subject: thing.ctid(),
                summary: summary(*before, *thing)?,
                reason: stamp.reason.clone(),
                origin: stamp.origin.clone(),
                content: Some(digest),
            });
        }
        // In the order of the key the database writes far less.
        revisions.sort_unstable_by_key(|revision| revision.subject);
        self.insert(&revision::TABLE, revisions.into_iter().map(revision::values).collect::<Result<_>>()?).await?;
        self.append_changes(&changes).await
    }

    /// Keeps the whole content of something at a time as its next revision, with a line of the history that is bound to
    /// it. Answers the revision's number and digest, and whether it is new: content that is that of the latest revision
    /// is not kept twice.
    ///
    /// # Errors
    /// [`StoreError`](crate::StoreError).
    pub async fn keep_revision<T: Serialize>(
        &self,
        (subject_kind, subject): (&str, Ctid),
        content: &T,
        summary: &Text,
        stamp: &Stamp,
    ) -> Result<(u32, String, Written)> {
        let content = canonical(content)?;
        let digest = digest(content.as_bytes());
        let number = self.revision_numbers(&[subject]).await?.remove(&subject).unwrap_or_default();
        if let Some(latest) = self.revision(&subject, number).await?
            && latest.digest == digest
        {
            return Ok((number, digest, Written::Unchanged));
        }
        let written = if number == 0 { Written::Created } else { Written::Revised };
        let revision = Revision {
            subject,
            subject_kind: subject_kind.to_owned(),
            number: number + 1,
            at: stamp.at,
            person: stamp.person.clone(),
            digest: digest.clone(),
            content,
        };
        self.insert(&revision::TABLE, vec![revision::values(revision)?]).await?;
        self.append_changes(&[Change {
            at: stamp.at,
            person: stamp.person.clone(),
            kind: if written == Written::Created { ChangeKind::Created } else { ChangeKind::Revised },
            subject_kind: subject_kind.to_owned(),
            subject,
            summary: summary.clone(),
            reason: stamp.reason.clone(),
            origin: stamp.origin.clone(),
            content: Some(digest.clone()),
        }])
        .await?;
        Ok((number + 1, digest, written))
    }

    /// Adds lines to the history, numbered on from the last and bound to it. The first of them binds the decisions that
    /// were added since.
    pub(crate) async fn append_changes(&self, changes: &[Change]) -> Result<()> {
        if changes.is_empty() {
            return Ok(());
        }
        let persons = self.person_ids(changes.iter().map(|change| change.person.name())).await?;
        let mut end = chain::end(self.transaction()).await?;
        let mut rows = Vec::with_capacity(changes.len());
        let mut untold = self.untold.swap(false, Ordering::AcqRel);
        for change in changes {
            let (mut decided, mut through) = (None, end.through);
            let salt = (self.salt)();
            if std::mem::take(&mut untold) {
                through = chain::last_decision(self.transaction()).await?;
                let rows = self.rows(&chain::decisions_between(end.through, through)).await?;
                decided = chain::decided(&rows, &salt)?;
            }
            let number = end.number + 1;
            let seal =
                seal(number, change, &persons, &end, Bound { salt, origin_salt: (self.salt)(), decided, through });
            end = chain::End { number, through, hash: seal.hash.clone() };
            rows.push(change::values(number, change, seal));
        }
        self.insert(&change::TABLE, rows).await
    }

    /// The highest number given in a numbered table; 0 when it is empty.
    pub(crate) async fn last_number(&self, table: &'static str) -> Result<i64> {
        let mut query = Query::select();
        query.expr(Expr::col("number").max()).from(table);
        let number = self.number(&query).await?;
        i64::try_from(number).map_err(|_| StoreError::TooLarge { number, what: "a line number" })
    }

    /// The number of the latest revision of each subject that has one.
    async fn revision_numbers(&self, subjects: &[Ctid]) -> Result<BTreeMap<Ctid, u32>> {
        let mut numbers = BTreeMap::new();
        for part in value::ctids(subjects).chunks(500) {
            let mut query = Query::select();
            query
                .columns(["subject", "number"])
                .from(revision::TABLE.name)
                .and_where(Expr::col("subject").is_in(part.iter().cloned()));
            for row in self.rows(&query).await? {
                let mut row = crate::reader::Reader::new(&row, &revision::TABLE);
                let (subject, number) = (row.parse()?, row.count()?);
                let latest = numbers.entry(subject).or_insert(0);
                *latest = std::cmp::max(number, *latest);
            }
        }
        Ok(numbers)
    }
}

/// What a line is bound to besides its own columns.
struct Bound {
    salt: String,
    origin_salt: String,
    decided: Option<String>,
    through: i64,
}

/// What binds a line to the end of the chain.
fn seal(number: i64, change: &Change, persons: &BTreeMap<String, String>, end: &chain::End, bound: Bound) -> Seal {
    let Bound { salt, origin_salt, decided, through } = bound;
    let origin = change.origin.as_ref().map(|origin| chain::salted(&origin_salt, origin.as_str()));
    let reason = change.reason.as_ref().map(Text::as_str);
    let detail = chain::detail(&salt, change.summary.as_str(), reason, origin.as_deref());
    let line = chain::Line {
        number,
        at: &value::written(change.at),
        person: persons.get(change.person.name()).map_or("", String::as_str),
        kind: change.kind.word(),
        subject_kind: &change.subject_kind,
        subject: &change.subject.to_string(),
        content: change.content.as_deref(),
    };
    let hash = chain::hash(&end.hash, &line, &detail, decided.as_deref(), through);
    Seal { salt, origin, detail, decided, through, hash }
}
