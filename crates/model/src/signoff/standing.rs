//! How a sign-off stands after all that was done in it, and what may be done next.

use jiff::civil::Date;

use super::{Signature, Signoff, SignoffAct, SignoffEntry, StepAsks};
use crate::{Person, Role};

/// Where a sign-off stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SignoffState {
    /// It waits for signatures in this step, from 0.
    Running(usize),
    /// Every step is signed.
    Approved,
    /// It was approved, and stays so; the next revision was opened after it.
    Reopened,
    /// It was returned to the beginning: what it is about can be changed, and signed anew.
    Returned,
}

impl SignoffState {
    /// Whether what is signed must stay as it is.
    #[must_use]
    pub const fn holds_fast(self) -> bool {
        matches!(self, Self::Running(_) | Self::Approved)
    }

    /// Whether it was approved.
    #[must_use]
    pub const fn is_approved(self) -> bool {
        matches!(self, Self::Approved | Self::Reopened)
    }
}

/// How a step stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StepStanding {
    /// Signatures that count, by the number of their entry.
    pub signed: Vec<usize>,
    /// Signatures that a return made void, by the number of their entry.
    pub void: Vec<usize>,
}

/// How a sign-off stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignoffStanding {
    /// Where it is.
    pub state: SignoffState,
    /// Its steps, in order.
    pub steps: Vec<StepStanding>,
}

/// Why something may not be done.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SignoffRefusal {
    /// It waits for no signature.
    #[error("this sign-off waits for no signature")]
    NotRunning,
    /// It is another step's turn.
    #[error("it is not this step’s turn: the page was made before somebody else signed or returned it")]
    NotItsTurn,
    /// The role is not the step's.
    #[error("this step is signed by {0}")]
    Role(String),
    /// What was read is not what would be signed.
    #[error("what you read is no longer what would be signed")]
    Stale,
    /// The hand or the name has signed this step.
    #[error("{0} has signed this step already")]
    Twice(String),
    /// The hand or the name has signed another step.
    #[error("{person} has signed step “{step}”; this plan lets a person sign in one step only")]
    OtherStep {
        /// Who.
        person: String,
        /// Where.
        step: String,
    },
    /// The step asks for a day.
    #[error("this step asks for the day on which it was decided")]
    NoDate,
    /// The day is to come.
    #[error("the day {0} is to come; enter it once it was decided")]
    DateToCome(Date),
    /// The step asks for no day.
    #[error("this step takes a signature, not a day")]
    UnwantedDate,
    /// Not an earlier step.
    #[error("it can be returned to a step before this one, or to the beginning")]
    NotEarlier,
    /// Only what was approved can be reopened.
    #[error("only what was approved is reopened; a sign-off that runs is returned")]
    NotApproved,
}

impl Signoff {
    /// How it stands.
    ///
    /// Meaning: entries are taken in their order. A signature counts in its step; the step is done when as many count as
    /// its quorum. A return to a step makes the signatures of that step and of all after it void: they are kept, and
    /// the step is signed anew. A return to the beginning makes all void and ends the sign-off.
    #[must_use]
    pub fn standing(&self) -> SignoffStanding {
        let plan = self.plan.steps();
        let mut steps = vec![StepStanding::default(); plan.len()];
        let (mut returned, mut reopened) = (false, false);
        for (number, entry) in self.entries.iter().enumerate() {
            match &entry.act {
                SignoffAct::Signed(signature) => {
                    if let Some(step) = steps.get_mut(signature.step) {
                        step.signed.push(number);
                    }
                }
                SignoffAct::Returned { to, .. } => {
                    returned |= to.is_none();
                    for step in steps.iter_mut().skip(to.unwrap_or(0)) {
                        step.void.append(&mut step.signed);
                    }
                }
                SignoffAct::Reopened { .. } => reopened = true,
            }
        }
        let waiting =
            steps.iter().zip(plan).position(|(step, plan)| (step.signed.len() as u64) < u64::from(plan.quorum));
        let state = match waiting {
            _ if returned => SignoffState::Returned,
            Some(step) => SignoffState::Running(step),
            None if reopened => SignoffState::Reopened,
            None => SignoffState::Approved,
        };
        SignoffStanding { state, steps }
    }

