//! The best assignment of a sparse table: of the pairs that may be made, those whose values together are the highest,
//! each row and each column at most once. Exact, in whole numbers.
//!
//! Source: R. Jonker and A. Volgenant, "A shortest augmenting path algorithm for dense and sparse linear assignment
//! problems", Computing 38 (1987). Every row has a column of its own that stands for staying alone.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// For each row the column it gets, or none. `rows` gives for each row its columns with their values; only values above 0
/// are ever taken. Where several assignments are the best, the same one is given for the same table.
pub(super) fn assign(rows: &[Vec<(usize, i64)>], columns: usize) -> Vec<Option<usize>> {
    let highest = rows.iter().flatten().map(|(_, value)| *value).max().unwrap_or(0).max(0);
    let mut search = Search::new(rows, columns, highest);
    for row in 0..rows.len() {
        search.augment(row);
    }
    search.column_of.iter().map(|column| column.filter(|column| *column < columns)).collect()
}

struct Search<'a> {
    rows: &'a [Vec<(usize, i64)>],
    columns: usize,
    highest: i64,
    row_of: Vec<Option<usize>>,
    column_of: Vec<Option<usize>>,
    /// Price of each column; that of a row follows from it.
    price: Vec<i64>,
    distance: Vec<i64>,
    from: Vec<usize>,
    done: Vec<bool>,
}

impl<'a> Search<'a> {
    fn new(rows: &'a [Vec<(usize, i64)>], columns: usize, highest: i64) -> Self {
        let all = columns + rows.len();
        Self {
            rows,
            columns,
            highest,
            row_of: vec![None; all],
            column_of: vec![None; rows.len()],
            price: vec![0; all],
            distance: vec![i64::MAX; all],
            from: vec![usize::MAX; all],
            done: vec![false; all],
        }
    }

    /// The columns a row may have with what each costs: the highest value less its own; staying alone costs the highest.
    fn costs(&self, row: usize) -> impl Iterator<Item = (usize, i64)> {
        let (highest, alone) = (self.highest, (self.columns + row, self.highest));
        let own = self.rows[row].iter().filter(|(_, value)| *value > 0);
        own.map(move |(column, value)| (*column, highest - value)).chain(std::iter::once(alone))
    }

    /// Finds the cheapest way to give `row` a column, others giving way, and takes it.
    fn augment(&mut self, row: usize) {
        let mut heap: BinaryHeap<Reverse<(i64, usize)>> = BinaryHeap::new();
        let mut touched: Vec<usize> = Vec::new();
        self.relax(row, 0, &mut heap, &mut touched);
        let mut settled: Vec<usize> = Vec::new();
        let end = loop {
            let Some(Reverse((distance, column))) = heap.pop() else { break None };
            if self.done[column] || distance > self.distance[column] {
                continue;
            }
            self.done[column] = true;
            settled.push(column);
            match self.row_of[column] {
                None => break Some(column),
                Some(next) => self.relax(next, distance - self.reduced(next, column), &mut heap, &mut touched),
            }
        };
        if let Some(end) = end {
            let reached = self.distance[end];
            for column in &settled {
                self.price[*column] += self.distance[*column] - reached;
            }
            self.turn_round(row, end);
        }
        for column in touched {
            (self.distance[column], self.from[column], self.done[column]) = (i64::MAX, usize::MAX, false);
        }
    }

    /// What a pair costs after prices.
    fn reduced(&self, row: usize, column: usize) -> i64 {
        let own = self.rows[row].iter().find(|(held, _)| *held == column);
        own.map_or(self.highest, |(_, value)| self.highest - value) - self.price[column]
    }

    fn relax(
        &mut self,
        row: usize,
        offset: i64,
        heap: &mut BinaryHeap<Reverse<(i64, usize)>>,
        touched: &mut Vec<usize>,
    ) {
        let costs: Vec<(usize, i64)> = self.costs(row).collect();
        for (column, cost) in costs {
            let distance = offset + cost - self.price[column];
            if !self.done[column] && distance < self.distance[column] {
                if self.from[column] == usize::MAX {
                    touched.push(column);
                }
                self.distance[column] = distance;
                self.from[column] = row;
                heap.push(Reverse((distance, column)));
            }
        }
    }

    /// Gives every row on the way its new column.
    fn turn_round(&mut self, start: usize, end: usize) {
        let mut column = end;
        loop {
            let row = self.from[column];
            self.row_of[column] = Some(row);
            let before = self.column_of[row].replace(column);
            match before {
                Some(before) if row != start => column = before,
                _ => return,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::assign;
    use proptest::prelude::*;

    /// The best total by trying everything.
    fn tried(rows: &[Vec<(usize, i64)>], taken: &mut Vec<usize>) -> i64 {
        let Some((row, rest)) = rows.split_first() else { return 0 };
        let mut best = tried(rest, taken);
        for (column, value) in row {
            if !taken.contains(column) {
                taken.push(*column);
                best = best.max(value + tried(rest, taken));
                taken.pop();
            }
        }
        best
    }

    #[test]
    fn the_whole_counts_and_not_the_first() {
        // The first row alone would take column 0 for 9; together 8 + 7 is more than 9.
        assert_eq!(assign(&[vec![(0, 9), (1, 8)], vec![(0, 7)]], 2), [Some(1), Some(0)]);
        assert_eq!(assign(&[vec![], vec![(0, 0)]], 1), [None, None]);
    }

    proptest! {
        #[test]
        fn it_is_as_good_as_trying_everything(
            table in proptest::collection::vec(proptest::collection::btree_map(0_usize..5, 1_i64..20, 0..5), 0..6)
        ) {
            let rows: Vec<Vec<(usize, i64)>> = table.into_iter().map(|row| row.into_iter().collect()).collect();
            let found = assign(&rows, 5);
            let mut used: Vec<usize> = found.iter().flatten().copied().collect();
            used.sort_unstable();
            prop_assert!(used.windows(2).all(|two| two[0] != two[1]));
            let value = |(row, column): (&Vec<(usize, i64)>, &Option<usize>)| {
                column.map_or(0, |column| row.iter().find(|(held, _)| *held == column).map_or(-1_000, |(_, value)| *value))
            };
            let total: i64 = rows.iter().zip(&found).map(value).sum();
            prop_assert_eq!(total, tried(&rows, &mut Vec::new()));
        }
    }
}
