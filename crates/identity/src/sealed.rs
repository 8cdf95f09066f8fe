//! Small values that are kept sealed, because they are needed in clear again: the secrets of second factors, what a
//! sign-in through a provider must remember.
//!
//! XChaCha20-Poly1305 with 192 random bits as nonce, so that one key may seal without counting. What the value is for
//! and whose it is are bound to it: a sealed text that was moved to another row or column does not open. The text
//! names its form and its key, `v1.KEY.BYTES`, so that a wrong key file is told from damage. This file refuses to tell
//! why a text does not open beyond that.

use chacha20poly1305::aead::{Aead as _, Payload};
use chacha20poly1305::{Key, KeyInit as _, XChaCha20Poly1305, XNonce};
use zeroize::Zeroizing;

use crate::hexadecimal;
use crate::randomness::{self, NoRandomness};
use crate::sealing_key::{SealingKey, SealingKeys};

/// The form of sealed text this file writes and reads.
const FORM: &str = "v1";
/// Bytes of a nonce.
const NONCE_BYTES: usize = 24;
/// Most bytes that are sealed: what is larger belongs elsewhere.
const MOST_BYTES: usize = 16 * 1024;

/// What a sealed value is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// The secret of an account's second factor; the owner is the account.
    SecondFactor,
    /// What a sign-in through a provider must remember; the owner is the sign-in.
    ProviderSignIn,
}

impl Purpose {
    const fn word(self) -> &'static str {
        match self {
            Self::SecondFactor => "second-factor",
            Self::ProviderSignIn => "provider-sign-in",
        }
    }
}

/// Why a value could not be sealed or opened.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SealError {
    /// No nonce can be made.
    #[error(transparent)]
    NoRandomness(#[from] NoRandomness),
    /// It is too large.
    #[error("no more than {MOST_BYTES} bytes can be sealed")]
    TooLarge,
    /// It was sealed with a key that is not at hand.
    #[error(
        "this was sealed with another key file (its key is {found}, the one at hand {at_hand}); bring back the key file \
         that was used, or name it as the older one"
    )]
    OtherKey {
        /// Identifier of the key that sealed it.
        found: String,
        /// Identifier of the key that seals now.
        at_hand: String,
    },
    /// It was changed, moved from elsewhere, or is no sealed text.
    #[error("the sealed value was changed, or belongs to something else; it has to be set up anew")]
    Damaged,
}

/// An opened value.
pub struct Unsealed {
    /// The value in clear, overwritten when it is dropped.
    pub value: Zeroizing<Vec<u8>>,
    /// It was sealed with the older key: seal it anew and keep that.
    pub is_old: bool,
}

impl std::fmt::Debug for Unsealed {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Unsealed").field("is_old", &self.is_old).finish_non_exhaustive()
    }
}

impl SealingKeys {
    /// Seals `value`, which is then opened only for the same purpose and the same owner.
    ///
    /// # Errors
    /// No randomness, or more than 16 KiB.
    pub fn seal(&self, value: &[u8], purpose: Purpose, owner: &str) -> Result<String, SealError> {
        if value.len() > MOST_BYTES {
            return Err(SealError::TooLarge);
        }
        let key = self.current();
        let nonce = randomness::bytes::<NONCE_BYTES>()?;
        let bound = bound_to(purpose, owner);
        let sealed = cipher(key)
            .encrypt(&XNonce::from(*nonce), Payload { msg: value, aad: &bound })
            .map_err(|_| SealError::TooLarge)?;
        let mut bytes = nonce.to_vec();
        bytes.extend(sealed);
        Ok(format!("{FORM}.{}.{}", key.identifier(), hexadecimal::encode(&bytes)))
    }

    /// Opens what [`SealingKeys::seal`] made for the same purpose and owner.
    ///
    /// # Errors
    /// It was sealed with another key, was changed, or belongs to something else.
    pub fn unseal(&self, sealed: &str, purpose: Purpose, owner: &str) -> Result<Unsealed, SealError> {
        let mut parts = sealed.splitn(3, '.');
        let (Some(FORM), Some(identifier), Some(digits)) = (parts.next(), parts.next(), parts.next()) else {
            return Err(SealError::Damaged);
        };
        let bytes = hexadecimal::decode(digits).ok_or(SealError::Damaged)?;
        let is_identifier = identifier.len() == self.identifier().len() && hexadecimal::decode(identifier).is_some();
        let (nonce, rest) = bytes.split_first_chunk::<NONCE_BYTES>().ok_or(SealError::Damaged)?;
        let Some((key, is_old)) = self.find(identifier) else {
            return Err(match is_identifier {
                true => SealError::OtherKey { found: identifier.to_owned(), at_hand: self.identifier().to_owned() },
                false => SealError::Damaged,
            });
        };
        let bound = bound_to(purpose, owner);
        let value = cipher(key)
            .decrypt(&XNonce::from(*nonce), Payload { msg: rest, aad: &bound })
            .map_err(|_| SealError::Damaged)?;
        Ok(Unsealed { value: Zeroizing::new(value), is_old })
    }
}

