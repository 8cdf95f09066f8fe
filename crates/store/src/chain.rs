//! The chain that binds the history: every line carries the hash of the line before, so that no line can be changed,
//! left out or put in later without all that follow telling of it.
//!
//! Formulas (`‖` puts lines one under the other; SHA-256 in hexadecimal throughout):
//! - `detail = SHA-256(JSON [salt, summary, reason, SHA-256(origin)])`: what may hold personal data. Where it must be taken
//!   away, the texts and the salt go and `detail` stays, so that the chain holds and nothing can be guessed back. An origin
//!   is written with a salt of its own before it: where it alone is taken away by age, its digest stands in its place, the
//!   words can still be checked, and no address can be guessed back.
//! - `decided = SHA-256(decisions since the line before, one JSON list each, instead of a reason SHA-256(JSON [salt,
//!   reason]))`; where a reason was taken away, its digest stands in its place
//! - `hash = SHA-256(previous hash ‖ JSON [number, at, person, kind, subject kind, subject, detail, content, decided,
//!   through])`, where `content` is the digest of the revision the line tells of, or another word the line is bound to,
//!   `person` is an identifier, not a name, and `through` is the number of the last decision so far.
//!
//! A chain alone cannot show that its end was cut off, nor that all of it was computed anew: its last hash must be kept
//! elsewhere, which is why it is printed on packets and shown by `doctor`.

use sea_orm::sea_query::{Alias, Expr, ExprTrait, Order, Query, SelectStatement};
use sea_orm::{ConnectionTrait, QueryResult};
use serde_json::{Value as Json, json};
use sha2::{Digest, Sha256};

use crate::Result;
use crate::archive::row_as_json;
use crate::entities::{change, decision};
use crate::publish::{digest, hexadecimal};

/// What stands before the first line.
pub(crate) const BEGINNING: &str = "credway-history-1";

/// What binds a line to the one before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Seal {
    pub(crate) salt: String,
    /// Where it came from, as it is written.
    pub(crate) origin: Option<String>,
    pub(crate) detail: String,
    pub(crate) decided: Option<String>,
    pub(crate) through: i64,
    pub(crate) hash: String,
}

/// The end of the chain so far.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct End {
    pub(crate) number: i64,
    pub(crate) through: i64,
    pub(crate) hash: String,
}

impl Default for End {
    fn default() -> Self {
        Self { number: 0, through: 0, hash: digest(BEGINNING.as_bytes()) }
    }
}

/// A line as it is bound: the columns of its row that the hash is made of.
pub(crate) struct Line<'a> {
    pub(crate) number: i64,
    pub(crate) at: &'a str,
    /// The person's identifier.
    pub(crate) person: &'a str,
    pub(crate) kind: &'a str,
    pub(crate) subject_kind: &'a str,
    pub(crate) subject: &'a str,
    pub(crate) content: Option<&'a str>,
}

/// The digest of what may hold personal data; the origin as it stands in the database.
pub(crate) fn detail(salt: &str, summary: &str, reason: Option<&str>, origin: Option<&str>) -> String {
    let origin = origin.map(|origin| taken(origin).map_or_else(|| digest(origin.as_bytes()), str::to_owned));
    digest(json!([salt, summary, reason, origin]).to_string().as_bytes())
}

/// The hash of a line after one of hash `before`.
pub(crate) fn hash(before: &str, line: &Line<'_>, detail: &str, decided: Option<&str>, through: i64) -> String {
    let Line { number, at, person, kind, subject_kind, subject, content } = line;
    let bound = json!([number, at, person, kind, subject_kind, subject, detail, content, decided, through]);
    digest(format!("{before}\n{bound}").as_bytes())
}

/// What stands in the place of a text that was taken away, before its digest: a character no text of ours can hold.
pub(crate) const TAKEN_AWAY: char = '\u{1a}';

/// The digest of a text that was taken away, if that is what stands here.
pub(crate) fn taken(kept: &str) -> Option<&str> {
    kept.strip_prefix(TAKEN_AWAY)
}

/// What binds a reason.
pub(crate) fn reason_digest(salt: &str, reason: &str) -> String {
    digest(json!([salt, reason]).to_string().as_bytes())
}

/// An origin as it is written, with a salt of its own.
pub(crate) fn salted(salt: &str, origin: &str) -> String {
    format!("{salt}{SALTED}{origin}")
}

/// An origin without its salt.
pub(crate) fn unsalted(written: &str) -> &str {
    written.split_once(SALTED).map_or(written, |(_, origin)| origin)
}

/// What stands between an origin's salt and the origin.
pub(crate) const SALTED: char = ':';

