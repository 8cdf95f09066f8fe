//! Words fitted to the width of the terminal: cut, wrapped, counted. Colour marks take no room.

/// The first `most` characters, with an ellipsis where it was cut.
pub(crate) fn short(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    let cut: String = text.chars().take(most.saturating_sub(1)).collect();
    format!("{}…", cut.trim_end())
}

/// As [`short`], where there is a width to fit.
pub(crate) fn fitted(text: &str, most: Option<usize>) -> String {
    most.map_or_else(|| text.to_owned(), |most| short(text, most))
}

/// The text in lines of at most `width` characters, each line after the first begun with `indent` blanks. A word longer
/// than a line keeps its line to itself.
pub(crate) fn wrapped(text: &str, width: usize, first: &str, indent: usize) -> String {
    let mut lines = String::from(first);
    let mut used = length(first);
    let mut fresh = true;
    for word in text.split_whitespace() {
        let needed = length(word) + usize::from(!fresh);
        if !fresh && used + needed > width {
            lines.push('\n');
            lines.push_str(&" ".repeat(indent));
            used = indent;
            fresh = true;
        }
        if !fresh {
            lines.push(' ');
            used += 1;
        }
        lines.push_str(word);
        used += length(word);
        fresh = false;
    }
    lines
}

/// How many characters are seen: colour marks (`ESC [ … m`) are not.
pub(crate) fn length(text: &str) -> usize {
    let mut hidden = false;
    let mut seen = 0;
    for letter in text.chars() {
        match letter {
            '\u{1b}' => hidden = true,
            'm' if hidden => hidden = false,
            _ if hidden => {}
            _ => seen += 1,
        }
    }
    seen
}

/// `1 course`, `2 courses`.
pub(crate) fn counted(count: usize, one: &str) -> String {
    if count == 1 { format!("1 {one}") } else { format!("{count} {one}s") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_fitted() {
        assert_eq!(short("one two three", 8), "one two…");
        assert_eq!(wrapped("one two three four", 9, "  ", 4), "  one two\n    three\n    four");
        assert_eq!(wrapped("incomprehensibilities so", 8, "", 2), "incomprehensibilities\n  so");
        assert_eq!(length("\u{1b}[1mab\u{1b}[0mc"), 3);
        assert_eq!((counted(1, "gap"), counted(0, "gap")), ("1 gap".to_owned(), "0 gaps".to_owned()));
    }
}
