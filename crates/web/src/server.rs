//! The server: listens where the settings say, serves until it is asked to end, and ends in order, but never waits for
//! ever: neither for a request that does not come to its end, nor for work that goes on.

mod accept;
mod caller;
mod places;
mod rates;
mod stop;
mod tls;

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use credway_model::Person;
use credway_workflow::{AddressRefused, MetricsSettings, ServeSettings, Workbench, WorkflowError};
use tokio::net::TcpListener;
use tokio::sync::oneshot;

use crate::post::send_mail;
use crate::{AppState, observe, router};

pub(crate) use caller::Caller;
#[cfg(test)]
pub(crate) use caller::Peer;
pub(crate) use rates::{Rates, check as check_rate};
pub use tls::TlsError;

use accept::{Listening, PATIENCE, serve_until};
use places::Places;
use tls::Certificate;

/// Connections to the listener for metrics at a time.
const METRICS_CONNECTIONS: usize = 16;

/// Why the server did not start or ended.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// Others could reach it without what protects them.
    #[error(transparent)]
    Refused(#[from] AddressRefused),
    /// Accounts are on, and the workbench was not made ready for them.
    #[error(transparent)]
    Accounts(#[from] WorkflowError),
    /// The certificate or its key cannot be used.
    #[error(transparent)]
    Tls(#[from] TlsError),
    /// The address could not be listened at.
    #[error("could not listen at {address}: {reason}; choose another port or stop the program that uses it")]
    Listen {
        /// The address.
        address: SocketAddr,
        /// What the system said.
        reason: std::io::Error,
    },
}

/// Serves the pages until Ctrl-C or a request to terminate; requests under way may then take ten seconds to end, and a
/// second word ends the process at once. `ready` is told the address when it answers.
///
/// With a certificate, SIGHUP has it read again; one that cannot be used leaves the one before in place.
///
/// # Errors
/// [`ServeError`]; what others could reach without protection is refused before anything is opened.
pub async fn serve(
    workbench: Workbench,
    person: Person,
    settings: ServeSettings,
    ready: impl FnOnce(SocketAddr),
) -> Result<(), ServeError> {
    if let Some(refused) = settings.refusal() {
        return Err(refused.into());
    }
    let certificate = settings.tls.as_ref().map(Certificate::load).transpose()?.map(Arc::new);
    let (listener, bound) = listen(settings.address).await?;
    let metrics = match &settings.metrics {
        Some(metrics) => Some((listen(metrics.address).await?, metrics.clone())),
        None => None,
    };
    observe::start_log(settings.log);
    let (places, drain) = (Places::new(settings.connections, &settings.trusted_proxies), settings.drain);
    let mailer = credway_workflow::mailer(&settings)?;
    let posting = tokio::spawn(send_mail(workbench.clone(), mailer, settings.origin(bound)));
    let sign_on = workbench.single_sign_on(&settings, &settings.origin(bound)).await?;
    let state = AppState::with_settings(workbench, person, bound, settings).with_sign_on(sign_on);
    let watched = metrics.map(|((listener, bound), metrics)| watch(listener, bound, &metrics, &state));
    let rereading = certificate.clone().map(tls::reread_on_hangup);
    let asked = stop::asked();
    state.begin_work();
    ready(bound);
    tracing::info!(target: "credway::server", %bound, tls = certificate.is_some(), "listening");
    let listening = Listening { listener, certificate, places, metrics: Some(state.operations().metrics().clone()) };
    serve_until(listening, router(state.clone()), PATIENCE, until_asked(asked, &state, drain)).await;
    state.leave_work(PATIENCE.end).await;
    // What was not sent waits in the database.
    posting.abort();
    if let Some(rereading) = rereading {
        rereading.abort();
    }
    if let Some((end, serving)) = watched {
        drop(end);
        // It ends by itself; what it last said was asked for by nobody any more if it does not.
        drop(serving.await);
    }
    tracing::info!(target: "credway::server", "stopped");
    Ok(())
}

async fn listen(address: SocketAddr) -> Result<(TcpListener, SocketAddr), ServeError> {
    let failed = |reason| ServeError::Listen { address, reason };
    let listener = TcpListener::bind(address).await.map_err(failed)?;
    let bound = listener.local_addr().map_err(failed)?;
    Ok((listener, bound))
}

/// Waits for the word to end, says then that the server is not ready, and leaves load balancers time to hear it.
async fn until_asked(asked: impl Future<Output = ()>, state: &AppState, drain: Duration) {
    asked.await;
    tracing::info!(target: "credway::server", "stopping");
    state.operations().begin_to_stop();
    state.begin_leaving();
    tokio::time::sleep(drain).await;
}

/// Serves metrics and health until what is given back first is dropped: to the end of the pages, so that it can be seen
/// how the server stops.
fn watch(
    listener: TcpListener,
    bound: SocketAddr,
    metrics: &MetricsSettings,
    state: &AppState,
) -> (oneshot::Sender<()>, tokio::task::JoinHandle<()>) {
    let (end, ended) = oneshot::channel();
    let pages = observe::operations(state, metrics, bound);
    let listening =
        Listening { listener, certificate: None, places: Places::new(METRICS_CONNECTIONS, &[]), metrics: None };
    let serving = tokio::spawn(serve_until(listening, pages, PATIENCE, async { drop(ended.await) }));
    (end, serving)
}

#[cfg(test)]
mod tests;
