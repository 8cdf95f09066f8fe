//! One reviewer's browser: a connection that is kept, a cookie, and the token of its forms.

use std::net::SocketAddr;

use sha2::{Digest, Sha256};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::sync::Mutex;

pub(crate) struct Client {
    address: SocketAddr,
    session: String,
    token: String,
    connection: Mutex<Option<TcpStream>>,
}

impl Client {
    pub(crate) fn new(address: SocketAddr, session: String) -> Self {
        let digest = Sha256::digest(format!("credway form\n{session}"));
        let token = digest.iter().map(|byte| format!("{byte:02x}")).collect();
        Self { address, session, token, connection: Mutex::new(None) }
    }

    /// Asks for a page, which must be that page.
    pub(crate) async fn get(&self, path: &str) -> Result<(), String> {
        self.send(&format!("GET {path} HTTP/1.1\r\n{}\r\n", self.heads()), 200).await
    }

    /// Sends a form, which must be answered by another page.
    pub(crate) async fn post(&self, path: &str, fields: &str) -> Result<(), String> {
        let body = format!("csrf={}&{fields}", self.token);
        let about = "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: ";
        self.send(&format!("POST {path} HTTP/1.1\r\n{}{about}{}\r\n\r\n{body}", self.heads(), body.len()), 303).await
    }

    fn heads(&self) -> String {
        let (address, session) = (self.address, &self.session);
        format!("Host: {address}\r\nOrigin: http://{address}\r\nCookie: credway-session={session}\r\n")
    }

    async fn send(&self, request: &str, expected: u16) -> Result<(), String> {
        let mut kept = self.connection.lock().await;
        // A connection that was kept may have been closed meanwhile: then once more on a new one.
        if let Some(stream) = kept.as_mut()
            && let Ok(status) = exchange(stream, request).await
        {
            return judged(status, expected);
        }
        let stream = TcpStream::connect(self.address).await.map_err(|error| error.to_string())?;
        let status = exchange(kept.insert(stream), request).await;
        if status.is_err() {
            *kept = None;
        }
        judged(status?, expected)
    }
}

fn judged(status: u16, expected: u16) -> Result<(), String> {
    if status == expected { Ok(()) } else { Err(format!("status {status}")) }
}

/// Sends a request and reads its answer to the end.
async fn exchange(stream: &mut TcpStream, request: &str) -> Result<u16, String> {
    let broken = |error: std::io::Error| error.to_string();
    stream.write_all(request.as_bytes()).await.map_err(broken)?;
    let mut answer = Vec::new();
    let mut part = [0; 16_384];
    let head = loop {
        let read = stream.read(&mut part).await.map_err(broken)?;
        if read == 0 {
            return Err("closed".to_owned());
        }
        answer.extend_from_slice(&part[..read]);
        if let Some(end) = answer.windows(4).position(|four| four == b"\r\n\r\n") {
            break end + 4;
        }
    };
    let words = String::from_utf8_lossy(&answer[..head]).to_lowercase();
    if words.lines().any(|line| line.starts_with("location:") && line.contains("sign-in")) {
        return Err("sent to sign in".to_owned());
    }
    let status = words.split_whitespace().nth(1).and_then(|word| word.parse().ok()).ok_or("no status")?;
    let length = words.lines().find_map(|line| line.strip_prefix("content-length:"));
    let Some(length) = length.and_then(|length| length.trim().parse::<usize>().ok()) else {
        return chunks(stream, answer, head).await.map(|()| status);
    };
    while answer.len() < head + length {
        let read = stream.read(&mut part).await.map_err(broken)?;
        if read == 0 {
            return Err("cut off".to_owned());
        }
        answer.extend_from_slice(&part[..read]);
    }
    Ok(status)
}

/// Reads a body that comes in chunks, to the last.
async fn chunks(stream: &mut TcpStream, mut answer: Vec<u8>, head: usize) -> Result<(), String> {
    let mut part = [0; 16_384];
    while !answer[head..].ends_with(b"0\r\n\r\n") {
        let read = stream.read(&mut part).await.map_err(|error| error.to_string())?;
        if read == 0 {
            return Err("cut off".to_owned());
        }
        answer.extend_from_slice(&part[..read]);
    }
    Ok(())
}
