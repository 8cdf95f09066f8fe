//! Who somebody is: passwords, second factors, secrets and their digests, sealed values, throttling, and the mail that
//! carries links.
//!
//! What is secret is made and checked here, and nothing else: this crate keeps nothing, knows no account and no role,
//! and no secret it makes is ever shown by `Debug` or in an error. The caller keeps digests, PHC strings and sealed
//! texts; the clock is the caller's too.

mod base32;
mod common_passwords;
mod hexadecimal;
pub mod mail;
pub mod openid;
pub mod password;
pub mod password_policy;
mod qr_code;
mod randomness;
pub mod recovery_code;
pub mod sealed;
pub mod sealing_key;
pub mod second_factor;
pub mod secret;
pub mod throttle;

pub use mail::{Encryption, MailError, MailSettings, Mailer, Message};
pub use password::{PasswordError, Verdict};
pub use password_policy::{PasswordUse, PolicyError};
pub use randomness::NoRandomness;
pub use sealed::{Purpose, SealError, Unsealed};
pub use sealing_key::{KeyFileError, SealingKeys};
pub use second_factor::TotpSecret;
pub use secret::{Secret, SecretDigest};
pub use throttle::{Attempt, Counter, Failures};
