//! Why nobody was signed in, named after what the person or the administrator met.
//!
//! No variant carries a token, a code, a secret or text that the provider wrote freely: these errors are shown and
//! logged.

/// Why a sign-in at the identity provider did not come about.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum OpenIdError {
    /// A setting is missing or not usable.
    #[error("single sign-on is not set up: {0}")]
    Settings(&'static str),
    /// The provider's metadata leads to an address that is not the issuer's and not listed.
    #[error("the identity provider names the address {address}, which is not its own: list its host if you trust it")]
    ForbiddenAddress {
        /// Scheme, host and port.
        address: String,
    },
    /// No connection, no certificate that is trusted, or no answer in time.
    #[error("the identity provider at {host} could not be reached ({why}): try again, or tell the administrator")]
    Unreachable {
        /// Which host.
        host: String,
        /// What happened, in general.
        why: &'static str,
    },
    /// The provider answered with a status that is none of the expected.
    #[error("the identity provider answered with status {status} where {what} was asked for")]
    Status {
        /// The HTTP status.
        status: u16,
        /// What had been asked for.
        what: &'static str,
    },
    /// The answer is larger than any such answer is.
    #[error("the identity provider's answer is too large")]
    TooLarge,
    /// The answer is not what the standard says.
    #[error("the identity provider's {0} could not be understood: check that the issuer is an OpenID provider")]
    NotUnderstood(&'static str),
    /// The answer belongs to no sign-in of this browser.
    #[error("this answer does not belong to a sign-in begun here: begin again")]
    WrongState,
    /// The person came back too late.
    #[error("signing in took longer than ten minutes: begin again")]
    TookTooLong,
    /// The person, or the provider for them, said no.
    #[error("the identity provider did not let you in: sign in there, or ask its administrator for access")]
    Denied,
    /// The provider refused with one of the standard's error codes.
    #[error("the identity provider refused with the code `{0}`")]
    Refused(String),
    /// The answer carries no code.
    #[error("the identity provider's answer has no code: begin again")]
    NoCode,
    /// The code was used before, is too old, or was given to another client.
    #[error("the sign-in's code was refused, as used or expired: begin again")]
    CodeRefused,
    /// The provider does not know Credway by this name and secret.
    #[error("the identity provider does not accept Credway's client identifier or secret: check both")]
    ClientRefused,
    /// The answer has no ID token.
    #[error("the identity provider sent no ID token: check that the scope `openid` is allowed for Credway")]
    NoIdToken,
    /// Somebody else answered.
    #[error("the answer is of another issuer than the one set up: check the issuer's address, letter by letter")]
    WrongIssuer,
    /// The token was made for another client.
    #[error("the ID token was made for another application")]
    WrongAudience,
    /// The token was made for another sign-in.
    #[error("the ID token belongs to another sign-in: begin again")]
    WrongNonce,
    /// The token was made together with another access token.
    #[error("the ID token and the access token do not belong together")]
    WrongAccessToken,
    /// The claims are about somebody else than the token.
    #[error("the identity provider's answers are about two people")]
    WrongSubject,
    /// The signature is not by the key it names.
    #[error("the ID token's signature is wrong")]
    WrongSignature,
    /// The signature is by a key the provider does not publish.
    #[error("the ID token is signed with a key the identity provider does not publish: try again in a minute")]
    UnknownKey,
    /// The token is not signed, or in a manner that is not accepted.
    #[error("the ID token is not signed, or in a manner that is not accepted")]
    RefusedSigning,
    /// The token is too old.
    #[error("the ID token has expired: begin again; if it stays so, set the clocks of both servers")]
    Expired,
    /// The token is from the future.
    #[error("the ID token was issued in the future: set the clocks of both servers")]
    ClocksApart,
    /// The provider points to the groups instead of telling them.
    #[error("you are in too many groups for the ID token: have the provider send only the groups given to Credway")]
    GroupsElsewhere,
    /// The groups are neither a text nor a list of texts.
    #[error("the claim with the groups is no list of names: check its name and what the provider puts there")]
    GroupsNotUnderstood,
}

impl OpenIdError {
    /// Whether beginning again may help the person; otherwise the administrator must set something right.
    #[must_use]
    pub const fn may_pass(&self) -> bool {
        matches!(
            self,
            Self::Unreachable { .. }
                | Self::Status { .. }
                | Self::WrongState
                | Self::TookTooLong
                | Self::Denied
                | Self::NoCode
                | Self::CodeRefused
                | Self::WrongNonce
                | Self::UnknownKey
                | Self::Expired
        )
    }
}
