//! Balances a curriculum: bound, list scheduler, and the solver where they do not meet.

use crate::bacp::Curriculum;
use crate::bacp::bounds::{least_fullest, windows};
use crate::bacp::schedule::schedule;
use crate::solver::{Column, Ended, Model, Patience, Solved, SolverFailed};

/// A balanced curriculum.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Balanced {
    /// Load of the fullest period.
    pub fullest: u32,
    /// No way of balancing is better than this.
    pub bound: u32,
    /// By course: its period, counted from 0.
    pub periods: Vec<usize>,
    /// Whether bound and schedule met without a search.
    pub without_search: bool,
}

impl Balanced {
    /// Whether no way of balancing is better.
    #[must_use]
    pub const fn proved(&self) -> bool {
        self.fullest == self.bound
    }
}

/// The periods of the courses for which the fullest one is lightest; absent when no periods keep the rules, or when time
/// was over before any were found. `seconds` bound the solver.
///
/// # Errors
/// [`SolverFailed`], a defect.
pub fn balance(curriculum: &Curriculum, seconds: f64) -> Result<Option<Balanced>, SolverFailed> {
    let Some(windows) = windows(curriculum) else { return Ok(None) };
    let bound = least_fullest(curriculum, &windows);
    if let Some(periods) = schedule(curriculum, &windows, bound) {
        return Ok(Some(Balanced { fullest: bound, bound, periods, without_search: true }));
    }
    search(curriculum, &windows, bound, seconds)
}

fn search(
    curriculum: &Curriculum,
    windows: &[(usize, usize)],
    bound: u32,
    seconds: f64,
) -> Result<Option<Balanced>, SolverFailed> {
    let mut model = Model::default();
    let fullest = model.whole(f64::from(bound), f64::from(curriculum.load.1.max(bound)));
    let placed: Vec<Placed> = windows.iter().map(|window| Placed::new(*window, &mut model)).collect();
    rows(curriculum, &placed, fullest, &mut model);
    let solved = model.solve(&[(fullest, 1.0)], false, Patience::of(seconds))?;
    if matches!(solved.ended, Ended::Infeasible | Ended::Unknown) {
        return Ok(None);
    }
    let periods: Vec<usize> = placed.iter().map(|placed| placed.period(&solved)).collect();
    let fullest = curriculum.fullest(&periods).ok_or(SolverFailed)?;
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a load, from 0 and small")]
    let proved = ((solved.bound - 1e-4).ceil().max(0.0) as u32).max(bound);
    Ok(Some(Balanced { fullest, bound: proved, periods, without_search: false }))
}

/// A course in the model: by period of its window but the last, whether it lies in that period or before.
struct Placed {
    first: usize,
    by: Vec<Column>,
}

/// A column, or a number where there is nothing to choose.
enum By {
    Column(Column),
    Number(f64),
}

impl Placed {
    fn new((first, last): (usize, usize), model: &mut Model) -> Self {
        let by: Vec<Column> = (first..last).map(|_| model.binary()).collect();
        for pair in by.windows(2) {
            model.row(0.0, 1.0, vec![(pair[1], 1.0), (pair[0], -1.0)]);
        }
        Self { first, by }
    }

    /// Whether the course lies in one of so many first periods.
    fn within(&self, periods: usize) -> By {
        match periods.checked_sub(self.first + 1) {
            None => By::Number(0.0),
            Some(index) => self.by.get(index).map_or(By::Number(1.0), |column| By::Column(*column)),
        }
    }

    fn period(&self, solved: &Solved) -> usize {
        self.first + self.by.iter().take_while(|column| solved.of(**column) < 0.5).count()
    }
}

/// A row under construction, with what is fixed in it.
#[derive(Default)]
struct Line {
    fixed: f64,
    terms: Vec<(Column, f64)>,
}

impl Line {
    fn add(&mut self, factor: f64, by: &By) {
        match by {
            By::Column(column) => self.terms.push((*column, factor)),
            By::Number(number) => self.fixed += factor * number,
        }
    }

    fn between(self, low: f64, high: f64, model: &mut Model) {
        model.row(low - self.fixed, high - self.fixed, self.terms);
    }
}

fn rows(curriculum: &Curriculum, placed: &[Placed], fullest: Column, model: &mut Model) {
    for (earlier, later) in &curriculum.before {
        for periods in placed[*later].first + 1..=curriculum.periods {
            let mut line = Line::default();
            line.add(1.0, &placed[*earlier].within(periods - 1));
            line.add(-1.0, &placed[*later].within(periods));
            if !line.terms.is_empty() {
                line.between(0.0, f64::INFINITY, model);
            }
        }
    }
    for period in 0..curriculum.periods {
        let (mut load, mut count, mut below) = (Line::default(), Line::default(), Line::default());
        for (course, placed) in placed.iter().enumerate() {
            for (sign, by) in [(1.0, placed.within(period + 1)), (-1.0, placed.within(period))] {
                load.add(sign * f64::from(curriculum.loads[course]), &by);
                below.add(sign * f64::from(curriculum.loads[course]), &by);
                count.add(sign, &by);
            }
        }
        load.between(f64::from(curriculum.load.0), f64::from(curriculum.load.1), model);
        count.between(f64::from(curriculum.count.0), f64::from(curriculum.count.1), model);
        below.terms.push((fullest, -1.0));
        below.between(f64::NEG_INFINITY, 0.0, model);
    }
}
