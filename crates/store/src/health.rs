//! How the database is: what it holds, and whether everything in it hangs together.

use credway_model::Revision;
use sea_orm::DbBackend;
use sea_orm::sea_query::{Expr, ExprTrait, Query, SelectStatement};

use crate::entities::{TABLES, blueprint_item, course, decision, outcome, proposal, revision, source};
use crate::publish::digest;
use crate::store::Store;
use crate::table::Table;
use crate::work::{Work, count};
use crate::{Result, archive, schema};

/// What a check of the database found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Health {
    /// The database and its version.
    pub engine: String,
    /// How many migrations it has taken.
    pub schema_version: usize,
    /// How many this program knows.
    pub newest_version: usize,
    /// How many rows each table has.
    pub counts: Vec<(String, u64)>,
    /// What was found beside the file before it was opened: a log that a program left behind.
    pub left_behind: Option<String>,
    /// What is wrong, one sentence each; empty when all is well.
    pub problems: Vec<String>,
}

impl Store {
    /// Checks the database: its own integrity, references between rows, that the append-only rules are in force, and
    /// that every row can be read and belongs to something, that revisions and files still have the digests they were kept
    /// under. Reads everything once.
    ///
    /// # Errors
    /// [`StoreError`](crate::StoreError) when the check itself cannot be made.
    pub async fn health(&self) -> Result<Health> {
        let work = self.read().await?;
        let mut health = Health {
            engine: engine(&work).await?,
            schema_version: schema::version(work.transaction(), &self.address()).await?,
            newest_version: schema::newest(),
            counts: Vec::new(),
            left_behind: self.left_behind.clone(),
            problems: Vec::new(),
        };
        let problems = &mut health.problems;
        // One check that cannot be made must not hide what the others find.
        let made = [
            ("its own integrity", work.own_integrity(problems).await),
            ("the append-only rules", work.rules(problems).await),
            ("the references", work.references(problems).await),
            ("what belongs to nothing", work.orphans(problems).await),
            ("the values", work.unreadable(problems).await),
            ("the digests", work.digests(problems).await),
        ];
        for (what, made) in made {
            if let Err(error) = made {
                health.problems.push(format!("The check of {what} ended early: {error}."));
            }
        }
        for table in TABLES {
            match work.count(table).await {
                Ok(rows) => health.counts.push((table.name.to_owned(), rows)),
                Err(error) => health.problems.push(format!("The rows of {} cannot be counted: {error}.", table.name)),
            }
        }
        Ok(health)
    }
}

async fn engine(work: &Work) -> Result<String> {
    let (name, query) = match work.backend() {
        DbBackend::Postgres => ("PostgreSQL", "SELECT current_setting('server_version')"),
        _ => ("SQLite", "SELECT sqlite_version()"),
    };
    let rows = work.raw_rows(query).await?;
    let version: String = rows.first().map_or(Ok(String::new()), |row| row.try_get_by_index(0))?;
    Ok(format!("{name} {version}"))
}

impl Work {
    /// What the database says of itself.
    async fn own_integrity(&self, problems: &mut Vec<String>) -> Result<()> {
        if self.backend() == DbBackend::Postgres {
            let query = "SELECT conname::text FROM pg_constraint \
                         WHERE NOT convalidated AND connamespace = current_schema()::regnamespace ORDER BY 1";
            for row in self.raw_rows(query).await? {
                let name: String = row.try_get_by_index(0)?;
                problems.push(format!("The constraint {name} was never checked against the rows."));
            }
            return Ok(());
        }
        for row in self.raw_rows("PRAGMA integrity_check").await? {
            let line: String = row.try_get_by_index(0)?;
            if line != "ok" {
                problems.push(format!("The database's own check says: {line}."));
            }
        }
        for row in self.raw_rows("PRAGMA foreign_key_check").await? {
            let (child, parent): (String, String) = (row.try_get_by_index(0)?, row.try_get_by_index(2)?);
            problems.push(format!("A row of {child} refers to a row of {parent} that is not there."));
        }
        Ok(())
    }

