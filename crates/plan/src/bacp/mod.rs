//! The balanced academic curriculum problem: every course into a period, the fullest period as light as can be.
//!
//! Problem 30 of CSPLib (Castro and Manzano, “Variable and value ordering when solving balanced academic curriculum
//! problems”, 2001, arXiv cs/0110007). A course comes in a later period than its prerequisites; a period has bounds on
//! its load and on its number of courses. A bound proved by arithmetic that a list scheduler meets is a proof without any
//! search; else the solver decides.

mod bounds;
mod read;
mod schedule;
mod solve;

pub use read::{BacpError, read_bacp};
pub use solve::{Balanced, balance};

/// A curriculum to balance.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Curriculum {
    /// Names of the courses.
    pub courses: Vec<String>,
    /// By course: its load, in credits.
    pub loads: Vec<u32>,
    /// Prerequisites: the first course of a pair comes in an earlier period than the second.
    pub before: Vec<(usize, usize)>,
    /// So many periods.
    pub periods: usize,
    /// Least and most load of a period.
    pub load: (u32, u32),
    /// Least and most courses of a period.
    pub count: (u32, u32),
}

impl Curriculum {
    /// The load of the fullest period, when every rule is kept; absent when one is broken.
    ///
    /// Meaning: independent of how the periods (counted from 0) were found.
    #[must_use]
    pub fn fullest(&self, periods: &[usize]) -> Option<u32> {
        if periods.len() != self.courses.len() || periods.iter().any(|period| *period >= self.periods) {
            return None;
        }
        if self.before.iter().any(|(earlier, later)| periods[*earlier] >= periods[*later]) {
            return None;
        }
        let mut sums = vec![(0_u32, 0_u32); self.periods];
        for (course, period) in periods.iter().enumerate() {
            sums[*period].0 += self.loads[course];
            sums[*period].1 += 1;
        }
        let kept = |(load, count): &(u32, u32)| {
            (self.load.0..=self.load.1).contains(load) && (self.count.0..=self.count.1).contains(count)
        };
        sums.iter().all(kept).then(|| sums.iter().map(|(load, _)| *load).max().unwrap_or(0))
    }
}
