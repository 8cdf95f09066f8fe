//! The audit: whether the history is what was written, line by line from the first, and with it the decisions and the
//! revisions it is bound to. It names the first line that is broken; what follows cannot be trusted.

use std::collections::{BTreeMap, BTreeSet};

use sea_orm::QueryResult;
use sea_orm::sea_query::{Expr, ExprTrait, Query};

use crate::Result;
use crate::archive::Pages;
use crate::chain::{self, End};
use crate::entities::signoff::{ENTRY, SIGNOFF};
use crate::entities::{change, decision, revision};
use crate::publish::digest;
use crate::work::Work;

/// What the audit found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Audit {
    /// How many lines hold, from the first.
    pub lines: u64,
    /// How many decisions those lines bind.
    pub decisions: u64,
    /// How many revisions those lines bind.
    pub revisions: u64,
    /// How many lines have had their details taken away, each told of by a later line.
    pub erased: u64,
    /// The hash of the last line that holds: to be kept elsewhere and compared.
    pub head: String,
    /// The first line that does not hold.
    pub broken: Option<BrokenLine>,
}

/// A line that does not hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BrokenLine {
    /// Its number.
    pub number: u64,
    /// What is wrong with it, in words.
    pub why: String,
}

/// What is known while the chain is walked.
struct Walk {
    end: End,
    told: BTreeMap<String, i32>,
    erasures: BTreeSet<i64>,
    /// The last line whose origin may be gone.
    origins: i64,
    decisions: u64,
    revisions: u64,
    signed: u64,
    erased: u64,
}

/// A line of the history as the database has it.
struct Kept {
    number: i64,
    at: String,
    person: String,
    kind: String,
    subject_kind: String,
    subject: String,
    summary: String,
    reason: Option<String>,
    origin: Option<String>,
    content: Option<String>,
    salt: Option<String>,
    detail: Option<String>,
    decided: Option<String>,
    through: Option<i64>,
    hash: Option<String>,
}

impl Kept {
    fn read(row: &QueryResult) -> Result<Self> {
        let get = |column: &str| row.try_get::<String>("", column);
        let maybe = |column: &str| row.try_get::<Option<String>>("", column);
        Ok(Self {
            number: row.try_get("", "number")?,
            at: get("at")?,
            person: get("person")?,
            kind: get("kind")?,
            subject_kind: get("subject_kind")?,
            subject: get("subject")?,
            summary: get("summary")?,
            reason: maybe("reason")?,
            origin: maybe("origin")?,
            content: maybe("content")?,
            salt: maybe("salt")?,
            detail: maybe("detail")?,
            decided: maybe("decided")?,
            through: row.try_get("", "through")?,
            hash: maybe("hash")?,
        })
    }
}

