//! How fast somebody may guess: the arithmetic of failed sign-ins, after OWASP “Slow Down Online Guessing Attacks with
//! Device Cookies” and its “Blocking Brute Force Attacks”, and NIST SP 800-63B-4 §3.2.2.
//!
//! A browser that has signed in to an account keeps a device cookie (a [`crate::Secret`]; its digest is kept with the
//! account). Failures are counted by three counters: of the account from that known device, of the account from all
//! unknown devices together, and of the source address. Over its limit a counter makes one wait, twice as long each
//! time, a quarter of an hour at most. **A known device is asked only for its own counter**: whoever guesses from
//! elsewhere, or behind the same address, cannot lock out a person on a device they have used before.
//!
//! Accounts go by the digest of the name that was typed, so that a name nobody has is treated like any other. One
//! deviation is deliberate: §3.2.2 asks that an authenticator be disabled after 100 failures in a row; that would be the
//! lockout others can cause, and a quarter of an hour a guess makes some 96 guesses a day.
//!
//! **Use**: before checking a password or code, in one transaction: read the counters of [`Attempt::asked`]; where
//! [`waits_until`] gives a moment, refuse without checking and without counting. Otherwise write
//! [`Failures::one_more`] to each of [`Attempt::counted`], commit, then check; where the person was right, delete
//! [`Attempt::forgiven`] and take one back from [`Attempt::of_source`]. Counting first means that many guesses at once
//! count as many. The code of a second factor is an attempt like a password, and the person was right only when the last
//! factor is: whoever knows a password is not to guess codes at leisure. This file knows no clock and keeps nothing.

use std::net::{IpAddr, Ipv6Addr};

use jiff::{SignedDuration, Timestamp};

use crate::secret::{self, SecretDigest};

/// The longest wait: a quarter of an hour.
pub const LONGEST_WAIT: SignedDuration = SignedDuration::from_mins(15);
/// The first wait; each next one is twice as long.
const FIRST_WAIT: SignedDuration = SignedDuration::from_secs(5);

/// What is counted. Its key is what the database keeps: it names no person, no address and no cookie in clear.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Counter {
    /// The account, from one device that has signed in to it before.
    KnownDevice {
        /// Digest of the folded name.
        account: SecretDigest,
        /// Digest of the device cookie.
        device: SecretDigest,
    },
    /// The account, from all devices that have not.
    UnknownDevices {
        /// Digest of the folded name.
        account: SecretDigest,
    },
    /// An IPv4 address, or the 64 leading bits of an IPv6 address, which one subscriber has for themselves.
    Source {
        /// Digest of the address.
        address: SecretDigest,
    },
}

impl Counter {
    /// The key under which the counter is kept: at most 140 characters.
    #[must_use]
    pub fn key(&self) -> String {
        match self {
            Self::KnownDevice { account, device } => format!("device:{account}:{device}"),
            Self::UnknownDevices { account } => format!("account:{account}"),
            Self::Source { address } => format!("source:{address}"),
        }
    }

    /// How many failures there may be before the first wait. A whole campus may share one address.
    #[must_use]
    pub const fn free(&self) -> u32 {
        match self {
            Self::KnownDevice { .. } | Self::UnknownDevices { .. } => 5,
            Self::Source { .. } => 50,
        }
    }

    /// After how long one failure is forgotten, and then the next. A busy campus mistypes all day long and is not to be
    /// slowed for it; a slow guesser at one account gains no more than these few guesses.
    #[must_use]
    pub const fn forgets_one_each(&self) -> SignedDuration {
        match self {
            Self::KnownDevice { .. } | Self::UnknownDevices { .. } => SignedDuration::from_hours(1),
            Self::Source { .. } => SignedDuration::from_mins(1),
        }
    }
}

/// Somebody tries to sign in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attempt {
    account: SecretDigest,
    known_device: Option<SecretDigest>,
    address: SecretDigest,
}

impl Attempt {
    /// An attempt for the account of this name (as typed), from this address. `known_device` is the digest of the
    /// device cookie, only where the caller found that this very account has signed in with it before.
    #[must_use]
    pub fn new(name: &str, known_device: Option<SecretDigest>, address: IpAddr) -> Self {
        let folded: String = name.trim().chars().take(320).flat_map(char::to_lowercase).collect();
        Self { account: secret::digest(&folded), known_device, address: secret::digest(&subscriber(address)) }
    }

