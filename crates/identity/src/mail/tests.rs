//! Messages sent to a server on loopback, in clear and over TLS, and what goes wrong on the way.

use std::time::{Duration, Instant};

use super::test_server::{Manner, Server};
use super::*;

fn in_clear(server: &Server) -> MailSettings {
    let settings = MailSettings::new("127.0.0.1", "Cedar Välley <credway@cedar.example>");
    let timeout = Duration::from_secs(10);
    MailSettings { port: Some(server.port), encryption: Encryption::None, timeout, ..settings }
}

/// Over TLS, with the server's certificate trusted.
fn over_tls(server: &Server, encryption: Encryption) -> MailSettings {
    let host = "localhost".to_owned();
    MailSettings { host, encryption, roots: Some(server.certificate.clone()), ..in_clear(server) }
}

fn with_password(settings: MailSettings, password: &str) -> MailSettings {
    MailSettings { user: Some("ada".into()), password: Some(MailPassword::new(password.into())), ..settings }
}

fn message() -> Message {
    let text = "Good day,\n\n.a line with a dot\nhttps://credway.example/invitation\n";
    Message { to: "ada@cedar.example".into(), subject: "You are invited".into(), text: text.into() }
}

async fn sent(settings: MailSettings) -> Result<(), MailError> {
    Mailer::new(settings).unwrap().send(&message()).await
}

#[tokio::test]
async fn a_message_arrives_as_it_was_written() {
    let server = Server::start(Manner::Takes, false).await;
    sent(in_clear(&server)).await.unwrap();
    let lines = server.lines();
    assert_eq!(
        lines[..4],
        ["EHLO cedar.example", "MAIL FROM:<credway@cedar.example>", "RCPT TO:<ada@cedar.example>", "DATA"]
    );
    assert_eq!(lines.last().unwrap(), "QUIT");
    let message = server.message();
    let (header, text) = message.split_once("\n\n").unwrap();
    for line in [
        "From: =?utf-8?b?Q2VkYXIgVsOkbGxleQ==?= <credway@cedar.example>",
        "To: ada@cedar.example",
        "Subject: You are invited",
        "Auto-Submitted: auto-generated",
        "Content-Type: text/plain; charset=utf-8",
    ] {
        assert!(header.lines().any(|one| one == line), "{line} in {header}");
    }
    assert!(header.contains("\nDate: ") || header.starts_with("Date: "), "{header}");
    assert!(header.contains("Message-ID: <") && header.contains("@cedar.example>"), "{header}");
    assert_eq!(text.trim_end(), super::tests::message().text.trim_end());
}

#[tokio::test]
async fn tls_is_begun_before_anything_is_said() {
    for (encryption, at_once) in [(Encryption::StartTls, false), (Encryption::Tls, true)] {
        let server = Server::start(Manner::AsksWho, at_once).await;
        sent(with_password(over_tls(&server, encryption), "s3cret")).await.unwrap();
        let lines = server.lines();
        let auth = lines.iter().position(|line| line.starts_with("AUTH")).unwrap();
        let tls = lines.iter().position(|line| line == "STARTTLS");
        assert_eq!(tls.is_some(), !at_once, "{lines:?}");
        assert!(tls.is_none_or(|tls| tls < auth) && server.message().contains("invitation"), "{lines:?}");
    }
}

#[tokio::test]
async fn without_the_encryption_that_was_asked_for_nothing_is_said() {
    let server = Server::start(Manner::Answers("EHLO", "250 here"), false).await;
    let error = sent(with_password(over_tls(&server, Encryption::StartTls), "s3cret")).await.unwrap_err();
    assert!(error.to_string().contains("encryption") && !error.is_temporary(), "{error}");
    assert!(server.lines().iter().all(|line| line.starts_with("EHLO") || line == "QUIT"), "{:?}", server.lines());
    // A certificate nobody vouches for.
    let server = Server::start(Manner::AsksWho, true).await;
    let settings = MailSettings { roots: None, ..over_tls(&server, Encryption::Tls) };
    let error = sent(with_password(settings, "s3cret")).await.unwrap_err();
    assert!(error.to_string().contains("certificate"), "{error}");
    assert!(server.lines().is_empty());
    // A certificate for another name.
    let settings = MailSettings { host: "127.0.0.1".into(), ..over_tls(&server, Encryption::Tls) };
    assert!(sent(settings).await.unwrap_err().to_string().contains("certificate"));
}

