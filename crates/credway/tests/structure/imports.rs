//! `use` declarations with their groups written out, so that `use std::{fs, time::Instant}` names `std::fs` too.

use crate::source::Source;

/// One path that a `use` declaration with a group names.
pub(crate) struct Imported {
    /// The whole path: `std::fs`.
    pub(crate) path: String,
    /// The declaration as it stands.
    pub(crate) declaration: String,
    /// Line of the declaration, from 1.
    pub(crate) line: usize,
}

/// What the product's own code imports through groups.
pub(crate) fn imported(source: &Source) -> Vec<Imported> {
    let code = &source.code;
    let mut found = Vec::new();
    for (at, word) in code.match_indices("use ").filter(|(at, _)| !source.is_in_tests(*at)) {
        if code[..at].ends_with(|letter: char| letter.is_alphanumeric() || letter == '_') {
            continue;
        }
        let declaration = code[at + word.len()..].split(';').next().unwrap_or_default();
        if !declaration.contains('{') {
            continue;
        }
        let mut paths = Vec::new();
        write_out("", declaration, &mut paths);
        let line = code[..at].matches('\n').count() + 1;
        found.extend(paths.into_iter().map(|path| Imported { path, declaration: declaration.to_owned(), line }));
    }
    found
}

/// The paths of `tree` below `above`.
fn write_out(above: &str, tree: &str, paths: &mut Vec<String>) {
    let tree = tree.trim();
    let Some((before, group)) = tree.split_once('{') else {
        let name = tree.split_whitespace().next().unwrap_or_default();
        paths.push(format!("{above}{name}").trim_end_matches("::self").to_owned());
        return;
    };
    let above = format!("{above}{}", before.trim());
    let (mut depth, mut begin) = (0, 0);
    for (at, letter) in group.char_indices() {
        match letter {
            '{' => depth += 1,
            ',' | '}' if depth == 0 => {
                if !group[begin..at].trim().is_empty() {
                    write_out(&above, &group[begin..at], paths);
                }
                begin = at + 1;
            }
            '}' => depth -= 1,
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_are_written_out() {
        let text = "use std::{\n    fs, io::{self, Read as _},\n    time::Instant,\n};\nuse a::b;\n";
        let source = Source::new("a.rs".to_owned(), text.to_owned());
        let paths: Vec<(String, usize)> = imported(&source).into_iter().map(|one| (one.path, one.line)).collect();
        let expected = ["std::fs", "std::io", "std::io::Read", "std::time::Instant"];
        assert_eq!(paths, expected.map(|path| (path.to_owned(), 1)));
    }
}
