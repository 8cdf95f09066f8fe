//! Randomness of the operating system, the only source of secrets here. It refuses to fall back to anything weaker.

use zeroize::Zeroizing;

/// The operating system gave no randomness, so that no secret can be made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the operating system gives no randomness, so that no secret can be made; try again, and look at its log")]
pub struct NoRandomness;

/// Bytes nobody can foretell, overwritten when they are dropped.
pub(crate) fn bytes<const COUNT: usize>() -> Result<Zeroizing<[u8; COUNT]>, NoRandomness> {
    let mut bytes = Zeroizing::new([0; COUNT]);
    getrandom::fill(bytes.as_mut_slice()).map_err(|_| NoRandomness)?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_are_alike() {
        let (one, other) = (bytes::<32>().unwrap(), bytes::<32>().unwrap());
        assert_ne!(*one, *other);
        assert_ne!(*one, [0; 32]);
    }
}
