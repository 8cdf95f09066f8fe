//! Which passwords may be chosen: NIST SP 800-63B-4 (August 2025), §3.1.1.2.
//!
//! - Length: 15 characters at least where the password is the only factor, as it says; with a second factor it asks for
//!   8, and we ask for 12. 256 at most (it asks that 64 be allowed). A character is a Unicode code point.
//! - No rule about kinds of characters, no expiry, no hints: it forbids them.
//! - The whole password is compared with a blocklist of common, expected and contextual passwords, “and derivatives
//!   thereof”. Listing derivatives is endless, so that we weigh the password instead: how many free choices are left
//!   once listed words, the person's own words, rows of keys or letters, repetition and years are told in one choice or
//!   two each. Under [`ENOUGH`] choices, the password is such a derivative and nothing else. A listed word inside a
//!   longer password does no harm.
//!
//! It knows no passwords from breaches: that list is gigabytes, or a request to somebody else's server. Errors name the
//! reason, which §3.1.1.2 asks for, and never a part of the password.

use unicode_normalization::UnicodeNormalization as _;
use zeroize::Zeroizing;

use crate::common_passwords;
use crate::password::normalised;

/// Fewest characters of a password that is the only factor.
pub const SHORTEST_ALONE: usize = 15;
/// Fewest characters of a password beside a second factor.
pub const SHORTEST_WITH_SECOND_FACTOR: usize = 12;
/// Most characters.
pub const LONGEST: usize = 256;
/// Fewest free choices. Eight unlisted letters with anything around them are enough, and so are four listed words;
/// three listed words are not.
const ENOUGH: usize = 8;
/// Rows of keys that fingers walk along, forwards and backwards.
const ROWS: &[&str] =
    &["qwertyuiop", "qwertzuiop", "azertyuiop", "asdfghjkl", "zxcvbnm", "1qaz2wsx3edc4rfv5tgb6yhn", "1q2w3e4r5t6z7u8i"];

/// What a password is used for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PasswordUse {
    /// It alone lets somebody in.
    Alone,
    /// A second factor is asked for as well.
    WithSecondFactor,
}

impl PasswordUse {
    /// Fewest characters, in Unicode code points.
    #[must_use]
    pub const fn shortest(self) -> usize {
        match self {
            Self::Alone => SHORTEST_ALONE,
            Self::WithSecondFactor => SHORTEST_WITH_SECOND_FACTOR,
        }
    }
}

/// Why a password may not be chosen. The sentences are for the person who chose it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PolicyError {
    /// Too few characters.
    #[error("use at least {fewest} characters; a few words that do not belong together are easy to remember")]
    TooShort {
        /// Fewest characters.
        fewest: usize,
    },
    /// Too many characters.
    #[error("use at most {LONGEST} characters")]
    TooLong,
    /// A character that cannot be typed again everywhere.
    #[error("a password cannot hold line breaks, tabs or other control characters")]
    Control,
    /// Common words, rows of keys, repetition, and little else.
    #[error(
        "this password is among the first that are guessed: common words, rows of keys or repetition, and little else; \
         add words that do not belong together"
    )]
    Common,
    /// The person's or the institution's own words, and little else.
    #[error(
        "this password is little more than your name, your address, or the name of your institution or of this \
         product; add words that have nothing to do with you"
    )]
    AboutYou,
}

/// Checks a password somebody chooses. `context` is what a guesser would know: the person's name, their e-mail address,
/// the institution's name. The product's own name is added.
///
/// # Errors
/// What the person should do differently.
pub fn check(password: &str, used: PasswordUse, context: &[&str]) -> Result<(), PolicyError> {
    let password = normalised(password).ok_or(PolicyError::TooLong)?;
    if password.chars().any(char::is_control) {
        return Err(PolicyError::Control);
    }
    if password.chars().count() < used.shortest() {
        return Err(PolicyError::TooShort { fewest: used.shortest() });
    }
    let common: Vec<Vec<char>> = common_passwords::words().map(|word| word.chars().collect()).collect();
    let all = [own_words(context), common.clone()].concat();
    for reading in readings(&password) {
        let left = choices(&reading, &all);
        if left < ENOUGH {
            // What the person's own words do not make weaker is not about them.
            let is_common = choices(&reading, &common) == left;
            return Err(if is_common { PolicyError::Common } else { PolicyError::AboutYou });
        }
    }
    Ok(())
}

