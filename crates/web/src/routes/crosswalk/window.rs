//! Which window of the matrix the address asks for, and the addresses of the windows beside it.

use credway_model::Ctid;
use credway_workflow::{MatrixFilter, MatrixOnly, MatrixPage};
use serde::Deserialize;

use crate::words::query_part;

/// The address's query as it arrives: every part may be missing or empty.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct WindowFields {
    only: String,
    domain: String,
    search: String,
    row: String,
    column: String,
}

/// The longest search taken, in characters.
const LONGEST_SEARCH: usize = 200;

/// Reads the query.
///
/// # Errors
/// A sentence that names the part with what it may be.
pub(super) fn read(fields: &WindowFields) -> Result<MatrixFilter, String> {
    let only = match fields.only.as_str() {
        "" | "all" => MatrixOnly::All,
        "gaps" => MatrixOnly::Gaps,
        "open" => MatrixOnly::Open,
        other => return Err(format!("“only={other}” is not known: it may be all, gaps or open.")),
    };
    let domain = match fields.domain.as_str() {
        "" => None,
        given => Some(given.parse::<Ctid>().map_err(|error| format!("In “domain”: {error}."))?),
    };
    if fields.search.chars().count() > LONGEST_SEARCH {
        return Err(format!("The search is longer than {LONGEST_SEARCH} characters: shorten it."));
    }
    Ok(MatrixFilter {
        only,
        domain,
        search: fields.search.trim().to_owned(),
        row: number("row", &fields.row)?,
        column: number("column", &fields.column)?,
        ..MatrixFilter::default()
    })
}

fn number(name: &str, given: &str) -> Result<usize, String> {
    if given.is_empty() {
        return Ok(0);
    }
    given.parse().map_err(|_| format!("“{name}={given}” is not a whole number from 0."))
}

/// The word of a choice of rows.
pub(super) const fn only_word(only: MatrixOnly) -> &'static str {
    match only {
        MatrixOnly::All => "all",
        MatrixOnly::Gaps => "gaps",
        MatrixOnly::Open => "open",
    }
}

/// Another window, as a link.
pub(super) struct PageLink {
    pub(super) label: String,
    pub(super) address: String,
}

/// The windows before and after, by rows and by columns.
pub(super) fn neighbours(page: &MatrixPage, filter: &MatrixFilter) -> Vec<PageLink> {
    let (rows, columns) = (page.rows.len(), page.columns.len());
    let most_rows = MatrixPage::MOST_CELLS / columns.max(1);
    let mut links = Vec::new();
    let mut link = |label: String, row: usize, column: usize| {
        let shifted = MatrixFilter { row, column, ..filter.clone() };
        links.push(PageLink { label, address: address(page.crosswalk.id, &shifted) });
    };
    let last_row = page.first_row + rows;
    let last_column = page.first_column + columns;
    if page.first_row > 0 {
        let first = page.first_row.saturating_sub(most_rows);
        link(format!("Objectives {}–{}", first + 1, page.first_row), first, page.first_column);
    }
    if last_row < page.total_rows && rows > 0 {
        let end = (last_row + most_rows).min(page.total_rows);
        link(format!("Objectives {}–{end}", last_row + 1), last_row, page.first_column);
    }
    if page.first_column > 0 {
        let first = page.first_column.saturating_sub(filter.columns);
        link(format!("Courses {}–{}", first + 1, page.first_column), page.first_row, first);
    }
    if last_column < page.total_columns && columns > 0 {
        let end = (last_column + filter.columns).min(page.total_columns);
        link(format!("Courses {}–{end}", last_column + 1), page.first_row, last_column);
    }
    links
}

/// The address of a window.
fn address(crosswalk: Ctid, filter: &MatrixFilter) -> String {
    let mut parts = Vec::new();
    if filter.only != MatrixOnly::All {
        parts.push(format!("only={}", only_word(filter.only)));
    }
    if let Some(domain) = filter.domain {
        parts.push(format!("domain={domain}"));
    }
    if !filter.search.is_empty() {
        parts.push(format!("search={}", query_part(&filter.search)));
    }
    if filter.row > 0 {
        parts.push(format!("row={}", filter.row));
    }
    if filter.column > 0 {
        parts.push(format!("column={}", filter.column));
    }
    let query = if parts.is_empty() { String::new() } else { format!("?{}", parts.join("&")) };
    format!("/crosswalks/{crosswalk}{query}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_search_is_encoded_for_the_address() {
        let id: Ctid = "ce-8f3b6f5a-4a0e-5d0c-9d0f-3f1f6f6d2a11".parse().unwrap();
        let filter =
            MatrixFilter { only: MatrixOnly::Gaps, search: "a b".to_owned(), row: 125, ..MatrixFilter::default() };
        assert_eq!(address(id, &filter), format!("/crosswalks/{id}?only=gaps&search=a%20b&row=125"));
    }

    #[test]
    fn a_wrong_part_is_named() {
        for (fields, expected) in [
            (WindowFields { only: "x".to_owned(), ..WindowFields::default() }, "all, gaps or open"),
            (WindowFields { row: "-1".to_owned(), ..WindowFields::default() }, "“row=-1”"),
            (WindowFields { domain: "x".to_owned(), ..WindowFields::default() }, "In “domain”"),
            (WindowFields { search: "x".repeat(201), ..WindowFields::default() }, "longer than 200"),
        ] {
            let sentence = read(&fields).unwrap_err();
            assert!(sentence.contains(expected), "{sentence}");
        }
        assert_eq!(read(&WindowFields::default()).unwrap().columns, 40);
    }
}