impl Work {
    /// Walks the whole chain.
    ///
    /// # Errors
    /// [`StoreError`](crate::StoreError) when the database cannot be read; a history that does not hold is an answer.
    pub async fn audit(&self) -> Result<Audit> {
        let (erasures, origins) = self.erasures().await?;
        let mut walk = Walk {
            end: End::default(),
            told: BTreeMap::new(),
            erasures,
            origins,
            decisions: 0,
            revisions: 0,
            signed: 0,
            erased: 0,
        };
        let mut broken = None;
        let mut pages = Pages::new(&change::TABLE);
        'pages: while let Some(rows) = pages.next(self).await? {
            for row in &rows {
                let line = Kept::read(row)?;
                if let Some(why) = self.fault(&mut walk, &line).await? {
                    broken = Some(BrokenLine { number: line.number.unsigned_abs(), why });
                    break 'pages;
                }
            }
        }
        let at_the_end = broken.is_none();
        if at_the_end && let Some(why) = self.left_over(&walk).await? {
            broken = Some(BrokenLine { number: (walk.end.number + 1).unsigned_abs(), why });
        }
        Ok(Audit {
            lines: walk.end.number.unsigned_abs(),
            decisions: walk.decisions,
            revisions: walk.revisions,
            erased: walk.erased,
            head: walk.end.hash,
            broken,
        })
    }

    /// The number of the line of this hash: whether a hash that was kept elsewhere is still one of the chain's.
    ///
    /// # Errors
    /// [`StoreError`](crate::StoreError).
    pub async fn line_of_hash(&self, hash: &str) -> Result<Option<u64>> {
        let mut query = Query::select();
        query.column("number").from(change::TABLE.name).and_where(Expr::col("hash").eq(hash));
        let row = self.rows(&query).await?.pop();
        let number: Option<i64> = row.map(|row| row.try_get_by_index(0)).transpose()?;
        Ok(number.map(i64::unsigned_abs))
    }

    /// Hands every line of the history to `take`, as it is bound: the names of its columns with their values.
    ///
    /// # Errors
    /// [`StoreError`](crate::StoreError).
    pub async fn bound_lines(&self, mut take: impl FnMut(serde_json::Value)) -> Result<()> {
        let mut pages = Pages::new(&change::TABLE);
        while let Some(rows) = pages.next(self).await? {
            for row in &rows {
                let values = crate::archive::row_as_json(row, &change::TABLE)?;
                let named = change::TABLE.columns.iter().map(|column| column.name.to_owned()).zip(values);
                take(serde_json::Value::Object(named.collect()));
            }
        }
        Ok(())
    }

    /// The lines whose details a later line says were taken away, and the last line whose origin one says was.
    async fn erasures(&self) -> Result<(BTreeSet<i64>, i64)> {
        let mut query = Query::select();
        query.column("content").from(change::TABLE.name).and_where(Expr::col("kind").eq("erased"));
        let (mut lines, mut origins) = (BTreeSet::new(), 0);
        for row in self.rows(&query).await? {
            let content: Option<String> = row.try_get_by_index(0)?;
            let through = content.as_deref().and_then(|word| word.strip_prefix("origins:")?.parse().ok());
            origins = std::cmp::max(origins, through.unwrap_or_default());
            let numbers =
                content.as_deref().and_then(|word| word.strip_prefix("lines:").or_else(|| word.strip_prefix("line:")));
            lines.extend(numbers.unwrap_or_default().split(',').filter_map(|number| number.parse::<i64>().ok()));
        }
        Ok((lines, origins))
    }

    /// What is wrong with the next line, if anything; otherwise the walk goes on past it.
    async fn fault(&self, walk: &mut Walk, line: &Kept) -> Result<Option<String>> {
        if line.number != walk.end.number + 1 {
            return Ok(Some(format!("line {} is missing", walk.end.number + 1)));
        }
        let (Some(salt), Some(detail), Some(hash), Some(through)) =
            (&line.salt, &line.detail, &line.hash, line.through)
        else {
            return Ok(Some("it was never bound to the line before".to_owned()));
        };
        if salt.is_empty() {
            if !walk.erasures.contains(&line.number) {
                return Ok(Some("its words were taken away, and no later line says so".to_owned()));
            }
            walk.erased += 1;
        } else if chain::detail(salt, &line.summary, line.reason.as_deref(), line.origin.as_deref()) != *detail {
            return Ok(Some("its words, its reason or its origin are not what was written".to_owned()));
        } else if line.origin.as_deref().and_then(chain::taken).is_some() && line.number > walk.origins {
            return Ok(Some("where it came from was taken away, and no later line says so".to_owned()));
        }
        let bound = chain::Line {
            number: line.number,
            at: &line.at,
            person: &line.person,
            kind: &line.kind,
            subject_kind: &line.subject_kind,
            subject: &line.subject,
            content: line.content.as_deref(),
        };
        if chain::hash(&walk.end.hash, &bound, detail, line.decided.as_deref(), through) != *hash {
            return Ok(Some("it is not what was written, or a line before it was taken out".to_owned()));
        }
        if let Some(why) = self.wrong_decisions(walk, line, through).await? {
            return Ok(Some(why));
        }
        if let Some(why) = self.wrong_revision(walk, line).await? {
            return Ok(Some(why));
        }
        if let Some(why) = self.wrong_signature(walk, line).await? {
            return Ok(Some(why));
        }
        walk.end = End { number: line.number, through, hash: hash.clone() };
        Ok(None)
    }

    async fn wrong_decisions(&self, walk: &mut Walk, line: &Kept, through: i64) -> Result<Option<String>> {
        if through == walk.end.through && line.decided.is_none() {
            return Ok(None);
        }
        let rows = self.rows(&chain::decisions_between(walk.end.through, through)).await?;
        if chain::decided(&rows, line.salt.as_deref().unwrap_or_default())? != line.decided {
            let (from, to) = (walk.end.through + 1, through);
            return Ok(Some(format!("of the decisions {from} to {to} that it tells of, one is not what was written")));
        }
        walk.decisions += rows.len() as u64;
        Ok(None)
    }

    async fn wrong_revision(&self, walk: &mut Walk, line: &Kept) -> Result<Option<String>> {
        if !matches!(line.kind.as_str(), "created" | "revised") {
            return Ok(None);
        }
        let number = walk.told.entry(line.subject.clone()).or_insert(0);
        *number += 1;
        let number = *number;
        let mut query = Query::select();
        query
            .columns(["digest", "content"])
            .from(revision::TABLE.name)
            .and_where(Expr::col("subject").eq(line.subject.as_str()))
            .and_where(Expr::col("number").eq(number));
        let rows = self.rows(&query).await?;
        let Some(row) = rows.first() else {
            return Ok(Some(format!("revision {number} of {}, which it tells of, is missing", line.subject)));
        };
        let (kept, content): (String, String) = (row.try_get_by_index(0)?, row.try_get_by_index(1)?);
        if line.content.as_ref() != Some(&kept) || digest(content.as_bytes()) != kept {
            return Ok(Some(format!(
                "revision {number} of {}, which it tells of, is not what was written",
                line.subject
            )));
        }
        walk.revisions += 1;
        Ok(None)
    }

    /// What was done in a sign-off is what the line that tells of it is bound to.
    async fn wrong_signature(&self, walk: &mut Walk, line: &Kept) -> Result<Option<String>> {
        if line.kind != "signed" {
            return Ok(None);
        }
        for table in [&SIGNOFF, &ENTRY] {
            let Some(seal) = self.signoff_seal(table, line.number).await? else { continue };
            walk.signed += 1;
            if line.content.as_ref() != Some(&seal) {
                return Ok(Some("the sign-off or the signature it tells of is not what was written".to_owned()));
            }
            return Ok(None);
        }
        Ok(Some("the sign-off or the signature it tells of is missing".to_owned()))
    }

    /// Decisions, revisions and signatures that no line tells of.
    async fn left_over(&self, walk: &Walk) -> Result<Option<String>> {
        let decisions = self.count(&decision::TABLE).await?;
        if decisions != walk.decisions {
            return Ok(Some(format!("the history tells of {} decisions; there are {decisions}", walk.decisions)));
        }
        let revisions = self.count(&revision::TABLE).await?;
        if revisions != walk.revisions {
            return Ok(Some(format!("the history tells of {} revisions; there are {revisions}", walk.revisions)));
        }
        let signed = self.count(&SIGNOFF).await? + self.count(&ENTRY).await?;
        if signed != walk.signed {
            let told = walk.signed;
            return Ok(Some(format!(
                "the history tells of {told} sign-offs and what was done in them; there are {signed}"
            )));
        }
        Ok(None)
    }
}
