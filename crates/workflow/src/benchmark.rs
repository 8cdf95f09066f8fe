//! Measure the alignment engine on statements whose right answers are known.

use credway_align::{
    BENCHMARK_DEPTH, BenchmarkReport, LabelledStatement, NEAREST_DIMENSIONS, Progress, Statement, measured, nearest,
};
use serde::Serialize;
use sha2::{Digest, Sha256};

use crate::{Workbench, WorkflowError};

/// The two tables of a benchmark.
#[derive(Clone, Debug)]
pub struct BenchmarkFiles {
    /// Columns `id text context gold`, gold identifiers joined by `|`.
    pub queries: String,
    /// Columns `id text context`.
    pub candidates: String,
}

/// The figures, with times.
#[derive(Clone, Debug, Serialize)]
pub struct AlignBenchmark {
    /// Figures of quality.
    #[serde(flatten)]
    pub report: BenchmarkReport,
    /// Name of the engine.
    pub engine: String,
    /// Statements taken in a second (queries and candidates).
    pub statements_per_second: f64,
    /// Pairs compared in a second.
    pub pairs_per_second: f64,
    /// Seconds for the ranking.
    pub seconds: f64,
}

/// How fast the nearest candidates were found, reading the statements included.
#[derive(Clone, Debug, Serialize)]
pub struct NearestBenchmark {
    /// Queries.
    pub queries: usize,
    /// Candidates.
    pub candidates: usize,
    /// How many were kept for each query.
    pub kept: usize,
    /// Numbers of a vector.
    pub dimensions: usize,
    /// SHA-256 of the answer, query by query: candidate and cosine, each as 8 bytes. Equal for equal answers.
    pub digest: String,
    /// Statements taken in a second (queries and candidates).
    pub statements_per_second: f64,
    /// Pairs compared in a second.
    pub pairs_per_second: f64,
    /// Multiplications and additions in a second: 2 · pairs · dimensions ÷ seconds.
    pub operations_per_second: f64,
    /// Seconds for reading and comparing.
    pub seconds: f64,
}

/// Candidates kept for each query.
const NEAREST: usize = 10;

impl Workbench {
    /// Finds the nearest candidates of every query by the static table alone, and says how fast.
    ///
    /// # Errors
    /// [`WorkflowError::Refused`] when a table lacks its columns.
    pub fn benchmark_nearest(
        files: &BenchmarkFiles,
        progress: &dyn Progress,
    ) -> Result<NearestBenchmark, WorkflowError> {
        let read = |table: &str, name: &str| -> Result<Vec<Statement>, WorkflowError> {
            let rows = rows(table, name, &["id", "text", "context"])?;
            Ok(rows.into_iter().map(|row| Statement { text: row[1].clone(), context: row[2].clone() }).collect())
        };
        let (queries, candidates) = (read(&files.queries, "queries")?, read(&files.candidates, "candidates")?);
        let started = std::time::Instant::now();
        let found = nearest(&queries, &candidates, NEAREST, progress).map_err(|_| WorkflowError::Cancelled)?;
        let seconds = started.elapsed().as_secs_f64();
        let mut digest = Sha256::new();
        for near in found.iter().flatten() {
            digest.update((near.target as u64).to_le_bytes());
            digest.update(f64::from(near.cosine).to_le_bytes());
        }
        #[expect(clippy::cast_precision_loss, reason = "shown figures")]
        let [statements, pairs, dimensions] =
            [queries.len() + candidates.len(), queries.len() * candidates.len(), NEAREST_DIMENSIONS]
                .map(|number| number as f64);
        Ok(NearestBenchmark {
            queries: queries.len(),
            candidates: candidates.len(),
            kept: NEAREST.min(candidates.len()),
            dimensions: NEAREST_DIMENSIONS,
            digest: digest.finalize().iter().map(|byte| format!("{byte:02x}")).collect(),
            statements_per_second: statements / seconds,
            pairs_per_second: pairs / seconds,
            operations_per_second: 2.0 * pairs * dimensions / seconds,
            seconds,
        })
    }

