//! A sign-off: one revision of something goes from step to step and is signed in each, until it is approved.
//!
//! Nothing here is ever changed or taken out: a sign-off is the list of what was done, and how it stands is worked out
//! from it. It knows no policy: who has which role at the moment is an argument.

mod delegation;
mod plan;
mod standing;

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::{AccountId, Ctid, Person, Role, Text};

pub use delegation::Delegation;
pub use plan::{MOST_SIGNATURES, MOST_STEPS, SIGNING_ROLES, SignoffPlan, SignoffPlanError, SignoffStep, StepAsks};
pub use standing::{SignoffRefusal, SignoffStanding, SignoffState, StepStanding};

/// A sign-off of one revision.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signoff {
    /// Identifier.
    pub id: Ctid,
    /// The crosswalk that is signed.
    pub crosswalk: Ctid,
    /// The crosswalk's first sign-off is 1, the next 2.
    pub number: u32,
    /// The revision of the crosswalk that is signed.
    pub revision: u32,
    /// SHA-256 of that revision's content, in hexadecimal.
    pub digest: String,
    /// The steps it began with.
    pub plan: SignoffPlan,
    /// When it began.
    pub begun: Timestamp,
    /// Who began it.
    pub by: Person,
    /// What was done since, in order.
    pub entries: Vec<SignoffEntry>,
}

/// One thing that was done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignoffEntry {
    /// When.
    pub at: Timestamp,
    /// Who.
    pub person: Person,
    /// What.
    pub act: SignoffAct,
}

/// What can be done in a sign-off.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "act")]
pub enum SignoffAct {
    /// A step was signed.
    Signed(Signature),
    /// It was returned.
    Returned {
        /// To this step, from 0; to the beginning, so that what is signed can be changed, when absent.
        to: Option<usize>,
        /// Why.
        reason: Text,
    },
    /// It is approved and stays so; the next revision was opened.
    Reopened {
        /// Why.
        reason: Text,
    },
}

/// A signature.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signature {
    /// The step, from 0.
    pub step: usize,
    /// In which role.
    pub role: Role,
    /// For whom, where somebody signs by delegation.
    pub on_behalf_of: Option<Person>,
    /// By which account; none for a person at the terminal.
    pub account: Option<AccountId>,
    /// SHA-256 of what was signed, in hexadecimal, as the signer had it before them.
    pub digest: String,
    /// The day that was entered, where the step asks for one.
    pub date: Option<Date>,
    /// What the signer adds.
    pub note: Option<Text>,
}

impl Signoff {
    /// The identifier of a crosswalk's sign-off of this number.
    #[must_use]
    pub fn identify(crosswalk: &Ctid, number: u32) -> Ctid {
        Ctid::derive(crosswalk, "signoff", &number.to_string())
    }

    /// The step's title, for sentences.
    #[must_use]
    pub fn step_title(&self, step: usize) -> &str {
        self.plan.steps().get(step).map_or("", |step| step.title.as_str())
    }
}
