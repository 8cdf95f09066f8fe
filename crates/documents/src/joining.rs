//! Lines of a paragraph to its words: hyphens at line ends undone where the word is one word.

use std::collections::BTreeSet;

use crate::document::Document;

/// Joins lines, knowing the words of the document.
pub struct Joiner {
    /// Words that stand within a line, in lower case.
    whole: BTreeSet<String>,
    /// Words with a hyphen that stand within a line, in lower case.
    hyphenated: BTreeSet<String>,
    /// Whether hyphens at line ends are the writer's: the typesetter marks those it puts in, or puts none in.
    writers_hyphens: bool,
}

/// How many marked hyphens show that they are all marked.
const ENOUGH_MARKED: usize = 3;
/// Where words are divided, at least one line in this many ends in a hyphen (one in six in narrow columns); where they
/// are not, one in a thousand does.
const LINES_FOR_A_HYPHEN: usize = 50;

impl Joiner {
    /// Learns the words of a document.
    #[must_use]
    pub fn new(document: &Document) -> Self {
        let (mut whole, mut hyphenated) = (BTreeSet::new(), BTreeSet::new());
        for line in &document.lines {
            for word in line.text.split_whitespace().rev().skip(1) {
                let plain = bare(word);
                if plain.contains('-') {
                    hyphenated.insert(plain);
                } else if !plain.is_empty() {
                    whole.insert(plain);
                }
            }
        }
        let marked = document.lines.iter().filter(|line| line.text.ends_with('\u{ad}')).take(ENOUGH_MARKED).count();
        let hyphens = document.lines.iter().filter(|line| ends_hyphenated(line.text.trim_end())).count();
        let divides = hyphens * LINES_FOR_A_HYPHEN >= document.lines.len();
        Self { whole, hyphenated, writers_hyphens: marked == ENOUGH_MARKED || !divides }
    }

    /// Appends a line to the words so far.
    ///
    /// A soft hyphen (U+00AD) at the end was put in by the typesetter and goes. A plain hyphen before a small letter
    /// goes where the document has the word without it, stays where it has the word with it, and otherwise goes, since
    /// typesetters put in far more of them than writers end lines with.
    pub fn append(&self, words: &mut String, line: &str) {
        let line = line.trim();
        if words.is_empty() {
            words.push_str(line);
        } else if let Some(soft) = words.strip_suffix('\u{ad}').map(str::len) {
            words.truncate(soft);
            words.push_str(line);
        } else if ends_in_grade(words) {
            words.push(' ');
            words.push_str(line);
        } else if ends_in_number(words) && line.starts_with(char::is_lowercase) && !is_conjunction(line) {
            words.push_str(line);
        } else if is_conjunction(line) && ends_hyphenated(words) && !self.whole.contains(&closed(words, line)) {
            words.push(' ');
            words.push_str(line);
        } else if ends_hyphenated(words) && line.starts_with(|letter: char| letter.is_lowercase()) {
            if !self.writers_hyphens && !self.keeps_hyphen(words, line) {
                words.pop();
            }
            words.push_str(line);
        } else if ends_hyphenated(words) && line.starts_with(char::is_alphanumeric)
            || (words.ends_with('/') && !words.ends_with(" /"))
        {
            words.push_str(line);
        } else {
            words.push(' ');
            words.push_str(line);
        }
    }

    /// The lines of a text, joined.
    #[must_use]
    pub fn joined(&self, text: &str) -> String {
        let mut words = String::new();
        text.split('\n').for_each(|line| self.append(&mut words, line));
        words
    }

    fn keeps_hyphen(&self, words: &str, line: &str) -> bool {
        !self.whole.contains(&closed(words, line)) && self.hyphenated.contains(&parted(words, line, "-"))
    }
}

/// The word that a hyphen at the end of a line divides, without the hyphen.
fn closed(words: &str, line: &str) -> String {
    parted(words, line, "")
}

fn parted(words: &str, line: &str, joint: &str) -> String {
    let before = words.split_whitespace().next_back().unwrap_or_default();
    let after = line.split_whitespace().next().unwrap_or_default();
    bare(&format!("{}{joint}{after}", before.trim_end_matches(['-', '‐'])))
}

/// Whether the words end in a hyphen right after a letter.
fn ends_hyphenated(words: &str) -> bool {
    let mut letters = words.chars().rev();
    matches!(letters.next(), Some('-' | '‐')) && letters.next().is_some_and(char::is_alphabetic)
}

/// Whether the words end in a grade such as “C-”.
fn ends_in_grade(words: &str) -> bool {
    matches!(words.split_whitespace().next_back(), Some("A-" | "B-" | "C-" | "D-"))
}

/// Whether the words end in a number and a hyphen, as in “3000-level”.
fn ends_in_number(words: &str) -> bool {
    let mut letters = words.chars().rev();
    letters.next() == Some('-') && letters.next().is_some_and(|letter| letter.is_ascii_digit())
}

/// Whether a line begins with a word that joins what a hyphen leaves open, as in “2000- or 3000-level”.
fn is_conjunction(line: &str) -> bool {
    matches!(line.split_whitespace().next(), Some("and" | "or" | "to" | "through"))
}

fn bare(word: &str) -> String {
    word.trim_matches(|letter: char| !letter.is_alphanumeric()).to_lowercase().replace('‐', "-").replace('\u{ad}', "")
}

#[cfg(test)]
mod tests {
    use credway_model::Place;

    use super::*;
    use crate::document::{Form, Line};

    #[test]
    fn hyphens_are_the_writers_where_words_are_not_divided() {
        let check = |hyphens: usize, expected: &str| {
            let line = |number: usize| {
                Line::plain(if number < hyphens { "a far-" } else { "off" }.to_owned(), Place::Whole, true)
            };
            let document = Document { lines: (0..100).map(line).collect(), ..Document::empty(Form::Pdf) };
            assert_eq!(Joiner::new(&document).joined("Tri-\nlingual"), expected);
        };
        check(1, "Tri-lingual");
        check(15, "Trilingual");
    }

    #[test]
    fn hyphens_at_line_ends() {
        let text = "a pre-business major and well known methods; governance was here, an operand there";
        let lines = vec![Line::plain(text.to_owned(), Place::Whole, true)];
        let document = Document { lines, ..Document::empty(Form::Pdf) };
        let joiner = Joiner { writers_hyphens: false, ..Joiner::new(&document) };
        let check = |lines: &[&str], expected: &str| {
            let mut words = String::new();
            lines.iter().for_each(|line| joiner.append(&mut words, line));
            assert_eq!(words, expected);
        };
        check(&["good acade\u{ad}", "mic standing"], "good academic standing");
        check(&["a pre-", "business major"], "a pre-business major");
        check(&["gover-", "nance"], "governance");
        check(&["unheard-", "ofword"], "unheardofword");
        check(&["non-", "Western art"], "non-Western art");
        check(&["MATH 1314 -", "algebra"], "MATH 1314 - algebra");
        check(&["and/", "or"], "and/or");
        check(&["BIOE 4350 /", "BIOE 4150"], "BIOE 4350 / BIOE 4150");
        check(&["with a C-", "or higher"], "with a C- or higher");
        check(&["at the 3000-", "level"], "at the 3000-level");
        check(&["2000-", "or 3000-level"], "2000- or 3000-level");
        check(&["third-", "and fourth-year students"], "third- and fourth-year students");
        check(&["every oper-", "and counts"], "every operand counts");
        assert_eq!(joiner.joined("a pre-\nbusiness\nmajor"), "a pre-business major");
        check(&["one", "two"], "one two");
    }
}