    /// The counters that decide whether the attempt is made at all.
    #[must_use]
    pub fn asked(&self) -> Vec<Counter> {
        match &self.known_device {
            Some(_) => vec![self.of_account()],
            None => vec![self.of_account(), self.of_source()],
        }
    }

    /// The counters in which the attempt counts as a failure until it is known to be none.
    #[must_use]
    pub fn counted(&self) -> Vec<Counter> {
        vec![self.of_account(), self.of_source()]
    }

    /// The counters that a right answer empties. That of the source is not among them: a guesser with an account of
    /// their own could empty it at will. The caller takes its one failure back with [`Failures::one_less`].
    #[must_use]
    pub fn forgiven(&self) -> Vec<Counter> {
        vec![self.of_account()]
    }

    /// The counter of the source, of which a right answer takes one failure back.
    #[must_use]
    pub fn of_source(&self) -> Counter {
        Counter::Source { address: self.address.clone() }
    }

    fn of_account(&self) -> Counter {
        let account = self.account.clone();
        match self.known_device.clone() {
            Some(device) => Counter::KnownDevice { account, device },
            None => Counter::UnknownDevices { account },
        }
    }
}

/// What is kept of a counter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Failures {
    /// Failures that are not forgotten.
    pub count: u32,
    /// Since when the next one is on its way to be forgotten.
    pub since: Timestamp,
    /// Until when the next attempt waits, where it does.
    pub until: Option<Timestamp>,
}

impl Failures {
    /// One failure more at `now`; `before` is what was kept.
    #[must_use]
    pub fn one_more(before: Option<Self>, counter: &Counter, now: Timestamp) -> Self {
        let (left, since) = before.map_or((0, now), |before| before.left(counter, now));
        let count = left.saturating_add(1);
        let until = wait(count, counter.free()).map(|wait| now.saturating_add(wait).unwrap_or(Timestamp::MAX));
        Self { count, since, until }
    }

    /// One failure less, because an attempt that was counted first turned out right.
    #[must_use]
    pub fn one_less(self, counter: &Counter) -> Self {
        let count = self.count.saturating_sub(1);
        Self { count, until: self.until.filter(|_| count >= counter.free()), ..self }
    }

    /// Whether nothing is left of it at `now`, so that its row may be deleted.
    #[must_use]
    pub fn is_forgotten(&self, counter: &Counter, now: Timestamp) -> bool {
        self.left(counter, now).0 == 0
    }

    /// How many failures are left at `now`, and since when the next one is on its way to be forgotten.
    fn left(self, counter: &Counter, now: Timestamp) -> (u32, Timestamp) {
        let each = counter.forgets_one_each().as_secs();
        let passed = now.duration_since(self.since).as_secs().max(0) / each;
        match u32::try_from(passed).ok().and_then(|passed| self.count.checked_sub(passed)) {
            Some(left) if left > 0 => {
                let since = self.since.saturating_add(SignedDuration::from_secs(passed * each));
                // A clock that was set back begins anew.
                (left, since.unwrap_or(now).min(now))
            }
            _ => (0, now),
        }
    }
}

/// The moment until which an attempt with these counters waits, where it must.
#[must_use]
pub fn waits_until(kept: &[Failures], now: Timestamp) -> Option<Timestamp> {
    // A clock that was set back must not make anybody wait longer than the longest wait.
    let latest = now.saturating_add(LONGEST_WAIT).unwrap_or(Timestamp::MAX);
    kept.iter().filter_map(|one| one.until).filter(|until| *until > now).max().map(|until| until.min(latest))
}

/// How long one waits after this many failures.
fn wait(count: u32, free: u32) -> Option<SignedDuration> {
    let doublings = count.checked_sub(free)?;
    let factor = 1_i32.checked_shl(doublings).filter(|factor| *factor > 0).unwrap_or(i32::MAX);
    Some(FIRST_WAIT.checked_mul(factor).map_or(LONGEST_WAIT, |wait| wait.min(LONGEST_WAIT)))
}

/// What stands for the one who has this address.
fn subscriber(address: IpAddr) -> String {
    match address.to_canonical() {
        IpAddr::V4(address) => address.to_string(),
        IpAddr::V6(address) => {
            let network = u128::from(address) & !u128::from(u64::MAX);
            format!("{}/64", Ipv6Addr::from(network))
        }
    }
}

#[cfg(test)]
mod tests;
