//! The server: listens on this machine, serves until it is asked to end, and ends in order, but never waits for ever:
//! neither for a request that does not come to its end, nor for work that goes on.

use std::net::SocketAddr;
use std::time::Duration;

use axum::Router;
use credway_model::Person;
use credway_workflow::Workbench;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use tokio::net::TcpListener;

use crate::{AppState, router, security};

/// Why the server did not start or ended.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// The address is reachable from other machines.
    #[error(
        "{address} can be reached from other machines; Credway has no accounts yet and listens on 127.0.0.1 or [::1] only"
    )]
    NotLoopback {
        /// The address.
        address: SocketAddr,
    },
    /// The address could not be listened at.
    #[error("could not listen at {address}: {reason}; choose another port or stop the program that uses it")]
    Listen {
        /// The address.
        address: SocketAddr,
        /// What the system said.
        reason: std::io::Error,
    },
}

/// How long the server waits for others.
#[derive(Clone, Copy)]
struct Patience {
    /// For a request's head to come to its end.
    head: Duration,
    /// For requests under way, once it is asked to end.
    end: Duration,
}

const PATIENCE: Patience = Patience { head: Duration::from_secs(30), end: Duration::from_secs(10) };

/// Serves the pages until Ctrl-C or a request to terminate; requests under way may then take ten seconds to end, and a
/// second word ends the process at once. `address` may have port 0 for any free one; `ready` is told the address when it
/// answers.
///
/// # Errors
/// [`ServeError`]; an address that is not loopback is refused before anything is opened.
pub async fn serve(
    workbench: Workbench,
    person: Person,
    address: SocketAddr,
    ready: impl FnOnce(SocketAddr),
) -> Result<(), ServeError> {
    if !security::is_allowed(address) {
        return Err(ServeError::NotLoopback { address });
    }
    let listen = |reason| ServeError::Listen { address, reason };
    let listener = TcpListener::bind(address).await.map_err(listen)?;
    let bound = listener.local_addr().map_err(listen)?;
    let state = AppState::new(workbench, person, bound);
    let asked = asked_to_end();
    state.begin_work();
    ready(bound);
    serve_until(listener, router(state.clone()), PATIENCE, async {
        asked.await;
        state.begin_leaving();
    })
    .await;
    state.leave_work(PATIENCE.end).await;
    Ok(())
}

/// Serves until `asked` is over, and then as long as patience allows.
async fn serve_until(listener: TcpListener, pages: Router, patience: Patience, asked: impl Future<Output = ()>) {
    let mut builder = http1::Builder::new();
    builder.timer(TokioTimer::new()).header_read_timeout(patience.head);
    let connections = GracefulShutdown::new();
    tokio::pin!(asked);
    loop {
        let accepted = tokio::select! {
            () = &mut asked => break,
            accepted = listener.accept() => accepted,
        };
        let Ok((stream, _)) = accepted else {
            // Too many files are open, or the caller has gone: neither is mended by asking at once again.
            tokio::time::sleep(Duration::from_millis(100)).await;
            continue;
        };
        let service = TowerToHyperService::new(pages.clone());
        let connection = connections.watch(builder.serve_connection(TokioIo::new(stream), service));
        // A connection that breaks concerns its caller only.
        tokio::spawn(async move { drop(connection.await) });
    }
    drop(listener);
    // Requests that are late are cut off.
    drop(tokio::time::timeout(patience.end, connections.shutdown()).await);
}

/// Ends when the person presses Ctrl-C or the system asks the process to terminate. When either happens again, the
/// process ends at once: what is committed is on the disk, and nothing else would have been kept.
fn asked_to_end() -> impl Future<Output = ()> {
    let (first, asked) = tokio::sync::oneshot::channel();
    tokio::spawn(async move {
        word_to_end().await;
        // Nobody waits for it any more when the server has ended by itself.
        let _ = first.send(());
        word_to_end().await;
        std::process::exit(130);
    });
    async { drop(asked.await) }
}

/// Ctrl-C or a request to terminate.
async fn word_to_end() {
    let interrupted = async {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    };
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        let Ok(mut terminate) = signal(SignalKind::terminate()) else { return interrupted.await };
        tokio::select! {
            () = interrupted => {}
            _ = terminate.recv() => {}
        }
    }
    #[cfg(not(unix))]
    interrupted.await;
}

#[cfg(test)]
mod tests {
    use std::io::{Read, Write};
    use std::net::TcpStream;

    use super::*;

    /// A request whose head never comes to its end.
    const HALF: &str = "GET / HTTP/1.1\r\nHost: ";

    async fn listener() -> (TcpListener, SocketAddr) {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        (listener, address)
    }

    fn pages() -> Router {
        Router::new().route("/", axum::routing::get(|| async { "here" }))
    }

    /// What a client is answered that has sent `sent`, when the connection ends.
    async fn answer(address: SocketAddr, sent: &'static str) -> String {
        let asking = move || {
            let mut stream = TcpStream::connect(address).unwrap();
            stream.write_all(sent.as_bytes()).unwrap();
            let mut answer = String::new();
            // A connection that is cut off may end in an error.
            drop(stream.read_to_string(&mut answer));
            answer
        };
        tokio::task::spawn_blocking(asking).await.unwrap()
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn a_request_that_never_ends_does_not_keep_the_server() {
        let patience = Patience { head: Duration::from_secs(3_600), end: Duration::from_millis(50) };
        let (listener, address) = listener().await;
        let client = tokio::spawn(answer(address, HALF));
        serve_until(listener, pages(), patience, tokio::time::sleep(Duration::from_millis(200))).await;
        client.abort();
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn a_head_that_never_ends_is_cut_off_and_a_whole_one_answered() {
        let patience = Patience { head: Duration::from_millis(500), end: Duration::from_secs(3_600) };
        let (listener, address) = listener().await;
        let server = tokio::spawn(serve_until(listener, pages(), patience, std::future::pending()));
        assert!(!answer(address, HALF).await.contains("here"));
        let whole = "GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";
        assert!(answer(address, whole).await.ends_with("here"));
        server.abort();
    }
}
