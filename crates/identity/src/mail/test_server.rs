//! A small SMTP server on loopback: it speaks enough of RFC 5321, STARTTLS and AUTH to take a message for good, and
//! keeps every line it was sent.

use std::sync::{Arc, Mutex};

use tokio::io::{AsyncBufReadExt as _, AsyncRead, AsyncWrite, AsyncWriteExt as _, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};

/// How the server behaves.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Manner {
    /// It takes what comes.
    Takes,
    /// It wants the user `ada` with the password `s3cret`.
    AsksWho,
    /// It answers the command that begins with the first word with the second.
    Answers(&'static str, &'static str),
    /// It takes a connection and says nothing.
    Silent,
    /// It takes messages and never says goodbye.
    Clings,
}

/// A server at work.
pub(super) struct Server {
    pub(super) port: u16,
    /// The certificate it shows, in PEM form.
    pub(super) certificate: String,
    lines: Arc<Mutex<Vec<String>>>,
}

#[derive(Clone)]
struct Talk {
    manner: Manner,
    tls: TlsAcceptor,
    lines: Arc<Mutex<Vec<String>>>,
}

impl Server {
    /// Begins to listen. With `at_once` it speaks TLS from the first byte.
    pub(super) async fn start(manner: Manner, at_once: bool) -> Self {
        let key = rcgen::generate_simple_self_signed(vec!["localhost".to_owned()]).unwrap();
        let private = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(key.signing_key.serialize_der()));
        let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(vec![key.cert.der().clone()], private)
            .unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let lines = Arc::new(Mutex::new(Vec::new()));
        let talk = Talk { manner, tls: TlsAcceptor::from(Arc::new(config)), lines: Arc::clone(&lines) };
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(talk.clone().answer(stream, at_once));
            }
        });
        Self { port, certificate: key.cert.pem(), lines }
    }

    /// All lines it was sent.
    pub(super) fn lines(&self) -> Vec<String> {
        self.lines.lock().unwrap().clone()
    }

    /// The header and the text it was sent, with the dots of transport taken away.
    pub(super) fn message(&self) -> String {
        let lines = self.lines();
        let from = lines.iter().position(|line| line == "DATA").unwrap() + 1;
        let to = lines.iter().position(|line| line == ".").unwrap();
        lines[from..to].iter().map(|line| format!("{}\n", line.strip_prefix('.').unwrap_or(line))).collect()
    }
}

impl Talk {
    async fn answer(self, stream: TcpStream, at_once: bool) {
        if self.manner == Manner::Silent {
            std::future::pending::<()>().await;
        }
        if at_once {
            let Ok(stream) = self.tls.accept(stream).await else { return };
            self.converse(stream, "220 here\r\n", true).await;
        } else if let Some(stream) = self.converse(stream, "220 here\r\n", false).await
            && let Ok(stream) = self.tls.accept(stream).await
        {
            self.converse(stream, "", true).await;
        }
    }

    /// Talks until the end, or until the other side wants TLS: then the stream comes back.
    async fn converse<S: AsyncRead + AsyncWrite + Unpin>(&self, stream: S, greeting: &str, safe: bool) -> Option<S> {
        let mut stream = BufReader::new(stream);
        let mut in_data = false;
        stream.write_all(greeting.as_bytes()).await.ok()?;
        loop {
            let mut line = String::new();
            if stream.read_line(&mut line).await.ok()? == 0 {
                return None;
            }
            let line = line.trim_end_matches("\r\n").to_owned();
            self.lines.lock().unwrap().push(line.clone());
            if in_data && line != "." {
                continue;
            }
            let answer = self.reply(&line, safe);
            in_data = answer.starts_with("354");
            stream.write_all(answer.as_bytes()).await.ok()?;
            stream.flush().await.ok()?;
            match line.as_str() {
                "STARTTLS" => return Some(stream.into_inner()),
                "QUIT" if self.manner != Manner::Clings => return None,
                _ => {}
            }
        }
    }

    fn reply(&self, line: &str, safe: bool) -> String {
        let word = line.split([' ', ':']).next().unwrap_or_default();
        if let Manner::Answers(to, answer) = self.manner
            && word == to
        {
            return format!("{answer}\r\n");
        }
        let auth = if self.manner == Manner::AsksWho { "250-AUTH PLAIN LOGIN\r\n" } else { "" };
        let tls = if safe { "" } else { "250-STARTTLS\r\n" };
        match word {
            "EHLO" => format!("250-here\r\n{tls}{auth}250 8BITMIME\r\n"),
            // “\0ada\0s3cret” in base64.
            "AUTH" if line == "AUTH PLAIN AGFkYQBzM2NyZXQ=" => "235 welcome\r\n".to_owned(),
            "AUTH" => "535 5.7.8 no, not AGFkYQBzM2NyZXQ=\r\n".to_owned(),
            "DATA" => "354 go on\r\n".to_owned(),
            "QUIT" if self.manner == Manner::Clings => String::new(),
            "QUIT" => "221 bye\r\n".to_owned(),
            _ => "250 ok\r\n".to_owned(),
        }
    }
}
