//! A crosswalk as a card: its coverage as a bar and in words, and what is left to do.

use credway_workflow::CrosswalkHead;

use crate::words;

/// The bar of a card.
pub(crate) struct CoverageBar {
    /// Coverage, 0 to 100.
    pub(crate) cover: f64,
    /// Coverage by assessed statements, 0 to 100.
    pub(crate) assessed: f64,
    /// Coverage in words.
    pub(crate) cover_words: String,
    /// Both in a sentence.
    pub(crate) sentence: String,
}

/// A crosswalk as `parts/crosswalks.html` shows it.
pub(crate) struct CrosswalkCard {
    pub(crate) address: String,
    pub(crate) program: String,
    pub(crate) blueprint: String,
    /// Absent where the blueprint gives no total.
    pub(crate) bar: Option<CoverageBar>,
    pub(crate) open: usize,
    pub(crate) open_words: String,
    pub(crate) disputed: usize,
    pub(crate) gaps_words: String,
    /// Last day the version was examined, when past.
    pub(crate) retired: Option<String>,
}

impl CrosswalkCard {
    fn new(head: &CrosswalkHead) -> Self {
        Self {
            address: format!("/crosswalks/{}", head.id),
            program: head.program.name.clone(),
            blueprint: head.blueprint.name.clone(),
            bar: head.coverage.map(|cover| bar(cover, head.coverage_assessed)),
            open: head.open,
            open_words: words::plural(head.open, "open suggestion", "open suggestions"),
            disputed: head.disputed,
            gaps_words: format!(
                "{} of {}",
                words::plural(head.gaps, "gap", "gaps"),
                words::plural(head.statements, "objective", "objectives")
            ),
            retired: head.retired.as_deref().map(words::day),
        }
    }

    /// The cards of several crosswalks, in order.
    pub(crate) fn all(heads: &[CrosswalkHead]) -> Vec<Self> {
        heads.iter().map(Self::new).collect()
    }
}

fn bar(cover: f64, assessed: Option<f64>) -> CoverageBar {
    let sentence = match assessed {
        Some(assessed) => format!("of the exam’s weight is covered; {} by assessed outcomes", words::percent(assessed)),
        None => "of the exam’s weight is covered".to_owned(),
    };
    CoverageBar { cover, assessed: assessed.unwrap_or(0.0), cover_words: words::percent(cover), sentence }
}
