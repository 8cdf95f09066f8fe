//! What `learning` takes: what is done with what the engine learned, and for which institution.

use clap::Subcommand;

/// What is done with what the engine learned.
#[derive(Debug, Subcommand)]
pub(crate) enum LearningWhat {
    /// Show what was learned, from how many decisions, and how it did on decisions held out
    Show,
    /// Learn from what was decided until now; used only if it is better on decisions held out
    Now(Institution),
    /// Go back to the shipped engine
    Forget(Institution),
}

/// An institution.
#[derive(Debug, clap::Args)]
pub(crate) struct Institution {
    /// Name or identifier; the only one with a program when left out
    #[arg(long, value_name = "NAME")]
    pub(crate) institution: Option<String>,
}
