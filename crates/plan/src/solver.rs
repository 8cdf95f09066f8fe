//! The door to the solver: columns, rows and an objective in; value, bound and whether the optimum is proved out.
//!
//! Only this file knows HiGHS (Huangfu and Hall, “Parallelizing the dual revised simplex method”, Mathematical
//! Programming Computation 10, 2018; <https://highs.dev>). One thread and a fixed seed, so that the same model gives the
//! same solution.

use highs::{Col, HighsModelStatus, HighsSolutionStatus, RowProblem, Sense};

/// A column of a model.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Column(usize);

/// A mixed-integer linear model under construction.
#[derive(Clone, Default)]
pub(crate) struct Model {
    columns: Vec<(f64, f64, bool)>,
    rows: Vec<Row>,
}

/// A sum of columns between two bounds.
#[derive(Clone)]
struct Row {
    low: f64,
    high: f64,
    terms: Vec<(Column, f64)>,
}

/// How a solve ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ended {
    /// An optimum, proved.
    Optimal,
    /// A solution that may not be the best: the patience was over.
    Stopped,
    /// No solution exists.
    Infeasible,
    /// The patience was over before any solution was found.
    Unknown,
}

/// What a solve gave.
#[derive(Clone, Debug)]
pub(crate) struct Solved {
    pub(crate) ended: Ended,
    /// Value of the objective at the solution.
    pub(crate) value: f64,
    /// No solution is better than this.
    pub(crate) bound: f64,
    columns: Vec<f64>,
    row_prices: Vec<f64>,
}

impl Solved {
    /// Nothing is known.
    pub(crate) const fn unknown() -> Self {
        Self {
            ended: Ended::Unknown,
            value: f64::INFINITY,
            bound: f64::NEG_INFINITY,
            columns: Vec::new(),
            row_prices: Vec::new(),
        }
    }

    /// Whether there is a solution.
    pub(crate) const fn is_found(&self) -> bool {
        matches!(self.ended, Ended::Optimal | Ended::Stopped)
    }

    /// The values of all columns, to start another search from.
    pub(crate) fn columns(&self) -> &[f64] {
        &self.columns
    }

    /// Of a model without whole-numbered columns: whether a row holds the optimum where it is.
    pub(crate) fn binds(&self, row: usize) -> bool {
        self.row_prices.get(row).is_some_and(|price| price.abs() > 1e-7)
    }

    /// Whether it has a value for every column of a model.
    pub(crate) fn fits(&self, model: &Model) -> bool {
        self.columns.len() == model.columns.len()
    }

    /// The value of a column.
    pub(crate) fn of(&self, column: Column) -> f64 {
        self.columns.get(column.0).copied().unwrap_or(0.0)
    }
}

/// The solver refused a model: a defect of this crate, not of the wishes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the solver could not work on the model")]
pub struct SolverFailed;

/// How long the solver may search.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Patience {
    /// Seconds: a guard for who waits.
    pub(crate) seconds: f64,
    /// Nodes of the search tree: the same on every machine, whatever its speed.
    pub(crate) nodes: Option<i32>,
    /// Whether any solution will do.
    pub(crate) any: bool,
}

impl Patience {
    /// So many seconds, however many nodes.
    pub(crate) const fn of(seconds: f64) -> Self {
        Self { seconds, nodes: None, any: false }
    }
}

/// How far a row may be broken, in its own units.
const FEASIBILITY: f64 = 1e-9;

impl Model {
    /// A column that is 0 or 1.
    pub(crate) fn binary(&mut self) -> Column {
        self.column(0.0, 1.0, true)
    }

    /// A column between two bounds.
    pub(crate) fn between(&mut self, low: f64, high: f64) -> Column {
        self.column(low, high, false)
    }

    /// A column that is a whole number between two bounds.
    pub(crate) fn whole(&mut self, low: f64, high: f64) -> Column {
        self.column(low, high, true)
    }

