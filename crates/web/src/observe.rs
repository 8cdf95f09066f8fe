//! What whoever runs the server sees of it: the log, the metrics, its health.
//!
//! Nothing of a person is seen: a request is known by its route's pattern (`/courses/{course}`), never by its path,
//! query, caller or account. The number a request bears ([`RequestId`]) leads from an error page to the log.

mod health;
mod log;
mod metrics;
mod operations;
mod process;
mod request;

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use axum::Router;
use axum::middleware::from_fn_with_state;

use crate::AppState;
use crate::server::Rates;

pub(crate) use log::start as start_log;
pub use metrics::{JobState, Metrics, SignIn};
pub(crate) use operations::router as operations;
pub(crate) use request::RequestId;

/// What is watched and counted while the server runs. Cheap to clone.
#[derive(Clone)]
pub(crate) struct Operations(Arc<Inside>);

struct Inside {
    metrics: Metrics,
    rates: Rates,
    stopping: AtomicBool,
}

impl Operations {
    pub(crate) fn new(rates: Rates) -> Self {
        Self(Arc::new(Inside { metrics: Metrics::new(), rates, stopping: AtomicBool::new(false) }))
    }

    /// The counters.
    pub(crate) fn metrics(&self) -> &Metrics {
        &self.0.metrics
    }

    /// How often who may ask.
    pub(crate) fn rates(&self) -> &Rates {
        &self.0.rates
    }

    /// From now on the server says that it is not ready.
    pub(crate) fn begin_to_stop(&self) {
        self.0.stopping.store(true, Ordering::Relaxed);
    }

    /// Whether it was asked to end.
    pub(crate) fn is_stopping(&self) -> bool {
        self.0.stopping.load(Ordering::Relaxed)
    }
}

/// Puts the pages under observation: health beside them, and around everything the number, the log's line and the
/// counters. The routes' patterns are known only here, inside the router; so this must be its outermost layer.
pub(crate) fn around(pages: Router<AppState>, state: &AppState) -> Router<AppState> {
    pages.merge(health::routes(state)).layer(from_fn_with_state(state.clone(), request::observe))
}

#[cfg(test)]
mod tests;
