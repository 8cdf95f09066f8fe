//! An account: a person who can sign in.

use std::fmt;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{AccountId, Person, Text};

/// An e-mail address, in lower case: what an account is known by when signing in.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct EmailAddress(String);

/// Why a text is no e-mail address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EmailError {
    /// No name, no place, or not exactly one sign between them.
    #[error("write it as name@place.example")]
    Form,
    /// More than 254 characters.
    #[error("it is longer than 254 characters")]
    Long,
    /// Blanks, control characters, or signs that end an address in a letter's head.
    #[error("it holds blanks or signs an address cannot have")]
    Signs,
}

impl EmailAddress {
    /// The address, without the blanks around it and in lower case. What is asked of it is little (one `@` with
    /// something before it and a place with a dot or `localhost` after it; at most 254 characters, RFC 5321 section
    /// 4.5.3.1): whether it reaches somebody only a letter can tell.
    ///
    /// # Errors
    /// [`EmailError`].
    pub fn new(given: &str) -> Result<Self, EmailError> {
        let address = given.trim().to_lowercase();
        if address.chars().count() > 254 {
            return Err(EmailError::Long);
        }
        let odd = |sign: char| sign.is_whitespace() || sign.is_control() || "<>(),;:\"[]\\".contains(sign);
        if address.chars().any(odd) {
            return Err(EmailError::Signs);
        }
        let (name, place) = address.split_once('@').ok_or(EmailError::Form)?;
        let dotted = place.contains('.') && !place.starts_with('.') && !place.ends_with('.') && !place.contains("..");
        if name.is_empty() || place.contains('@') || !(dotted || place == "localhost") {
            return Err(EmailError::Form);
        }
        Ok(Self(address))
    }

    /// The address.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for EmailAddress {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl TryFrom<String> for EmailAddress {
    type Error = EmailError;

    fn try_from(given: String) -> Result<Self, EmailError> {
        Self::new(&given)
    }
}

impl From<EmailAddress> for String {
    fn from(address: EmailAddress) -> Self {
        address.0
    }
}

/// How an account stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AccountState {
    /// Invited, and not yet come.
    Invited,
    /// May sign in.
    Active,
    /// Kept from signing in; everything it did stays.
    Suspended,
    /// The person's data was taken away on request; what it did stays under a name that says nothing.
    Erased,
}

/// An account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Account {
    /// Identifier.
    pub id: AccountId,
    /// In whose name it acts. No two accounts share a name, since a word is known by the name of who gave it.
    pub person: Person,
    /// What it is known by when signing in; none once it is erased.
    pub email: Option<EmailAddress>,
    /// How it stands.
    pub state: AccountState,
    /// When it was made.
    pub created: Timestamp,
}

impl Account {
    /// The account's name as text.
    #[must_use]
    pub fn name(&self) -> &Text {
        &self.person.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_read_strictly_enough_for_a_letters_head() {
        for (given, expected) in [
            (" Dana.Kim@Bay.example ", Ok("dana.kim@bay.example")),
            ("dana@localhost", Ok("dana@localhost")),
            ("d+x_y'z@bay-college.example", Ok("d+x_y'z@bay-college.example")),
            ("dana", Err(EmailError::Form)),
            ("@bay.example", Err(EmailError::Form)),
            ("dana@bay", Err(EmailError::Form)),
            ("dana@@bay.example", Err(EmailError::Form)),
            ("dana@bay..example", Err(EmailError::Form)),
            ("dana kim@bay.example", Err(EmailError::Signs)),
            ("dana@bay.example\r\nBcc: all@bay.example", Err(EmailError::Signs)),
            ("<dana@bay.example>", Err(EmailError::Signs)),
            ("a@b.example,c@d.example", Err(EmailError::Signs)),
        ] {
            let read = EmailAddress::new(given);
            assert_eq!(read.as_ref().map(EmailAddress::as_str).map_err(|error| *error), expected, "{given}");
        }
        assert_eq!(EmailAddress::new(&format!("{}@bay.example", "x".repeat(250))), Err(EmailError::Long));
    }
}
