//! The server: listens on this machine, serves until it is asked to end, and ends in order.

use std::net::SocketAddr;

use credway_model::Person;
use credway_workflow::Workbench;
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
    /// The server ended with an error.
    #[error("the server ended: {0}")]
    Serve(std::io::Error),
}

/// Serves the pages until Ctrl-C or a request to terminate. `address` may have port 0 for any free one; `ready` is
/// told the address when it answers.
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
    let state = AppState::new(workbench, person, bound.port());
    ready(bound);
    axum::serve(listener, router(state)).with_graceful_shutdown(asked_to_end()).await.map_err(ServeError::Serve)
}

/// Ends when the person presses Ctrl-C or the system asks the process to terminate.
async fn asked_to_end() {
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
