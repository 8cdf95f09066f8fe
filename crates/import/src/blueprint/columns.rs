//! Columns of a laid-out text: a page in two or more columns, as a PDF's text comes, is read column by column.
//!
//! A cell begins at a mark (a bullet, a number or a weight) or where a run of blanks ends. A further column begins at the
//! leftmost mark that stands well right of the column before and after other words or blanks.

use super::bullet::is_bullet;

/// A piece of a line with where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Piece {
    /// Line number, from 1.
    pub(super) line: u32,
    /// Column of its first character, from 0.
    pub(super) column: usize,
    /// The same, from where its column of the page begins.
    pub(super) indent: usize,
    /// Its words; empty for a blank line.
    pub(super) text: String,
}

/// How wide a column is at least, in characters.
const EARLIEST_SECOND: usize = 25;
/// Distance to the right column's marks within which a piece still belongs to it.
const SLACK: usize = 1;

/// The streams of pieces, left column first; one stream where there is one column. A line without anything in a
/// column gives no piece there, so that words go on below it; a wholly blank line gives an empty piece in every column.
pub(super) fn streams(text: &str) -> Vec<Vec<Piece>> {
    let lines: Vec<Vec<char>> = text.lines().map(expand).collect();
    let starts = starts(&lines);
    if starts.len() == 1 {
        return vec![lines.iter().zip(1..).map(|(line, number)| whole(line, number)).collect()];
    }
    let mut streams = vec![Vec::with_capacity(lines.len()); starts.len()];
    for (line, number) in lines.iter().zip(1..) {
        let mut in_column = vec![Vec::new(); starts.len()];
        for (start, end) in cells(line) {
            let column = starts.iter().rposition(|first| start + SLACK >= *first).unwrap_or(0);
            in_column[column].push((start, end));
        }
        for ((stream, cells), first) in streams.iter_mut().zip(&in_column).zip(&starts) {
            if line.is_empty() || !cells.is_empty() {
                stream.push(join(line, cells, number, *first));
            }
        }
    }
    streams
}

/// Where the columns begin: the first at 0, each further one at the leftmost of two or more marks well right of the one
/// before.
fn starts(lines: &[Vec<char>]) -> Vec<usize> {
    let marks: Vec<usize> = lines.iter().flat_map(|line| marks(line)).collect();
    let mut starts = vec![0];
    let mut from = EARLIEST_SECOND;
    while marks.iter().filter(|column| **column >= from).count() >= 2
        && let Some(next) = marks.iter().copied().filter(|column| *column >= from).min()
    {
        starts.push(next);
        from = next + EARLIEST_SECOND;
    }
    starts
}

/// Tabs to the next multiple of eight.
fn expand(line: &str) -> Vec<char> {
    let mut expanded = Vec::new();
    for letter in line.trim_end().chars() {
        if letter == '\t' {
            expanded.resize((expanded.len() / 8 + 1) * 8, ' ');
        } else if letter == '\u{c}' {
            expanded.push(' ');
        } else {
            expanded.push(letter);
        }
    }
    expanded
}

/// Columns at which marks stand: bullets, numbers such as `1.2`, and weights such as `20%` or `12.5 %` with their words,
/// after blanks or at the beginning. A weight that ends its line is no mark: it is the last column of a table.
fn marks(line: &[char]) -> Vec<usize> {
    let free = |at: usize| at == 0 || (line[at - 1] == ' ' && (at < 2 || line[at - 2] == ' '));
    (0..line.len())
        .filter(|at| free(*at) && (is_bullet(line[*at]) || is_weight(&line[*at..]) || is_number(&line[*at..])))
        .collect()
}

fn is_weight(rest: &[char]) -> bool {
    let digits = rest.iter().take_while(|letter| letter.is_ascii_digit() || **letter == '.').count();
    let mut after = rest[digits..].iter().filter(|letter| **letter != ' ');
    (1..=5).contains(&digits)
        && rest[0].is_ascii_digit()
        && after.next() == Some(&'%')
        && after.any(|letter| letter.is_alphabetic())
}

