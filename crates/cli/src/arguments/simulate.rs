//! What `simulate` takes: an instance with a plan of it, or a pathway with wishes, and what is assumed of learners.

use std::path::PathBuf;

use credway_workflow::{SimulationRequest, WishFields};

use crate::arguments::WishArguments;

/// Arguments of `simulate`.
#[derive(Debug, clap::Args)]
#[command(group(clap::ArgGroup::new("simulated").required(true).args(["instance", "pathway"])))]
pub(crate) struct SimulateArguments {
    /// JSON in the shape of the public planner benchmark
    #[arg(long, value_name = "FILE")]
    pub(crate) instance: Option<PathBuf>,
    /// A pathway of the database, by title or identifier, whose best plan is followed
    #[arg(long, value_name = "PATHWAY")]
    pub(crate) pathway: Option<String>,
    /// The plan of the instance to follow, as `plan --json` writes it; the best one is found when left out
    #[arg(long, value_name = "FILE", conflicts_with = "pathway")]
    pub(crate) plan: Option<PathBuf>,
    /// Rate at which an attempt at a course is passed, 0 to 1
    #[arg(long, value_name = "RATE", default_value_t = SimulationRequest::default().pass_rate)]
    pass_rate: f64,
    /// CSV with the columns course and pass_rate, for courses with a rate of their own
    #[arg(long, value_name = "FILE")]
    pub(crate) pass_rates: Option<PathBuf>,
    /// Rate at which a sitting of an exam is passed, 0 to 1
    #[arg(long, value_name = "RATE", default_value_t = SimulationRequest::default().exam_pass_rate)]
    exam_pass_rate: f64,
    /// Sittings of an exam after the first, at most
    #[arg(long, value_name = "N", default_value_t = SimulationRequest::default().retakes)]
    retakes: u32,
    /// What a sitting after the first costs, in dollars or the instance's money; the exam's own fee when left out
    #[arg(long, value_name = "MONEY")]
    retake_fee: Option<u32>,
    /// Rate of stopping out before a term, 0 to 1
    #[arg(long, value_name = "RATE", default_value_t = SimulationRequest::default().stop_out)]
    stop_out: f64,
    /// Rate at which somebody who stops out comes back, 0 to 1
    #[arg(long, value_name = "RATE", default_value_t = SimulationRequest::default().return_rate)]
    return_rate: f64,
    /// Terms somebody stays away who comes back
    #[arg(long, value_name = "N", default_value_t = SimulationRequest::default().away_terms)]
    away_terms: usize,
    /// Terms after which somebody counts as still studying; twice as many as can be planned when left out
    #[arg(long, value_name = "N")]
    most_terms: Option<usize>,
    /// Learners, 2 to 1,000,000
    #[arg(long, value_name = "N", default_value_t = SimulationRequest::default().learners,
        value_parser = clap::value_parser!(u32).range(2..=1_000_000))]
    learners: u32,
    /// The seed: the same one gives the same learners on every machine
    #[arg(long, value_name = "N", default_value_t = SimulationRequest::default().seed)]
    seed: u64,
    /// What is best in the pathway's plan, first things first: first, terms, exits, cost, excess, coverage, balance
    #[arg(long, value_name = "LIST", requires = "pathway")]
    order: Option<String>,
    #[command(flatten)]
    wishes: WishArguments,
}

impl SimulateArguments {
    /// The wishes as they were typed.
    pub(crate) fn fields(&self) -> WishFields {
        self.wishes.fields(&self.order)
    }

    /// What is assumed.
    pub(crate) fn request(&self) -> SimulationRequest {
        SimulationRequest {
            pass_rate: self.pass_rate,
            pass_rates: Vec::new(),
            exam_pass_rate: self.exam_pass_rate,
            retakes: self.retakes,
            retake_fee: self.retake_fee,
            stop_out: self.stop_out,
            return_rate: self.return_rate,
            away_terms: self.away_terms,
            most_terms: self.most_terms,
            learners: self.learners,
            seed: self.seed,
        }
    }
}
