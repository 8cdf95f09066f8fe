//! Tables: runs of lines that leave the same white between their cells, and rows put together from their lines.

use super::segments::Segment;

/// The least width of the white between two columns of a table, in points.
const NARROWEST_GAP: f32 = 4.0;
/// The least number of lines with something on both sides of a gap.
const FEWEST_LINES: usize = 3;

/// A line of segments with one base, from the left.
pub(super) type Row = Vec<Segment>;

/// A stretch of a column.
pub(super) enum Stretch {
    /// Lines of text.
    Text(Vec<Row>),
    /// Rows of a table; each cell is a list of its lines.
    Table(Vec<Vec<Vec<Segment>>>),
}

/// Puts segments with nearly one base into lines, from the top.
pub(super) fn lines(mut segments: Vec<Segment>) -> Vec<Row> {
    segments.sort_by(|one, other| one.base.total_cmp(&other.base).then(one.left.total_cmp(&other.left)));
    let mut lines: Vec<Row> = Vec::new();
    for segment in segments {
        let reach = segment.size * 0.35;
        match lines.last_mut() {
            Some(line) if line.first().is_some_and(|first| (segment.base - first.base).abs() <= reach) => {
                line.push(segment)
            }
            _ => lines.push(vec![segment]),
        }
    }
    for line in &mut lines {
        line.sort_by(|one, other| one.left.total_cmp(&other.left));
    }
    lines
}

/// Divides lines into text and tables.
pub(super) fn stretches(lines: Vec<Row>) -> Vec<Stretch> {
    let mut found: Vec<Stretch> = Vec::new();
    let mut from = 0;
    while from < lines.len() {
        let (to, gaps) = run(&lines[from..]);
        if gaps.is_empty() {
            match found.last_mut() {
                Some(Stretch::Text(text)) => text.push(lines[from].clone()),
                _ => found.push(Stretch::Text(vec![lines[from].clone()])),
            }
            from += 1;
        } else {
            found.push(Stretch::Table(rows(&lines[from..from + to], &gaps)));
            from += to;
        }
    }
    found
}

/// How many lines from the first on share gaps, and those gaps; none where they are no table.
fn run(lines: &[Row]) -> (usize, Vec<(f32, f32)>) {
    let Some(first) = lines.first().filter(|line| line.len() > 1) else { return (0, Vec::new()) };
    let mut gaps = between(first);
    let mut taken = 1;
    for line in &lines[1..] {
        let left: Vec<(f32, f32)> = gaps.iter().flat_map(|gap| without(*gap, line)).collect();
        // A line over the whole width ends the table; one in a single cell does not, unless it is a heading below it.
        let heading = line.len() == 1 && line[0].size > 1.08 * first[0].size;
        if left.is_empty() || (left.len() < gaps.len() && line.len() == 1) || heading {
            break;
        }
        gaps = left;
        taken += 1;
    }
    let used = |gap: &(f32, f32)| {
        let both = |line: &&Row| {
            line.iter().any(|one| one.right <= gap.0 + 1.0) && line.iter().any(|one| one.left >= gap.1 - 1.0)
        };
        lines[..taken].iter().filter(both).count()
    };
    gaps.retain(|gap| used(gap) >= FEWEST_LINES);
    (taken, gaps)
}

/// The white between the segments of a line.
fn between(line: &Row) -> Vec<(f32, f32)> {
    line.windows(2).map(|pair| (pair[0].right, pair[1].left)).filter(|gap| gap.1 - gap.0 >= NARROWEST_GAP).collect()
}

/// What a line leaves of a gap.
fn without(gap: (f32, f32), line: &Row) -> Vec<(f32, f32)> {
    let mut left = vec![gap];
    for segment in line {
        left = left
            .into_iter()
            .flat_map(|(from, to)| [(from, to.min(segment.left)), (from.max(segment.right), to)])
            .filter(|(from, to)| to - from >= NARROWEST_GAP)
            .collect();
        left.dedup();
    }
    // Both halves of a gap that no segment touches are the gap itself.
    left.dedup();
    left.truncate(1);
    left
}

