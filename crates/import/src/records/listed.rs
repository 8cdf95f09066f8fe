//! Several statements in one cell: one a line, as spreadsheets hold them, or separated by semicolons or bars.
//!
//! Marks of a list (“1.”, “b)”, “•”) are no part of what is said. Numbers and letters are kept as codes, but only where
//! they number the list: “C. elegans” and “3. Reich” stay as they are.

use std::sync::LazyLock;

use regex::Regex;

use super::cells::list;

/// A number, a letter, or `CLO 1`, with the sign that ends it.
static NUMBERED: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"^\(?((?:(?:CLO|SLO|LO)[ -]?)?[0-9]{1,2}(?:\.[0-9]{1,2}){0,3}|[A-Za-z])\s?[.):]\s+(\S.*)$").ok()
});

/// A bullet; a hyphen or an asterisk only before a blank.
static BULLET: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"^(?:[•●▪■◦○‣⁃∙·\x{f0b7}]\s*|[-–—*]\s+)(\S.*)$").ok());

/// A statement of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Listed {
    pub(super) code: Option<String>,
    pub(super) words: String,
}

/// The statements of a cell.
pub(super) fn statements(cell: &str) -> Vec<Listed> {
    let lines: Vec<&str> = cell.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    let parts: Vec<&str> = if lines.len() > 1 { lines.clone() } else { list(cell).collect() };
    let marked = marked(&parts);
    let any = marked.iter().any(|one| one.is_some());
    let mut statements: Vec<Listed> = Vec::new();
    for (part, mark) in parts.iter().zip(marked) {
        match (mark, statements.last_mut()) {
            (Some(listed), _) => statements.push(listed),
            // In a list with marks a line without one goes on with the line before.
            (None, Some(before)) if any && lines.len() > 1 => {
                before.words.push(' ');
                before.words.push_str(part);
            }
            (None, _) => statements.push(Listed { code: None, words: (*part).to_owned() }),
        }
    }
    for statement in &mut statements {
        statement.words.truncate(statement.words.trim_end_matches([';', ' ']).len());
    }
    statements
}

/// Each part without its mark, where the marks are those of a list.
fn marked(parts: &[&str]) -> Vec<Option<Listed>> {
    let found = |pattern: &LazyLock<Option<Regex>>, part: &str, code: Option<usize>, words: usize| {
        let found = pattern.as_ref()?.captures(part)?;
        Some(Listed { code: code.map(|code| found[code].to_owned()), words: found[words].to_owned() })
    };
    let numbered: Vec<Option<Listed>> = parts.iter().map(|part| found(&NUMBERED, part, Some(1), 2)).collect();
    let mut codes: Vec<&str> = numbered.iter().flatten().filter_map(|one| one.code.as_deref()).collect();
    let begins = codes.first().is_some_and(|code| code.ends_with(['1', 'a', 'A']));
    let count = codes.len();
    codes.sort_unstable();
    codes.dedup();
    if begins && count > 1 && codes.len() == count {
        return numbered;
    }
    parts.iter().map(|part| found(&BULLET, part, None, 1)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(cell: &str, expected: &[(&str, &str)]) {
        let got = statements(cell);
        let got: Vec<(&str, &str)> =
            got.iter().map(|one| (one.code.as_deref().unwrap_or(""), one.words.as_str())).collect();
        assert_eq!(got, expected, "{cell}");
    }

    #[test]
    fn a_cell_of_several_lines_holds_one_statement_a_line() {
        check("1. Explain risk\n2. Build a firewall", &[("1", "Explain risk"), ("2", "Build a firewall")]);
        check("a) Explain risk\r\n\r\nb) Build", &[("a", "Explain risk"), ("b", "Build")]);
        check("CLO 1: Explain risk;\nCLO 2: Build", &[("CLO 1", "Explain risk"), ("CLO 2", "Build")]);
        check("• Explain risk\n•Build", &[("", "Explain risk"), ("", "Build")]);
        check("- Explain; in words\n- Build", &[("", "Explain; in words"), ("", "Build")]);
        check("Explain risk\nBuild", &[("", "Explain risk"), ("", "Build")]);
        check("1. Explain risk\nand threat\n2. Build", &[("1", "Explain risk and threat"), ("2", "Build")]);
    }

    #[test]
    fn a_cell_of_one_line_is_separated_by_semicolons_or_bars() {
        check("Explain risk; Build | Test", &[("", "Explain risk"), ("", "Build"), ("", "Test")]);
        check("1. Explain risk; 2. Build", &[("1", "Explain risk"), ("2", "Build")]);
        check("C. elegans; Fruit flies", &[("", "C. elegans"), ("", "Fruit flies")]);
        check("C. elegans; D. melanogaster", &[("", "C. elegans"), ("", "D. melanogaster")]);
        check("1. Explain risk", &[("", "1. Explain risk")]);
    }
}
