//! Every finding code an export can give, with what it means. Codes are never reused.

/// Codes with their meaning, in order.
#[must_use]
pub const fn codes() -> &'static [(&'static str, &'static str)] {
    &[
        ("publish.formula-like", "A spreadsheet may take a cell for a formula."),
        ("publish.no-glyph", "The fonts of the PDF cannot show a letter."),
        ("publish.parent-without-code", "An objective has finer ones but no code of its own; the nesting is lost."),
        ("publish.requirement-numbered", "A requirement has no name of its own and is called by its number."),
        ("publish.term-with-semicolon", "A term holds the sign that separates terms."),
        ("publish.topics-above", "A statement stands below topics, for which the file has no column."),
    ]
}
