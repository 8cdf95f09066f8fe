//! What must be remembered between sending a browser to the identity provider and its coming back.

use jiff::{SignedDuration, Timestamp};
use openidconnect::{CsrfToken, Nonce, PkceCodeVerifier};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::OpenIdError;

/// Longest time between the two requests of a sign-in.
const LONGEST: SignedDuration = SignedDuration::from_mins(10);

/// A sign-in that was begun and not yet finished.
///
/// The caller keeps it sealed, bound to the one browser that began it (a cookie), and hands it to `finish` once:
/// whoever reads it could finish somebody else's sign-in. It cannot be cloned, and `Debug` shows no secret.
#[derive(Debug, Serialize, Deserialize)]
pub struct Pending {
    pub(super) issuer: String,
    pub(super) state: CsrfToken,
    pub(super) nonce: Nonce,
    pub(super) verifier: PkceCodeVerifier,
    /// Where in Credway the person wanted to go: a path, never another site.
    pub return_to: String,
    /// When it was begun.
    pub begun: Timestamp,
}

impl Pending {
    /// Whether the answer is to this sign-in, and in time.
    pub(super) fn check(&self, issuer: &str, state: Option<&str>, now: Timestamp) -> Result<(), OpenIdError> {
        let digest = |text: &str| Sha256::digest(text.as_bytes());
        // Compared as digests, so that the time it takes says nothing about how much was right.
        if issuer != self.issuer || state.is_none_or(|state| digest(state) != digest(self.state.secret())) {
            return Err(OpenIdError::WrongState);
        }
        if now.duration_since(self.begun).abs() > LONGEST {
            return Err(OpenIdError::TookTooLong);
        }
        Ok(())
    }
}

/// The path within Credway, or `/` for anything that a browser could take for another site.
pub(super) fn local_path(wanted: &str) -> String {
    let local = wanted.starts_with('/')
        && !wanted.starts_with("//")
        && !wanted.contains('\\')
        && !wanted.chars().any(char::is_control);
    if local { wanted.to_owned() } else { "/".to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pending() -> Pending {
        Pending {
            issuer: "https://id.example.edu".to_owned(),
            state: CsrfToken::new("the-state".to_owned()),
            nonce: Nonce::new("the-nonce".to_owned()),
            verifier: PkceCodeVerifier::new("the-verifier".to_owned()),
            return_to: "/".to_owned(),
            begun: Timestamp::UNIX_EPOCH,
        }
    }

    #[test]
    fn only_its_own_answer_in_time() {
        let at = |seconds| Timestamp::from_second(seconds).unwrap();
        let check = |issuer, state, seconds| pending().check(issuer, state, at(seconds));
        assert_eq!(check("https://id.example.edu", Some("the-state"), 600), Ok(()));
        assert_eq!(check("https://id.example.edu", Some("the-state"), 601), Err(OpenIdError::TookTooLong));
        assert_eq!(check("https://id.example.edu", Some("the-state"), -601), Err(OpenIdError::TookTooLong));
        assert_eq!(check("https://id.example.edu", Some("the-state "), 0), Err(OpenIdError::WrongState));
        assert_eq!(check("https://id.example.edu", Some(""), 0), Err(OpenIdError::WrongState));
        assert_eq!(check("https://id.example.edu", None, 0), Err(OpenIdError::WrongState));
        assert_eq!(check("https://other.example.edu", Some("the-state"), 0), Err(OpenIdError::WrongState));
    }

    #[test]
    fn it_is_read_back_and_not_shown() {
        let read: Pending = serde_json::from_str(&serde_json::to_string(&pending()).unwrap()).unwrap();
        assert_eq!(read.verifier.secret(), "the-verifier");
        let shown = format!("{read:?}");
        for secret in ["the-state", "the-nonce", "the-verifier"] {
            assert!(!shown.contains(secret), "{shown}");
        }
    }

    #[test]
    fn only_paths_are_returned_to() {
        for path in ["/", "/programs/1?tab=a#b", "/a//b"] {
            assert_eq!(local_path(path), path);
        }
        for other in
            ["", "//evil.example", "/\\evil.example", "https://evil.example", "a", "/a\r\nb", "/\t/evil.example"]
        {
            assert_eq!(local_path(other), "/", "{other:?}");
        }
    }
}