    /// The same model where whole-numbered columns may be broken.
    pub(crate) fn relaxed(&self) -> Self {
        let columns = self.columns.iter().map(|(low, high, _)| (*low, *high, false)).collect();
        Self { columns, rows: self.rows.clone() }
    }

    fn column(&mut self, low: f64, high: f64, whole: bool) -> Column {
        self.columns.push((low, high, whole));
        Column(self.columns.len() - 1)
    }

    /// A row: the sum lies between two bounds.
    pub(crate) fn row(&mut self, low: f64, high: f64, terms: Vec<(Column, f64)>) {
        self.rows.push(Row { low, high, terms });
    }

    /// Solves for the least (or the most) of an objective, for at most so long.
    pub(crate) fn solve(
        &self,
        objective: &[(Column, f64)],
        maximise: bool,
        patience: Patience,
    ) -> Result<Solved, SolverFailed> {
        self.search(objective, maximise, patience, None)
    }

    /// Solves as [`Self::solve`] does, from a solution that is known already (the values of all columns).
    ///
    /// From a start, HiGHS (1.16.0) seldom states an optimum's value and hands back the start, finds nothing where the start
    /// is something, or fails. None of it is believed: the model is solved once more, from nothing.
    pub(crate) fn solve_from(
        &self,
        objective: &[(Column, f64)],
        maximise: bool,
        patience: Patience,
        start: &[f64],
    ) -> Result<Solved, SolverFailed> {
        let believable = |solved: &Solved| {
            let worth: f64 = objective.iter().map(|(column, cost)| cost * solved.of(*column)).sum();
            let fits = (worth - solved.value).abs() <= 1e-6 * solved.value.abs().max(1.0);
            solved.ended == Ended::Unknown || (solved.is_found() && fits)
        };
        match self.search(objective, maximise, patience, Some(start)) {
            Ok(solved) if believable(&solved) => Ok(solved),
            _ => self.search(objective, maximise, patience, None),
        }
    }

    /// Solves for the least, from a solution where one is known.
    pub(crate) fn solve_for(
        &self,
        objective: &[(Column, f64)],
        patience: Patience,
        start: Option<&[f64]>,
    ) -> Result<Solved, SolverFailed> {
        match start {
            Some(start) => self.solve_from(objective, false, patience, start),
            None => self.solve(objective, false, patience),
        }
    }

    /// Solves; where HiGHS fails on a model that it reduced, once more on the model as it is.
    fn search(
        &self,
        objective: &[(Column, f64)],
        maximise: bool,
        patience: Patience,
        start: Option<&[f64]>,
    ) -> Result<Solved, SolverFailed> {
        let attempt = |presolve| self.attempt(objective, maximise, patience, start, presolve);
        attempt("choose").or_else(|_| attempt("off"))
    }

    fn attempt(
        &self,
        objective: &[(Column, f64)],
        maximise: bool,
        patience: Patience,
        start: Option<&[f64]>,
        presolve: &str,
    ) -> Result<Solved, SolverFailed> {
        let mut costs = vec![0.0; self.columns.len()];
        for (column, cost) in objective {
            costs[column.0] += cost;
        }
        let mut problem = RowProblem::default();
        let columns: Vec<Col> = self
            .columns
            .iter()
            .zip(&costs)
            .map(|((low, high, whole), cost)| problem.add_column_with_integrality(*cost, *low..=*high, *whole))
            .collect();
        for Row { low, high, terms } in &self.rows {
            let terms: Vec<(Col, f64)> = terms.iter().map(|(column, factor)| (columns[column.0], *factor)).collect();
            problem.add_row(*low..=*high, &terms);
        }
        let sense = if maximise { Sense::Maximise } else { Sense::Minimise };
        let mut model = problem.try_optimise(sense).map_err(|_| SolverFailed)?;
        model.make_quiet();
        let settings = |model: &mut highs::Model| {
            model.try_set_option("threads", 1)?;
            model.try_set_option("parallel", "off")?;
            model.try_set_option("presolve", presolve)?;
            model.try_set_option("random_seed", 0)?;
            model.try_set_option("mip_rel_gap", 0.0)?;
            model.try_set_option("mip_abs_gap", 1e-7)?;
            model.try_set_option("mip_feasibility_tolerance", FEASIBILITY)?;
            model.try_set_option("primal_feasibility_tolerance", FEASIBILITY)?;
            if let Some(nodes) = patience.nodes {
                model.try_set_option("mip_max_nodes", nodes)?;
            }
            if patience.any {
                model.try_set_option("mip_max_improving_sols", 1)?;
            }
            model.try_set_option("time_limit", patience.seconds)
        };
        settings(&mut model).map_err(|_| SolverFailed)?;
        if let Some(start) = start {
            model.try_set_solution(Some(start), None, None, None).map_err(|_| SolverFailed)?;
        }
        read(&model.try_solve().map_err(|_| SolverFailed)?, self.columns.iter().any(|column| column.2))
    }
}

