//! Restoring a backup.

use std::io::{BufRead, BufReader, Read};

use sea_orm::Value;
use serde_json::Value as Json;
use sha2::{Digest, Sha256};

use super::header::{CHAIN, Header, PERSONS, TableLine, has_column, has_table};
use super::{ArchiveError, ArchiveSummary};
use crate::entities::TABLES;
use crate::publish::hexadecimal;
use crate::table::{Kind, Table, Values};
use crate::work::Work;
use crate::{Result, StoreError};

/// Rows handed to the database at once.
const GROUP: usize = 500;

impl Work {
    /// Restores a backup into the database, which must be empty. `input` is read once, to its end; a work in which this
    /// failed, be it only that the digest does not agree, cannot be committed.
    ///
    /// # Errors
    /// [`StoreError::Archive`] says what is wrong with the backup: first of all, whether it is the one that was written.
    pub async fn restore<R: Read + Send + ?Sized>(&self, input: &mut R) -> Result<ArchiveSummary> {
        let restored = self.restore_all(input).await;
        restored.or_else(|error| self.refuse(error))
    }

    async fn restore_all<R: Read + Send + ?Sized>(&self, input: &mut R) -> Result<ArchiveSummary> {
        let mut lines = Lines { input: BufReader::new(input), number: 0, digest: Sha256::new() };
        let first = lines.next()?.ok_or_else(|| ArchiveError::NotAnArchive { why: "it is empty".to_owned() })?;
        let header = Header::read(&first)?;
        lines.digest = Sha256::new();
        self.must_be_empty().await?;
        let restored = self.restore_tables(&header, &mut lines).await;
        // What is wrong with a line matters only if this is what was written.
        lines.pass_over_the_rest()?;
        let digest = hexadecimal(&lines.digest.finalize());
        if digest != header.sha256 {
            return Err(ArchiveError::Damaged { expected: header.sha256, found: digest }.into());
        }
        let counts = restored?;
        Ok(ArchiveSummary { rows: counts.iter().map(|(_, rows)| rows).sum(), counts, digest })
    }

    pub(crate) async fn must_be_empty(&self) -> Result<()> {
        for table in TABLES {
            let rows = self.count(table).await?;
            if rows > 0 {
                return Err(ArchiveError::NotEmpty { table: table.name.to_owned(), rows }.into());
            }
        }
        Ok(())
    }

    async fn restore_tables<R: Read + Send + ?Sized>(
        &self,
        header: &Header,
        lines: &mut Lines<&mut R>,
    ) -> Result<Vec<(String, u64)>> {
        let mut counts = Vec::new();
        let mut table = lines.next()?;
        for expected in TABLES.into_iter().filter(|table| has_table(header.schema_version, table.name)) {
            let found: Option<TableLine> = table.and_then(|line| serde_json::from_slice(&line).ok());
            if found != Some(TableLine::of(expected, header.schema_version)) {
                return Err(lines.wrong(format!("here the table {} with its columns should begin", expected.name)));
            }
            let (rows, next) = self.restore_table(expected, header.schema_version, lines).await?;
            if header.counts.get(expected.name).and_then(Json::as_u64) != Some(rows) {
                return Err(lines.wrong(format!("{} has {rows} rows, not what the header says", expected.name)));
            }
            counts.push((expected.name.to_owned(), rows));
            table = next;
        }
        if table.is_some() {
            return Err(lines.wrong("nothing should follow the last table".to_owned()));
        }
        if header.schema_version < CHAIN {
            crate::unsealed::seal(self.transaction(), self.salt).await?;
        }
        Ok(counts)
    }

