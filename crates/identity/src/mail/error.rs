//! Why a message was not sent, and what to do about it.

use std::error::Error as _;
use std::io;

use lettre::transport::smtp;

use super::MailSettings;
use crate::randomness::NoRandomness;

/// Why a message was not sent. None of the sentences holds a password, a recipient or a word of the server's.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MailError {
    /// Mail is off.
    #[error("mail is off; name a mail server in the configuration to have messages sent")]
    Off,
    /// A setting cannot be used.
    #[error("mail cannot be set up: {hint}")]
    Settings {
        /// What to write instead.
        hint: String,
    },
    /// The recipient is no address.
    #[error("the recipient is no e-mail address; correct it in their account")]
    Recipient,
    /// The subject is no line.
    #[error("a subject is one line of at most 200 characters")]
    Subject,
    /// No identifier can be made for the message.
    #[error(transparent)]
    NoRandomness(NoRandomness),
    /// The server did not take the message.
    #[error("{server} did not take the message: {hint}")]
    Refused {
        /// Host and port.
        server: String,
        /// What happened and what to do.
        hint: String,
        /// Whether it may take it later.
        is_temporary: bool,
    },
}

impl MailError {
    /// Whether the same message may go through later.
    #[must_use]
    pub const fn is_temporary(&self) -> bool {
        match self {
            Self::Refused { is_temporary, .. } => *is_temporary,
            Self::NoRandomness(_) => true,
            Self::Off | Self::Settings { .. } | Self::Recipient | Self::Subject => false,
        }
    }

    /// The server did not answer in time.
    pub(super) fn slow(settings: &MailSettings) -> Self {
        Self::refused(settings, "it did not answer in time; try again, and check host, port and firewall", true)
    }

    /// What the library tells, put as what to do.
    pub(super) fn of_server(error: &smtp::Error, settings: &MailSettings) -> Self {
        if let Some(code) = error.status() {
            let code = code.to_string();
            return Self::refused(settings, &of_code(&code), code.starts_with('4'));
        }
        if error.is_timeout() {
            return Self::slow(settings);
        }
        if error.is_tls() || is_handshake(error) {
            let hint = "the connection could not be encrypted; check that the certificate is valid for this host, and \
                        name the root certificate if it is the institution's own";
            return Self::refused(settings, hint, false);
        }
        if error.is_client() {
            let hint = "it does not offer what the settings ask for (encryption, a way to sign in, or characters \
                        beyond ASCII in an address); check “encryption”, the port and the address";
            return Self::refused(settings, hint, false);
        }
        if error.is_response() {
            return Self::refused(settings, "it does not speak SMTP; check host, port and “encryption”", false);
        }
        Self::unreachable(settings)
    }

    /// There is no connection to the server.
    pub(super) fn unreachable(settings: &MailSettings) -> Self {
        Self::refused(settings, "it cannot be reached; check host, port and firewall, and try again", true)
    }

    fn refused(settings: &MailSettings, hint: &str, is_temporary: bool) -> Self {
        let server = format!("the mail server {}:{}", settings.host, settings.port());
        Self::Refused { server, hint: hint.to_owned(), is_temporary }
    }
}

/// Whether TLS failed: somewhere below the library's error lies one of a stream whose bytes make no sense.
fn is_handshake(error: &smtp::Error) -> bool {
    let causes = std::iter::successors(error.source(), |cause: &&(dyn std::error::Error + 'static)| (*cause).source());
    causes.filter_map(|cause| cause.downcast_ref::<io::Error>()).any(|cause| cause.kind() == io::ErrorKind::InvalidData)
}

/// What an answer of RFC 5321 §4.2 or RFC 4954 §6 means for whoever keeps the server.
fn of_code(code: &str) -> String {
    let what = match code {
        "530" => "it wants a user and a password; name them in the configuration",
        "534" | "535" | "538" => "it does not take the user and password; correct them in the configuration",
        "550" | "551" | "553" => "it does not know the recipient, or does not let us send from this sender",
        "552" => "the message is too large for it, or the recipient's mailbox is full",
        "554" => "it refused the message, most likely as unwanted; check that the sender may be used (SPF, DKIM)",
        code if code.starts_with('4') => "it cannot take the message at present; it is worth trying again later",
        _ => "it refused; look at its log",
    };
    format!("{what} (its answer was {code})")
}
