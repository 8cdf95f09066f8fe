//! Writing a backup.

use std::io::Write;

use sea_orm::{QueryResult, Value};
use serde_json::Value as Json;
use sha2::{Digest, Sha256};

use super::header::{FORMAT, FORMAT_VERSION, Header, TableLine};
use super::{ArchiveError, ArchiveSummary, Pages, pages};
use crate::entities::TABLES;
use crate::publish::hexadecimal;
use crate::table::Table;
use crate::work::Work;
use crate::{Result, schema};

impl Work {
    /// Writes everything the database holds, as this work sees it, to `out`: see the module's form. The same content
    /// gives the same bytes, whichever database it comes from. Reads the database twice, keeps little in memory.
    ///
    /// # Errors
    /// [`StoreError::Archive`](crate::StoreError::Archive) when `out` cannot be written.
    pub async fn backup<W: Write + Send + ?Sized>(&self, out: &mut W) -> Result<ArchiveSummary> {
        let mut counts = Vec::new();
        for table in TABLES {
            counts.push((table.name.to_owned(), self.count(table).await?));
        }
        let mut digest = Sha256::new();
        self.lines(&mut |line| {
            digest.update(line);
            Ok(())
        })
        .await?;
        let rows = counts.iter().map(|(_, rows)| rows).sum();
        let summary = ArchiveSummary { rows, counts, digest: hexadecimal(&digest.finalize()) };
        let header = Header {
            format: FORMAT.to_owned(),
            format_version: FORMAT_VERSION,
            schema_version: schema::newest() as u64,
            counts: summary.counts.iter().map(|(table, rows)| (table.clone(), Json::from(*rows))).collect(),
            sha256: summary.digest.clone(),
        };
        let mut first = serde_json::to_vec(&header)?;
        first.push(b'\n');
        out.write_all(&first).map_err(ArchiveError::Io)?;
        self.lines(&mut |line| Ok(out.write_all(line)?)).await?;
        out.flush().map_err(ArchiveError::Io)?;
        Ok(summary)
    }

    /// Hands every line after the header to `take`.
    async fn lines(&self, take: &mut (dyn FnMut(&[u8]) -> Result<(), ArchiveError> + Send)) -> Result<()> {
        let mut line = Vec::new();
        for table in TABLES {
            serde_json::to_writer(&mut line, &TableLine::of(table, crate::schema::newest() as u64))?;
            line.push(b'\n');
            take(&line)?;
            line.clear();
            let mut pages = Pages::new(table);
            while let Some(rows) = pages.next(self).await? {
                for row in &rows {
                    serde_json::to_writer(&mut line, &row_as_json(row, table)?)?;
                    line.push(b'\n');
                    take(&line)?;
                    line.clear();
                }
            }
        }
        Ok(())
    }
}

/// A row as a list of values.
pub(crate) fn row_as_json(row: &QueryResult, table: &'static Table) -> Result<Vec<Json>> {
    let one = |index| {
        Ok(match pages::value(row, table, index)? {
            Value::String(Some(text)) => Json::String(text),
            Value::Int(Some(number)) => Json::from(number),
            Value::BigInt(Some(number)) => Json::from(number),
            Value::Bool(Some(flag)) => Json::Bool(flag),
            Value::Bytes(Some(bytes)) => Json::String(hexadecimal(&bytes)),
            _ => Json::Null,
        })
    };
    (0..table.columns.len()).map(one).collect()
}
