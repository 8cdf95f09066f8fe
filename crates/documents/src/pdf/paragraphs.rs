//! Where paragraphs begin, told from lines as a reader tells it: more white than usual, another look, an indent, a
//! label, or a line that ended although the next word would have fitted.

use std::collections::BTreeMap;

use super::drafts::Draft;
use crate::document::Kind;

/// The usual distance of base lines for letters of a size, by the size in tenths of a point.
pub(super) struct Leading(BTreeMap<u16, f32>);

impl Leading {
    pub(super) fn measure(drafts: &[Draft]) -> Self {
        let mut steps: BTreeMap<u16, Vec<f32>> = BTreeMap::new();
        for pair in drafts.windows(2) {
            let step = pair[1].base - pair[0].base;
            let alike = pair[0].page == pair[1].page && pair[0].line.size == pair[1].line.size;
            if alike && step > 0.0 && step < 3.0 * pair[0].size {
                steps.entry(pair[0].line.size).or_default().push(step);
            }
        }
        // White between paragraphs only adds to the step: the lower quarter is the step within them.
        let usual = |mut steps: Vec<f32>| {
            steps.sort_by(f32::total_cmp);
            steps[steps.len() / 4]
        };
        Self(steps.into_iter().map(|(size, steps)| (size, usual(steps))).collect())
    }

    fn of(&self, draft: &Draft) -> f32 {
        self.0.get(&draft.line.size).copied().unwrap_or(draft.size * 1.25)
    }

    /// The smallest usual distance of the document, for judging the white around running heads.
    pub(super) fn least(&self) -> f32 {
        self.0.values().copied().fold(14.0, f32::min)
    }
}

/// Marks the lines that paragraphs begin with.
pub(super) fn mark(drafts: &mut [Draft], leading: &Leading) {
    let edges = right_edges(drafts);
    let mut previous: Option<usize> = None;
    // The number of the item that the paragraph so far is.
    let mut item: Option<u32> = None;
    for index in 0..drafts.len() {
        if drafts[index].furniture {
            continue;
        }
        let number = number(&drafts[index].line.text);
        let next_item = item.is_some_and(|before| number == Some(before + 1));
        let starts = previous.is_none_or(|before| starts(&drafts[before], &drafts[index], leading, &edges));
        drafts[index].line.starts = starts || next_item;
        if drafts[index].line.starts {
            item = number;
        }
        previous = Some(index);
    }
}

/// The right edge of a column, and whether its lines are set flush to it.
#[derive(Clone, Copy)]
struct Edge {
    right: f32,
    flush: bool,
}

/// The right edges of the columns that begin at a left edge (in steps of ten points): as far as most of their lines go.
fn right_edges(drafts: &[Draft]) -> BTreeMap<u16, Edge> {
    let mut rights: BTreeMap<u16, Vec<f32>> = BTreeMap::new();
    for draft in drafts.iter().filter(|draft| !draft.furniture && matches!(draft.line.kind, Kind::Text)) {
        rights.entry((draft.column / 10.0) as u16).or_default().push(draft.right);
    }
    let edge = |mut rights: Vec<f32>| {
        rights.sort_by(f32::total_cmp);
        let right = rights[(rights.len() - 1) * 49 / 50];
        let at_edge = rights.iter().filter(|one| (**one - right).abs() < 2.0).count();
        // Headings and last lines are short in justified text, too; in ragged text hardly any line ends at the edge.
        Edge { right, flush: at_edge * 10 > rights.len() * 3 && rights.len() > 20 }
    };
    rights.into_iter().map(|(left, rights)| (left, edge(rights))).collect()
}

fn starts(before: &Draft, this: &Draft, leading: &Leading, edges: &BTreeMap<u16, Edge>) -> bool {
    let row = |draft: &Draft| matches!(draft.line.kind, Kind::Row(_));
    if row(before) || row(this) || (before.size - this.size).abs() > 0.08 * before.size {
        return true;
    }
    if before.line.is_bold() != this.line.is_bold() || (this.line.bold > 0 && before.line.bold == 0) {
        return true;
    }
    let same_column = before.page == this.page && (before.column - this.column).abs() < 5.0 && this.base > before.base;
    if same_column && this.base - before.base > 1.15 * leading.of(this) {
        return true;
    }
    let (indent, indent_before) = (this.left - this.column, before.left - before.column);
    let em = this.size;
    if indent > indent_before + 0.8 * em && before.line.starts && !is_hanging(before, indent - indent_before) {
        return true;
    }
    if indent + 0.8 * em < indent_before && !before.line.starts {
        return true;
    }
    if begins_with_bullet(&this.line.text) {
        return true;
    }
    if ends_within_word(&before.line.text) {
        return false;
    }
    let Some(edge) = edges.get(&((before.column / 10.0) as u16)) else { return false };
    // Headings are not set flush in justified text either.
    if edge.flush && !before.line.is_bold() && before.right < edge.right - 3.0 {
        return true;
    }
    before.right + 0.3 * em + this.first_word < edge.right - 1.5 * em
}

/// Whether a line ends within a word: at a hyphen the typesetter put in, or behind the stroke of “cultural/applied”.
fn ends_within_word(text: &str) -> bool {
    let mut letters = text.chars().rev();
    match letters.next() {
        Some('\u{ad}') => true,
        Some('/') => letters.next().is_some_and(|letter| !letter.is_whitespace()),
        _ => false,
    }
}

/// Whether a line begins with a label, so that the next may stand under its text.
fn is_hanging(before: &Draft, by: f32) -> bool {
    let label = before.line.text.split([' ', '\t']).next().unwrap_or_default();
    label.chars().count() <= 8 && by < 8.0 * before.size && !label.chars().all(char::is_alphabetic)
}

/// The number of an item: “2. Explain …”.
fn number(text: &str) -> Option<u32> {
    let (figure, _) = text.split_once(['.', ')']).filter(|(figure, rest)| figure.len() < 3 && rest.starts_with(' '))?;
    figure.parse().ok()
}

fn begins_with_bullet(text: &str) -> bool {
    let mut letters = text.chars();
    letters.next().is_some_and(|letter| "•◦▪■□●○‣►▶➢✓✔".contains(letter)) && letters.next() == Some(' ')
}
