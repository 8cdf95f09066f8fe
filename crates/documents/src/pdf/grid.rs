//! Text typed in letters of one width, kept as the grid it was typed in.
//!
//! Its writer laid it out with blanks: columns, indents and blank lines say what belongs together, and the readers of
//! such text know that. Every word goes to the column its first letter stands in, counted in letters from the left edge
//! of all such text; more white between lines than usual becomes blank lines. Lines that hold other type are left to the
//! finding of columns.

use super::drafts::{Draft, Grid, area, draft};
use super::fragments::Fragment;
use super::segments::Segment;
use crate::document::{Kind, Line};

/// The least number of lines that are taken for a grid.
const FEWEST_LINES: usize = 3;
/// How many letters of other type may stand among those of one width: bullets of a font of signs.
const FEW_LETTERS: usize = 2;
/// How far base lines on one line may differ, in letters' sizes.
const BASE_SHIFT: f32 = 0.35;
/// The most blank lines that stand for white between two lines.
const MOST_BLANK: f32 = 3.0;
/// From this share of a letter's width on, white parts words.
const WORD_GAP: f32 = 0.3;

/// A strip over the whole width of a page.
pub(super) enum Band {
    /// Lines of words in letters of one width.
    Grid(Vec<Vec<Fragment>>),
    /// All else.
    Free(Vec<Fragment>),
}

/// Divides a page into strips, from the top.
pub(super) fn bands(fragments: Vec<Fragment>) -> Vec<Band> {
    if fragments.iter().all(|fragment| fragment.cell == 0.0) {
        return vec![Band::Free(fragments)];
    }
    let mut runs: Vec<(bool, Vec<Vec<Fragment>>)> = Vec::new();
    for line in lines(fragments) {
        let fixed = is_fixed(&line);
        match runs.last_mut().filter(|(before, _)| *before == fixed) {
            Some((_, run)) => run.push(line),
            None => runs.push((fixed, vec![line])),
        }
    }
    let mut found: Vec<Band> = Vec::new();
    for (fixed, run) in runs {
        match (fixed && run.len() >= FEWEST_LINES, found.last_mut()) {
            (true, _) => found.push(Band::Grid(run)),
            (false, Some(Band::Free(before))) => before.extend(run.into_iter().flatten()),
            (false, _) => found.push(Band::Free(run.into_iter().flatten().collect())),
        }
    }
    found
}

/// Fragments with nearly one base as lines from the top, each from the left.
fn lines(mut fragments: Vec<Fragment>) -> Vec<Vec<Fragment>> {
    fragments.sort_by(|one, other| one.base.total_cmp(&other.base).then(one.left.total_cmp(&other.left)));
    let mut lines: Vec<Vec<Fragment>> = Vec::new();
    for fragment in fragments {
        match lines.last_mut() {
            Some(line) if fragment.base - line[0].base <= BASE_SHIFT * fragment.size => line.push(fragment),
            _ => lines.push(vec![fragment]),
        }
    }
    lines.iter_mut().for_each(|line| line.sort_by(|one, other| one.left.total_cmp(&other.left)));
    lines
}

fn is_fixed(line: &[Fragment]) -> bool {
    let few = |fragment: &Fragment| fragment.text.trim().chars().count() <= FEW_LETTERS;
    line.iter().any(|fragment| fragment.cell > 0.0) && line.iter().all(|fragment| fragment.cell > 0.0 || few(fragment))
}

