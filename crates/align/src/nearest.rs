//! The nearest targets of every statement by the static table alone: candidate generation for lists of any size.
//!
//! Every pair is compared; the result is exact. Work goes block by block, so that memory stays the same however many there
//! are: a block of queries with a tile of targets, and the best few of each query so far.

use rayon::prelude::*;

use crate::kernel::{Packed, products};
use crate::lanes::LANES;
use crate::scorer::Settings;
use crate::table::TABLE;
use crate::vectors::{Vectors, scaled};
use crate::{Cancelled, Progress, Statement};

/// Queries of a block.
const BLOCK: usize = 64;
/// Panels of target vectors read at a time (48 of 16 × 256 × 2 bytes fit the second-level cache).
const TILE: usize = 48;
/// Blocks between two reports of progress.
const BETWEEN_REPORTS: usize = 64;

/// Numbers of a statement's vector.
pub const NEAREST_DIMENSIONS: usize = 256;

/// A target near a query.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Near {
    /// Index of the target.
    pub target: usize,
    /// Cosine of text with context, −1 to 1.
    pub cosine: f32,
}

/// For each query its `limit` nearest targets, nearest first; equal ones in order of the index.
///
/// # Errors
/// [`Cancelled`] when the caller stops it.
pub fn nearest(
    queries: &[Statement],
    targets: &[Statement],
    limit: usize,
    progress: &dyn Progress,
) -> Result<Vec<Vec<Near>>, Cancelled> {
    let settings = Settings::embedded();
    let (queries, targets) = (vectors(queries, &settings), vectors(targets, &settings).pack());
    let (count, mut found) = (queries.len(), Vec::with_capacity(queries.len()));
    for first in (0..count).step_by(BLOCK * BETWEEN_REPORTS) {
        let end = (first + BLOCK * BETWEEN_REPORTS).min(count);
        let blocks: Vec<usize> = (first..end).step_by(BLOCK).collect();
        let block = |start: &usize| best(queries.rows(*start, (start + BLOCK).min(end)), &targets, limit);
        found.extend(blocks.par_iter().map(block).collect::<Vec<_>>().into_iter().flatten());
        progress.advance(end as u64, count as u64);
        if progress.cancelled() {
            return Err(Cancelled);
        }
    }
    Ok(found)
}

fn vectors(statements: &[Statement], settings: &Settings) -> Vectors {
    let sum = |statement: &Statement| {
        let mut sum = TABLE.sum(&statement.text);
        TABLE.add(&statement.context, settings.context_vector, &mut sum);
        sum
    };
    let sums: Vec<Vec<f32>> = statements.par_iter().with_min_len(64).map(sum).collect();
    let mut vectors = Vectors::new(TABLE.width);
    for sum in &sums {
        vectors.push(sum);
    }
    vectors
}

/// The best few of one query so far, best first.
#[derive(Clone)]
struct Best(Vec<(i32, usize)>);

impl Best {
    /// Takes what beats the last of a full list. Targets come in order of the index, so that an equal one comes too late.
    fn offer(&mut self, product: i32, target: usize, limit: usize) {
        if self.0.len() == limit {
            if self.0.last().is_none_or(|last| product <= last.0) {
                return;
            }
            self.0.pop();
        }
        let place = self.0.partition_point(|kept| kept.0 >= product);
        self.0.insert(place, (product, target));
    }

    /// The least product that may still enter.
    fn least(&self, limit: usize) -> i32 {
        if self.0.len() < limit { i32::MIN } else { self.0.last().map_or(i32::MAX, |last| last.0.saturating_add(1)) }
    }
}

fn best(rows: &[i16], targets: &Packed, limit: usize) -> Vec<Vec<Near>> {
    let count = rows.len() / TABLE.width;
    let mut best = vec![Best(Vec::with_capacity(limit)); count];
    let mut room = Vec::new();
    for first in (0..targets.panels()).step_by(TILE) {
        let panels = first..(first + TILE).min(targets.panels());
        let line = panels.len() * LANES;
        room.resize(count * line, 0);
        products(rows, targets, panels, &mut room);
        for (best, products) in best.iter_mut().zip(room.chunks_exact(line)) {
            for (panel, lanes) in products.as_chunks::<LANES>().0.iter().enumerate() {
                let least = best.least(limit);
                if !lanes.iter().fold(false, |any, product| any | (*product >= least)) {
                    continue;
                }
                let start = (first + panel) * LANES;
                for (product, target) in lanes.iter().zip(start..targets.len().min(start + LANES)) {
                    best.offer(*product, target, limit);
                }
            }
        }
    }
    let near = |(product, target): (i32, usize)| Near { target, cosine: scaled(product) };
    best.into_iter().map(|best| best.0.into_iter().map(near).collect()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vectors::cosine;

    #[test]
    fn the_nearest_are_those_of_comparing_one_by_one() {
        assert_eq!(TABLE.width, NEAREST_DIMENSIONS);
        let words = ["network", "firewall", "poem", "budget", "enzyme", "harbour", "query", "audit", "violin"];
        let statement = |at: usize| Statement {
            text: format!("Explain {} and {}", words[at % 9], words[at / 9 % 9]),
            context: if at.is_multiple_of(3) { words[at / 81 % 9].to_owned() } else { String::new() },
        };
        let queries: Vec<Statement> = (0..70).map(|at| statement(at * 7)).collect();
        let targets: Vec<Statement> = (0..900).map(statement).collect();
        let found = nearest(&queries, &targets, 10, &()).unwrap();
        let settings = Settings::embedded();
        let (rows, columns) = (vectors(&queries, &settings), vectors(&targets, &settings));
        for (query, found) in found.iter().enumerate() {
            let mut all: Vec<(f32, usize)> =
                (0..targets.len()).map(|target| (cosine(rows.row(query), columns.row(target)), target)).collect();
            all.sort_by(|one, other| other.0.total_cmp(&one.0).then(one.1.cmp(&other.1)));
            let expected: Vec<Near> =
                all[..10].iter().map(|(cosine, target)| Near { target: *target, cosine: *cosine }).collect();
            assert_eq!(found, &expected);
        }
        assert!(nearest(&queries[..2], &[], 10, &()).unwrap().iter().all(Vec::is_empty));
    }
}
