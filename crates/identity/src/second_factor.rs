//! The second factor: codes that an authenticator app shows, after RFC 6238 (TOTP: HMAC-SHA-1, six digits, steps of 30
//! seconds), which is what all such apps know.
//!
//! A code is taken for its own step and one before and after, for clocks that differ and networks that delay (RFC 6238
//! §5.2), and once only: the caller keeps the step that was used, and no code of that step or an earlier one is taken
//! again (§5.2; NIST SP 800-63B-4 §3.1.4.2). This file knows no clock and refuses to count wrong attempts: `throttle`
//! does. Six digits with three steps valid are three chances in a million a guess.

use std::fmt;

use jiff::Timestamp;
use subtle::ConstantTimeEq as _;
use totp_rs::{Algorithm, Builder, Totp};
use zeroize::Zeroizing;

use crate::base32;
use crate::qr_code::{self, TooLongForQrCode};
use crate::randomness::{self, NoRandomness};

/// Length of a step, in seconds.
const STEP: u64 = 30;
/// Digits of a code.
const DIGITS: u8 = 6;
/// How many steps before and after the present one are taken.
const SKEW: u64 = 1;
/// Bytes of a secret: 160 bits, as RFC 4226 §4 recommends.
const SECRET_BYTES: usize = 20;

/// What an authenticator app and we share. It is kept sealed (`sealed`); `Debug` shows nothing of it; dropped, it is
/// overwritten.
#[derive(Clone)]
pub struct TotpSecret(Zeroizing<[u8; SECRET_BYTES]>);

/// Bytes that are no secret of ours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a second factor's secret is {SECRET_BYTES} bytes; what is kept is not: have the second factor set up anew")]
pub struct NotATotpSecret;

/// Shown once to somebody who sets up their second factor.
pub struct Enrolment {
    /// The address an app takes, `otpauth://totp/…`: it holds the secret.
    pub address: Zeroizing<String>,
    /// The same as a QR code: an inline SVG without style and script, black on white.
    pub qr_code: Zeroizing<String>,
    /// The secret in groups of four letters, to be typed where no camera is at hand.
    pub typed: Zeroizing<String>,
}

impl fmt::Debug for Enrolment {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Enrolment(…)")
    }
}

impl TotpSecret {
    /// A new secret of 160 bits.
    ///
    /// # Errors
    /// The operating system gives no randomness.
    pub fn new() -> Result<Self, NoRandomness> {
        Ok(Self(randomness::bytes()?))
    }

    /// The secret that was kept as these bytes.
    ///
    /// # Errors
    /// There are not 20 of them.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, NotATotpSecret> {
        Ok(Self(Zeroizing::new(bytes.try_into().map_err(|_| NotATotpSecret)?)))
    }

    /// The bytes, to be sealed.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        self.0.as_slice()
    }

    /// What is shown to set up an app. `issuer` is the name of the institution or deployment, `account` what the person
    /// signs in with; both are only labels in the app.
    ///
    /// # Errors
    /// The labels are too long for a QR code.
    pub fn enrolment(&self, issuer: &str, account: &str) -> Result<Enrolment, TooLongForQrCode> {
        let secret = Zeroizing::new(base32::encode(self.bytes(), base32::STANDARD));
        let (issuer, account) = (label(issuer), label(account));
        let address = Zeroizing::new(format!(
            "otpauth://totp/{issuer}:{account}?secret={}&issuer={issuer}&algorithm=SHA1&digits={DIGITS}&period={STEP}",
            secret.as_str()
        ));
        let qr_code = Zeroizing::new(qr_code::inline_svg(&address, "QR code to scan with an authenticator app")?);
        Ok(Enrolment { typed: groups_of_four(&secret), address, qr_code })
    }

    /// The step for which `code` is right at `now`, where it is later than `last_step`, the step of the code that was
    /// taken last. Keep it in the same transaction in which the person is let in, on condition that what is kept is
    /// still lower, so that one code never lets two in.
    ///
    /// Blanks in the code are left out; anything else than six digits is wrong.
    #[must_use]
    pub fn verify(&self, code: &str, now: Timestamp, last_step: Option<u64>) -> Option<u64> {
        let code: Zeroizing<String> = Zeroizing::new(code.chars().filter(|sign| !sign.is_whitespace()).collect());
        let present = u64::try_from(now.as_second()).ok()? / STEP;
        let totp = self.totp();
        let mut found = None;
        // All steps are tried, so that the time does not tell which one matched.
        for step in present.saturating_sub(SKEW)..=present + SKEW {
            let expected = Zeroizing::new(totp.generate(step * STEP).to_string());
            let is_right = bool::from(expected.as_bytes().ct_eq(code.as_bytes()));
            if is_right && last_step.is_none_or(|last| step > last) {
                found = Some(step);
            }
        }
        found
    }

    fn totp(&self) -> Totp {
        // Every value is one RFC 6238 allows, so that the builder's checks have nothing to refuse.
        Builder::new()
            .with_algorithm(Algorithm::SHA1)
            .with_digits(DIGITS)
            .with_step_duration(STEP)
            .with_secret(*self.0)
            .build_noncompliant()
    }
}

