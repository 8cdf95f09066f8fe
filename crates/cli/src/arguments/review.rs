//! What `review` takes: what to look at, and, where a word is given, the pair it is about.

use clap::ValueEnum;

use super::Pair;

/// Arguments of `review`.
#[derive(Debug, clap::Args)]
pub(crate) struct ReviewArguments {
    #[command(flatten)]
    pub(crate) pair: Pair,
    /// Which candidates: those nobody has a word on, those reviewers disagree on, those with a word, or all
    #[arg(long, value_enum, default_value = "open")]
    pub(crate) show: Show,
    /// In which order: that of the blueprint, the most probable first, or the most useful to look at first
    #[arg(long, value_enum, default_value = "blueprint")]
    pub(crate) order: Order,
    /// Number, words or identifier of the blueprint statement; the first that waits when left out
    #[arg(long, value_name = "OBJECTIVE")]
    pub(crate) objective: Option<String>,
    /// The course statement your word is about: `COURSE/CODE` or identifier; `COURSE` for one without outcomes
    #[arg(long, value_name = "OUTCOME", requires = "word", requires = "objective")]
    pub(crate) outcome: Option<String>,
    /// The outcome meets the blueprint statement in full, or in part
    #[arg(long, value_enum, value_name = "STRENGTH", group = "word", requires = "outcome")]
    pub(crate) accept: Option<Strength>,
    /// The outcome does not meet it
    #[arg(long, group = "word", requires = "outcome")]
    pub(crate) reject: bool,
    /// Take back your word
    #[arg(long, group = "word", requires = "outcome")]
    pub(crate) withdraw: bool,
    /// How far the course takes it, for this pair
    #[arg(long, value_enum, requires = "accept", conflicts_with_all = ["reject", "withdraw"])]
    pub(crate) level: Option<Level>,
    /// Why
    #[arg(long, requires = "word")]
    pub(crate) reason: Option<String>,
    /// Settle a disagreement: all earlier words on the pair fall silent
    #[arg(long, requires = "word", conflicts_with = "withdraw")]
    pub(crate) settle: bool,
}

/// In which order a review goes.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum Order {
    Blueprint,
    Probability,
    Useful,
}

/// Which candidates a review shows.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum Show {
    Open,
    Disputed,
    Decided,
    All,
}

/// How much of a blueprint statement an outcome meets.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum Strength {
    Full,
    Partial,
}

/// How far a course takes an outcome.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum Level {
    Introduced,
    Reinforced,
    Mastered,
}
