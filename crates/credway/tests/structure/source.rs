//! A Rust file with its comments, strings and test modules told apart, so that rules look at code only.

use std::ops::Range;

/// A Rust file.
pub(crate) struct Source {
    /// Path from the root of the workspace, with `/`.
    pub(crate) path: String,
    /// The text.
    pub(crate) text: String,
    /// The text without comments and without what strings hold; same length and lines.
    pub(crate) code: String,
    /// The text without comments; strings stand.
    pub(crate) code_and_strings: String,
    tests: Vec<Range<usize>>,
}

impl Source {
    pub(crate) fn new(path: String, text: String) -> Self {
        let (code, code_and_strings) = blank(&text);
        let tests = test_modules(&code);
        Self { path, text, code, code_and_strings, tests }
    }

    /// Whether the file belongs to tests or benchmarks as a whole.
    pub(crate) fn is_test_file(&self) -> bool {
        ["/tests/", "/benches/", "/examples/"].iter().any(|folder| self.path.contains(folder))
            || self.path.ends_with("/tests.rs")
    }

    /// Whether this place in the text belongs to a test module.
    pub(crate) fn is_in_tests(&self, at: usize) -> bool {
        self.tests.iter().any(|range| range.contains(&at))
    }

    /// Lines (from 1) on which `word` stands in `text`, a form of this file; those of test modules are left out when
    /// `product_only`.
    pub(crate) fn lines_with(&self, text: &str, word: &str, product_only: bool) -> Vec<usize> {
        text.match_indices(word)
            .map(|(at, _)| at)
            .filter(|at| !product_only || !self.is_in_tests(*at))
            .filter(|at| is_whole_word(text, *at, word))
            .map(|at| text[..at].matches('\n').count() + 1)
            .collect()
    }
}

/// Finding codes (`area.what`) among the strings of the product's own code, with their lines.
pub(crate) fn codes(source: &Source) -> Vec<(&str, usize)> {
    let text = &source.code_and_strings;
    let mut found = Vec::new();
    for (start, piece) in text.split('"').scan(0, |at, piece| {
        let start = *at;
        *at += piece.len() + 1;
        Some((start, piece))
    }) {
        if is_code(piece) && !source.lines_with(text, piece, true).is_empty() {
            found.push((piece, text[..start].matches('\n').count() + 1));
        }
    }
    found
}

/// Whether the word has a code's form and is no file's name.
pub(crate) fn is_code(word: &str) -> bool {
    const FILES: &[&str] = &[
        "csv",
        "json",
        "toml",
        "db",
        "tsv",
        "txt",
        "html",
        "md",
        "bin",
        "xlsx",
        "pdf",
        "css",
        "js",
        "rs",
        "xml",
        "safetensors",
        "cedar",
    ];
    let plain =
        |part: &str| !part.is_empty() && part.chars().all(|letter| letter.is_ascii_lowercase() || letter == '-');
    word.split_once('.').is_some_and(|(area, what)| plain(area) && plain(what) && !FILES.contains(&what))
}

/// Whether `word` at `at` is not a piece of a longer name. A word that begins or ends with a sign needs no border.
pub(crate) fn is_whole_word(text: &str, at: usize, word: &str) -> bool {
    let part = |letter: char| letter.is_alphanumeric() || letter == '_';
    let before = word.starts_with(part) && text[..at].ends_with(part);
    let after = word.ends_with(part) && text[at + word.len()..].starts_with(part);
    !before && !after
}

/// The text with comments blanked and strings emptied, and the text with comments blanked only. Both keep the bytes'
/// positions and the line ends.
fn blank(text: &str) -> (String, String) {
    let bytes = text.as_bytes();
    let (mut code, mut with_strings) = (bytes.to_vec(), bytes.to_vec());
    let clear = |buffer: &mut Vec<u8>, range: Range<usize>| {
        for byte in &mut buffer[range] {
            if *byte != b'\n' {
                *byte = b' ';
            }
        }
    };
    let mut at = 0;
    while at < bytes.len() {
        let rest = &bytes[at..];
        let before = at.checked_sub(1).map_or(b' ', |at| bytes[at]);
        if let Some(length) = comment(rest) {
            clear(&mut code, at..at + length);
            clear(&mut with_strings, at..at + length);
            at += length;
        } else if let Some((open, length)) = string(rest, before) {
            clear(&mut code, at + open..at + length - 1);
            at += length;
        } else {
            at += 1;
        }
    }
    (String::from_utf8(code).unwrap(), String::from_utf8(with_strings).unwrap())
}