/// What somebody on the way sends before encryption begins is not taken for the server's word.
#[tokio::test]
async fn answers_smuggled_in_before_encryption_are_refused() {
    for smuggled in ["220 go\r\n250 AUTH PLAIN", "220 go\r\n250 ok\r\n235 ok\r\n250 ok\r\n250 ok\r\n354 ok\r\n250 ok"] {
        let server = Server::start(Manner::Answers("STARTTLS", smuggled), false).await;
        let error = sent(with_password(over_tls(&server, Encryption::StartTls), "s3cret")).await.unwrap_err();
        assert!(error.to_string().contains("could not be encrypted"), "{error}");
        assert_eq!(server.lines(), ["EHLO cedar.example", "STARTTLS"]);
    }
}

#[tokio::test]
async fn errors_say_what_to_do_and_show_no_secret() {
    for (manner, expected, is_temporary) in [
        (Manner::AsksWho, "correct them in the configuration", false),
        (Manner::Answers("MAIL", "530 5.7.0 who is ada@cedar.example"), "name them in the configuration", false),
        (Manner::Answers("RCPT", "550 5.1.1 no ada@cedar.example"), "does not know the recipient", false),
        (Manner::Answers("RCPT", "451 4.7.1 grey, ada@cedar.example"), "again later", true),
        (Manner::Answers("DATA", "554 5.7.1 ada@cedar.example looks bad"), "as unwanted", false),
        (Manner::Answers(".", "552 5.2.2 full"), "mailbox is full", false),
        (Manner::Answers("EHLO", "500 what"), "its answer was 500", false),
        (Manner::Answers("EHLO", "nonsense"), "does not speak SMTP", false),
    ] {
        let server = Server::start(manner, false).await;
        let settings = match manner {
            Manner::AsksWho => with_password(in_clear(&server), "wr0ng"),
            _ => in_clear(&server),
        };
        let mailer = Mailer::new(settings).unwrap();
        let error = mailer.send(&message()).await.unwrap_err();
        assert!(error.to_string().contains(expected), "{error}");
        assert_eq!(error.is_temporary(), is_temporary, "{error}");
        for shown in [format!("{error} {error:?}"), format!("{mailer:?} {:?}", message())] {
            for secret in ["wr0ng", "AGFkYQBzM2NyZXQ=", "ada@cedar", "invited"] {
                assert!(!shown.contains(secret), "{shown}");
            }
        }
    }
}

#[tokio::test]
async fn a_server_that_is_silent_or_gone_is_not_waited_for() {
    let server = Server::start(Manner::Silent, false).await;
    for encryption in [Encryption::None, Encryption::StartTls, Encryption::Tls] {
        let begun = Instant::now();
        let settings = MailSettings { timeout: Duration::from_millis(200), ..over_tls(&server, encryption) };
        let error = sent(settings).await.unwrap_err();
        assert!(error.to_string().contains("in time") && error.is_temporary(), "{error}");
        assert!(begun.elapsed() < Duration::from_secs(5));
    }
    let nobody = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = Some(nobody.local_addr().unwrap().port());
    drop(nobody);
    let error = sent(MailSettings { port, ..in_clear(&server) }).await.unwrap_err();
    assert!(error.to_string().contains("cannot be reached") && error.is_temporary(), "{error}");
}

#[tokio::test]
async fn a_message_that_was_taken_is_sent_whatever_comes_after() {
    let server = Server::start(Manner::Clings, false).await;
    let settings = MailSettings { timeout: Duration::from_secs(1), ..in_clear(&server) };
    assert_eq!(sent(settings).await, Ok(()));
}

