//! The steps of a sign-off: who signs in which order, how many of them, and where a date is entered instead.

use serde::{Deserialize, Serialize};

use crate::{Role, Text};

/// The roles that sign. An administrator looks after the server and signs nothing; the others only read.
pub const SIGNING_ROLES: [Role; 4] = [Role::FacultyReviewer, Role::ProgramLead, Role::Registrar, Role::Dean];

/// As many steps as a plan may have.
pub const MOST_STEPS: usize = 12;
/// As many signatures as a step may ask for.
pub const MOST_SIGNATURES: u32 = 20;

/// What a step asks of those who do it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StepAsks {
    /// That they sign what they have read.
    Signature,
    /// That they enter the day on which a board decided, which is itself signed.
    Date,
}

/// One step.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignoffStep {
    /// What people call it ("Faculty").
    pub title: Text,
    /// Who may do it: whoever has one of these roles.
    pub roles: Vec<Role>,
    /// How many signatures it takes, from 1.
    pub quorum: u32,
    /// What it asks.
    pub asks: StepAsks,
}

/// The steps of a sign-off, in order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Written")]
pub struct SignoffPlan {
    steps: Vec<SignoffStep>,
    several_steps: bool,
}

/// A plan as it is written, before it is checked.
#[derive(Deserialize)]
struct Written {
    steps: Vec<SignoffStep>,
    several_steps: bool,
}

/// Why steps make no plan.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SignoffPlanError {
    /// None, or too many.
    #[error("a sign-off has 1 to {MOST_STEPS} steps, not {0}")]
    Steps(usize),
    /// A step nobody may do.
    #[error("step “{0}” names no role")]
    NoRole(Text),
    /// A step for a role that signs nothing.
    #[error("step “{step}” is for a role that signs nothing ({})", .role.label())]
    Role {
        /// The step.
        step: Text,
        /// The role.
        role: Role,
    },
    /// None, or too many signatures.
    #[error("step “{step}” takes 1 to {MOST_SIGNATURES} signatures, not {quorum}")]
    Quorum {
        /// The step.
        step: Text,
        /// What was asked for.
        quorum: u32,
    },
    /// A date that several people would enter.
    #[error("step “{0}” asks for a date, which one person enters")]
    SeveralDates(Text),
    /// Two steps of one name.
    #[error("two steps are called “{0}”")]
    Twice(Text),
}

impl SignoffPlan {
    /// A plan of these steps. With `several_steps` one person may sign in several of them.
    ///
    /// # Errors
    /// [`SignoffPlanError`].
    pub fn new(steps: Vec<SignoffStep>, several_steps: bool) -> Result<Self, SignoffPlanError> {
        if steps.is_empty() || steps.len() > MOST_STEPS {
            return Err(SignoffPlanError::Steps(steps.len()));
        }
        for (index, step) in steps.iter().enumerate() {
            let title = || step.title.clone();
            if step.roles.is_empty() {
                return Err(SignoffPlanError::NoRole(title()));
            }
            if let Some(role) = step.roles.iter().find(|role| !SIGNING_ROLES.contains(role)) {
                return Err(SignoffPlanError::Role { step: title(), role: *role });
            }
            if step.quorum == 0 || step.quorum > MOST_SIGNATURES {
                return Err(SignoffPlanError::Quorum { step: title(), quorum: step.quorum });
            }
            if step.asks == StepAsks::Date && step.quorum != 1 {
                return Err(SignoffPlanError::SeveralDates(title()));
            }
            let same = |other: &&SignoffStep| other.title.as_str().eq_ignore_ascii_case(step.title.as_str());
            if steps[..index].iter().any(|other| same(&other)) {
                return Err(SignoffPlanError::Twice(title()));
            }
        }
        Ok(Self { steps, several_steps })
    }

    /// The steps most colleges begin with: faculty, lead, registrar, dean, and the board's date.
    #[must_use]
    #[expect(clippy::missing_panics_doc, reason = "the words are fixed, and a test makes the plan")]
    pub fn usual() -> Self {
        let step = |title: &str, roles: &[Role], asks| SignoffStep {
            title: Text::new(title).expect("the word is a text"),
            roles: roles.to_vec(),
            quorum: 1,
            asks,
        };
        let steps = vec![
            step("Faculty", &[Role::FacultyReviewer], StepAsks::Signature),
            step("Program lead", &[Role::ProgramLead], StepAsks::Signature),
            step("Registrar", &[Role::Registrar], StepAsks::Signature),
            step("Dean", &[Role::Dean], StepAsks::Signature),
            step("Board date", &[Role::Registrar, Role::Dean], StepAsks::Date),
        ];
        Self { steps, several_steps: false }
    }

    /// The steps, in order.
    #[must_use]
    pub fn steps(&self) -> &[SignoffStep] {
        &self.steps
    }

    /// Whether one person may sign in several steps.
    #[must_use]
    pub const fn several_steps(&self) -> bool {
        self.several_steps
    }
}

impl TryFrom<Written> for SignoffPlan {
    type Error = SignoffPlanError;

    fn try_from(written: Written) -> Result<Self, SignoffPlanError> {
        Self::new(written.steps, written.several_steps)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn step(title: &str, roles: &[Role], quorum: u32, asks: StepAsks) -> SignoffStep {
        SignoffStep { title: Text::new(title).unwrap(), roles: roles.to_vec(), quorum, asks }
    }

    #[test]
    fn a_plan_is_valid_at_birth() {
        use StepAsks::{Date, Signature};
        let dean = &[Role::Dean][..];
        let title = |words: &str| Text::new(words).unwrap();
        for (steps, expected) in [
            (vec![step("Dean", dean, 1, Signature)], None),
            (vec![], Some(SignoffPlanError::Steps(0))),
            (vec![step("Dean", &[], 1, Signature)], Some(SignoffPlanError::NoRole(title("Dean")))),
            (
                vec![step("Server", &[Role::Administrator], 1, Signature)],
                Some(SignoffPlanError::Role { step: title("Server"), role: Role::Administrator }),
            ),
            (vec![step("Dean", dean, 0, Signature)], Some(SignoffPlanError::Quorum { step: title("Dean"), quorum: 0 })),
            (vec![step("Board", dean, 2, Date)], Some(SignoffPlanError::SeveralDates(title("Board")))),
            (
                vec![step("Dean", dean, 1, Signature), step("dean", dean, 1, Signature)],
                Some(SignoffPlanError::Twice(title("dean"))),
            ),
        ] {
            assert_eq!(SignoffPlan::new(steps.clone(), false).err(), expected, "{steps:?}");
        }
        let usual = SignoffPlan::usual();
        assert_eq!(SignoffPlan::new(usual.steps().to_vec(), false), Ok(usual.clone()));
        let written = serde_json::to_string(&usual).unwrap();
        assert_eq!(serde_json::from_str::<SignoffPlan>(&written).unwrap(), usual);
        assert!(serde_json::from_str::<SignoffPlan>(r#"{"steps":[],"several_steps":false}"#).is_err());
    }
}
