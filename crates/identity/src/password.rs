//! Passwords: how they are kept and checked. Which passwords may be chosen says `password_policy`.
//!
//! They are hashed with argon2id at the first setting of the OWASP Password Storage Cheat Sheet (19 MiB, 2 passes, 1
//! lane) and a salt of 128 random bits, and kept as a PHC string, so that the setting can be raised: a hash of another
//! setting is still checked, and the caller is told to hash anew. A password is brought into Unicode's normal form C
//! first (NIST SP 800-63B-4 §3.1.1.2), so that the same characters typed on another keyboard are the same password;
//! nothing is cut off.
//!
//! **Slow on purpose**: hashing and checking take some 20 to 100 milliseconds of one core and 19 MiB. Call them from
//! `tokio::task::spawn_blocking`, and let a semaphore limit how many run at once: that limit is the caller's.

use std::fmt;

use argon2::password_hash::phc::PasswordHash;
use argon2::{Algorithm, Argon2, Params, PasswordHasher as _, PasswordVerifier as _, Version};
use unicode_normalization::UnicodeNormalization as _;
use zeroize::Zeroizing;

use crate::randomness::{self, NoRandomness};

/// Memory a hash takes, in KiB.
const MEMORY: u32 = 19 * 1024;
/// Passes over the memory.
const PASSES: u32 = 2;
/// Lanes.
const LANES: u32 = 1;
/// Most memory, in KiB, and most passes we spend on a hash that is kept: a database that was tampered with shall not
/// take the server down.
const MOST: (u32, u32) = (256 * 1024, 16);
/// Most bytes of a password that are looked at: four a character, and as much again for what composing takes away.
const MOST_BYTES: usize = 8 * crate::password_policy::LONGEST;

/// The hash of 256 random bits nobody knows any more, checked where there is no account, so that this takes as long.
const DECOY: &str = "$argon2id$v=19$m=19456,t=2,p=1$ukk34jZkd2goMQJ/bmPiZQ$3YYiJIYjReilHNRkQ2/LGNweeA7vssU4EtU0x8ULcNs";

/// Whether a password is the right one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It is.
    Right,
    /// It is, but it is kept under an older setting: hash it anew and keep that.
    RightButOld,
    /// It is not, or there is no such account.
    Wrong,
}

/// Why a password could not be hashed or checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PasswordError {
    /// No salt can be made.
    #[error(transparent)]
    NoRandomness(#[from] NoRandomness),
    /// It is longer than any password that may be chosen.
    #[error("the password is longer than {} characters; choose a shorter one", crate::password_policy::LONGEST)]
    TooLong,
    /// What is kept is no argon2 hash, or one of a cost beyond reason.
    #[error("the password kept for this account cannot be read; have a new one set by a recovery link")]
    Unreadable,
    /// Hashing failed, for want of memory.
    #[error("the password cannot be hashed, most likely because memory ran out; try again")]
    NotHashed,
}

/// The PHC string to be kept for `password`. Slow: see the head of this file.
///
/// # Errors
/// No randomness, no memory, or a password nobody may choose for its length.
pub fn hash(password: &str) -> Result<PasswordToKeep, PasswordError> {
    let password = normalised(password).ok_or(PasswordError::TooLong)?;
    let salt = randomness::bytes::<16>()?;
    let hash = setting()?.hash_password_with_salt(password.as_bytes(), salt.as_slice());
    Ok(PasswordToKeep(hash.map_err(|_| PasswordError::NotHashed)?.to_string()))
}

/// Whether `password` is the one of which `kept` is the PHC string; `None` where there is no such account or it has no
/// password. Then a hash nobody knows the password of is checked, so that the answer takes as long, and is
/// [`Verdict::Wrong`]. Slow: see the head of this file.
///
/// # Errors
/// What is kept cannot be read, or memory ran out.
pub fn verify(password: &str, kept: Option<&str>) -> Result<Verdict, PasswordError> {
    let normalised = normalised(password);
    // A password too long to be anybody's takes the same time, too.
    let (presented, kept) = match (&normalised, kept) {
        (Some(password), Some(kept)) => (password.as_str(), kept),
        (Some(password), None) => (password.as_str(), DECOY),
        (None, _) => ("", DECOY),
    };
    let parsed = PasswordHash::new(kept).map_err(|_| PasswordError::Unreadable)?;
    let algorithm = Algorithm::try_from(parsed.algorithm.as_str()).map_err(|_| PasswordError::Unreadable)?;
    let cost = Params::try_from(&parsed).map_err(|_| PasswordError::Unreadable)?;
    let whole = parsed.salt.is_some() && parsed.hash.is_some();
    if !whole || cost.m_cost() > MOST.0 || cost.t_cost() > MOST.1 {
        return Err(PasswordError::Unreadable);
    }
    match Argon2::default().verify_password(presented.as_bytes(), &parsed) {
        Ok(()) if algorithm == Algorithm::Argon2id && is_current(&cost) => Ok(Verdict::Right),
        Ok(()) => Ok(Verdict::RightButOld),
        Err(argon2::password_hash::Error::PasswordInvalid) => Ok(Verdict::Wrong),
        Err(argon2::password_hash::Error::OutOfMemory) => Err(PasswordError::NotHashed),
        Err(_) => Err(PasswordError::Unreadable),
    }
}

