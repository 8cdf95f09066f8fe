//! The signs that begin a point of a list, as they are typed and as they come out of a PDF's text.

/// Signs that are nothing but bullets, wherever they stand. The private range is where symbol fonts leave theirs.
pub(super) const fn is_bullet(letter: char) -> bool {
    matches!(
        letter,
        '•' | '●'
            | '▪'
            | '■'
            | '◦'
            | '○'
            | '‣'
            | '⁃'
            | '∙'
            | '·'
            | '»'
            | '►'
            | '▶'
            | '▸'
            | '▹'
            | '➢'
            | '➤'
            | '➔'
            | '✓'
            | '✔'
            | '✗'
            | '☐'
            | '☑'
            | '□'
            | '▫'
            | '❖'
            | '◆'
            | '◇'
            | '★'
            | '☆'
            | '→'
            | '⇒'
            | '\u{f000}'..='\u{f0ff}'
    )
}

/// Signs and letters that are bullets only before a blank. Symbol fonts turn their signs into `o`, `Ø`, `ü`, `§`.
const fn is_bullet_before_blank(letter: char) -> bool {
    matches!(letter, '-' | '*' | '+' | '–' | '—' | '−' | 'o' | 'Ø' | 'ü' | '§' | '›' | '>')
}

/// The sign at the beginning of `text` and the words after it.
pub(super) fn bullet(text: &str) -> Option<(char, &str)> {
    let mut letters = text.chars();
    let sign = letters.next()?;
    let rest = letters.as_str();
    let found = is_bullet(sign) || (is_bullet_before_blank(sign) && rest.starts_with([' ', '\t', '\u{a0}']));
    (found && !rest.trim().is_empty()).then(|| (sign, rest.trim()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_are_seen_and_words_are_not() {
        for sign in "•●▪■◦○‣·»►➢✓-*+–—oØ\u{f0b7}".chars() {
            assert_eq!(bullet(&format!("{sign} tie knots")), Some((sign, "tie knots")), "{sign}");
        }
        for words in ["over the side", "-5 degrees", "–", "*bold*"] {
            assert_eq!(bullet(words), None, "{words}");
        }
    }
}
