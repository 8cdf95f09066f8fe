//! How often one caller may ask: in all, and less often where a secret could be guessed or a program asks.
//!
//! The memory for it is bounded: callers share a fixed number of places, found by a keyed hash of the address that
//! nobody outside can compute. Two callers meet in one place by chance only, about one in 65,536. An IPv6 caller is the
//! network of 64 bits, since anybody has a whole one.
//! Source: the generic cell rate algorithm (ITU-T I.371), by `governor`.

use std::hash::{BuildHasher, RandomState};
use std::net::IpAddr;
use std::num::NonZeroU32;
use std::time::Duration;

use axum::extract::{MatchedPath, Request, State};
use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use credway_workflow::ServeSettings;
use governor::clock::{Clock, DefaultClock};
use governor::state::keyed::HashMapStateStore;
use governor::{Quota, RateLimiter};

use super::Caller;
use crate::AppState;
use crate::error_page::Failure;

/// Patterns whose first part is one of these take secrets that could be guessed.
const SECRETS: [&str; 6] = ["sign-in", "second-factor", "invitation", "invitations", "recover", "openid"];
/// The pattern's first part of the programming interface.
const INTERFACE: &str = "api";
/// The pattern's first part of the pages' files, which browsers keep.
const FILES: &str = "assets";

type Limiter = RateLimiter<u16, HashMapStateStore<u16>, DefaultClock>;

/// The limits of one server.
pub(crate) struct Rates {
    all: Option<Limiter>,
    sign_in: Option<Limiter>,
    api: Option<Limiter>,
    places: RandomState,
}

/// What a request counts for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// Nothing.
    File,
    /// A page.
    Page,
    /// Something that takes a secret.
    Secret,
    /// The programming interface.
    Interface,
}

impl Rates {
    /// The limits of the settings; none without accounts, where the caller is the person at this machine.
    pub(crate) fn new(settings: &ServeSettings) -> Self {
        let limiter = |per_minute: u32| {
            let most = NonZeroU32::new(per_minute).filter(|_| settings.accounts)?;
            Some(RateLimiter::hashmap(Quota::per_minute(most)))
        };
        Self {
            all: limiter(settings.rates.requests_per_minute),
            sign_in: limiter(settings.rates.sign_in_per_minute),
            api: limiter(settings.rates.api_per_minute),
            places: RandomState::new(),
        }
    }

    /// Counts one request; how long the caller has to wait where it was one too many.
    fn count(&self, address: IpAddr, kind: Kind) -> Result<(), Duration> {
        let place = self.place(address);
        let special = match kind {
            Kind::File => return Ok(()),
            Kind::Page => None,
            Kind::Secret => self.sign_in.as_ref(),
            Kind::Interface => self.api.as_ref(),
        };
        for limiter in [special, self.all.as_ref()].into_iter().flatten() {
            if let Err(early) = limiter.check_key(&place) {
                return Err(early.wait_time_from(limiter.clock().now()));
            }
        }
        Ok(())
    }

    fn place(&self, address: IpAddr) -> u16 {
        let hash = match address {
            IpAddr::V4(address) => self.places.hash_one((4_u8, address.octets())),
            IpAddr::V6(address) => self.places.hash_one((6_u8, &address.segments()[..4])),
        };
        let [low, high, ..] = hash.to_le_bytes();
        u16::from_le_bytes([low, high])
    }
}

/// What a request to this pattern counts for.
fn kind(method: &Method, pattern: &str) -> Kind {
    let first = pattern.trim_start_matches('/').split('/').next().unwrap_or_default();
    let reads = matches!(*method, Method::GET | Method::HEAD);
    match first {
        FILES => Kind::File,
        INTERFACE => Kind::Interface,
        // Showing the form guesses nothing; the provider's answer comes as a GET.
        first if SECRETS.contains(&first) && (!reads || first == "openid") => Kind::Secret,
        _ => Kind::Page,
    }
}

