//! Bytes as letters and digits of which each carries five bits, without padding: readable, safe in addresses, selected
//! whole by a double click. Two alphabets: the one authenticators read, and one without letters people confuse.

/// RFC 4648 §6: what authenticator apps take.
pub(crate) const STANDARD: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
/// The same in lower case, for tokens.
pub(crate) const LOWER: &[u8; 32] = b"abcdefghijklmnopqrstuvwxyz234567";
/// Crockford's: no I, L, O, U, so that 1 and 0 are never mistaken and no word appears by chance.
pub(crate) const UNAMBIGUOUS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// The bits of `bytes`, five a character, the last filled with zero bits.
pub(crate) fn encode(bytes: &[u8], alphabet: &[u8; 32]) -> String {
    let mut text = String::with_capacity((bytes.len() * 8).div_ceil(5));
    let (mut held, mut count) = (0_u32, 0_u32);
    for byte in bytes {
        held = held << 8 | u32::from(*byte);
        count += 8;
        while count >= 5 {
            count -= 5;
            text.push(character(held >> count, alphabet));
        }
        held &= (1 << count) - 1;
    }
    if count > 0 {
        text.push(character(held << (5 - count), alphabet));
    }
    text
}

/// The character of the lowest five bits.
fn character(bits: u32, alphabet: &[u8; 32]) -> char {
    char::from(alphabet[(bits & 31) as usize])
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 4648 §10, without the padding.
    #[test]
    fn vectors_of_rfc_4648() {
        for (bytes, expected) in [
            ("", ""),
            ("f", "MY"),
            ("fo", "MZXQ"),
            ("foo", "MZXW6"),
            ("foob", "MZXW6YQ"),
            ("fooba", "MZXW6YTB"),
            ("foobar", "MZXW6YTBOI"),
        ] {
            assert_eq!(encode(bytes.as_bytes(), STANDARD), expected);
            assert_eq!(encode(bytes.as_bytes(), LOWER), expected.to_lowercase());
        }
    }

    #[test]
    fn the_unambiguous_alphabet_has_no_confusable_letter() {
        assert!(UNAMBIGUOUS.iter().all(|letter| !b"ILOU".contains(letter)));
        assert_eq!(encode(&[0xff; 5], UNAMBIGUOUS), "ZZZZZZZZ");
    }
}
