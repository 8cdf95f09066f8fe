//! An outline's characters before it is read: what a PDF's text breaks is mended, what carries meaning stays.
//!
//! Only ligatures (U+FB00–FB06) and full-width forms are folded. A full compatibility normalisation would turn `½`
//! into `1⁄2` and `10²` into `102`, which are other statements.

use credway_model::{Finding, Place, Severity};
use unicode_normalization::UnicodeNormalization;

/// The text to be read.
pub(super) fn folded(text: &str, findings: &mut Vec<Finding>) -> String {
    let folds = |letter: char| matches!(letter, '\u{fb00}'..='\u{fb06}' | '\u{ff01}'..='\u{ff5e}');
    let mut out = String::with_capacity(text.len());
    for letter in without_controls(text, findings).chars() {
        if folds(letter) { out.extend(std::iter::once(letter).nfkc()) } else { out.push(letter) }
    }
    out
}

/// Control characters that a PDF's text leaves behind (unprintable bullets) become blanks, and that is said.
fn without_controls(text: &str, findings: &mut Vec<Finding>) -> String {
    let stray = |letter: char| letter.is_control() && !matches!(letter, '\n' | '\r' | '\t' | '\u{c}');
    if let Some(at) = text.find(stray) {
        let line = u32::try_from(text[..at].matches('\n').count() + 1).unwrap_or(u32::MAX);
        findings.push(Finding::new(
            "blueprint.control-dropped",
            Severity::Note,
            Place::Line { line, column: None },
            format!(
                "{} unprintable character(s) were read as blanks, the first in this line.",
                text.matches(stray).count()
            ),
            "Nothing to do, unless a word is missing here.",
        ));
    }
    text.replace(stray, " ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_ligatures_and_full_width_forms_are_folded() {
        let kept = "½ tablet, 10² and 10⁻³ g, 5 µm, Azure™";
        assert_eq!(folded(kept, &mut Vec::new()), kept);
        assert_eq!(folded("de\u{fb01}ne １．２ （40％）", &mut Vec::new()), "define 1.2 (40%)");
    }
}
