//! Recovery codes: ten codes on paper, each of which stands in once for a lost second factor (NIST SP 800-63B-4 §3.1.2,
//! look-up secrets).
//!
//! A code has 120 random bits, so that its plain SHA-256 may be kept (§3.1.2.2 asks for slow hashing under 112 bits). It
//! is written in six groups of four characters of Crockford's alphabet, and read back with small letters, blanks,
//! dashes, and the letters that look like a one or a nought. This file refuses to remember which code was used: the
//! caller deletes its digest in the transaction in which it lets the person in.

use std::fmt;

use zeroize::Zeroizing;

use crate::base32;
use crate::randomness::{self, NoRandomness};
use crate::secret::{self, SecretDigest};

/// How many codes somebody gets.
pub const COUNT: usize = 10;
/// Characters of a code, without dashes.
const LENGTH: usize = 24;
/// Most bytes of an entry that are looked at.
const LONGEST_ENTRY: usize = 128;

/// A code in clear: shown once, never kept. `Debug` shows nothing of it; dropped, it is overwritten.
#[derive(Clone)]
pub struct RecoveryCode(Zeroizing<String>);

impl RecoveryCode {
    /// [`COUNT`] new codes.
    ///
    /// # Errors
    /// The operating system gives no randomness.
    pub fn new_set() -> Result<Vec<Self>, NoRandomness> {
        (0..COUNT).map(|_| Self::new()).collect()
    }

    fn new() -> Result<Self, NoRandomness> {
        let bytes = randomness::bytes::<15>()?;
        Ok(Self(Zeroizing::new(base32::encode(bytes.as_slice(), base32::UNAMBIGUOUS))))
    }

    /// The code as it is shown: `7K2M-9XQP-0R4T-WZ5C-H8VD-3NFA`.
    #[must_use]
    pub fn reveal(&self) -> Zeroizing<String> {
        let mut shown = Zeroizing::new(String::with_capacity(LENGTH + LENGTH / 4));
        for (at, letter) in self.0.chars().enumerate() {
            if at > 0 && at % 4 == 0 {
                shown.push('-');
            }
            shown.push(letter);
        }
        shown
    }

    /// What is kept of it.
    #[must_use]
    pub fn digest(&self) -> SecretDigest {
        secret::digest(&self.0)
    }
}

impl fmt::Debug for RecoveryCode {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("RecoveryCode(…)")
    }
}

/// The digest of the code somebody typed, to be looked up; `None` where it cannot be a code at all.
#[must_use]
pub fn digest_of_entry(entry: &str) -> Option<SecretDigest> {
    if entry.len() > LONGEST_ENTRY {
        return None;
    }
    let mut code = Zeroizing::new(String::with_capacity(LONGEST_ENTRY));
    for letter in entry.chars().filter(|letter| !letter.is_whitespace() && !is_dash(*letter)) {
        let letter = match letter.to_ascii_uppercase() {
            'O' => '0',
            'I' | 'L' => '1',
            other => other,
        };
        if !letter.is_ascii() || !base32::UNAMBIGUOUS.contains(&(letter as u8)) {
            return None;
        }
        code.push(letter);
    }
    (code.len() == LENGTH).then(|| secret::digest(&code))
}

/// What people and word processors write between groups.
const fn is_dash(letter: char) -> bool {
    matches!(letter, '-' | '_' | '.' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{ad}' | '\u{200b}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ten_different_codes_of_120_bits() {
        let codes = RecoveryCode::new_set().unwrap();
        let mut shown: Vec<String> = codes.iter().map(|code| code.reveal().to_string()).collect();
        for one in &shown {
            assert_eq!(one.len(), 29);
            assert!(one.split('-').all(|group| group.len() == 4), "{one}");
            assert!(one.bytes().all(|letter| letter == b'-' || base32::UNAMBIGUOUS.contains(&letter)), "{one}");
        }
        shown.sort();
        shown.dedup();
        assert_eq!(shown.len(), COUNT);
        assert_eq!(format!("{:?}", codes[0]), "RecoveryCode(…)");
    }

    #[test]
    fn a_code_is_read_as_people_type_it() {
        let code = RecoveryCode(Zeroizing::new("7K2M9XQP0R1TWZ5CH8VD3NFA".to_owned()));
        assert_eq!(*code.reveal(), "7K2M-9XQP-0R1T-WZ5C-H8VD-3NFA");
        for entry in [
            "7K2M-9XQP-0R1T-WZ5C-H8VD-3NFA",
            "7k2m9xqp0r1twz5ch8vd3nfa",
            " 7K2M 9XQP\tOR1T wz5c h8vd3 nfa\n",
            "7k2m\u{2013}9xqp\u{2011}oRlT\u{2014}WZ5C-H8VD-3NFA",
            "7K2M-9XQP-0RIT-WZ5C-H8VD-3NFA",
        ] {
            assert_eq!(digest_of_entry(entry), Some(code.digest()), "{entry}");
        }
        assert_ne!(digest_of_entry("7K2M-9XQP-0R1T-WZ5C-H8VD-3NFB"), Some(code.digest()));
        for bad in [
            "",
            "7K2M-9XQP-0R1T-WZ5C-H8VD-3NF",
            "7K2M-9XQP-0R1T-WZ5C-H8VD-3NFAA",
            "7K2M-9XQP-0R1T-WZ5C-H8VD-3NFU",
            "７K2M9XQP0R1TWZ5CH8VD3NFA",
        ] {
            assert_eq!(digest_of_entry(bad), None, "{bad}");
        }
        assert_eq!(digest_of_entry(&"-".repeat(1_000_000)), None);
    }
}
