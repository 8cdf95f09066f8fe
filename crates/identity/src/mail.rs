//! Mail: invitations, recovery links, notifications, as plain text over SMTP (RFC 5321).
//!
//! Off until a server is named. The connection is encrypted: STARTTLS (RFC 3207), never given up where the server does
//! not offer it, or TLS from the first byte (RFC 8314 §3.3); without encryption only to this very machine. The
//! certificate is checked against the web's roots and those the settings add. Each message is one connection, so that a
//! restarted server disturbs nothing. This file refuses control characters in addresses and subjects, so that no header
//! can be smuggled in, and to show the password, the recipient or what the server answered beyond its code.

mod error;
mod settings;
mod stream;

use std::fmt;
use std::time::Duration;

use lettre::Address;
use lettre::message::header::{ContentType, Header, HeaderName, HeaderValue};
use lettre::message::{Mailbox, Message as Letter};
use lettre::transport::smtp;
use lettre::transport::smtp::authentication::{Credentials, Mechanism};
use lettre::transport::smtp::client::{AsyncSmtpConnection, Certificate, TlsParameters};
use lettre::transport::smtp::extension::ClientId;
use tokio::net::TcpStream;

pub use error::MailError;
pub use settings::{Encryption, MailPassword, MailSettings};

use self::settings::is_this_machine;
use self::stream::ByteByByte;
use crate::{base32, randomness};

/// Longest subject, in characters.
const LONGEST_SUBJECT: usize = 200;
/// How long we wait for the server's farewell once it has taken a message.
const FAREWELL: Duration = Duration::from_secs(2);

/// A message to one person.
#[derive(Clone)]
pub struct Message {
    /// The address, nothing else: `ada@cedar.example`.
    pub to: String,
    /// One line.
    pub subject: String,
    /// Plain text.
    pub text: String,
}

impl fmt::Debug for Message {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Message(…)")
    }
}

/// What sends mail, or knows that mail is off.
#[derive(Clone)]
pub struct Mailer(Option<Post>);

#[derive(Clone)]
struct Post {
    settings: MailSettings,
    from: Mailbox,
    tls: Option<TlsParameters>,
}

impl fmt::Debug for Mailer {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_tuple("Mailer").field(&self.0.as_ref().map(|post| &post.settings)).finish()
    }
}

impl Mailer {
    /// Mail is off: [`Mailer::send`] refuses.
    #[must_use]
    pub const fn off() -> Self {
        Self(None)
    }

    /// Mail over the server of these settings. Nothing is sent yet.
    ///
    /// # Errors
    /// A setting that cannot be used, and what to write instead.
    pub fn new(settings: MailSettings) -> Result<Self, MailError> {
        let from = sender(&settings.from)?;
        if settings.user.is_some() != settings.password.is_some() {
            return Err(MailError::Settings { hint: "name both a user and a password, or neither".to_owned() });
        }
        let tls = encryption(&settings)?;
        Ok(Self(Some(Post { settings, from, tls })))
    }

    /// Whether mail is on.
    #[must_use]
    pub const fn is_on(&self) -> bool {
        self.0.is_some()
    }

    /// Sends one message and returns when the server has taken it.
    ///
    /// # Errors
    /// Mail is off, the message cannot be a message, or the server did not take it; [`MailError::is_temporary`] says
    /// whether it may later.
    pub async fn send(&self, message: &Message) -> Result<(), MailError> {
        let Some(post) = &self.0 else { return Err(MailError::Off) };
        let letter = post.letter(message)?;
        match tokio::time::timeout(post.settings.timeout, post.deliver(&letter)).await {
            Ok(Ok(mut connection)) => {
                // It has taken the message: whatever goes wrong now, sending it again would be wrong, too.
                let _ = tokio::time::timeout(FAREWELL, connection.quit()).await;
                Ok(())
            }
            Ok(Err(error)) => Err(error),
            Err(_) => Err(MailError::slow(&post.settings)),
        }
    }
}

impl Post {
    /// The whole conversation until the server has taken the message.
    async fn deliver(&self, letter: &Letter) -> Result<AsyncSmtpConnection, MailError> {
        let failed = |error: smtp::Error| MailError::of_server(&error, &self.settings);
        let mut connection = self.connect().await?;
        if let (Some(user), Some(password)) = (&self.settings.user, &self.settings.password) {
            let credentials = Credentials::new(user.clone(), password.reveal().to_owned());
            connection.auth(&[Mechanism::Plain, Mechanism::Login], &credentials).await.map_err(failed)?;
        }
        connection.send(letter.envelope(), &letter.formatted()).await.map_err(failed)?;
        Ok(connection)
    }