/// The drafts of lines of one grid, their texts from their own first word on.
pub(super) fn drafts(page: u32, lines: &[Vec<Fragment>]) -> Vec<Draft> {
    let cell = middle(lines.iter().flatten().map(|word| word.cell).filter(|cell| *cell > 0.0).collect());
    let steps = lines.windows(2).map(|pair| pair[1][0].base - pair[0][0].base);
    // White between paragraphs only adds to the step from line to line.
    let step = steps.filter(|step| *step > 0.0).fold(f32::MAX, f32::min);
    let mut found: Vec<Draft> = Vec::with_capacity(lines.len());
    for line in lines {
        let words: Vec<Segment> = line.iter().map(Segment::of).collect();
        let text = set(line, cell);
        let bold = if line.iter().all(|word| word.bold) { text.len() } else { 0 };
        let size = (line[0].size * 10.0).round() as u16;
        let shown = Line { kind: Kind::Preformatted, size, bold, ..Line::plain(text, area(page, words.iter()), true) };
        let Some(draft) = draft(page, shown, words.iter()) else { continue };
        let white = found.last().map_or(0.0, |before| ((draft.base - before.base) / step).round() - 1.0);
        let blank_before = white.clamp(0.0, MOST_BLANK) as usize;
        found.push(Draft { grid: Some(Grid { cell, blank_before }), ..draft });
    }
    found
}

/// A line's words, each at its column.
fn set(line: &[Fragment], cell: f32) -> String {
    let (mut text, mut length, mut right) = (String::new(), 0, f32::MAX);
    for word in line {
        let column = ((word.left - line[0].left) / cell).round().clamp(0.0, 10_000.0) as usize;
        let blanks = column.saturating_sub(length).max(usize::from(word.left - right > WORD_GAP * cell));
        text.extend(std::iter::repeat_n(' ', blanks));
        text.push_str(word.text.trim());
        length += blanks + word.text.trim().chars().count();
        right = word.right;
    }
    text
}

/// Moves every line of a grid to its column, counted from the left edge of all of them.
pub(super) fn settle(drafts: &mut [Draft]) {
    let body = drafts.iter().filter(|draft| draft.grid.is_some() && !draft.furniture);
    let edge = body.map(|draft| draft.left).fold(f32::MAX, f32::min);
    for draft in drafts {
        let Some(grid) = draft.grid else { continue };
        let column = ((draft.left - edge) / grid.cell).round().clamp(0.0, 10_000.0) as usize;
        draft.line.text.insert_str(0, &" ".repeat(column));
        if draft.line.bold > 0 {
            draft.line.bold += column;
        }
        draft.line.starts = true;
    }
}

fn middle(mut figures: Vec<f32>) -> f32 {
    figures.sort_by(f32::total_cmp);
    figures.get(figures.len() / 2).copied().unwrap_or(1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A page in letters 6 points wide, 12 points from line to line; `#` is a sign of another font.
    fn page(lines: &[&str]) -> Vec<Fragment> {
        let mut found = Vec::new();
        for (row, line) in lines.iter().enumerate() {
            let mut at = 0;
            for word in line.split(' ') {
                let (left, base) = (50.0 + 6.0 * at as f32, 100.0 + 12.0 * row as f32);
                at += word.chars().count() + 1;
                let (cell, text) = if word == "#" { (0.0, "•") } else { (6.0, word) };
                let right = left + 6.0 * word.chars().count() as f32;
                let fragment = Fragment {
                    left,
                    right,
                    base,
                    size: 10.0,
                    bold: false,
                    cell,
                    text: text.to_owned(),
                    furniture: false,
                };
                found.extend((!word.is_empty()).then_some(fragment));
            }
        }
        found
    }

    fn check(lines: &[&str], expected: &[&str]) {
        let mut all: Vec<Draft> = Vec::new();
        for band in bands(page(lines)) {
            match band {
                Band::Grid(lines) => all.extend(drafts(1, &lines)),
                Band::Free(fragments) => assert!(expected.is_empty(), "{fragments:?}"),
            }
        }
        settle(&mut all);
        assert_eq!(all.into_iter().flat_map(Draft::lines).map(|line| line.text).collect::<Vec<_>>(), expected);
    }

    #[test]
    fn columns_and_blank_lines_are_kept() {
        let lines =
            ["  24% - Mooring        10% - Cargo", "", "   # Lines             # Lashing", "   # Knots", "", "", "End"];
        check(&lines, &lines.map(|line| line.replace('#', "•")).iter().map(String::as_str).collect::<Vec<_>>());
    }

    #[test]
    fn two_lines_are_no_grid() {
        check(&["one", "two"], &[]);
    }
}
