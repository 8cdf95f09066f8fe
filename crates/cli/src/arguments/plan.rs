//! What `plan` takes: an instance in a file, or a pathway of the database with wishes.

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
    /// What is best, first things first: first, terms, cost, excess, coverage, balance
    #[arg(long, value_name = "LIST", default_value = "")]
    pub(crate) order: String,
    #[command(flatten)]
    pub(crate) wishes: WishArguments,
}

/// Wishes of a plan of a pathway.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Wishes, for a pathway")]
pub(crate) struct WishArguments {
    /// Key of the destination; the first of the pathway when left out
    #[arg(long, value_name = "KEY", default_value = "", requires = "pathway")]
    to: String,
    /// First term: “fall 2026”; the next fall when left out
    #[arg(long, value_name = "TERM", default_value = "", requires = "pathway")]
    from: String,
    /// Most terms, summers counted; 24 when left out
    #[arg(long, value_name = "N", default_value = "", requires = "pathway")]
    terms: String,
    /// Most credits: one figure for fall and spring, or fall,spring,summer; 15,15,6 when left out
    #[arg(long, value_name = "CREDITS", default_value = "", requires = "pathway")]
    most: String,
    /// Least credits in fall and spring until the end
    #[arg(long, value_name = "CREDITS", default_value = "", requires = "pathway")]
    least: String,
    /// Hours of paid work a week, which leave room for fewer credits
    #[arg(long, value_name = "HOURS", default_value = "", requires = "pathway")]
    work: String,
    /// No study in summer
    #[arg(long, requires = "pathway")]
    no_summer: bool,
    /// Codes of courses passed already
    #[arg(long, value_name = "CODES", default_value = "", requires = "pathway")]
    done: String,
    /// Keys of credentials and certifications held already
    #[arg(long, value_name = "KEYS", default_value = "", requires = "pathway")]
    held: String,
    /// Codes of courses that are to be in the plan
    #[arg(long, value_name = "CODES", default_value = "", requires = "pathway")]
    want: String,
    /// Keys of exams that are to be sat
    #[arg(long, value_name = "KEYS", default_value = "", requires = "pathway")]
    require: String,
    /// What is not offered after all: “ITSY 2300 in fall”, “summer”
    #[arg(long, value_name = "LIST", default_value = "", requires = "pathway")]
    drop: String,
    /// Credits to assume for courses whose credits are not known
    #[arg(long, value_name = "CREDITS", default_value = "", requires = "pathway")]
    assume_credits: String,
    /// Coverage from which a learner is ready for an exam whose component gives none; 70 when left out
    #[arg(long, value_name = "PERCENT", default_value = "", requires = "pathway")]
    readiness: String,
    /// Count suggestions that nobody has decided on as if they were accepted
    #[arg(long, requires = "pathway")]
    count_suggestions: bool,
    /// Plan once more without these wishes, and show both side by side
    #[arg(long, requires = "pathway")]
    pub(crate) compare: bool,
}

impl PlanArguments {
    /// The wishes as they were typed.
    pub(crate) fn fields(&self) -> WishFields {
        let wishes = &self.wishes;
        WishFields {
            to: wishes.to.clone(),
            from: wishes.from.clone(),
            terms: wishes.terms.clone(),
            most: wishes.most.clone(),
            least: wishes.least.clone(),
            work: wishes.work.clone(),
            no_summer: wishes.no_summer,
            done: wishes.done.clone(),
            held: wishes.held.clone(),
            want: wishes.want.clone(),
            require: wishes.require.clone(),
            drop: wishes.drop.clone(),
            order: self.order.clone(),
            assume_credits: wishes.assume_credits.clone(),
            readiness: wishes.readiness.clone(),
            suggestions: wishes.count_suggestions,
        }
    }

    /// What stays of the wishes in the plan without them: where to, when from, and what has to be assumed.
    pub(crate) fn usual_fields(&self) -> WishFields {
        let fields = self.fields();
        WishFields {
            to: fields.to,
            from: fields.from,
            terms: fields.terms,
            assume_credits: fields.assume_credits,
            readiness: fields.readiness,
            suggestions: fields.suggestions,
            ..WishFields::default()
        }
    }
}