    /// Whether the append-only triggers are there.
    async fn rules(&self, problems: &mut Vec<String>) -> Result<()> {
        let server = self.backend() == DbBackend::Postgres;
        let query = if server {
            "SELECT t.tgname::text FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid \
             WHERE t.tgenabled <> 'D' AND NOT t.tgisinternal AND c.relnamespace = current_schema()::regnamespace"
        } else {
            "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        };
        let mut present: Vec<String> = Vec::new();
        for row in self.raw_rows(query).await? {
            present.push(row.try_get_by_index(0)?);
        }
        for table in ["decision", "change", "revision", "signoff", "signoff_entry"] {
            let everywhere: &[&str] = if server { &["append_only", "keep_all"] } else { &["no_delete", "no_replace"] };
            let updates: &[&str] = match table {
                "change" => &["no_update", "only_erased", "only_taken"],
                "decision" => &["no_update", "only_erased"],
                _ if server => &[],
                _ => &["no_update"],
            };
            for rule in everywhere.iter().chain(updates) {
                if !present.contains(&format!("{table}_{rule}")) {
                    problems.push(format!("The rule that keeps {table} append-only ({rule}) is missing."));
                }
            }
        }
        Ok(())
    }

    /// References that the database itself does not watch.
    async fn references(&self, problems: &mut Vec<String>) -> Result<()> {
        for table in TABLES.into_iter().filter(|table| has(table, "source") && has(table, "place")) {
            let mut query = count(table);
            query
                .and_where(Expr::col("source").is_not_null())
                .and_where(not_among("source", &[(&source::TABLE, "digest")]));
            let rows = self.number(&query).await?;
            if rows > 0 {
                problems.push(format!("{rows} rows of {} name an imported file that is not kept.", table.name));
            }
        }
        let statements: [(_, &'static str); 2] = [(&outcome::TABLE, "ce_ctid"), (&course::TABLE, "ce_ctid")];
        for table in [&decision::TABLE, &proposal::TABLE] {
            for (column, among) in [("statement", &statements[..]), ("target", &[(&blueprint_item::TABLE, "ce_ctid")])]
            {
                let rows = self.number(count(table).and_where(not_among(column, among))).await?;
                if rows > 0 {
                    problems.push(format!("{rows} rows of {} name a {column} that is not there.", table.name));
                }
            }
        }
        for table in TABLES.into_iter().filter(|table| has(table, "source") && has(table, "place")) {
            if table.name == "competency" {
                continue;
            }
            let rows =
                self.number(count(table).and_where(not_among("ce_ctid", &[(&revision::TABLE, "subject")]))).await?;
            if rows > 0 {
                problems.push(format!("{rows} rows of {} have no revision.", table.name));
            }
        }
        Ok(())
    }

    /// Whether revisions and files are what they were.
    async fn digests(&self, problems: &mut Vec<String>) -> Result<()> {
        let mut pages = archive::Pages::new(&revision::TABLE);
        while let Some(rows) = pages.next(self).await? {
            for row in &rows {
                // One that cannot be read is said elsewhere.
                let Ok(Revision { subject, number, digest: kept, content, .. }) =
                    revision::read(&mut crate::reader::Reader::new(row, &revision::TABLE))
                else {
                    continue;
                };
                if digest(content.as_bytes()) != kept {
                    problems
                        .push(format!("Revision {number} of {subject} is not what was written: its digest differs."));
                }
            }
        }
        let mut pages = archive::Pages::new(&source::TABLE);
        while let Some(rows) = pages.next(self).await? {
            for row in &rows {
                let Ok(file) = source::read(&mut crate::reader::Reader::new(row, &source::TABLE)) else { continue };
                if digest(&file.bytes) != file.id.as_str() {
                    problems
                        .push(format!("The kept file “{}” is not what was imported: its digest differs.", file.name));
                }
            }
        }
        Ok(())
    }
}

fn has(table: &Table, column: &str) -> bool {
    table.columns.iter().any(|one| one.name == column)
}

/// That `column` is in none of the columns.
fn not_among(column: &'static str, among: &[(&'static Table, &'static str)]) -> Expr {
    let within = |(table, key): &(&'static Table, &'static str)| -> SelectStatement {
        Query::select().column(*key).from(table.name).to_owned()
    };
    let mut condition = Expr::value(true);
    for one in among {
        condition = condition.and(Expr::col(column).not_in_subquery(within(one)));
    }
    condition
}