/// The words of what a guesser knows, each alone and each text as one word.
fn own_words(context: &[&str]) -> Vec<Vec<char>> {
    let mut words = Vec::new();
    for text in context.iter().chain(&["Credway"]) {
        let text: String = text.nfkc().flat_map(char::to_lowercase).collect();
        let parts = text.split(|letter: char| !letter.is_alphanumeric());
        words.extend(parts.map(|part| part.chars().collect::<Vec<char>>()));
        words.push(text.chars().filter(|letter| letter.is_alphanumeric()).collect());
    }
    words.retain(|word| word.len() >= 3);
    words
}

/// The ways in which a password is read: in lower case, and with digits and signs that stand for letters taken as
/// these; each also without what is neither letter nor digit.
fn readings(password: &str) -> Vec<Zeroizing<Vec<char>>> {
    let folded: Zeroizing<Vec<char>> = Zeroizing::new(password.nfkc().flat_map(char::to_lowercase).collect());
    let spelled: Zeroizing<Vec<char>> = Zeroizing::new(folded.iter().map(|letter| as_letter(*letter)).collect());
    let bare = |letters: &[char]| -> Zeroizing<Vec<char>> {
        Zeroizing::new(letters.iter().copied().filter(|letter| letter.is_alphanumeric()).collect())
    };
    // What is nothing but signs has no bare reading: an empty one would weigh nothing.
    let bare = [bare(&folded), bare(&spelled)].into_iter().filter(|letters| !letters.is_empty());
    let mut all: Vec<_> = bare.collect();
    all.extend([folded, spelled]);
    all
}

/// The letter a digit or sign is commonly written for.
const fn as_letter(letter: char) -> char {
    match letter {
        '0' => 'o',
        '1' | '!' => 'i',
        '3' => 'e',
        '4' | '@' => 'a',
        '5' | '$' => 's',
        '7' => 't',
        other => other,
    }
}

/// Fewest choices that make these characters: one for each character, two for a listed word or a row of keys, one for a
/// row of letters or digits in order, a repeated character or a year, one more where the whole is repeated.
fn choices(letters: &[char], words: &[Vec<char>]) -> usize {
    let period = (1..=letters.len() / 2)
        .find(|period| letters.iter().enumerate().all(|(at, letter)| *letter == letters[at % period]));
    let (unit, repeated) = period.map_or((letters, 0), |period| (&letters[..period], 1));
    // fewest[at]: fewest choices for everything before `at`.
    let mut fewest = vec![usize::MAX; unit.len() + 1];
    fewest[0] = 0;
    for at in 0..unit.len() {
        let (rest, so_far) = (&unit[at..], fewest[at]);
        let mut take = |length: usize, cost: usize| {
            fewest[at + length] = fewest[at + length].min(so_far + cost);
        };
        take(1, 1);
        for word in words.iter().filter(|word| rest.starts_with(word)) {
            take(word.len(), 2);
        }
        for length in 3..=in_order(rest) {
            take(length, 1);
        }
        for length in 3..=on_keys(rest) {
            take(length, 2);
        }
        if is_year(rest) {
            take(4, 1);
        }
    }
    fewest[unit.len()] + repeated
}

/// How many characters from the first on are the same, or go up or down one by one.
fn in_order(letters: &[char]) -> usize {
    let step = |pair: &[char]| i64::from(u32::from(pair[1])) - i64::from(u32::from(pair[0]));
    let mut steps = letters.windows(2).map(step);
    let Some(first) = steps.next().filter(|step| (-1..=1).contains(step)) else { return 1 };
    2 + steps.take_while(|step| *step == first).count()
}

/// How many characters from the first on lie beside each other on a keyboard.
fn on_keys(letters: &[char]) -> usize {
    let along = |row: &[char]| {
        (0..row.len()).map(|at| row[at..].iter().zip(letters).take_while(|(key, letter)| key == letter).count()).max()
    };
    let both = |row: &&str| {
        let forwards: Vec<char> = row.chars().collect();
        let backwards: Vec<char> = row.chars().rev().collect();
        along(&forwards).max(along(&backwards))
    };
    ROWS.iter().filter_map(both).max().unwrap_or(0)
}

/// Whether a year of the last century or this begins here.
fn is_year(letters: &[char]) -> bool {
    let digits = letters.len() >= 4 && letters[..4].iter().all(char::is_ascii_digit);
    digits && (letters.starts_with(&['1', '9']) || letters.starts_with(&['2', '0']))
}

#[cfg(test)]
mod tests;
