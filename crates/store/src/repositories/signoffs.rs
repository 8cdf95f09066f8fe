//! Sign-offs: begun, signed, returned, reopened; each told of by a line of the history that binds it, and none of it
//! ever changed. And delegations, which can be withdrawn.

use std::collections::BTreeMap;

use credway_model::{Change, Ctid, Delegation, Signoff, SignoffAct, SignoffEntry, Text};
use sea_orm::sea_query::{Expr, ExprTrait, Order};
use sea_orm::{QueryResult, Value};

use crate::archive::row_as_json;
use crate::entities::change;
use crate::entities::signoff::{
    DELEGATION, ENTRY, SIGNOFF, delegation_values, entry_values, read_delegation, read_entry, read_signoff,
    signoff_values,
};
use crate::publish::digest;
use crate::table::Table;
use crate::work::{Work, select, select_all};
use crate::{Result, StoreError, value};

impl Work {
    /// Begins a sign-off; `told` is the line of the history that tells of it, which is bound to it.
    ///
    /// # Errors
    /// [`StoreError`](crate::StoreError).
    pub async fn begin_signoff(&self, signoff: &Signoff, told: &Change) -> Result<()> {
        let line = self.next_line().await?;
        self.insert(&SIGNOFF, vec![signoff_values(signoff, line)?]).await?;
        self.tell(&SIGNOFF, line, told).await
    }

    /// Adds what was done to a sign-off, as the last; `told` is the line of the history that tells of it, which is bound
    /// to it and keeps its words: the reason of a return, the note of a signature.
    ///
    /// # Errors
    /// [`StoreError`](crate::StoreError).
    pub async fn append_signoff_entry(&self, signoff: &Signoff, entry: &SignoffEntry, told: &Change) -> Result<()> {
        let line = self.next_line().await?;
        let number = signoff.entries.len() + 1;
        self.insert(&ENTRY, vec![entry_values(signoff, number, entry, line)?]).await?;
        let words = match &entry.act {
            SignoffAct::Signed(signature) => signature.note.clone(),
            SignoffAct::Returned { reason, .. } | SignoffAct::Reopened { reason } => Some(reason.clone()),
        };
        self.tell(&ENTRY, line, &Change { reason: words, ..told.clone() }).await
    }

    async fn next_line(&self) -> Result<i64> {
        Ok(self.last_number(change::TABLE.name).await? + 1)
    }

    /// Adds the line that tells of the row which names it.
    async fn tell(&self, table: &'static Table, line: i64, told: &Change) -> Result<()> {
        let seal = self.signoff_seal(table, line).await?;
        self.append_change(&Change { content: seal, ..told.clone() }).await
    }

    /// What binds the row of `table` that this line of the history tells of: the digest of its columns as they are kept;
    /// none where there is no such row.
    pub(crate) async fn signoff_seal(&self, table: &'static Table, line: i64) -> Result<Option<String>> {
        let query = select_all(table).and_where(Expr::col("line").eq(line)).to_owned();
        let rows = self.rows(&query).await?;
        let seal = |row: &QueryResult| -> Result<String> {
            let columns = row_as_json(row, table)?;
            Ok(digest(serde_json::to_string(&(table.name, columns))?.as_bytes()))
        };
        rows.first().map(seal).transpose()
    }

    /// All sign-offs of a crosswalk, oldest first.
    ///
    /// # Errors
    /// [`StoreError`](crate::StoreError).
    pub async fn signoffs_of(&self, crosswalk: &Ctid) -> Result<Vec<Signoff>> {
        self.signoffs_where(Expr::col("crosswalk").eq(value::text(crosswalk))).await
    }

    /// All sign-offs, in the order in which they were begun.
    ///
    /// # Errors
    /// [`StoreError`](crate::StoreError).
    pub async fn signoffs(&self) -> Result<Vec<Signoff>> {
        self.signoffs_where(Expr::value(true)).await
    }

    /// The sign-off of this identifier.
    ///
    /// # Errors
    /// [`StoreError`](crate::StoreError).
    pub async fn signoff(&self, id: &Ctid) -> Result<Option<Signoff>> {
        Ok(self.signoffs_where(Expr::col("id").eq(value::text(id))).await?.pop())
    }