/// The digest of decisions as they stand in the database, in order; `None` where there are none.
pub(crate) fn decided(rows: &[QueryResult], salt: &str) -> Result<Option<String>> {
    if rows.is_empty() {
        return Ok(None);
    }
    let reason = decision::TABLE.columns.iter().position(|column| column.name == "reason");
    let mut all = Sha256::new();
    for row in rows {
        let mut values = row_as_json(row, &decision::TABLE)?;
        if let Some(reason) = reason.and_then(|index| values.get_mut(index))
            && let Some(words) = reason.as_str()
        {
            let bound = taken(words).map_or_else(|| reason_digest(salt, words), str::to_owned);
            *reason = Json::String(bound);
        }
        all.update(Json::Array(values).to_string());
        all.update("\n");
    }
    Ok(Some(hexadecimal(&all.finalize())))
}

/// The decisions after number `after`, up to `through`, as rows.
pub(crate) fn decisions_between(after: i64, through: i64) -> SelectStatement {
    let mut query = crate::work::select_all(&decision::TABLE);
    query
        .and_where(Expr::col("number").gt(after))
        .and_where(Expr::col("number").lte(through))
        .order_by("number", Order::Asc);
    query
}

/// The end of the chain as the database has it.
pub(crate) async fn end(connection: &impl ConnectionTrait) -> Result<End> {
    let mut query = Query::select();
    query.columns(["number", "through", "hash"]).from(change::TABLE.name);
    query.order_by("number", Order::Desc).limit(1);
    let Some(row) = connection.query_one(&query).await? else { return Ok(End::default()) };
    let through: Option<i64> = row.try_get_by_index(1)?;
    let hash: Option<String> = row.try_get_by_index(2)?;
    Ok(End {
        number: row.try_get_by_index(0)?,
        through: through.unwrap_or_default(),
        hash: hash.unwrap_or_else(|| End::default().hash),
    })
}

/// The highest number of a decision; 0 where there is none.
pub(crate) async fn last_decision(connection: &impl ConnectionTrait) -> Result<i64> {
    let mut query = Query::select();
    query.expr_as(Expr::col("number").max(), Alias::new("last")).from(decision::TABLE.name);
    let row = connection.query_one(&query).await?;
    let last: Option<i64> = row.map(|row| row.try_get_by_index(0)).transpose()?.flatten();
    Ok(last.unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(number: i64) -> Line<'static> {
        Line {
            number,
            at: "2026-11-26T12:00:00Z",
            person: "1",
            kind: "decided",
            subject_kind: "crosswalk",
            subject: "ce-8f3b6f5a-4a0e-5d0c-9d0f-3f1f6f6d2a11",
            content: None,
        }
    }

    /// Made by hand with `printf … | sha256sum`.
    #[test]
    fn the_first_lines_hash_can_be_made_by_hand() {
        let detail = detail("s", "Sum", None, Some("terminal"));
        let origin = digest(b"terminal");
        assert_eq!(detail, digest(format!("[\"s\",\"Sum\",null,\"{origin}\"]").as_bytes()));
        let before = End::default().hash;
        assert_eq!(before, "1087dda0aa6d0ba45a430bfe7f5dc1356871d09fa1ad3c33983ea4ad4d69de23");
        let bound = format!(
            "{before}\n[1,\"2026-11-26T12:00:00Z\",\"1\",\"decided\",\"crosswalk\",\"ce-8f3b6f5a-4a0e-5d0c-9d0f-3f1f6f6d2a11\",\"{detail}\",null,null,0]"
        );
        assert_eq!(hash(&before, &line(1), &detail, None, 0), digest(bound.as_bytes()));
    }

    #[test]
    fn an_origin_taken_away_leaves_the_detail_as_it_was() {
        let written = salted("a", "browser at 192.0.2.1");
        assert_ne!(written, salted("b", "browser at 192.0.2.1"));
        assert_eq!(unsalted(&written), "browser at 192.0.2.1");
        assert_eq!(unsalted(&salted("a", "browser at 2001:db8::1")), "browser at 2001:db8::1");
        let gone = format!("{TAKEN_AWAY}{}", digest(written.as_bytes()));
        assert_eq!(detail("s", "Sum", None, Some(&written)), detail("s", "Sum", None, Some(&gone)));
        assert_ne!(detail("s", "Sum", None, Some(&written)), detail("s", "Sum", None, None));
    }

    #[test]
    fn whatever_changes_changes_the_hash() {
        let one = hash("x", &line(1), "d", None, 0);
        assert_ne!(one, hash("y", &line(1), "d", None, 0));
        assert_ne!(one, hash("x", &line(2), "d", None, 0));
        assert_ne!(one, hash("x", &line(1), "e", None, 0));
        assert_ne!(one, hash("x", &line(1), "d", Some("f"), 0));
        assert_ne!(one, hash("x", &line(1), "d", None, 1));
    }
}