fn cipher(key: &SealingKey) -> XChaCha20Poly1305 {
    XChaCha20Poly1305::new(&Key::from(*key.bytes()))
}

/// What the value is bound to. A nought byte ends each word but the last, and no purpose holds one, so that no two pairs
/// give the same bytes.
fn bound_to(purpose: Purpose, owner: &str) -> Vec<u8> {
    ["credway", FORM, purpose.word(), owner].join("\0").into_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    const VALUE: &[u8] = b"12345678901234567890";

    fn keys(name: &str, folder: &tempfile::TempDir) -> SealingKeys {
        SealingKeys::open_or_make(&folder.path().join(name)).unwrap()
    }

    #[test]
    fn what_is_sealed_opens_for_its_owner_and_purpose_alone() {
        let folder = tempfile::tempdir().unwrap();
        let keys = keys("key", &folder);
        let sealed = keys.seal(VALUE, Purpose::SecondFactor, "ada").unwrap();
        let opened = keys.unseal(&sealed, Purpose::SecondFactor, "ada").unwrap();
        assert_eq!((opened.value.as_slice(), opened.is_old), (VALUE, false));
        assert_eq!(format!("{opened:?}"), "Unsealed { is_old: false, .. }");
        for (purpose, owner) in [
            (Purpose::SecondFactor, "bo"),
            (Purpose::SecondFactor, "ada "),
            (Purpose::SecondFactor, ""),
            (Purpose::ProviderSignIn, "ada"),
        ] {
            assert_eq!(keys.unseal(&sealed, purpose, owner).unwrap_err(), SealError::Damaged, "{purpose:?} {owner}");
        }
        assert_ne!(keys.seal(VALUE, Purpose::SecondFactor, "ada").unwrap(), sealed, "the nonce is new each time");
    }

    #[test]
    fn every_changed_character_is_noticed() {
        let folder = tempfile::tempdir().unwrap();
        let keys = keys("key", &folder);
        let sealed = keys.seal(VALUE, Purpose::SecondFactor, "ada").unwrap();
        for at in 0..sealed.len() {
            let mut changed = sealed.clone().into_bytes();
            changed[at] = if changed[at] == b'0' { b'1' } else { b'0' };
            let changed = String::from_utf8(changed).unwrap();
            assert!(keys.unseal(&changed, Purpose::SecondFactor, "ada").is_err(), "{changed}");
        }
        for bad in ["", "v1", "v1..", "v1.00000000.", "v2.x.y", &sealed[..sealed.len() - 2], &format!("{sealed}00")] {
            assert_eq!(keys.unseal(bad, Purpose::SecondFactor, "ada").unwrap_err(), SealError::Damaged, "{bad}");
        }
        assert_eq!(keys.seal(&[0; 16_385], Purpose::SecondFactor, "ada"), Err(SealError::TooLarge));
    }

    #[test]
    fn another_key_is_told_and_an_older_one_opens() {
        let folder = tempfile::tempdir().unwrap();
        let (old, new) = (keys("old", &folder), keys("new", &folder));
        let sealed = old.seal(VALUE, Purpose::SecondFactor, "ada").unwrap();
        let error = new.unseal(&sealed, Purpose::SecondFactor, "ada").unwrap_err();
        assert!(matches!(&error, SealError::OtherKey { found, .. } if found == old.identifier()), "{error}");
        assert!(error.to_string().contains("sealed with another key file"), "{error}");
        let both = new.with_older(&folder.path().join("old")).unwrap();
        let opened = both.unseal(&sealed, Purpose::SecondFactor, "ada").unwrap();
        assert_eq!((opened.value.as_slice(), opened.is_old), (VALUE, true));
        let anew = both.seal(VALUE, Purpose::SecondFactor, "ada").unwrap();
        assert!(!both.unseal(&anew, Purpose::SecondFactor, "ada").unwrap().is_old);
        assert!(old.unseal(&anew, Purpose::SecondFactor, "ada").is_err());
    }

    /// draft-irtf-cfrg-xchacha-03, appendix A.3.1: the cipher is the one the draft describes.
    #[test]
    fn the_cipher_is_the_drafts() {
        let hex = |digits: &str| hexadecimal::decode(digits).unwrap();
        let key: [u8; 32] = std::array::from_fn(|at| 0x80 + u8::try_from(at).unwrap());
        let nonce: [u8; 24] = std::array::from_fn(|at| 0x40 + u8::try_from(at).unwrap());
        let text: &[u8] = b"Ladies and Gentlemen of the class of '99: If I could offer you only one tip for the \
                            future, sunscreen would be it.";
        let sealed = XChaCha20Poly1305::new(&Key::from(key))
            .encrypt(&XNonce::from(nonce), Payload { msg: text, aad: &hex("50515253c0c1c2c3c4c5c6c7") })
            .unwrap();
        assert_eq!(sealed[..16], hex("bd6d179d3e83d43b9576579493c0e939"));
        assert_eq!(sealed[sealed.len() - 16..], hex("c0875924c1c7987947deafd8780acf49"));
    }
}