/// A number of two parts with a word after it.
fn is_number(rest: &[char]) -> bool {
    let digits = |rest: &[char]| rest.iter().take_while(|letter| letter.is_ascii_digit()).count();
    let top = digits(rest);
    if !(1..=2).contains(&top) || rest.get(top) != Some(&'.') {
        return false;
    }
    let below = digits(&rest[top + 1..]);
    let after = &rest[top + 1 + below..];
    (1..=2).contains(&below)
        && after.first() == Some(&' ')
        && after.iter().find(|letter| **letter != ' ').is_some_and(|letter| letter.is_alphabetic())
}

/// Cells of a line: from each mark, and from each word after two or more blanks.
fn cells(line: &[char]) -> Vec<(usize, usize)> {
    let marks = marks(line);
    let mut starts: Vec<usize> = (0..line.len())
        .filter(|at| line[*at] != ' ')
        .filter(|at| marks.contains(at) || *at == 0 || (line[at - 1] == ' ' && (*at == 1 || line[at - 2] == ' ')))
        .collect();
    // The words after a bullet and its blanks belong to the bullet.
    starts.retain(|at| {
        !marks
            .iter()
            .any(|mark| mark < at && is_bullet(line[*mark]) && line[mark + 1..*at].iter().all(|letter| *letter == ' '))
    });
    let ends = starts.iter().skip(1).copied().chain([line.len()]);
    starts.iter().copied().zip(ends).collect()
}

fn join(line: &[char], cells: &[(usize, usize)], number: u32, first: usize) -> Piece {
    let words = cells.iter().map(|(start, end)| line[*start..*end].iter().collect::<String>().trim().to_owned());
    let text = words.collect::<Vec<_>>().join(" ");
    let column = cells.first().map_or(first, |(start, _)| *start);
    Piece { line: number, column, indent: column.saturating_sub(first), text }
}

fn whole(line: &[char], number: u32) -> Piece {
    let column = line.iter().position(|letter| *letter != ' ').unwrap_or(0);
    Piece { line: number, column, indent: column, text: line.iter().collect::<String>().trim().to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_columns_are_read_one_after_the_other() {
        let text = "  40% - Mooring                      60% - Cargo\n\n   • Choose lines for                   • Fill in a\n     the load                             manifest\n";
        let streams = streams(text);
        let words = |stream: &[Piece]| stream.iter().map(|piece| piece.text.clone()).collect::<Vec<_>>();
        assert_eq!(words(&streams[0]), ["40% - Mooring", "", "• Choose lines for", "the load"]);
        assert_eq!(words(&streams[1]), ["60% - Cargo", "", "• Fill in a", "manifest"]);
        assert_eq!(super::streams("1. One\n   - two\n").len(), 1);
    }

    #[test]
    fn three_columns_are_read_one_after_the_other() {
        let text = "1.1 Compare sails\n\n• Main sail                       • Head sail                   • Spinnaker\n  - Gaff                            - Jib\n• Mizzen                          • Storm jib                   • Drifter\n";
        let words =
            |stream: &Vec<Piece>| stream.iter().map(|piece| (piece.indent, piece.text.clone())).collect::<Vec<_>>();
        let streams = super::streams(text);
        assert_eq!(streams.len(), 3);
        assert_eq!(words(&streams[1])[1..3], [(0, "• Head sail".to_owned()), (2, "- Jib".to_owned())]);
        assert_eq!(words(&streams[2])[1..], [(0, "• Spinnaker".to_owned()), (0, "• Drifter".to_owned())]);
    }

    #[test]
    fn figures_alone_are_no_second_column() {
        let table = "1. Mooring                             40%\n2. Cargo                               60%\n";
        assert_eq!(super::streams(table).len(), 1);
    }
}
