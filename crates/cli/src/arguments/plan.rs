//! What `plan` takes: an instance in a file, or a pathway of the database with wishes; the wishes are `simulate`'s too.

use std::path::PathBuf;

use credway_workflow::WishFields;

/// Planning an instance or a pathway.
#[derive(Debug, clap::Args)]
#[command(group(clap::ArgGroup::new("planned").required(true).args(["instance", "pathway"])))]
pub(crate) struct PlanArguments {
    /// JSON in the shape of the public planner benchmark
    #[arg(long, value_name = "FILE")]
    pub(crate) instance: Option<PathBuf>,
    /// A pathway of the database, by title or identifier
    #[arg(long, value_name = "PATHWAY")]
    pub(crate) pathway: Option<String>,
    /// What is best, first things first: first, terms, exits, cost, excess, coverage, balance
    #[arg(long, value_name = "LIST")]
    pub(crate) order: Option<String>,
    /// Plan once more without the wishes below, and show both side by side
    #[arg(long, conflicts_with = "instance")]
    pub(crate) compare: bool,
    #[command(flatten)]
    wishes: WishArguments,
}

/// Wishes of a plan of a pathway.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Wishes, for a pathway")]
pub(crate) struct WishArguments {
    /// Key of the destination; the first of the pathway when left out
    #[arg(long, value_name = "KEY", conflicts_with = "instance")]
    to: Option<String>,
    /// First term: “fall 2026”; the next fall when left out
    #[arg(long, value_name = "TERM", conflicts_with = "instance")]
    from: Option<String>,
    /// Most terms, summers counted; 24 when left out
    #[arg(long, value_name = "N", conflicts_with = "instance")]
    terms: Option<String>,
    /// Most credits: one figure for fall and spring, or fall,spring,summer; 15,15,6 when left out
    #[arg(long, value_name = "CREDITS", conflicts_with = "instance")]
    most: Option<String>,
    /// Least credits in fall and spring until the end
    #[arg(long, value_name = "CREDITS", conflicts_with = "instance")]
    least: Option<String>,
    /// Hours of paid work a week, which leave room for fewer credits
    #[arg(long, value_name = "HOURS", conflicts_with = "instance")]
    work: Option<String>,
    /// No study in summer
    #[arg(long, conflicts_with = "instance")]
    no_summer: bool,
    /// Codes of courses passed already
    #[arg(long, value_name = "CODES", conflicts_with = "instance")]
    done: Option<String>,
    /// Keys of credentials and certifications held already
    #[arg(long, value_name = "KEYS", conflicts_with = "instance")]
    held: Option<String>,
    /// Codes of courses that are to be in the plan
    #[arg(long, value_name = "CODES", conflicts_with = "instance")]
    want: Option<String>,
    /// Keys of exams that are to be sat
    #[arg(long, value_name = "KEYS", conflicts_with = "instance")]
    require: Option<String>,
    /// What is not offered after all: “ITSY 2300 in fall”, “summer”
    #[arg(long, value_name = "LIST", conflicts_with = "instance")]
    drop: Option<String>,
    /// Credits to assume for courses whose credits are not known
    #[arg(long, value_name = "CREDITS", conflicts_with = "instance")]
    assume_credits: Option<String>,
    /// Coverage from which a learner is ready for an exam whose component gives none; 70 when left out
    #[arg(long, value_name = "PERCENT", conflicts_with = "instance")]
    readiness: Option<String>,
    /// Count suggestions that nobody has decided on as if they were accepted
    #[arg(long, conflicts_with = "instance")]
    count_suggestions: bool,
}

impl WishArguments {
    /// The wishes as they were typed, with what is best first.
    pub(crate) fn fields(&self, order: &Option<String>) -> WishFields {
        WishFields {
            to: typed(&self.to),
            from: typed(&self.from),
            terms: typed(&self.terms),
            most: typed(&self.most),
            least: typed(&self.least),
            work: typed(&self.work),
            no_summer: self.no_summer,
            done: typed(&self.done),
            held: typed(&self.held),
            want: typed(&self.want),
            require: typed(&self.require),
            drop: typed(&self.drop),
            order: typed(order),
            assume_credits: typed(&self.assume_credits),
            readiness: typed(&self.readiness),
            suggestions: self.count_suggestions,
        }
    }
}

impl PlanArguments {
    /// The wishes as they were typed.
    pub(crate) fn fields(&self) -> WishFields {
        self.wishes.fields(&self.order)
    }
}

/// What was typed; empty where nothing was.
fn typed(option: &Option<String>) -> String {
    option.clone().unwrap_or_default()
}