    /// Ranks the candidates for every query and measures the ranking. Nothing is learned from either table.
    ///
    /// # Errors
    /// [`WorkflowError::Refused`] when a table lacks its columns or a gold identifier is not among the candidates.
    pub fn benchmark_engine(
        engine: &dyn credway_align::Engine,
        files: &BenchmarkFiles,
        progress: &dyn Progress,
    ) -> Result<AlignBenchmark, WorkflowError> {
        let candidates = rows(&files.candidates, "candidates", &["id", "text", "context"])?;
        let queries = rows(&files.queries, "queries", &["id", "text", "context", "gold"])?;
        let places: std::collections::BTreeMap<&str, usize> =
            candidates.iter().enumerate().map(|(at, row)| (row[0].as_str(), at)).collect();
        let statement = |row: &[String]| Statement { text: row[1].clone(), context: row[2].clone() };
        let mut labelled = Vec::with_capacity(queries.len());
        for row in &queries {
            let mut gold = Vec::new();
            for id in row[3].split('|').filter(|id| !id.is_empty()) {
                gold.push(*places.get(id).ok_or_else(|| WorkflowError::Refused {
                    message: format!("query “{}” names the candidate “{id}”, which is not in the table", row[0]),
                    hint: "every gold identifier must be the id of a candidate".to_owned(),
                })?);
            }
            labelled.push(LabelledStatement { statement: statement(row), gold });
        }
        let targets: Vec<Statement> = candidates.iter().map(|row| statement(row)).collect();
        let started = std::time::Instant::now();
        let queries: Vec<Statement> = labelled.iter().map(|query| query.statement.clone()).collect();
        let ranked =
            engine.rank(&queries, &targets, BENCHMARK_DEPTH, progress).map_err(|_| WorkflowError::Cancelled)?;
        let seconds = started.elapsed().as_secs_f64();
        let report = measured(&labelled, &ranked, targets.len());
        #[expect(clippy::cast_precision_loss, reason = "shown figures")]
        let (statements, pairs) = ((labelled.len() + targets.len()) as f64, report.pairs as f64);
        Ok(AlignBenchmark {
            report,
            engine: engine.name(),
            statements_per_second: statements / seconds,
            pairs_per_second: pairs / seconds,
            seconds,
        })
    }
}

/// The wanted columns of a tab-separated table without quoting, in the order wanted.
fn rows(table: &str, name: &str, columns: &[&str]) -> Result<Vec<Vec<String>>, WorkflowError> {
    let refuse = |message: String| WorkflowError::Refused {
        message,
        hint: format!("the {name} table is tab-separated with the columns {}", columns.join(", ")),
    };
    let mut lines = table.trim_start_matches('\u{feff}').lines();
    let head: Vec<&str> = lines.next().unwrap_or_default().split('\t').map(str::trim).collect();
    let mut places = Vec::new();
    for column in columns {
        let place = head.iter().position(|held| held == column);
        places.push(place.ok_or_else(|| refuse(format!("the {name} table has no column “{column}”")))?);
    }
    let mut rows = Vec::new();
    for (number, line) in lines.enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let cells: Vec<&str> = line.split('\t').collect();
        let cell = |place: &usize| cells.get(*place).copied().unwrap_or_default().trim().to_owned();
        let row: Vec<String> = places.iter().map(cell).collect();
        // A statement without words of its own stands for its context, as a course without a description does for its title.
        if row[0].is_empty() || row[1..=2].iter().all(String::is_empty) {
            return Err(refuse(format!(
                "line {} of the {name} table has no id, or neither text nor context",
                number + 2
            )));
        }
        rows.push(row);
    }
    if rows.is_empty() {
        return Err(refuse(format!("the {name} table has no rows")));
    }
    Ok(rows)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_are_read_by_their_heads() {
        let table = "text\tid\tgold\tcontext\nHarden a server\tq1\tc1|c2\t\n";
        let read = rows(table, "queries", &["id", "text", "context", "gold"]).unwrap();
        assert_eq!(read, [["q1", "Harden a server", "", "c1|c2"]]);
        assert!(rows("id\ttext\nq1\tx\n", "queries", &["id", "text", "context", "gold"]).is_err());
        let titles = rows("id\ttext\tcontext\nc1\t\tNurse\n", "candidates", &["id", "text", "context"]).unwrap();
        assert_eq!(titles, [["c1", "", "Nurse"]]);
        assert!(rows("id\ttext\tcontext\nc1\t\t\n", "candidates", &["id", "text", "context"]).is_err());
    }
}
