//! The fonts that are part of the program: Noto Sans to read, DejaVu Sans for what Noto Sans lacks.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use typst::foundations::Bytes;
use typst::text::Font;

use crate::TypesetError;

const FILES: [(&str, &[u8]); 3] = [
    ("NotoSans-Regular.ttf", include_bytes!("../fonts/NotoSans-Regular.ttf")),
    ("NotoSans-Bold.ttf", include_bytes!("../fonts/NotoSans-Bold.ttf")),
    ("DejaVuSans.ttf", include_bytes!("../fonts/DejaVuSans.ttf")),
];

static FONTS: LazyLock<Vec<Option<Font>>> =
    LazyLock::new(|| FILES.iter().map(|(_, bytes)| Font::new(Bytes::new(*bytes), 0)).collect());

/// Every font, in order of preference.
pub(crate) fn fonts() -> Result<Vec<Font>, TypesetError> {
    FILES.iter().zip(FONTS.iter()).map(|((name, _), font)| font.clone().ok_or(TypesetError::Font(name))).collect()
}

/// The letters of `text` that none of the fonts can show, in order, once each. White space and what a reader does not
/// see (joiners, marks of direction) is not among them.
#[must_use]
pub fn without_glyph(text: &str) -> Vec<char> {
    let unseen =
        |letter: char| letter.is_whitespace() || letter.is_control() || ('\u{200b}'..='\u{200f}').contains(&letter);
    let shown = |letter: char| FONTS.iter().flatten().any(|font| font.info().coverage.contains(u32::from(letter)));
    let missing: BTreeSet<char> = text.chars().filter(|letter| !unseen(*letter) && !shown(*letter)).collect();
    missing.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_without_a_glyph_are_named_once() {
        assert_eq!(fonts().unwrap().len(), 3);
        assert!(without_glyph("Añadir ½ ≥ 3 → κ “x” – Ж, עברית, █\u{a0}\n").is_empty());
        assert_eq!(without_glyph("中a中𝄞"), ['中', '𝄞']);
    }
}