/// Refuses a request that comes too soon after others of its caller.
pub(crate) async fn check(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let Some(caller) = request.extensions().get::<Caller>().copied() else { return next.run(request).await };
    let pattern = request.extensions().get::<MatchedPath>().map_or("", MatchedPath::as_str);
    match state.operations().rates().count(caller.address, kind(request.method(), pattern)) {
        Ok(()) => next.run(request).await,
        Err(wait) => {
            state.operations().metrics().over_rate();
            too_often(wait)
        }
    }
}

fn too_often(wait: Duration) -> Response {
    // Whole seconds, rounded up: asking after them is never too early.
    let seconds = wait.as_secs() + 1;
    let failure = Failure {
        status: StatusCode::TOO_MANY_REQUESTS,
        heading: "Too many requests".to_owned(),
        message: "More was asked from your network than is answered within a minute. Nothing was done.".to_owned(),
        hint: match seconds {
            1 => "Try again in a second.".to_owned(),
            seconds => format!("Try again in {seconds} seconds."),
        },
        findings: Vec::new(),
    };
    let mut response = failure.into_response();
    response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rates(accounts: bool, all: u32, sign_in: u32) -> Rates {
        let mut settings = ServeSettings::at(([127, 0, 0, 1], 0).into());
        settings.accounts = accounts;
        settings.rates.requests_per_minute = all;
        settings.rates.sign_in_per_minute = sign_in;
        Rates::new(&settings)
    }

    fn taken(rates: &Rates, address: &str, kind: Kind, times: usize) -> usize {
        (0..times).filter(|_| rates.count(address.parse().unwrap(), kind).is_ok()).count()
    }

    #[test]
    fn each_caller_has_a_limit_and_secrets_have_a_stricter_one() {
        let rates = rates(true, 5, 2);
        assert_eq!(taken(&rates, "203.0.113.1", Kind::Secret, 4), 2);
        assert_eq!(taken(&rates, "203.0.113.1", Kind::Page, 5), 3, "what was taken counts in all too");
        assert!(rates.count("203.0.113.1".parse().unwrap(), Kind::Page).unwrap_err() <= Duration::from_secs(60));
        assert_eq!(taken(&rates, "203.0.113.1", Kind::File, 50), 50);
        assert_eq!(taken(&rates, "203.0.113.2", Kind::Page, 9), 5, "another caller");
    }

    #[test]
    fn a_whole_network_of_ipv6_is_one_caller() {
        let rates = rates(true, 3, 0);
        assert_eq!(taken(&rates, "2001:db8::1", Kind::Page, 2), 2);
        assert_eq!(taken(&rates, "2001:db8::ffff:2", Kind::Page, 2), 1);
        assert_eq!(taken(&rates, "2001:db8:0:1::1", Kind::Page, 2), 2);
    }

    #[test]
    fn nothing_is_limited_without_accounts_or_with_zero() {
        assert_eq!(taken(&rates(false, 1, 1), "203.0.113.1", Kind::Secret, 9), 9);
        assert_eq!(taken(&rates(true, 0, 0), "203.0.113.1", Kind::Secret, 9), 9);
    }

    #[test]
    fn the_memory_is_bounded() {
        let rates = rates(true, 1_000, 0);
        for number in 0..200_000_u32 {
            let _ = rates.count(IpAddr::from(number.to_be_bytes()), Kind::Page);
        }
        assert!(rates.all.as_ref().unwrap().len() <= usize::from(u16::MAX) + 1);
    }

    #[test]
    fn patterns_say_what_is_counted() {
        for (method, pattern, expected) in [
            (Method::GET, "/", Kind::Page),
            (Method::GET, "/assets/{*name}", Kind::File),
            (Method::GET, "/assetsabc", Kind::Page),
            (Method::GET, "/sign-in", Kind::Page),
            (Method::POST, "/sign-in", Kind::Secret),
            (Method::POST, "/invitation/{token}", Kind::Secret),
            (Method::GET, "/openid/callback", Kind::Secret),
            (Method::GET, "/api/v1/courses", Kind::Interface),
            (Method::POST, "/import", Kind::Page),
            (Method::GET, "", Kind::Page),
        ] {
            assert_eq!(kind(&method, pattern), expected, "{method} {pattern}");
        }
    }
}
