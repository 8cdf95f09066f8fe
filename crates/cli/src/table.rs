//! Tables in the terminal: aligned columns that fit its width. Where they do not, the identifiers at the end go first,
//! then the widest column is cut; piped output is never cut, for it is data.

use crate::screen::Screen;
use crate::words::short;

/// Narrowest a column is cut to.
const NARROWEST: usize = 12;

/// Whether the last column holds identifiers, which are left out where there is no room.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Last {
    /// Words like the others.
    Words,
    /// Identifiers.
    Identifiers,
}

/// Shows the rows; the last column is not padded.
pub(crate) fn show(screen: &Screen, rows: &[Vec<String>], last: Last) -> anyhow::Result<()> {
    let mut widths = widths(rows);
    let mut left_out = false;
    if let Some(room) = screen.width {
        left_out = last == Last::Identifiers && total(&widths) > room;
        if left_out {
            widths.pop();
        }
        shrink(&mut widths, room);
    }
    for row in rows {
        let mut line = String::new();
        for (cell, width) in row.iter().zip(&widths) {
            let cell = short(cell, *width);
            line.push_str(&cell);
            line.push_str(&" ".repeat(width - cell.chars().count() + 2));
        }
        screen.line(line.trim_end())?;
    }
    if left_out && !screen.json {
        screen.talk("Identifiers are left out: widen the window, or take --json.");
    }
    Ok(())
}

fn widths(rows: &[Vec<String>]) -> Vec<usize> {
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let width = |column: usize| {
        rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.chars().count()).max().unwrap_or(0)
    };
    (0..columns).map(width).collect()
}

fn total(widths: &[usize]) -> usize {
    widths.iter().sum::<usize>() + 2 * widths.len().saturating_sub(1)
}

/// Cuts the widest columns until the table fits, or none is wide any more.
fn shrink(widths: &mut [usize], room: usize) {
    while total(widths) > room {
        let Some(widest) = widths.iter_mut().max_by_key(|width| **width).filter(|width| **width > NARROWEST) else {
            return;
        };
        *widest -= 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wide_tables_are_made_to_fit() {
        let mut columns = vec![40, 10, 50];
        shrink(&mut columns, 80);
        assert_eq!(columns, [33, 10, 33]);
        let mut narrow = vec![12, 12];
        shrink(&mut narrow, 10);
        assert_eq!(narrow, [12, 12], "no narrower than can be read");
    }
}
