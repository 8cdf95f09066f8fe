//! What became of an outline from one version to the next: every statement of both is in exactly one match, of a kind a
//! person knows (same, reworded, moved, split, merged, new, gone), with the words that differ.
//!
//! Statements with the same words are paired first, those that stand in the same place before others. What is left is
//! compared by words, vectors and place, and settled as a whole: the matches chosen together explain most, not each by
//! itself. A statement is a whole one of a split or a merger only where it says more than the best single match does.
//! Nothing here decides anything about alignments: that is for people.
//!
//! Both sides are treated alike: the comparison is made in one order of the sides and turned round where it was asked
//! the other way, so that swapping the sides swaps new with gone and split with merged, and nothing else.

mod assignment;
mod candidates;
mod choice;
mod kinds;
mod likeness;
mod marks;
mod parts;
mod place;
mod reading;
mod settle;
mod verbatim;

use credway_model::Span;

use kinds::{Found, described};
use reading::Reading;

/// A line of an outline: a heading that orders, or a statement that is compared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutlineLine {
    /// Its words.
    pub text: String,
    /// The publisher's number.
    pub code: Option<String>,
    /// The line it stands under, by its number; always an earlier one.
    pub above: Option<usize>,
    /// Whether it only orders what is below it (a domain with objectives).
    pub heading: bool,
}

/// What became of a statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Became {
    /// The same words under the same parent.
    Same,
    /// Other words for it.
    Reworded,
    /// The same words, or nearly, under another parent.
    Moved,
    /// What one statement said, several say now.
    Split,
    /// What several statements said, one says now.
    Merged,
    /// Only the new version has it.
    New,
    /// Only the old version has it.
    Gone,
}

impl Became {
    /// Every kind, in the order they are told.
    pub const ALL: [Self; 7] =
        [Self::Same, Self::Reworded, Self::Moved, Self::Split, Self::Merged, Self::New, Self::Gone];

    /// The word for it.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Same => "same",
            Self::Reworded => "reworded",
            Self::Moved => "moved",
            Self::Split => "split",
            Self::Merged => "merged",
            Self::New => "new",
            Self::Gone => "gone",
        }
    }

    /// The kind with the sides swapped.
    #[must_use]
    pub const fn swapped(self) -> Self {
        match self {
            Self::Split => Self::Merged,
            Self::Merged => Self::Split,
            Self::New => Self::Gone,
            Self::Gone => Self::New,
            same => same,
        }
    }
}

/// What else is to be said of a match.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ChangeNote {
    /// The publisher's number is another one.
    Renumbered,
    /// The letters and digits are the same, but not capitals, blanks or punctuation.
    Respelled,
    /// It stands under another parent, and its words differ too.
    AlsoMoved,
    /// It stands under another parent, and some words differ.
    AlsoReworded,
    /// What it stands under moved, and it with it.
    WithItsParent,
}

/// Statements of both versions that belong together.
#[derive(Clone, Debug, PartialEq)]
pub struct ChangeMatch {
    /// What became of them.
    pub kind: Became,
    /// The lines of the old version, by number, in order; one except for a merger and where it is new.
    pub old: Vec<usize>,
    /// The lines of the new version, by number, in order; one except for a split and where it is gone.
    pub new: Vec<usize>,
    /// How alike both sides are, 0 to 1; 1 for the same words, 0 where one side is empty. A likeness of words and
    /// meaning, not a probability.
    pub likeness: f64,
    /// Whether both sides have the same letters and digits in the same order: whoever read one has read the other.
    pub unchanged: bool,
    /// What else is to be said.
    pub notes: Vec<ChangeNote>,
    /// In each of the old lines, the words that are not in the new ones.
    pub removed: Vec<Vec<Span>>,
    /// In each of the new lines, the words that are not in the old ones.
    pub added: Vec<Vec<Span>>,
}

/// An outline beside its later version.
#[derive(Clone, Debug, PartialEq)]
pub struct OutlineChange {
    /// Every statement of both sides, once: in the order of the new version, what is gone where it stood.
    pub matches: Vec<ChangeMatch>,
    /// Headings that go on, by number: old and new.
    pub headings: Vec<(usize, usize)>,
}

/// Compares an outline with its later version.
///
/// A line whose `above` is no earlier line counts as standing at the top.
#[must_use]
pub fn compare_outlines(old: &[OutlineLine], new: &[OutlineLine]) -> OutlineChange {
    let swap = key(new).cmp(key(old)).is_lt();
    let (one, other) = if swap { (new, old) } else { (old, new) };
    let reading = Reading::new(one, other);
    let (found, headings) = settle::settle(&reading);
    let found: Vec<Found> = if swap { found.into_iter().map(Found::swapped).collect() } else { found };
    let headings = headings.into_iter().map(|(one, other)| if swap { (other, one) } else { (one, other) });
    let mut headings: Vec<(usize, usize)> = headings.collect();
    headings.sort_unstable();
    let mut matches: Vec<ChangeMatch> = found.into_iter().map(|found| described(found, old, new)).collect();
    in_order(&mut matches, old.len());
    OutlineChange { matches, headings }
}

/// What the sides are put in order by.
fn key(side: &[OutlineLine]) -> impl Iterator<Item = (&str, Option<&str>, Option<usize>, bool)> {
    side.iter().map(|line| (line.text.as_str(), line.code.as_deref(), line.above, line.heading))
}

/// The order of the new version; what is gone follows what stood before it in the old one.
fn in_order(matches: &mut [ChangeMatch], old_lines: usize) {
    let mut follows = vec![None; old_lines];
    for found in matches.iter() {
        for line in &found.old {
            follows[*line] = found.new.first().copied();
        }
    }
    for line in 1..old_lines {
        if follows[line].is_none() {
            follows[line] = follows[line - 1];
        }
    }
    matches.sort_by_cached_key(|found| match (found.new.first(), found.old.first()) {
        (Some(line), _) => (line + 1, 0, 0),
        (None, Some(line)) => (follows[*line].map_or(0, |line| line + 1), 1, *line),
        (None, None) => (0, 0, 0),
    });
}

/// The words in which two texts differ, as pieces of each: those of the first that the second has not, and those of the
/// second that the first has not. Capitals and punctuation do not count.
#[must_use]
pub fn differing_words(one: &str, other: &str) -> (Vec<Span>, Vec<Span>) {
    let (removed, mut added) = marks::differences(one, &[other]);
    (removed, added.pop().unwrap_or_default())
}
