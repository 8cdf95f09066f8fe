//! WordPiece, uncased: a text becomes the numbers of the pieces the static table knows.
//!
//! Steps: control characters dropped; white space folded; ideographs set apart; accents removed; lower case; split at
//! white space and around every punctuation mark; each word cut into the longest known pieces from the left.
//! Source: Devlin et al., "BERT" (2019), and its reference tokenizer, whose output the golden file records.

use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization;
use unicode_properties::{GeneralCategory, GeneralCategoryGroup, UnicodeGeneralCategory};

use crate::hash::LookUp;

static VOCABULARY: &str = include_str!("../model/vocab.txt");

/// Longest word that is cut into pieces, in characters; a longer one is unknown.
const LONGEST_WORD: usize = 100;
/// Number of the piece that stands for a word that cannot be cut.
const UNKNOWN: u16 = 100;

/// Pieces by their spelling.
pub(crate) struct WordPiece {
    first: LookUp<&'static str, u16>,
    later: LookUp<&'static str, u16>,
    longest: usize,
}

/// The tokenizer of the embedded vocabulary.
pub(crate) static WORD_PIECE: LazyLock<WordPiece> = LazyLock::new(|| WordPiece::new(VOCABULARY));

/// The vocabulary file, for the digest of the weights.
pub(crate) fn vocabulary() -> &'static [u8] {
    VOCABULARY.as_bytes()
}

impl WordPiece {
    fn new(vocabulary: &'static str) -> Self {
        let (mut first, mut later, mut longest) = (LookUp::default(), LookUp::default(), 1);
        for (line, number) in vocabulary.lines().zip(0_u16..) {
            let (map, piece) = match line.strip_prefix("##") {
                Some(rest) if !rest.is_empty() => (&mut later, rest),
                _ => (&mut first, line),
            };
            longest = longest.max(piece.len());
            map.insert(piece, number);
        }
        Self { first, later, longest }
    }

    /// How many pieces there are.
    pub(crate) fn len(&self) -> usize {
        self.first.len() + self.later.len()
    }

    /// The numbers of the pieces of `text`, in order; no special pieces are added.
    pub(crate) fn encode(&self, text: &str) -> Vec<u16> {
        let mut numbers = Vec::with_capacity(text.len() / 4 + 1);
        if text.is_ascii() {
            self.encode_words(&ascii_form(text), &mut numbers);
        } else {
            self.encode_words(&plain_form(text), &mut numbers);
        }
        numbers
    }

    /// Cuts words out of a normalised text.
    fn encode_words(&self, text: &str, numbers: &mut Vec<u16>) {
        for run in text.split_whitespace() {
            let mut start = 0;
            for (at, letter) in run.char_indices() {
                if is_punctuation(letter) {
                    self.encode_word(&run[start..at], numbers);
                    start = at + letter.len_utf8();
                    self.encode_word(&run[at..start], numbers);
                }
            }
            self.encode_word(&run[start..], numbers);
        }
    }

    /// Longest piece first, from the left; nothing is kept of a word with a part that no piece fits.
    fn encode_word(&self, word: &str, numbers: &mut Vec<u16>) {
        if word.is_empty() {
            return;
        }
        if let Some(number) = self.first.get(word) {
            numbers.push(*number);
            return;
        }
        if word.len() > LONGEST_WORD && word.chars().count() > LONGEST_WORD {
            numbers.push(UNKNOWN);
            return;
        }
        let before = numbers.len();
        let mut rest = word;
        while !rest.is_empty() {
            let map = if rest.len() == word.len() { &self.first } else { &self.later };
            let Some((number, length)) = longest_piece(map, rest, self.longest) else {
                numbers.truncate(before);
                numbers.push(UNKNOWN);
                return;
            };
            numbers.push(number);
            rest = &rest[length..];
        }
    }
}

/// The longest beginning of `rest` that is a piece: its number and its length in bytes.
fn longest_piece(map: &LookUp<&'static str, u16>, rest: &str, longest: usize) -> Option<(u16, usize)> {
    (1..=rest.len().min(longest))
        .rev()
        .filter(|end| rest.is_char_boundary(*end))
        .find_map(|end| map.get(&rest[..end]).map(|number| (*number, end)))
}

/// Lower case without control characters, for ASCII.
fn ascii_form(text: &str) -> String {
    text.bytes()
        .filter(|byte| !byte.is_ascii_control() || matches!(byte, b'\t' | b'\n' | b'\r'))
        .map(|byte| char::from(byte.to_ascii_lowercase()))
        .collect()
}

/// Cleaned, ideographs apart, accents removed, lower case.
fn plain_form(text: &str) -> String {
    let mut spaced = String::with_capacity(text.len() + 8);
    for letter in text.chars() {
        if is_dropped(letter) {
            continue;
        }
        if is_ideograph(letter) {
            spaced.extend([' ', letter, ' ']);
        } else {
            spaced.push(if letter.is_whitespace() { ' ' } else { letter });
        }
    }
    spaced
        .nfd()
        .filter(|letter| letter.general_category() != GeneralCategory::NonspacingMark)
        .flat_map(char::to_lowercase)
        .collect()
}

/// Control and format characters and the replacement character; white-space controls stay.
fn is_dropped(letter: char) -> bool {
    match letter {
        '\t' | '\n' | '\r' => false,
        '\u{0}' | '\u{fffd}' => true,
        _ => matches!(
            letter.general_category(),
            GeneralCategory::Control | GeneralCategory::Format | GeneralCategory::PrivateUse
        ),
    }
}

/// Every ASCII sign that is neither letter, digit nor blank, and Unicode's punctuation.
fn is_punctuation(letter: char) -> bool {
    if letter.is_ascii() {
        letter.is_ascii_punctuation()
    } else {
        letter.general_category_group() == GeneralCategoryGroup::Punctuation
    }
}

/// The blocks of Chinese characters, as the reference lists them.
fn is_ideograph(letter: char) -> bool {
    matches!(u32::from(letter),
        0x4E00..=0x9FFF | 0x3400..=0x4DBF | 0x2_0000..=0x2_A6DF | 0x2_A700..=0x2_B73F
        | 0x2_B740..=0x2_B81F | 0x2_B920..=0x2_CEAF | 0xF900..=0xFAFF | 0x2_F800..=0x2_FA1F)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::golden::unescape;

    #[test]
    fn pieces_equal_the_reference() {
        let golden = include_str!("../model/golden_tokens.tsv");
        let mut lines = 0;
        for line in golden.lines() {
            let (text, numbers) = line.rsplit_once('\t').unwrap();
            let text = unescape(text);
            let expected: Vec<u16> = numbers.split_whitespace().map(|number| number.parse().unwrap()).collect();
            assert_eq!(WORD_PIECE.encode(&text), expected, "{text:?}");
            lines += 1;
        }
        assert!(lines > 100);
    }
}