impl fmt::Debug for TotpSecret {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("TotpSecret(…)")
    }
}

/// A label as it stands in an address: without the colon, which divides issuer and account, and without control
/// characters, percent-encoded after RFC 3986 §2.3.
fn label(text: &str) -> String {
    let text: String = text.chars().filter(|letter| *letter != ':' && !letter.is_control()).take(64).collect();
    let mut encoded = String::with_capacity(text.len());
    for byte in text.trim().bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            encoded.push_str(&format!("%{byte:02X}"));
        }
    }
    encoded
}

/// Four letters, a blank, four letters.
fn groups_of_four(secret: &str) -> Zeroizing<String> {
    let mut text = Zeroizing::new(String::with_capacity(secret.len() * 5 / 4));
    for (at, letter) in secret.chars().enumerate() {
        if at > 0 && at % 4 == 0 {
            text.push(' ');
        }
        text.push(letter);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reference() -> TotpSecret {
        TotpSecret::from_bytes(b"12345678901234567890").unwrap()
    }

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    /// RFC 6238 appendix B, SHA-1; of its eight digits the last six, which RFC 4226 §5.3 makes of the same number.
    #[test]
    fn vectors_of_rfc_6238() {
        for (second, code, step) in [
            (59, "287082", 0x1),
            (1_111_111_109, "081804", 0x23523EC),
            (1_111_111_111, "050471", 0x23523ED),
            (1_234_567_890, "005924", 0x273EF07),
            (2_000_000_000, "279037", 0x3F940AA),
            (20_000_000_000, "353130", 0x27BC86AA),
        ] {
            assert_eq!(reference().verify(code, at(second), None), Some(step), "{second}");
        }
    }

    #[test]
    fn one_step_earlier_or_later_is_taken_and_no_more() {
        let (code, step) = ("081804", 0x23523EC_u64);
        let starts = i64::try_from(step * STEP).unwrap();
        for (second, expected) in [
            (starts - 31, None),
            (starts - 30, Some(step)),
            (starts, Some(step)),
            (starts + 59, Some(step)),
            (starts + 60, None),
            (-1, None),
        ] {
            assert_eq!(reference().verify(code, at(second), None), expected, "{second}");
        }
    }

    #[test]
    fn a_code_is_taken_once() {
        let (code, step, now) = ("081804", 0x23523EC, at(1_111_111_109));
        assert_eq!(reference().verify(code, now, Some(step - 1)), Some(step));
        assert_eq!(reference().verify(code, now, Some(step)), None);
        // The code of the step before the one that was taken is dead, too.
        assert_eq!(reference().verify(code, at(1_111_111_111), Some(step + 1)), None);
        assert_eq!(reference().verify("050471", at(1_111_111_111), Some(step)), Some(step + 1));
    }

    #[test]
    fn only_six_digits_are_a_code() {
        let now = at(1_111_111_109);
        assert_eq!(reference().verify(" 081 804 ", now, None), Some(0x23523EC));
        for wrong in ["", "81804", "0818040", "081805", "+81804", "08180\u{664}", "-081804"] {
            assert_eq!(reference().verify(wrong, now, None), None, "{wrong}");
        }
        let other = TotpSecret::new().unwrap();
        assert_ne!(other.bytes(), TotpSecret::new().unwrap().bytes());
        assert_eq!(TotpSecret::from_bytes(other.bytes()).unwrap().bytes(), other.bytes());
        assert_eq!(TotpSecret::from_bytes(&[0; 19]).unwrap_err(), NotATotpSecret);
    }

    #[test]
    fn enrolment_is_what_apps_read() {
        let enrolment = reference().enrolment("Cedar: Valley & Co", "ada@cedar.example\r\n").unwrap();
        assert_eq!(
            *enrolment.address,
            "otpauth://totp/Cedar%20Valley%20%26%20Co:ada%40cedar.example?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ\
             &issuer=Cedar%20Valley%20%26%20Co&algorithm=SHA1&digits=6&period=30"
        );
        assert_eq!(*enrolment.typed, "GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ");
        assert_eq!(crate::qr_code::tests::read(&enrolment.qr_code), *enrolment.address);
        assert_eq!(format!("{enrolment:?} {:?}", reference()), "Enrolment(…) TotpSecret(…)");
        assert!(reference().enrolment(&"Ö".repeat(1000), &"é".repeat(1000)).is_ok(), "labels are cut");
    }
}
