//! What `coverage --reach` takes: how much is to be reached, and by which changes.

use clap::ValueEnum;
use credway_workflow::{Counting, Efforts, ReachRequest};

/// Asking for the smallest set of course changes that reaches a coverage.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Smallest set of course changes")]
pub(crate) struct ReachArguments {
    /// Find the fewest course changes that reach this coverage of the exam, 0 to 100
    #[arg(long, value_name = "PERCENT")]
    pub(crate) reach: Option<f64>,
    /// What every domain should reach, 0 to 100
    #[arg(long, value_name = "PERCENT")]
    each_domain: Option<f64>,
    /// Count what is taught, or only what is assessed too
    #[arg(long, value_enum, default_value = "taught")]
    counting: CountingWord,
    /// Least work first, then fewest changes
    #[arg(long)]
    cheapest: bool,
    /// At most so many changes to one course
    #[arg(long, value_name = "N")]
    most_per_course: Option<u32>,
    /// Codes of courses that may not be touched
    #[arg(long, value_name = "CODE", num_args = 1..)]
    leave: Vec<String>,
    /// For each gap, how many of the nearest courses may take an addition
    #[arg(long, value_name = "N", default_value_t = ReachRequest::default().near)]
    near: usize,
    /// Hours it takes to open a course for revision at all
    #[arg(long, value_name = "HOURS", default_value_t = Efforts::default().open)]
    hours_open: u32,
    /// Hours it takes to add an outcome
    #[arg(long, value_name = "HOURS", default_value_t = Efforts::default().add)]
    hours_add: u32,
    /// Hours it takes to deepen what is taught in part
    #[arg(long, value_name = "HOURS", default_value_t = Efforts::default().deepen)]
    hours_deepen: u32,
    /// Hours it takes to add an assessment
    #[arg(long, value_name = "HOURS", default_value_t = Efforts::default().assess)]
    hours_assess: u32,
    /// Most seconds for one step of the solver
    #[arg(long, value_name = "SECONDS", default_value_t = ReachRequest::default().seconds)]
    time_limit: f64,
}

/// What counts as covered.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum CountingWord {
    Taught,
    Assessed,
}

impl ReachArguments {
    /// What is asked, where something is.
    pub(crate) fn request(&self) -> Option<ReachRequest> {
        if self.reach.is_none() && self.each_domain.is_none() {
            return None;
        }
        Some(ReachRequest {
            total: self.reach,
            each_domain: self.each_domain,
            counting: match self.counting {
                CountingWord::Taught => Counting::Taught,
                CountingWord::Assessed => Counting::Assessed,
            },
            cheapest: self.cheapest,
            most_per_course: self.most_per_course,
            leave: self.leave.clone(),
            near: self.near,
            efforts: Efforts {
                open: self.hours_open,
                add: self.hours_add,
                deepen: self.hours_deepen,
                assess: self.hours_assess,
            },
            seconds: self.time_limit,
        })
    }
}
