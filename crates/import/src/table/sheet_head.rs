//! Where the heads of a sheet stand and what they are: below titles, on one line, or on two where merged cells say so.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use credway_documents::Sheet;

use crate::mapping::is_known_head;

/// Rows with something in them among which the heads are looked for.
const ROWS: usize = 15;

/// The heads of a sheet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Head {
    /// Their rows: one, or two.
    pub(super) top: u32,
    pub(super) bottom: u32,
    /// Column and head, in order.
    pub(super) heads: Vec<(u32, String)>,
    /// Heads put together of two, with the lower one alone.
    pub(super) joined: Vec<(String, String)>,
}

/// Finds the heads, those among `wanted` first; none where the sheet is empty.
pub(super) fn head(sheet: &Sheet, wanted: &[&str]) -> Option<Head> {
    let first = *sheet.rows.keys().next()?;
    let known = |row: u32| {
        let cells = sheet.rows.get(&row).into_iter().flat_map(BTreeMap::values);
        cells.filter(|cell| wanted.contains(&cell.trim()) || is_known_head(cell)).count()
    };
    let rows: Vec<u32> = sheet.rows.keys().copied().take(ROWS).collect();
    let several = sheet.rows.get(&first).is_some_and(|cells| cells.len() > 1);
    let row = if several && known(first) > 0 {
        first
    } else {
        let found = |least: usize| rows.iter().copied().find(|row| known(*row) >= least);
        found(2).or_else(|| found(1)).unwrap_or(first)
    };
    let lines = lines(sheet, row);
    Some(read(sheet, &lines))
}

/// The rows of the heads: the one found, with the row below or above it that merged cells tie to it.
fn lines(sheet: &Sheet, row: u32) -> RangeInclusive<u32> {
    let width = sheet.rows.get(&row).and_then(|cells| Some((*cells.keys().next()?, *cells.keys().next_back()?)));
    let holds = |row: u32| sheet.rows.contains_key(&row);
    let group = |at: u32| {
        sheet.merged.iter().any(|area| {
            // A cell over the whole width is a title, not the head of a group.
            let title = width.is_some_and(|(left, right)| area.left <= left && area.right >= right);
            area.top == at && area.bottom == at && area.right > area.left && !title
        })
    };
    let downwards = sheet.merged.iter().any(|area| area.top == row && area.bottom == row + 1);
    if (group(row) || downwards) && holds(row + 1) {
        return row..=row + 1;
    }
    if row > 1 && group(row - 1) { row - 1..=row } else { row..=row }
}

fn read(sheet: &Sheet, lines: &RangeInclusive<u32>) -> Head {
    let (top, bottom) = (*lines.start(), *lines.end());
    let cell = |row: u32, column: u32| {
        sheet.rows.get(&row).and_then(|cells| cells.get(&column)).map(|cell| words(cell)).unwrap_or_default()
    };
    // What a merged cell says, it says for every column it covers.
    let upper = |column: u32| {
        let over = sheet
            .merged
            .iter()
            .find(|area| area.top == top && area.bottom == top && (area.left..=area.right).contains(&column));
        over.map_or_else(|| cell(top, column), |area| cell(top, area.left))
    };
    let mut head = Head { top, bottom, ..Head::default() };
    let columns = lines.clone().filter_map(|row| sheet.rows.get(&row)).flat_map(BTreeMap::keys);
    let columns: std::collections::BTreeSet<u32> = columns.copied().collect();
    for column in columns {
        let lower = cell(bottom, column);
        let above = if top == bottom { String::new() } else { upper(column) };
        let name = match (above.as_str(), lower.as_str()) {
            (above, "") => above.to_owned(),
            ("", lower) => lower.to_owned(),
            (above, lower) if above == lower => lower.to_owned(),
            (above, lower) => {
                let joined = format!("{above} {lower}");
                head.joined.push((joined.clone(), lower.to_owned()));
                joined
            }
        };
        if !name.is_empty() {
            head.heads.push((column, name));
        }
    }
    head
}

/// A head on one line.
fn words(cell: &str) -> String {
    cell.split_whitespace().collect::<Vec<_>>().join(" ")
}