/// Reads what the solver ended with.
fn read(solved: &highs::SolvedModel, whole: bool) -> Result<Solved, SolverFailed> {
    // The library answers −1 where presolve alone decided, which its own reading of the status does not know.
    let primal = solved.int_info_value(c"primal_solution_status").map_err(|_| SolverFailed)?;
    let found = primal == HighsSolutionStatus::Feasible as i64;
    let ended = match solved.status() {
        HighsModelStatus::Optimal | HighsModelStatus::ModelEmpty => Ended::Optimal,
        HighsModelStatus::Infeasible | HighsModelStatus::UnboundedOrInfeasible => Ended::Infeasible,
        HighsModelStatus::ReachedTimeLimit | HighsModelStatus::ReachedSolutionLimit if found => Ended::Stopped,
        HighsModelStatus::ReachedTimeLimit | HighsModelStatus::ReachedSolutionLimit => Ended::Unknown,
        _ => return Err(SolverFailed),
    };
    let value = solved.objective_value();
    // A model without whole-numbered columns is solved by the simplex method, whose optimum is its own bound.
    let bound = match ended {
        Ended::Optimal if !whole => value,
        _ => solved.double_info_value(c"mip_dual_bound").map_err(|_| SolverFailed)?,
    };
    let solution = solved.get_solution();
    let (columns, row_prices) = (solution.columns().to_vec(), solution.dual_rows().to_vec());
    Ok(Solved { ended, value, bound, columns, row_prices })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Two things of 3 and 4 in a bag of 5, worth 10 and 12: the heavier one alone.
    fn bag(model: &mut Model) -> [Column; 2] {
        let things = [model.binary(), model.binary()];
        model.row(f64::NEG_INFINITY, 5.0, vec![(things[0], 3.0), (things[1], 4.0)]);
        things
    }

    #[test]
    fn value_and_bound_meet_at_a_proved_optimum() {
        let mut model = Model::default();
        let things = bag(&mut model);
        let solved = model.solve(&[(things[0], 10.0), (things[1], 12.0)], true, Patience::of(10.0)).unwrap();
        assert_eq!((solved.ended, solved.value.round(), solved.bound.round()), (Ended::Optimal, 12.0, 12.0));
        assert!(solved.of(things[0]) < 0.5 && solved.of(things[1]) > 0.5);
    }

    #[test]
    fn what_cannot_be_is_said_not_to_be() {
        let mut model = Model::default();
        let things = bag(&mut model);
        model.row(2.0, 2.0, vec![(things[0], 1.0), (things[1], 1.0)]);
        assert_eq!(model.solve(&[], false, Patience::of(10.0)).unwrap().ended, Ended::Infeasible);
    }

    #[test]
    fn a_model_without_whole_numbers_is_its_own_bound() {
        let mut model = Model::default();
        let one = model.between(0.0, 3.0);
        let solved = model.solve(&[(one, 1.0)], true, Patience::of(10.0)).unwrap();
        assert_eq!((solved.ended, solved.value, solved.bound), (Ended::Optimal, 3.0, 3.0));
    }
}