/// Rows of cells. A row begins after more white than between the lines of a cell; in a table set without such white,
/// where the first column has something.
fn rows(lines: &[Row], gaps: &[(f32, f32)]) -> Vec<Vec<Vec<Segment>>> {
    let pitch = |pair: &[Row]| pair[1][0].base - pair[0][0].base;
    let pitches: Vec<f32> = lines.windows(2).map(pitch).collect();
    let least = pitches.iter().copied().fold(f32::MAX, f32::min);
    let size = lines.iter().flatten().map(|segment| segment.size).fold(0.0, f32::max);
    let wrapped = least < 1.6 * size;
    let spaced = wrapped && pitches.iter().any(|pitch| *pitch > 1.2 * least);
    let mut rows: Vec<Vec<Vec<Segment>>> = Vec::new();
    for (index, line) in lines.iter().enumerate() {
        let in_first = line.iter().any(|segment| segment.left < gaps[0].0);
        let apart = index == 0 || pitches[index - 1] > 1.2 * least;
        let begins = if spaced { apart } else { in_first || !wrapped };
        if begins || rows.is_empty() {
            rows.push(vec![Vec::new(); gaps.len() + 1]);
        }
        let Some(row) = rows.last_mut() else { continue };
        for segment in line {
            let column = gaps.iter().take_while(|gap| segment.left >= gap.1 - 1.0).count();
            row[column].push(segment.clone());
        }
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    fn segment(left: f32, base: f32, text: &str) -> Segment {
        let right = left + 5.0 * text.len() as f32;
        Segment { left, right, base, size: 10.0, bold: 0, text: text.to_owned(), furniture: false }
    }

    fn shown(lines: Vec<Vec<Segment>>) -> Vec<String> {
        let words = |cell: &Vec<Segment>| cell.iter().map(|one| one.text.clone()).collect::<Vec<_>>().join(" ");
        stretches(lines)
            .iter()
            .flat_map(|stretch| match stretch {
                Stretch::Text(lines) => lines.iter().map(words).collect::<Vec<_>>(),
                Stretch::Table(rows) => {
                    rows.iter().map(|row| row.iter().map(words).collect::<Vec<_>>().join("|")).collect()
                }
            })
            .collect()
    }

    #[test]
    fn rows_of_several_lines_are_put_together() {
        let lines = vec![
            vec![segment(0.0, 0.0, "A long line over the whole width of the page, which is text")],
            vec![segment(0.0, 20.0, "Course"), segment(60.0, 20.0, "Title"), segment(150.0, 20.0, "Credits")],
            vec![segment(0.0, 36.0, "ACCT"), segment(60.0, 36.0, "Enterprise Risk"), segment(160.0, 36.0, "3")],
            vec![segment(0.0, 46.0, "4379"), segment(60.0, 46.0, "Management")],
            vec![segment(0.0, 62.0, "ACCT"), segment(60.0, 62.0, "Taxes"), segment(160.0, 62.0, "4")],
            vec![segment(0.0, 72.0, "5331")],
            vec![segment(0.0, 92.0, "Another long line over the whole width of the page, again")],
        ];
        assert_eq!(
            shown(lines),
            [
                "A long line over the whole width of the page, which is text",
                "Course|Title|Credits",
                "ACCT 4379|Enterprise Risk Management|3",
                "ACCT 5331|Taxes|4",
                "Another long line over the whole width of the page, again",
            ]
        );
    }

    #[test]
    fn a_heading_ends_the_table_above_it() {
        let heading = Segment { size: 13.0, ..segment(0.0, 88.0, "Description") };
        let lines = vec![
            vec![segment(0.0, 0.0, "Course"), segment(60.0, 0.0, "ACCT 2301 Principles of")],
            vec![segment(60.0, 15.0, "Accounting")],
            vec![segment(0.0, 30.5, "Credits"), segment(60.0, 30.5, "3")],
            vec![segment(0.0, 46.0, "Terms"), segment(60.0, 46.0, "Fall")],
            vec![heading],
        ];
        let expected = ["Course|ACCT 2301 Principles of Accounting", "Credits|3", "Terms|Fall", "Description"];
        assert_eq!(shown(lines), expected);
    }

    #[test]
    fn one_line_of_facts_is_no_table() {
        let lines = vec![
            vec![segment(0.0, 0.0, "Credit Hours: 3"), segment(100.0, 0.0, "Lab Hours: 0")],
            vec![segment(0.0, 12.0, "Prerequisite: none but the will to learn")],
        ];
        assert_eq!(shown(lines), ["Credit Hours: 3 Lab Hours: 0", "Prerequisite: none but the will to learn"]);
    }
}
