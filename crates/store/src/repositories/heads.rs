//! Writing publishable things: compare with what is there, write what differs, tell the history.

use std::collections::BTreeMap;

use credway_model::Ctid;

use crate::publish::{Judgement, Stamp, Written, distinct, judge};
use crate::publishable::Publishable;
use crate::table::{Table, Values};
use crate::work::Work;
use crate::{Result, value};

/// What is to be done about each of several things, in the order they were given.
pub(super) struct Verdicts<'a, T> {
    pub(super) before: &'a BTreeMap<Ctid, T>,
    pub(super) after: &'a [T],
    judgements: Vec<Judgement>,
}

impl<'a, T: Publishable> Verdicts<'a, T> {
    pub(super) fn new(before: &'a BTreeMap<Ctid, T>, after: &'a [T]) -> Result<Self> {
        distinct(after)?;
        let judgements = after.iter().map(|thing| judge(before.get(&thing.ctid()), thing)).collect();
        Ok(Self { before, after, judgements })
    }

    /// The things whose rows must be written, with what is there.
    pub(super) fn stale(&self) -> impl Iterator<Item = (Option<&'a T>, &'a T)> {
        let (before, after) = (self.before, self.after);
        after
            .iter()
            .zip(&self.judgements)
            .filter(|(_, judgement)| judgement.stale)
            .map(|(thing, _)| (before.get(&thing.ctid()), thing))
    }

    fn written(&self) -> Vec<Written> {
        self.judgements.iter().map(|judgement| judgement.written).collect()
    }
}

impl Work {
    /// Writes the rows of the things themselves (not of what hangs below them).
    pub(super) async fn write_heads<T: Publishable>(
        &self,
        table: &'static Table,
        verdicts: &Verdicts<'_, T>,
        values: fn(&T) -> Result<Values>,
    ) -> Result<()> {
        let mut stale: Vec<&T> = verdicts.stale().map(|(_, thing)| thing).collect();
        // In the order of the key the database writes far less.
        stale.sort_unstable_by_key(|thing| thing.ctid());
        self.upsert(table, stale.into_iter().map(values).collect::<Result<_>>()?).await
    }

    /// Appends revisions and history, and says what was done to each thing.
    pub(super) async fn conclude<T: Publishable>(
        &self,
        verdicts: &Verdicts<'_, T>,
        stamp: &Stamp,
    ) -> Result<Vec<Written>> {
        let written = verdicts.written();
        let told: Vec<_> = verdicts
            .after
            .iter()
            .zip(&written)
            .map(|(thing, written)| (verdicts.before.get(&thing.ctid()), thing, *written))
            .collect();
        self.record(&told, stamp).await?;
        Ok(written)
    }

    /// The rows of `table` that have the identifiers of `things`.
    pub(super) async fn present<T: Publishable>(
        &self,
        table: &'static Table,
        things: &[T],
        read: fn(&mut crate::reader::Reader<'_>) -> Result<T>,
    ) -> Result<BTreeMap<Ctid, T>> {
        let keys: Vec<_> = things.iter().map(|thing| value::text(thing.ctid())).collect();
        let found = self.fetch_in(table, "ce_ctid", &keys, |_| (), read).await?;
        Ok(found.into_iter().map(|thing| (thing.ctid(), thing)).collect())
    }
}