    /// The signatures that count, each with its entry, in the order of the steps.
    #[must_use]
    pub fn signatures(&self) -> Vec<(&SignoffEntry, &Signature)> {
        let standing = self.standing();
        let counted = standing.steps.iter().flat_map(|step| &step.signed);
        counted.filter_map(|number| self.signature(*number)).collect()
    }

    /// The signature of this number among the entries.
    #[must_use]
    pub fn signature(&self, number: usize) -> Option<(&SignoffEntry, &Signature)> {
        let entry = self.entries.get(number)?;
        match &entry.act {
            SignoffAct::Signed(signature) => Some((entry, signature)),
            SignoffAct::Returned { .. } | SignoffAct::Reopened { .. } => None,
        }
    }

    /// Whether `person` may sign so today. `digest` is what would be signed now.
    ///
    /// # Errors
    /// [`SignoffRefusal`].
    pub fn may_sign(&self, person: &Person, signature: &Signature, today: Date) -> Result<(), SignoffRefusal> {
        let SignoffState::Running(turn) = self.standing().state else { return Err(SignoffRefusal::NotRunning) };
        if signature.digest != self.digest {
            return Err(SignoffRefusal::Stale);
        }
        if signature.step != turn {
            return Err(SignoffRefusal::NotItsTurn);
        }
        let step = &self.plan.steps()[turn];
        if !step.roles.contains(&signature.role) {
            let roles: Vec<&str> = step.roles.iter().map(|role| Role::label(*role)).collect();
            return Err(SignoffRefusal::Role(roles.join(" or ")));
        }
        match (step.asks, signature.date) {
            (StepAsks::Date, None) => return Err(SignoffRefusal::NoDate),
            (StepAsks::Date, Some(day)) if day > today => return Err(SignoffRefusal::DateToCome(day)),
            (StepAsks::Signature, Some(_)) => return Err(SignoffRefusal::UnwantedDate),
            (StepAsks::Date, Some(_)) | (StepAsks::Signature, None) => {}
        }
        self.one_hand(person, signature, turn)
    }

    /// Neither the hand that signs nor the name it signs for stands twice in a step, nor in two steps where the plan
    /// does not let it. Whoever enters a date answers for no content, so that step is left out of the second rule.
    fn one_hand(&self, person: &Person, signature: &Signature, turn: usize) -> Result<(), SignoffRefusal> {
        let names = |hand: &Person, signature: &Signature| {
            [Some(hand.clone()), signature.on_behalf_of.clone()].into_iter().flatten().collect::<Vec<_>>()
        };
        let own = names(person, signature);
        let is_date = |step: usize| self.plan.steps().get(step).is_some_and(|step| step.asks == StepAsks::Date);
        for (entry, earlier) in self.signatures() {
            let Some(twice) = names(&entry.person, earlier).into_iter().find(|name| own.contains(name)) else {
                continue;
            };
            let twice = twice.name().to_owned();
            if earlier.step == turn {
                return Err(SignoffRefusal::Twice(twice));
            }
            if !self.plan.several_steps() && !is_date(turn) && !is_date(earlier.step) {
                let step = self.step_title(earlier.step).to_owned();
                return Err(SignoffRefusal::OtherStep { person: twice, step });
            }
        }
        Ok(())
    }

    /// Whether it may be returned to a step, or to the beginning.
    ///
    /// # Errors
    /// [`SignoffRefusal`].
    pub fn may_return(&self, to: Option<usize>) -> Result<(), SignoffRefusal> {
        let SignoffState::Running(turn) = self.standing().state else { return Err(SignoffRefusal::NotRunning) };
        match to {
            Some(step) if step >= turn => Err(SignoffRefusal::NotEarlier),
            _ => Ok(()),
        }
    }

    /// Whether the next revision may be opened after it.
    ///
    /// # Errors
    /// [`SignoffRefusal`].
    pub fn may_reopen(&self) -> Result<(), SignoffRefusal> {
        match self.standing().state {
            SignoffState::Approved => Ok(()),
            SignoffState::Running(_) | SignoffState::Reopened | SignoffState::Returned => {
                Err(SignoffRefusal::NotApproved)
            }
        }
    }
}

#[cfg(test)]
mod tests;
