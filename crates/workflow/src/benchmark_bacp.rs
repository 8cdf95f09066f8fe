//! Balance a curriculum of the BACP benchmark.

use std::collections::BTreeMap;

use credway_plan::bacp::{balance, read_bacp};
use serde::Serialize;

use crate::processor_time::processor_seconds;
use crate::{Workbench, WorkflowError};

/// Seconds the solver may take.
const PATIENCE: f64 = 600.0;

/// A balanced curriculum.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct BacpBenchmark {
    /// Load of the fullest period.
    pub optimum: u32,
    /// No way of balancing is better than this.
    pub bound: u32,
    /// Whether the two meet.
    pub proved: bool,
    /// Seconds of processor time, reading included.
    pub cpu_seconds: f64,
    /// By course: its period, counted from 1.
    pub assignment: BTreeMap<String, usize>,
}

impl Workbench {
    /// Balances a curriculum in the `.dat` or the `.mzn` of CSPLib's problem 30.
    ///
    /// # Errors
    /// [`WorkflowError::Refused`] when the file is no such curriculum or cannot be balanced; [`WorkflowError::Defect`] when
    /// the solver fails.
    pub fn benchmark_bacp(text: &str) -> Result<BacpBenchmark, WorkflowError> {
        let refuse = |message: String, hint: &str| WorkflowError::Refused { message, hint: hint.to_owned() };
        let started = processor_seconds();
        let curriculum = read_bacp(text)
            .map_err(|error| refuse(error.to_string(), "give a `.dat` or `.mzn` of CSPLib's problem 30"))?;
        let found = balance(&curriculum, PATIENCE).map_err(|error| WorkflowError::Defect(error.to_string()))?;
        let hint = "allow more periods, or more load or courses a period";
        let found = found.ok_or_else(|| refuse("no periods keep all the rules".to_owned(), hint))?;
        let periods = found.periods.iter().map(|period| period + 1);
        Ok(BacpBenchmark {
            optimum: found.fullest,
            bound: found.bound,
            proved: found.proved(),
            cpu_seconds: processor_seconds() - started,
            assignment: curriculum.courses.iter().cloned().zip(periods).collect(),
        })
    }
}