/// A password as it is kept: a PHC string. `Debug` does not show it, so that it does not come into a log.
#[derive(Clone, PartialEq, Eq)]
pub struct PasswordToKeep(String);

impl PasswordToKeep {
    /// The PHC string.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The PHC string.
    #[must_use]
    pub fn into_string(self) -> String {
        self.0
    }
}

impl fmt::Debug for PasswordToKeep {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("PasswordToKeep(…)")
    }
}

/// Unicode's normal form C, or `None` for what is too long to be a password.
pub(crate) fn normalised(password: &str) -> Option<Zeroizing<String>> {
    if password.len() > MOST_BYTES {
        return None;
    }
    // Composing never makes more than three times as many bytes (Unicode Standard Annex 15): nothing is moved, so that
    // no copy stays behind.
    let mut text = Zeroizing::new(String::with_capacity(password.len() * 3));
    text.extend(password.nfc());
    (text.chars().count() <= crate::password_policy::LONGEST).then_some(text)
}

/// Argon2 at today's setting.
fn setting() -> Result<Argon2<'static>, PasswordError> {
    let params = Params::new(MEMORY, PASSES, LANES, None).map_err(|_| PasswordError::NotHashed)?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

fn is_current(cost: &Params) -> bool {
    (cost.m_cost(), cost.t_cost(), cost.p_cost()) == (MEMORY, PASSES, LANES)
}

#[cfg(test)]
mod tests {
    use super::*;

    const PASSWORD: &str = "otter kayak 17 teapots";

    /// A hash at another setting, as an older Credway might have kept it.
    fn kept_at(algorithm: Algorithm, memory: u32, passes: u32) -> String {
        let params = Params::new(memory, passes, 1, None).unwrap();
        let argon2 = Argon2::new(algorithm, Version::V0x13, params);
        argon2.hash_password_with_salt(PASSWORD.as_bytes(), b"sixteen bytes of").unwrap().to_string()
    }

    #[test]
    fn the_right_password_is_known_and_no_other() {
        let kept = hash(PASSWORD).unwrap();
        assert!(kept.as_str().starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{}", kept.as_str());
        assert_eq!(verify(PASSWORD, Some(kept.as_str())), Ok(Verdict::Right));
        for wrong in ["", "Otter kayak 17 teapots", "otter kayak 17 teapots ", &PASSWORD[1..]] {
            assert_eq!(verify(wrong, Some(kept.as_str())), Ok(Verdict::Wrong), "{wrong}");
        }
        assert_ne!(hash(PASSWORD).unwrap(), kept, "the salt is new each time");
        assert_eq!(format!("{kept:?}"), "PasswordToKeep(…)");
    }

    #[test]
    fn the_same_characters_are_the_same_password() {
        let kept = hash("caf\u{e9} na\u{ef}ve \u{1f9ed} 2").unwrap();
        assert_eq!(verify("cafe\u{301} nai\u{308}ve \u{1f9ed} 2", Some(kept.as_str())), Ok(Verdict::Right));
        assert_eq!(verify("cafe naive \u{1f9ed} 2", Some(kept.as_str())), Ok(Verdict::Wrong));
    }

    #[test]
    fn an_older_setting_is_told() {
        for kept in [
            kept_at(Algorithm::Argon2id, 8 * 1024, 1),
            kept_at(Algorithm::Argon2id, 19 * 1024, 3),
            kept_at(Algorithm::Argon2i, 19 * 1024, 2),
        ] {
            assert_eq!(verify(PASSWORD, Some(&kept)), Ok(Verdict::RightButOld), "{kept}");
            assert_eq!(verify("another password", Some(&kept)), Ok(Verdict::Wrong), "{kept}");
        }
    }

    /// The phc-winner-argon2 reference's own test vector (`test.c`: version 19, t=2, m=2^16, p=1, “password”,
    /// “somesalt”), so that our reading of PHC strings agrees with the reference implementation.
    #[test]
    fn hashes_of_the_reference_are_read() {
        let reference = "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc";
        assert_eq!(verify("password", Some(reference)), Ok(Verdict::RightButOld));
        assert_eq!(verify("Password", Some(reference)), Ok(Verdict::Wrong));
    }

    #[test]
    fn where_there_is_no_account_the_answer_costs_the_same() {
        let decoy = PasswordHash::new(DECOY).unwrap();
        assert_eq!(decoy.algorithm, Algorithm::Argon2id.ident());
        assert!(is_current(&Params::try_from(&decoy).unwrap()));
        assert_eq!(verify(PASSWORD, None), Ok(Verdict::Wrong));
        assert_eq!(verify(&"long ".repeat(1000), None), Ok(Verdict::Wrong));
        assert_eq!(verify(&"long ".repeat(1000), Some("unread")), Ok(Verdict::Wrong));
    }

    #[test]
    fn what_cannot_be_read_is_an_error_and_never_a_password() {
        let greedy = kept_at(Algorithm::Argon2id, 8 * 1024, 1).replace("m=8192", "m=4194304");
        for bad in ["", "plain", "$2b$10$abcdefghijklmnopqrstuv", "$argon2id$v=19$m=19456,t=2,p=1$", &greedy] {
            assert_eq!(verify(PASSWORD, Some(bad)), Err(PasswordError::Unreadable), "{bad}");
        }
        assert_eq!(hash(&"a".repeat(257)).unwrap_err(), PasswordError::TooLong);
    }
}
