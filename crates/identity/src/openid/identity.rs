//! Who signed in, as the identity provider says.

use std::fmt;

use serde::{Deserialize, Serialize};

/// Who signed in. Issuer and subject together are the person's name for ever; all else may change.
///
/// The e-mail address must not find an account by itself: a provider may let people set any. Only with
/// `email_verified`, and only for an invitation to this very address, may it join the two.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identity {
    /// The provider.
    pub issuer: String,
    /// The person there.
    pub subject: String,
    /// Their address, where they have one and let Credway know it.
    pub email: Option<String>,
    /// Whether the provider made sure that the address is theirs. An absent word counts as no.
    pub email_verified: bool,
    /// Their name.
    pub name: Option<String>,
    /// Their groups, sorted, each once. A provider that tells no groups has given none.
    pub groups: Vec<String>,
    /// The provider's name for this session of theirs.
    pub session: Option<String>,
    /// What the provider wants to see again at sign-out.
    pub id_token_hint: IdTokenHint,
}

/// An ID token that was used up, kept to sign out with. It opens nothing, but speaks about a person: it is to be kept
/// sealed, and `Debug` does not show it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct IdTokenHint(pub(super) String);

impl fmt::Debug for IdTokenHint {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("IdTokenHint(…)")
    }
}
