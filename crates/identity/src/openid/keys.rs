//! The provider's public keys, fetched anew when a token names one that is not known; at most once a minute, so that
//! tokens with invented names cannot make Credway call the provider without end.

use jiff::{SignedDuration, Timestamp};
use openidconnect::core::CoreJsonWebKeySet;
use openidconnect::{JsonWebKeySet, JsonWebKeySetUrl};
use tokio::sync::Mutex;

use super::OpenIdError;
use super::outbound::Outbound;
use super::provider::from_discovery;

/// Shortest time between two fetches.
const REST: SignedDuration = SignedDuration::from_mins(1);

#[derive(Debug)]
pub(super) struct Keys {
    held: Mutex<Held>,
}

#[derive(Debug)]
struct Held {
    keys: CoreJsonWebKeySet,
    fetched: Timestamp,
}

impl Keys {
    pub(super) fn new(keys: CoreJsonWebKeySet, fetched: Timestamp) -> Self {
        Self { held: Mutex::new(Held { keys, fetched }) }
    }

    pub(super) async fn current(&self) -> CoreJsonWebKeySet {
        self.held.lock().await.keys.clone()
    }

    /// Keys other than those that were tried.
    pub(super) async fn other_than(
        &self,
        tried: &CoreJsonWebKeySet,
        address: &JsonWebKeySetUrl,
        outbound: &Outbound,
        now: Timestamp,
    ) -> Result<CoreJsonWebKeySet, OpenIdError> {
        // Held over the fetch: who comes meanwhile waits for it instead of asking too.
        let mut held = self.held.lock().await;
        if held.keys != *tried {
            return Ok(held.keys.clone());
        }
        if now.duration_since(held.fetched).abs() < REST {
            return Err(OpenIdError::UnknownKey);
        }
        held.fetched = now;
        held.keys =
            JsonWebKeySet::fetch_async(address, outbound).await.map_err(|error| from_discovery(error, "keys"))?;
        Ok(held.keys.clone())
    }
}