    async fn signoffs_where(&self, condition: Expr) -> Result<Vec<Signoff>> {
        let query = select(&SIGNOFF).and_where(condition).order_by("line", Order::Asc).to_owned();
        let mut signoffs = self.fetch(&SIGNOFF, &query, read_signoff).await?;
        let ids: Vec<Value> = signoffs.iter().map(|signoff| value::text(signoff.id)).collect();
        let mut entries = self.fetch_in(&ENTRY, "signoff", &ids, |_| (), read_entry).await?;
        // A line's number rises with time, within a sign-off and over all of them.
        entries.sort_by_key(|(_, line, _)| *line);
        let words = self.words_of(entries.iter().map(|(_, line, _)| *line)).await?;
        let mut done: BTreeMap<String, Vec<SignoffEntry>> = BTreeMap::new();
        for (signoff, line, mut entry) in entries {
            put_words(&mut entry.act, words.get(&line));
            done.entry(signoff).or_default().push(entry);
        }
        for signoff in &mut signoffs {
            signoff.entries = done.remove(&signoff.id.to_string()).unwrap_or_default();
        }
        Ok(signoffs)
    }

    /// The reasons of lines of the history.
    async fn words_of(&self, lines: impl Iterator<Item = i64>) -> Result<BTreeMap<i64, Text>> {
        let lines: Vec<Value> = lines.map(|line| Value::BigInt(Some(line))).collect();
        let told = self.fetch_in(&change::TABLE, "number", &lines, |_| (), change::read).await?;
        Ok(told.into_iter().filter_map(|(line, change)| Some((line, change.reason?))).collect())
    }

    /// The sign-offs and entries that are not bound to the line of the history they name, each by the sign-off's
    /// identifier and what is wrong, in words.
    ///
    /// # Errors
    /// [`StoreError`](crate::StoreError).
    pub async fn unbound_signoffs(&self) -> Result<Vec<(String, String)>> {
        let mut wrong = Vec::new();
        for (table, key) in [(&SIGNOFF, "id"), (&ENTRY, "signoff")] {
            let query = select_all(table).order_by("line", Order::Asc).to_owned();
            for row in self.rows(&query).await? {
                let (signoff, line): (String, i64) = (row.try_get("", key)?, row.try_get("", "line")?);
                let number = Value::BigInt(Some(line));
                let told = self.fetch_one(&change::TABLE, number, change::read).await?;
                let bound = told.and_then(|(_, change)| change.content);
                if bound.is_none() || bound != self.signoff_seal(table, line).await? {
                    wrong.push((signoff, format!("what line {line} of the history tells of is not what was written")));
                }
            }
        }
        Ok(wrong)
    }

    /// Writes a delegation; one of this identifier is replaced.
    ///
    /// # Errors
    /// [`StoreError`](crate::StoreError).
    pub async fn put_delegation(&self, delegation: &Delegation) -> Result<()> {
        self.upsert(&DELEGATION, vec![delegation_values(delegation)]).await
    }

    /// All delegations, in the order in which they were given.
    ///
    /// # Errors
    /// [`StoreError`](crate::StoreError).
    pub async fn delegations(&self) -> Result<Vec<Delegation>> {
        let query = select(&DELEGATION).order_by("given", Order::Asc).order_by("id", Order::Asc).to_owned();
        self.fetch(&DELEGATION, &query, read_delegation).await
    }

    /// The number and the hash of the last line of the history: what a printed page is held against.
    ///
    /// # Errors
    /// [`StoreError`](crate::StoreError).
    pub async fn history_head(&self) -> Result<(u64, String)> {
        let end = crate::chain::end(self.transaction()).await?;
        let number = u64::try_from(end.number);
        let too_large = |_| StoreError::TooLarge { number: end.number.unsigned_abs(), what: "a line number" };
        Ok((number.map_err(too_large)?, end.hash))
    }
}

fn put_words(act: &mut SignoffAct, words: Option<&Text>) {
    match (act, words) {
        (SignoffAct::Signed(signature), words) => signature.note = words.cloned(),
        (SignoffAct::Returned { reason, .. } | SignoffAct::Reopened { reason }, Some(words)) => {
            reason.clone_from(words);
        }
        (SignoffAct::Returned { .. } | SignoffAct::Reopened { .. }, None) => {}
    }
}