    /// A connection that is as secret as the settings say.
    async fn connect(&self) -> Result<AsyncSmtpConnection, MailError> {
        let failed = |error: smtp::Error| MailError::of_server(&error, &self.settings);
        let MailSettings { host, encryption, timeout, .. } = &self.settings;
        let hello = ClientId::Domain(self.from.email.domain().to_owned());
        let server = (host.as_str(), self.settings.port());
        if *encryption == Encryption::Tls {
            let tls = self.tls.clone();
            let connecting = AsyncSmtpConnection::connect_tokio1(server, Some(*timeout), &hello, tls, None);
            return connecting.await.map_err(failed);
        }
        let stream = TcpStream::connect(server).await.map_err(|_| MailError::unreachable(&self.settings))?;
        let stream = Box::new(ByteByByte(stream));
        let mut connection = AsyncSmtpConnection::connect_with_transport(stream, &hello).await.map_err(failed)?;
        if let Some(tls) = self.tls.clone() {
            connection.starttls(tls, &hello).await.map_err(failed)?;
        }
        Ok(connection)
    }

    fn letter(&self, message: &Message) -> Result<Letter, MailError> {
        if message.subject.chars().any(char::is_control) || message.subject.chars().count() > LONGEST_SUBJECT {
            return Err(MailError::Subject);
        }
        let to = Mailbox::new(None, address(&message.to).ok_or(MailError::Recipient)?);
        let word = randomness::bytes::<20>().map_err(MailError::NoRandomness)?;
        let word = base32::encode(word.as_slice(), base32::LOWER);
        Letter::builder()
            .from(self.from.clone())
            .to(to)
            .subject(message.subject.clone())
            .message_id(Some(format!("<{word}@{}>", self.from.email.domain())))
            .header(AutoSubmitted)
            .header(ContentType::TEXT_PLAIN)
            .body(message.text.clone())
            .map_err(|_| MailError::Recipient)
    }
}

/// An address and nothing else: no name, no list, no control character, no part in quotes.
fn address(given: &str) -> Option<Address> {
    let plain =
        !given.chars().any(|letter| letter.is_control() || letter.is_whitespace() || "\"<>(),;:".contains(letter));
    plain.then(|| given.parse().ok()).flatten()
}

/// `credway@cedar.example` or `Cedar Valley College <credway@cedar.example>`.
fn sender(given: &str) -> Result<Mailbox, MailError> {
    let wrong = || MailError::Settings { hint: "the sender must be an address, or “Name <address>”".to_owned() };
    if given.chars().any(char::is_control) {
        return Err(wrong());
    }
    match given.trim().strip_suffix('>').and_then(|given| given.split_once('<')) {
        None => Ok(Mailbox::new(None, address(given.trim()).ok_or_else(wrong)?)),
        Some((name, written)) => {
            let name = Some(name.trim().to_owned()).filter(|name| !name.is_empty());
            Ok(Mailbox::new(name, address(written).ok_or_else(wrong)?))
        }
    }
}

/// What the connection is encrypted with; nothing where it stays in clear.
fn encryption(settings: &MailSettings) -> Result<Option<TlsParameters>, MailError> {
    let wrong = |hint: &str| MailError::Settings { hint: hint.to_owned() };
    if settings.host.is_empty() || settings.host.chars().any(|letter| letter.is_control() || letter.is_whitespace()) {
        return Err(wrong("name the mail server's host, without blanks"));
    }
    if settings.encryption == Encryption::None {
        return match is_this_machine(&settings.host) {
            true => Ok(None),
            false => Err(wrong("mail without encryption goes only to this machine; use “starttls” or “tls”")),
        };
    }
    let mut parameters = TlsParameters::builder(settings.host.clone());
    if let Some(pem) = &settings.roots {
        let unread = || wrong("the additional root certificates are no certificates in PEM form");
        // An empty list is no error to the library, and would leave somebody to wonder.
        if !pem.contains("-----BEGIN CERTIFICATE-----") {
            return Err(unread());
        }
        parameters = parameters.add_root_certificate(Certificate::from_pem(pem.as_bytes()).map_err(|_| unread())?);
    }
    let unused = |_| wrong("the host's name, or a root certificate, cannot be used");
    parameters.build_rustls().map(Some).map_err(unused)
}

/// RFC 3834 §5: sent by a program, so that nobody's absence note answers it.
#[derive(Clone)]
struct AutoSubmitted;

impl Header for AutoSubmitted {
    fn name() -> HeaderName {
        HeaderName::new_from_ascii_str("Auto-Submitted")
    }

    fn parse(_: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        Ok(Self)
    }

    fn display(&self) -> HeaderValue {
        HeaderValue::new(Self::name(), "auto-generated".to_owned())
    }
}

#[cfg(test)]
mod test_server;
#[cfg(test)]
mod tests;
