//! How the golden files write tabs and line breaks inside a text (tests only).

/// `\t`, `\n`, `\r` and `\\` become the characters they stand for.
pub(crate) fn unescape(text: &str) -> String {
    let mut plain = String::new();
    let mut letters = text.chars();
    while let Some(letter) = letters.next() {
        plain.push(match (letter == '\\').then(|| letters.next()).flatten() {
            Some('t') => '\t',
            Some('n') => '\n',
            Some('r') => '\r',
            Some(other) => other,
            None => letter,
        });
    }
    plain
}
