//! Accounts: how people come in, what they come in with, and who keeps them.
//!
//! Nobody is in by a password alone where a second factor is asked for; whoever guesses is slowed, and can slow nobody
//! else; of every secret only a digest is kept. What happens to accounts is told in the history.

mod erasing;
mod first;
mod invitation;
mod own;
mod people;
mod proof;
mod rules;
mod second_factor;
mod serving;
mod session;
mod sign_in;
mod single_sign_on;
mod throttled;
mod tokens;

pub use invitation::{InvitationPage, InviteRequest, NewLink};
pub use own::{AccountPage, SessionLine};
pub use people::{GrantLine, PeoplePage, PersonLine};
pub use rules::{AccountRules, SecondFactorRule};
pub use second_factor::{EnrolmentPage, NewRecoveryCodes};
pub use serving::{fresh_secret, mailer};
pub use session::{Assurance, NewSession, SignedIn};
pub use sign_in::{From, SignInRequest, SignedInBy};
pub use single_sign_on::{ElsewhereAnswer, SingleSignOn};
pub use tokens::{NewToken, TokenLine, TokenRequest};
