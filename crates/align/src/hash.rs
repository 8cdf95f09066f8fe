//! A hash that is the same on every machine and in every run (FNV-1a, 64 bits), for look-ups and for naming weights.
//! It protects against nothing: it is not for secrets or for data an enemy chooses.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

/// A map that is only looked up, never walked.
pub(crate) type LookUp<K, V> = HashMap<K, V, BuildHasherDefault<Fnv>>;

/// FNV-1a over the bytes it is given.
/// Source: Fowler, Noll, Vo, "The FNV Non-Cryptographic Hash Algorithm" (RFC 9923).
pub(crate) struct Fnv(u64);

impl Default for Fnv {
    fn default() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }
}

impl Hasher for Fnv {
    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

/// The digest of several pieces of data, 16 hexadecimal digits.
pub(crate) fn digest(parts: &[&[u8]]) -> String {
    let mut hash = Fnv::default();
    for part in parts {
        hash.write(part);
    }
    format!("{:016x}", hash.finish())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn published_test_vectors_hold() {
        assert_eq!(digest(&[b""]), "cbf29ce484222325");
        assert_eq!(digest(&[b"foo", b"bar"]), "85944171f73967e8");
    }
}
