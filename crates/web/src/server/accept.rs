//! Connections: taken one by one, so many at a time, each with its TLS where there is a certificate.
//!
//! Nobody keeps the server waiting: a handshake or a request's head that does not come to its end is cut off, an answer
//! that is not taken too, and so is what is still under way when the patience after the word to end is over.

use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::Request;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::{GracefulShutdown, Watcher};
use hyper_util::service::TowerToHyperService;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpStream};
use tokio_io_timeout::TimeoutStream;
use tower::ServiceExt;

use super::caller::Peer;
use super::places::{Place, Places};
use super::tls::Certificate;
use crate::observe::Metrics;

/// How long the server waits for others.
#[derive(Clone, Copy)]
pub(super) struct Patience {
    /// For a handshake, and for a request's head, to come to its end, and for a part of an answer to be taken.
    pub(super) head: Duration,
    /// For requests under way, once it is asked to end.
    pub(super) end: Duration,
}

/// The patience of the server.
pub(super) const PATIENCE: Patience = Patience { head: Duration::from_secs(30), end: Duration::from_secs(10) };

/// Where connections come from, and what is done with each.
pub(super) struct Listening {
    /// Where they come in.
    pub(super) listener: TcpListener,
    /// The certificate, where TLS is spoken.
    pub(super) certificate: Option<Arc<Certificate>>,
    /// The places for them.
    pub(super) places: Places,
    /// Where they are counted.
    pub(super) metrics: Option<Metrics>,
}

/// Serves until `asked` is over, and then as long as patience allows.
pub(super) async fn serve_until(
    listening: Listening,
    pages: Router,
    patience: Patience,
    asked: impl Future<Output = ()>,
) {
    let Listening { listener, certificate, places, metrics } = listening;
    let mut builder = http1::Builder::new();
    builder.timer(TokioTimer::new()).header_read_timeout(patience.head);
    let open = GracefulShutdown::new();
    tokio::pin!(asked);
    loop {
        let accepted = tokio::select! {
            () = &mut asked => break,
            accepted = accept(&listener, &places) => accepted,
        };
        let (stream, address, place) = match accepted {
            Ok(Some(accepted)) => accepted,
            // Its address holds its share: the connection is closed.
            Ok(None) => continue,
            // Too many files are open, or the caller has gone: neither is mended by asking at once again.
            Err(_) => {
                tokio::time::sleep(Duration::from_millis(100)).await;
                continue;
            }
        };
        let counted = metrics.as_ref().map(Metrics::connection);
        let (builder, pages, certificate, watcher) =
            (builder.clone(), pages.clone(), certificate.clone(), open.watcher());
        tokio::spawn(async move {
            let stream = patient(stream, patience.head);
            match certificate {
                None => converse(&builder, stream, pages, Peer { address, tls: false }, watcher).await,
                Some(certificate) => {
                    let shaken = tokio::time::timeout(patience.head, certificate.acceptor().accept(stream)).await;
                    if let Ok(Ok(stream)) = shaken {
                        converse(&builder, stream, pages, Peer { address, tls: true }, watcher).await;
                    }
                }
            }
            drop((place, counted));
        });
    }
    drop(listener);
    // Requests that are late are cut off.
    drop(tokio::time::timeout(patience.end, open.shutdown()).await);
}

/// The next connection, once there is room for it; none where its address holds its share.
async fn accept(listener: &TcpListener, places: &Places) -> std::io::Result<Option<(TcpStream, SocketAddr, Place)>> {
    let room = places.room().await?;
    let (stream, address) = listener.accept().await?;
    let Some(place) = places.take(room, address.ip()) else { return Ok(None) };
    // Answers are written whole; waiting to put small ones together only makes them late.
    stream.set_nodelay(true)?;
    Ok(Some((stream, address, place)))
}

/// A stream on which writing does not wait for ever.
fn patient(stream: TcpStream, patience: Duration) -> Pin<Box<TimeoutStream<TcpStream>>> {
    let mut stream = TimeoutStream::new(stream);
    stream.set_write_timeout(Some(patience));
    Box::pin(stream)
}

/// Answers the requests of one connection; each knows where it came from.
async fn converse<Stream>(builder: &http1::Builder, stream: Stream, pages: Router, peer: Peer, watcher: Watcher)
where
    Stream: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    let pages = pages.map_request(move |request: hyper::Request<hyper::body::Incoming>| {
        let mut request: Request = request.map(axum::body::Body::new);
        request.extensions_mut().insert(peer);
        request
    });
    let connection = builder.serve_connection(TokioIo::new(stream), TowerToHyperService::new(pages));
    // A connection that breaks concerns its caller only.
    drop(watcher.watch(connection).await);
}