    /// Restores rows up to the next table's line, which comes back with their number.
    async fn restore_table<R: Read + Send + ?Sized>(
        &self,
        table: &'static Table,
        schema: u64,
        lines: &mut Lines<&mut R>,
    ) -> Result<(u64, Option<Vec<u8>>)> {
        let (mut rows, mut waiting) = (0, Vec::new());
        let next = loop {
            match lines.next()? {
                Some(line) if line.first() == Some(&b'[') => {
                    waiting.push(values(&line, table, schema).map_err(|why| lines.wrong(why))?);
                    rows += 1;
                }
                other => break other,
            }
            if waiting.len() as u64 >= table.page.min(GROUP as u64) {
                self.restore_rows(table, schema, std::mem::take(&mut waiting)).await?;
            }
        };
        self.restore_rows(table, schema, waiting).await?;
        Ok((rows, next))
    }

    /// Rows of a schema that had no persons yet name them by their names.
    async fn restore_rows(&self, table: &'static Table, schema: u64, rows: Vec<Values>) -> Result<()> {
        if schema < PERSONS { self.insert(table, rows).await } else { self.insert_as_kept(table, rows).await }
    }
}

/// A row from its line; columns that the backup's schema did not have are absent.
fn values(line: &[u8], table: &'static Table, schema: u64) -> Result<Values, String> {
    let mut list: Vec<Json> = serde_json::from_slice(line).map_err(|error| error.to_string())?;
    for (index, column) in table.columns.iter().enumerate() {
        if !has_column(schema, table.name, column.name) && index <= list.len() {
            list.insert(index, Json::Null);
        }
    }
    if list.len() != table.columns.len() {
        return Err(format!("{} has {} columns, the line {} values", table.name, table.columns.len(), list.len()));
    }
    let one = |(json, column): (Json, &crate::table::Column)| {
        let wrong = || format!("the value for {}.{} is of the wrong kind", table.name, column.name);
        Ok(match (column.kind, json) {
            (Kind::Text | Kind::Person, Json::Null) => Value::String(None),
            (Kind::Text | Kind::Person, Json::String(text)) => Value::String(Some(text)),
            (Kind::Whole, Json::Null) => Value::Int(None),
            (Kind::Whole, Json::Number(number)) => {
                let number = number.as_i64().and_then(|number| i32::try_from(number).ok());
                Value::Int(Some(number.ok_or_else(wrong)?))
            }
            (Kind::Long, Json::Null) => Value::BigInt(None),
            (Kind::Long, Json::Number(number)) => Value::BigInt(Some(number.as_i64().ok_or_else(wrong)?)),
            (Kind::Flag, Json::Null) => Value::Bool(None),
            (Kind::Flag, Json::Bool(flag)) => Value::Bool(Some(flag)),
            (Kind::Bytes, Json::String(text)) => Value::Bytes(Some(bytes(&text).ok_or_else(wrong)?)),
            _ => return Err(wrong()),
        })
    };
    list.into_iter().zip(table.columns).map(one).collect()
}

/// Bytes from hexadecimal.
fn bytes(text: &str) -> Option<Vec<u8>> {
    let digit = |letter: u8| char::from(letter).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
    let pairs = text.as_bytes().chunks(2);
    pairs.map(|pair| Some((digit(*pair.first()?)? << 4) | digit(*pair.get(1)?)?)).collect()
}

/// The lines of a backup, counted and digested as they are read.
struct Lines<R: ?Sized> {
    number: u64,
    digest: Sha256,
    input: BufReader<R>,
}

impl<R: Read> Lines<R> {
    fn next(&mut self) -> Result<Option<Vec<u8>>, ArchiveError> {
        let mut line = Vec::new();
        self.number += 1;
        self.input.read_until(b'\n', &mut line)?;
        self.digest.update(&line);
        Ok((!line.is_empty()).then_some(line))
    }

    fn pass_over_the_rest(&mut self) -> Result<(), ArchiveError> {
        loop {
            let part = self.input.fill_buf()?;
            if part.is_empty() {
                return Ok(());
            }
            self.digest.update(part);
            let read = part.len();
            self.input.consume(read);
        }
    }

    fn wrong(&self, why: String) -> StoreError {
        ArchiveError::Line { line: self.number, why }.into()
    }
}
