//! What the browser brings back from the identity provider, as it stands in the address.

use std::fmt;

use serde::Deserialize;

use super::OpenIdError;

/// The query of the redirect address. Unknown parameters are passed over, as the standard wants.
#[derive(Clone, Default, Deserialize)]
pub struct Answer {
    /// Which sign-in it answers.
    pub state: Option<String>,
    /// What the ID token is got for.
    pub code: Option<String>,
    /// Who answers (RFC 9207).
    pub iss: Option<String>,
    /// Why there is no code.
    pub error: Option<String>,
}

impl fmt::Debug for Answer {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Answer(…)")
    }
}

impl Answer {
    /// The code, if the answer is of this issuer and no refusal.
    pub(super) fn code(&self, issuer: &str, issuer_expected: bool) -> Result<&str, OpenIdError> {
        let right = self.iss.as_deref().map_or(!issuer_expected, |told| told == issuer);
        if !right {
            return Err(OpenIdError::WrongIssuer);
        }
        match self.error.as_deref() {
            Some("access_denied") => Err(OpenIdError::Denied),
            Some(code) => Err(OpenIdError::Refused(shown(code))),
            None => self.code.as_deref().filter(|code| !code.is_empty()).ok_or(OpenIdError::NoCode),
        }
    }
}

/// An error code as it may be shown and logged: what the standard's codes are made of, and no more of it.
pub(super) fn shown(code: &str) -> String {
    code.chars().filter(|letter| letter.is_ascii_lowercase() || *letter == '_').take(40).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_issuer_comes_first_then_the_refusal() {
        let us = "https://id.example.edu";
        let answer = |code: Option<&str>, iss: Option<&str>, error: Option<&str>| Answer {
            state: None,
            code: code.map(str::to_owned),
            iss: iss.map(str::to_owned),
            error: error.map(str::to_owned),
        };
        assert_eq!(answer(Some("c"), Some(us), None).code(us, true), Ok("c"));
        assert_eq!(answer(Some("c"), None, None).code(us, false), Ok("c"));
        assert_eq!(answer(Some("c"), None, None).code(us, true), Err(OpenIdError::WrongIssuer));
        assert_eq!(answer(Some("c"), Some("https://x.example"), None).code(us, false), Err(OpenIdError::WrongIssuer));
        assert_eq!(
            answer(Some("c"), Some("https://id.example.edu/"), None).code(us, true),
            Err(OpenIdError::WrongIssuer)
        );
        assert_eq!(answer(Some("c"), None, Some("access_denied")).code(us, false), Err(OpenIdError::Denied));
        let refused = OpenIdError::Refused("login_requiredscriptxscript".to_owned());
        assert_eq!(answer(None, None, Some("login_required<script>x</script>")).code(us, false), Err(refused));
        assert_eq!(answer(None, None, None).code(us, false), Err(OpenIdError::NoCode));
        assert_eq!(answer(Some(""), None, None).code(us, false), Err(OpenIdError::NoCode));
    }
}
