//! Identifiers given within one file, so that two things never share one: a key met again is numbered.

use std::collections::{BTreeMap, BTreeSet};

use credway_model::Ctid;

/// Identifiers given so far.
pub(crate) struct Identifiers {
    used: BTreeSet<Ctid>,
    /// The last number given to a key that was met again, by the key's own identifier: without it, a thousand things
    /// of one key would each try all the numbers before theirs.
    last: BTreeMap<Ctid, u32>,
    first_number: u32,
}

impl Identifiers {
    /// None given yet; a key met again gets numbers from `first_number`.
    pub(crate) const fn numbered_from(first_number: u32) -> Self {
        Self { used: BTreeSet::new(), last: BTreeMap::new(), first_number }
    }

    /// The identifier of the thing of `kind` that `namespace` knows under `key`, with a number where that is taken.
    pub(crate) fn give(&mut self, namespace: &Ctid, kind: &str, key: &str) -> Ctid {
        let plain = Ctid::derive(namespace, kind, key);
        if self.used.insert(plain) {
            return plain;
        }
        let number = self.last.entry(plain).or_insert(self.first_number - 1);
        loop {
            *number += 1;
            let numbered = Ctid::derive(namespace, kind, &format!("{key} #{number}"));
            if self.used.insert(numbered) {
                return numbered;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_met_again_is_numbered_past_those_in_use() {
        let namespace: Ctid = "ce-00000000-0000-4000-8000-000000000001".parse().unwrap();
        let mut identifiers = Identifiers::numbered_from(2);
        let expected = |key: &str| Ctid::derive(&namespace, "objective", key);
        for (key, given) in [("A", "A"), ("A #2", "A #2"), ("A", "A #3"), ("A", "A #4"), ("B", "B")] {
            assert_eq!(identifiers.give(&namespace, "objective", key), expected(given), "{key}");
        }
    }
}
