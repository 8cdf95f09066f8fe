//! Who wants to act, and what the act touches: what a use case tells the policy.

use credway_model::{AccountId, Ctid, Grant};

/// Who wants to act.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Principal {
    /// The signed-in account; none for a visitor.
    pub account: Option<AccountId>,
    /// What the account was granted. A visitor's grants count for nothing.
    pub grants: Vec<Grant>,
}

impl Principal {
    /// Somebody who has not signed in.
    #[must_use]
    pub const fn visitor() -> Self {
        Self { account: None, grants: Vec::new() }
    }

    /// A signed-in account with what it was granted.
    #[must_use]
    pub const fn account(account: AccountId, grants: Vec<Grant>) -> Self {
        Self { account: Some(account), grants }
    }
}

/// What an act touches, as far as the policy asks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Resource {
    /// The institution it belongs to. None for a shared record (blueprint, credential, framework) and for the server
    /// itself, which the home institution keeps.
    pub institution: Option<Ctid>,
    /// The program it is, belongs to or is reached through. Counts only together with an institution.
    pub program: Option<Ctid>,
    /// Whether it was shared with the one who asks.
    pub shared_with_principal: bool,
    /// Whose personal record it is.
    pub owner: Option<AccountId>,
}

impl Resource {
    /// A shared record, or the server itself.
    #[must_use]
    pub const fn of_no_institution() -> Self {
        Self { institution: None, program: None, shared_with_principal: false, owner: None }
    }

    /// An institution, or something of it that belongs to no program.
    #[must_use]
    pub const fn of_institution(institution: Ctid) -> Self {
        Self { institution: Some(institution), ..Self::of_no_institution() }
    }

    /// A program of an institution, or something reached through it.
    #[must_use]
    pub const fn of_program(institution: Ctid, program: Ctid) -> Self {
        Self { program: Some(program), ..Self::of_institution(institution) }
    }

    /// The same, as a personal record.
    #[must_use]
    pub const fn owned_by(self, owner: AccountId) -> Self {
        Self { owner: Some(owner), ..self }
    }

    /// The same, with whether it was shared with the one who asks.
    #[must_use]
    pub const fn shared(self, shared_with_principal: bool) -> Self {
        Self { shared_with_principal, ..self }
    }
}
