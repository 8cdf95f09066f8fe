//! How WebDriver's requests reach ChromeDriver: one plain connection each, to this machine only. It blocks, as nothing
//! else is to be done meanwhile, and needs no runtime, so that a session can be ended from anywhere.

use std::future::ready;
use std::io::{BufRead, BufReader, Error, Write};
use std::net::TcpStream;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use axum::body::Bytes;
use axum::http::{Request, Response};
use thirtyfour::prelude::{WebDriverError, WebDriverResult};
use thirtyfour::session::http::{Body, HttpClient};

/// The longest an answer may take.
const PATIENCE: Duration = Duration::from_secs(120);

/// The client.
pub(crate) struct Wire;

/// What [`HttpClient`] promises, written out as `async_trait` does.
type Promise<'async_trait, Value> = Pin<Box<dyn Future<Output = Value> + Send + 'async_trait>>;

impl HttpClient for Wire {
    fn send<'life0, 'life1, 'async_trait>(
        &'life0 self,
        request: Request<Body<'life1>>,
    ) -> Promise<'async_trait, WebDriverResult<Response<Bytes>>>
    where
        'life0: 'async_trait,
        'life1: 'async_trait,
        Self: 'async_trait,
    {
        let answer = exchange(&request).map_err(|error| WebDriverError::RequestFailed(error.to_string()));
        Box::pin(ready(answer))
    }

    fn new<'life0, 'async_trait>(&'life0 self) -> Promise<'async_trait, Arc<dyn HttpClient>>
    where
        'life0: 'async_trait,
        Self: 'async_trait,
    {
        let client: Arc<dyn HttpClient> = Arc::new(Self);
        Box::pin(ready(client))
    }
}

/// Sends a request and reads its answer.
fn exchange(request: &Request<Body<'_>>) -> Result<Response<Bytes>, Error> {
    let uri = request.uri();
    let host = uri.authority().map(|authority| authority.as_str()).unwrap_or_default();
    let body = match request.body() {
        Body::Empty => Vec::new(),
        Body::Json(value) => serde_json::to_vec(value)?,
    };
    let mut stream = TcpStream::connect(host)?;
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.set_nodelay(true)?;
    let head = format!(
        "{} {} HTTP/1.1\r\nHost: {host}\r\nContent-Type: application/json; charset=utf-8\r\nContent-Length: {}\r\n\
         Connection: close\r\n\r\n",
        request.method(),
        uri.path(),
        body.len()
    );
    stream.write_all(&[head.as_bytes(), &body].concat())?;
    read(BufReader::new(stream))
}

/// Reads status, length and body.
fn read(mut stream: impl BufRead) -> Result<Response<Bytes>, Error> {
    let mut line = String::new();
    stream.read_line(&mut line)?;
    let status = line.split(' ').nth(1).and_then(|word| word.parse::<u16>().ok()).unwrap_or_default();
    let mut length = 0;
    loop {
        line.clear();
        if stream.read_line(&mut line)? == 0 || line == "\r\n" {
            break;
        }
        if let Some((name, value)) = line.split_once(':')
            && name.eq_ignore_ascii_case("content-length")
        {
            length = value.trim().parse().map_err(Error::other)?;
        }
    }
    let mut body = vec![0; length];
    stream.read_exact(&mut body)?;
    Response::builder().status(status).body(Bytes::from(body)).map_err(Error::other)
}
