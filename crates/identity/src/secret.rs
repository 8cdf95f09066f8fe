//! Secrets that somebody is given once: sessions, invitations, device cookies, API tokens. What is kept is the digest.
//!
//! A secret has 256 random bits, so that a plain SHA-256 of it cannot be reversed by guessing and needs neither salt nor
//! slow hashing (OWASP Session Management asks for 64 bits at least). It is shown in lower-case base32: 52 characters
//! that a double click selects whole. This file refuses to compare secrets themselves and to show one unasked.

use std::fmt;
use std::str::FromStr;

use sha2::{Digest as _, Sha256};
use subtle::ConstantTimeEq as _;
use zeroize::Zeroizing;

use crate::randomness::NoRandomness;
use crate::{base32, hexadecimal, randomness};

/// How the token of a program's interface begins, so that scanners of public code can find one that leaked.
pub const API_TOKEN_PREFIX: &str = "cwy_";

/// A secret in clear: to be shown or sent once, never kept. `Debug` shows nothing of it; dropped, it is overwritten.
#[derive(Clone)]
pub struct Secret(Zeroizing<String>);

impl Secret {
    /// A new secret of 256 bits.
    ///
    /// # Errors
    /// The operating system gives no randomness.
    pub fn new() -> Result<Self, NoRandomness> {
        Self::prefixed("")
    }

    /// A new secret of 256 bits that begins with [`API_TOKEN_PREFIX`].
    ///
    /// # Errors
    /// The operating system gives no randomness.
    pub fn api_token() -> Result<Self, NoRandomness> {
        Self::prefixed(API_TOKEN_PREFIX)
    }

    fn prefixed(prefix: &str) -> Result<Self, NoRandomness> {
        let bytes = randomness::bytes::<32>()?;
        let encoded = Zeroizing::new(base32::encode(bytes.as_slice(), base32::LOWER));
        let mut text = Zeroizing::new(String::with_capacity(prefix.len() + encoded.len()));
        text.push_str(prefix);
        text.push_str(&encoded);
        Ok(Self(text))
    }

    /// The secret in clear, for the one place where it is handed over.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// What is kept of it.
    #[must_use]
    pub fn digest(&self) -> SecretDigest {
        digest(&self.0)
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Secret(…)")
    }
}

/// What the database keeps of a secret: its SHA-256 as 64 lower-case hexadecimal digits.
///
/// Two are compared in the same time wherever they differ. Whoever reads a digest cannot sign in with it.
#[derive(Clone, Debug, Eq)]
pub struct SecretDigest(String);

/// The digest of what somebody presented, to be looked up.
#[must_use]
pub fn digest(presented: &str) -> SecretDigest {
    SecretDigest(hexadecimal::encode(&Sha256::digest(presented.as_bytes())))
}

impl SecretDigest {
    /// The 64 digits.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl PartialEq for SecretDigest {
    fn eq(&self, other: &Self) -> bool {
        self.0.as_bytes().ct_eq(other.0.as_bytes()).into()
    }
}

impl fmt::Display for SecretDigest {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// A text that is no digest: it is not 64 lower-case hexadecimal digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the digest of a secret is 64 lower-case hexadecimal digits")]
pub struct NotADigest;

impl FromStr for SecretDigest {
    type Err = NotADigest;

    fn from_str(given: &str) -> Result<Self, Self::Err> {
        let whole = hexadecimal::decode(given).is_some_and(|bytes| bytes.len() == 32);
        whole.then(|| Self(given.to_owned())).ok_or(NotADigest)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_has_256_bits_and_is_never_shown() {
        let (one, other) = (Secret::new().unwrap(), Secret::new().unwrap());
        assert_eq!(one.reveal().len(), 52);
        assert!(one.reveal().bytes().all(|letter| base32::LOWER.contains(&letter)));
        assert_ne!(one.reveal(), other.reveal());
        assert_eq!(format!("{one:?} {one:#?}"), "Secret(…) Secret(…)");
    }

    #[test]
    fn a_token_can_be_found_by_scanners() {
        let token = Secret::api_token().unwrap();
        assert!(token.reveal().starts_with("cwy_") && token.reveal().len() == 56);
        assert_eq!(token.digest(), digest(token.reveal()));
    }

    /// FIPS 180-4's example: the digest of “abc”.
    #[test]
    fn digests_are_sha_256() {
        let expected = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(digest("abc").as_str(), expected);
        assert_eq!(expected.parse(), Ok(digest("abc")));
        assert_ne!(digest("abc"), digest("abd"));
    }

    #[test]
    fn what_is_no_digest_is_refused() {
        for bad in ["", "ba78", &"g".repeat(64), &"AB".repeat(32), &"a".repeat(66)] {
            assert_eq!(bad.parse::<SecretDigest>(), Err(NotADigest), "{bad}");
        }
    }
}
