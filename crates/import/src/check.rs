//! Checks every cell goes through before it becomes a text, and the limit on how often one finding is said.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use credway_model::{Finding, Place, Severity, Text, TextError};
use regex::Regex;

/// How often one code is said about one file.
const MOST_OF_A_CODE: usize = 200;

/// A tag of HTML; `x < y`, `a & b` and `<placeholder>` are not.
static MARKUP: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"(?i)</?(a|abbr|b|blockquote|body|br|button|code|div|em|embed|font|form|h[1-6]|head|html|i|iframe|img|input|li|link|meta|object|ol|p|pre|script|span|strong|style|sub|sup|svg|table|tbody|td|th|tr|u|ul)(\s[^<>]*)?/?>",
    )
    .ok()
});

/// A cell that a spreadsheet would run.
static FORMULA: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"^\s*(=|@|[+-]\s*[A-Za-z_]+[\w.]*\s*[(|!]|\|)").ok());

/// Turns a cell into a text, or pushes the error that says why not; an empty cell is absent.
pub(crate) fn text(cell: &str, what: &str, place: &Place, findings: &mut Vec<Finding>) -> Option<Text> {
    let mut refuse = |code: &str, message: String, hint: &str| {
        findings.push(Finding::new(code, Severity::Error, place.clone(), message, hint));
        None
    };
    // A sentence on a terminal holds no control character, also where it is about one.
    let plain = |letter: char| if letter.is_control() { ' ' } else { letter };
    let shown: String = cell.trim().chars().take(60).map(plain).collect();
    if FORMULA.as_ref().is_some_and(|formula| formula.is_match(cell)) {
        let message = format!("The {what} “{shown}” is a spreadsheet formula.");
        return refuse("text.formula", message, "Put the value there instead of the formula (copy, paste as values).");
    }
    if MARKUP.as_ref().is_some_and(|markup| markup.is_match(cell)) {
        let message = format!("The {what} “{shown}” holds HTML.");
        return refuse("text.markup", message, "Remove the tags; plain text is shown as it is.");
    }
    match Text::new(cell) {
        Ok(text) => Some(text),
        Err(TextError::Empty) => None,
        Err(error @ (TextError::TooLong { .. } | TextError::LongName { .. })) => refuse(
            "text.too-long",
            format!("The {what} is too long: {error}."),
            "Shorten it, or split it into several rows.",
        ),
        Err(error @ TextError::Control { .. }) => {
            refuse("text.control", format!("The {what} “{shown}” cannot be taken: {error}."), "Remove the character.")
        }
    }
}

/// At most so many findings of a code, and one that counts the rest.
#[must_use]
pub fn limit(findings: Vec<Finding>) -> Vec<Finding> {
    let mut said: BTreeMap<String, (usize, Severity)> = BTreeMap::new();
    let mut kept = Vec::new();
    for finding in findings {
        let entry = said.entry(finding.code.clone()).or_insert((0, finding.severity));
        entry.0 += 1;
        if entry.0 <= MOST_OF_A_CODE {
            kept.push(finding);
        }
    }
    for (code, (count, severity)) in said {
        if count > MOST_OF_A_CODE {
            let rest = count - MOST_OF_A_CODE;
            let message = format!("{rest} more findings of this kind are not shown.");
            kept.push(Finding::new(
                &code,
                severity,
                Place::Whole,
                message,
                "Mend the first ones; the cause is often the same.",
            ));
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(cell: &str, expected: Result<Option<&str>, &str>) {
        let mut findings = Vec::new();
        let read = text(cell, "title", &Place::Whole, &mut findings);
        let got = match findings.first() {
            Some(finding) => Err(finding.code.as_str()),
            None => Ok(read.as_ref().map(Text::as_str)),
        };
        assert_eq!(got, expected, "{cell}");
    }

    #[test]
    fn cells_are_taken_or_refused() {
        for good in
            ["Create & consume Secrets", "x < y and y > z", "-5 to +40 degrees", "The <ORGANIZATION> way", "I <3 math"]
        {
            check(good, Ok(Some(good)));
        }
        check("  ", Ok(None));
        for formula in ["=1+1", "@SUM(A1)", "+cmd|' /C calc'!A0", "-HYPERLINK(\"x\")", " =A1"] {
            check(formula, Err("text.formula"));
        }
        for markup in ["<b>Bold</b>", "Intro <script>alert(1)</script>", "a<br/>b", "<IMG SRC=x onerror=y>"] {
            check(markup, Err("text.markup"));
        }
        check("a\u{7}b", Err("text.control"));
        check(&"x".repeat(30_000), Err("text.too-long"));
    }

    #[test]
    fn a_flood_of_findings_is_counted() {
        let one = Finding::new("text.formula", Severity::Error, Place::Whole, "m", "h");
        let kept = limit(vec![one; 10_000]);
        assert_eq!(kept.len(), MOST_OF_A_CODE + 1);
        assert!(kept[MOST_OF_A_CODE].message.starts_with("9800 more"));
    }
}
