//! The places for connections: so many in all, and no more than half of them for one network address, so that nobody can
//! keep everybody else out by holding connections. A trusted proxy speaks for many and may hold all.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, PoisonError};

use ipnet::IpNet;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::caller::{is_trusted, plain};

/// As many as one address may always hold: a browser opens some at a time.
const ALWAYS: usize = 8;

/// How many places each address holds.
type Held = Arc<Mutex<HashMap<IpAddr, usize>>>;

/// The places of a server.
#[derive(Clone)]
pub(super) struct Places {
    room: Arc<Semaphore>,
    held: Held,
    each: usize,
    proxies: Arc<[IpNet]>,
}

/// A place that is held; free again when this goes.
pub(super) struct Place {
    _room: OwnedSemaphorePermit,
    source: Option<(IpAddr, Held)>,
}

impl Places {
    pub(super) fn new(connections: usize, proxies: &[IpNet]) -> Self {
        Self {
            room: Arc::new(Semaphore::new(connections)),
            held: Arc::default(),
            each: (connections / 2).max(ALWAYS),
            proxies: proxies.into(),
        }
    }

    /// Room for one more, once there is some.
    pub(super) async fn room(&self) -> std::io::Result<OwnedSemaphorePermit> {
        Arc::clone(&self.room).acquire_owned().await.map_err(std::io::Error::other)
    }

    /// The place of a connection from an address; none where the address holds its share.
    pub(super) fn take(&self, room: OwnedSemaphorePermit, address: IpAddr) -> Option<Place> {
        let address = plain(address);
        if is_trusted(address, &self.proxies) {
            return Some(Place { _room: room, source: None });
        }
        let source = network(address);
        // The count is whole at every moment: the lock also serves after a panic elsewhere.
        let mut held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        let own = held.entry(source).or_default();
        if *own >= self.each {
            return None;
        }
        *own += 1;
        Some(Place { _room: room, source: Some((source, Arc::clone(&self.held))) })
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let Some((source, held)) = &self.source else { return };
        let mut held = held.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(own) = held.get_mut(source) {
            *own -= 1;
            if *own == 0 {
                held.remove(source);
            }
        }
    }
}

/// What counts as one address: in IPv6 a whole /64, which is what one household or machine is given.
fn network(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V4(_) => address,
        IpAddr::V6(address) => {
            let [first, second, third, fourth, ..] = address.segments();
            IpAddr::from([first, second, third, fourth, 0, 0, 0, 0])
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn take(places: &Places, address: &str) -> Option<Place> {
        places.take(places.room().await.unwrap(), address.parse().unwrap())
    }

    #[tokio::test]
    async fn one_address_holds_half_at_most_and_a_proxy_all() {
        let places = Places::new(20, &["10.0.0.1/32".parse().unwrap()]);
        let mut kept = Vec::new();
        for _ in 0..10 {
            kept.push(take(&places, "192.0.2.1").await.unwrap());
        }
        assert!(take(&places, "192.0.2.1").await.is_none());
        assert!(take(&places, "::ffff:192.0.2.1").await.is_none(), "the same, written in IPv6");
        drop(take(&places, "192.0.2.2").await.unwrap());
        kept.pop();
        kept.push(take(&places, "192.0.2.1").await.unwrap());
        kept.clear();
        assert!(places.held.lock().unwrap().is_empty(), "nothing is remembered of who has gone");
        for number in 0..10 {
            kept.push(take(&places, &format!("2001:db8::{number}")).await.unwrap());
        }
        assert!(take(&places, "2001:db8::ffff").await.is_none());
        assert!(take(&places, "2001:db8:0:1::1").await.is_some());
        kept.clear();
        for _ in 0..20 {
            kept.push(take(&places, "10.0.0.1").await.unwrap());
        }
    }
}