#[tokio::test]
async fn no_header_can_be_smuggled_in() {
    let server = Server::start(Manner::Takes, false).await;
    let mailer = Mailer::new(in_clear(&server)).unwrap();
    let with = |to: &str, subject: &str| Message { to: to.into(), subject: subject.into(), ..message() };
    for to in [
        "",
        "ada",
        "ada@cedar.example\r\nBcc: all@cedar.example",
        "ada@cedar.example\nBcc:all@cedar.example",
        "ada@cedar.example, bo@cedar.example",
        "ada@cedar.example,bo@cedar.example",
        "Ada <ada@cedar.example>",
        "\"a\\r\\nb\"@cedar.example",
        "ada@cedar.example>\u{0}",
        "ada@cedar.example\u{85}Bcc: all@cedar.example",
    ] {
        assert_eq!(mailer.send(&with(to, "Hello")).await, Err(MailError::Recipient), "{to:?}");
    }
    for subject in ["a\r\nBcc: all@cedar.example", "a\nb", "a\rb", "a\u{0}", "a\u{85}b", &"x".repeat(201)] {
        assert_eq!(mailer.send(&with("ada@cedar.example", subject)).await, Err(MailError::Subject), "{subject:?}");
    }
    assert!(server.lines().is_empty(), "nothing of it reached the server");
    // What looks like a header in text or in other letters stays what it is.
    let text = "Bcc: all@cedar.example\r\n.\r\nMAIL FROM:<all@cedar.example>\r\n";
    let subject = "Größe \u{2028}Bcc: all@cedar.example";
    mailer.send(&Message { text: text.into(), ..with("ada@cedar.example", subject) }).await.unwrap();
    let message = server.message();
    let (header, body) = message.split_once("\n\n").unwrap();
    assert!(!header.contains("Bcc") && body.starts_with("Bcc: all@cedar.example\n.\nMAIL FROM"), "{message}");
    let commands = server.lines().iter().filter(|line| line.starts_with("RCPT")).count();
    assert_eq!(commands, 1);
}

#[tokio::test]
async fn mail_is_off_until_a_server_is_named() {
    let mailer = Mailer::off();
    assert!(!mailer.is_on());
    assert_eq!(mailer.send(&message()).await, Err(MailError::Off));
    assert_eq!(format!("{mailer:?}"), "Mailer(None)");
}

#[test]
fn settings_that_cannot_be_used_are_told() {
    let good = || MailSettings::new("mail.cedar.example", "credway@cedar.example");
    assert!(Mailer::new(good()).unwrap().is_on());
    assert_eq!([good().port(), MailSettings { encryption: Encryption::Tls, ..good() }.port()], [587, 465]);
    let in_clear = |host: &str| MailSettings { host: host.into(), encryption: Encryption::None, ..good() };
    for (settings, hint) in [
        (in_clear("mail.cedar.example"), "only to this machine"),
        (in_clear("127.0.0.1.cedar.example"), "only to this machine"),
        (in_clear("10.0.0.1"), "only to this machine"),
        (in_clear(""), "without blanks"),
        (MailSettings { host: "mail cedar\r\n".into(), ..good() }, "without blanks"),
        (MailSettings { from: "nobody".into(), ..good() }, "sender"),
        (MailSettings { from: "A\r\nBcc: x@y.example <a@b.example>".into(), ..good() }, "sender"),
        (MailSettings { user: Some("ada".into()), ..good() }, "both a user and a password"),
        (MailSettings { password: Some(MailPassword::new("s3cret".into())), ..good() }, "both a user and a password"),
        (MailSettings { roots: Some("none".into()), ..good() }, "PEM"),
    ] {
        let error = Mailer::new(settings).unwrap_err().to_string();
        assert!(error.contains(hint) && !error.contains("s3cret"), "{error}");
    }
    for host in ["localhost", "LOCALHOST", "127.0.0.9", "::1"] {
        assert!(Mailer::new(in_clear(host)).is_ok(), "{host}");
    }
    assert_eq!(
        ["starttls", "tls", "none", "TLS"].map(Encryption::read).map(|one| one.is_some()),
        [true, true, true, false]
    );
}