/// Length of the comment that begins here.
fn comment(rest: &[u8]) -> Option<usize> {
    if rest.starts_with(b"//") {
        return Some(rest.iter().position(|byte| *byte == b'\n').unwrap_or(rest.len()));
    }
    if !rest.starts_with(b"/*") {
        return None;
    }
    let (mut depth, mut at) = (0_usize, 0);
    while at < rest.len() {
        if rest[at..].starts_with(b"/*") {
            depth += 1;
            at += 2;
        } else if rest[at..].starts_with(b"*/") {
            depth -= 1;
            at += 2;
            if depth == 0 {
                return Some(at);
            }
        } else {
            at += 1;
        }
    }
    Some(rest.len())
}

/// Length of the opening and of the whole string or character literal that begins here.
fn string(rest: &[u8], before: u8) -> Option<(usize, usize)> {
    let in_name = before.is_ascii_alphanumeric() || before == b'_';
    if rest[0] == b'r' && (!in_name || before == b'b') {
        let hashes = rest[1..].iter().take_while(|byte| **byte == b'#').count();
        if rest.get(1 + hashes) == Some(&b'"') {
            let end = [b"\"".as_slice(), &vec![b'#'; hashes]].concat();
            let open = hashes + 2;
            let close = rest[open..].windows(end.len()).position(|window| window == end);
            return Some((open, close.map_or(rest.len(), |close| open + close + end.len())));
        }
    }
    let quote = rest[0];
    if quote == b'\'' {
        // A lifetime has no closing quote after one letter.
        let closes = rest.get(1) == Some(&b'\\')
            || std::str::from_utf8(rest).is_ok_and(|rest| rest.chars().nth(2) == Some('\''));
        if !closes {
            return None;
        }
    } else if quote != b'"' {
        return None;
    }
    let mut at = 1;
    while at < rest.len() {
        match rest[at] {
            b'\\' => at += 2,
            byte if byte == quote => return Some((1, at + 1)),
            _ => at += 1,
        }
    }
    Some((1, rest.len()))
}

/// Where modules that exist for tests only stand in `code`.
fn test_modules(code: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    for (start, mark) in code.match_indices("#[cfg(test)]") {
        let after = start + mark.len();
        let Some(open) = code[after..].find(['{', ';']).map(|open| after + open) else { continue };
        if code.as_bytes()[open] == b';' {
            found.push(start..open);
            continue;
        }
        let mut depth = 0_i32;
        let end = code[open..].char_indices().find_map(|(at, letter)| {
            depth += i32::from(letter == '{') - i32::from(letter == '}');
            (depth == 0).then_some(open + at)
        });
        found.push(start..end.unwrap_or(code.len()));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_strings_and_test_modules_are_told_apart() {
        let text = concat!(
            "//! std::fs\n",
            "fn one<'a>(x: &'a str) { let q = '\"'; call(\"std::env // no\"); /* std::net /* deep */ */ std::time }\n",
            "let raw = r#\"std::fs \" \"#; b'\\''; my_std::fs;\n",
            "#[cfg(test)]\nmod tests {\n fn two() { std::fs }\n}\n",
            "fn three() { std::fs }\n",
        );
        let source = Source::new("a.rs".to_owned(), text.to_owned());
        assert_eq!(source.lines_with(&source.code, "std::fs", true), [8]);
        assert_eq!(source.lines_with(&source.code, "std::fs", false), [6, 8]);
        assert_eq!(source.lines_with(&source.code, "std::time", true), [2]);
        for hidden in ["std::env", "std::net"] {
            assert!(source.lines_with(&source.code, hidden, false).is_empty(), "{hidden}");
        }
        assert_eq!(source.lines_with(&source.code_and_strings, "std::env", true), [2]);
    }
}
