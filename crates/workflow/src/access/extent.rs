//! How far each role reaches for each act, found out by asking the policy: what the guide and the page of people show.

use credway_model::{AccountId, Action, Ctid, Grant, Role};
use uuid::Uuid;

use super::policy::Policy;
use super::principal::{Principal, Resource};

/// How far a role reaches for an act.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Extent {
    /// Not at all.
    Nowhere,
    /// Only on what is their own.
    Own,
    /// Only on what was shared with them.
    Shared,
    /// Only with the role for the whole home institution.
    Home,
    /// Only with the role for a whole institution, there.
    Institution,
    /// Where the role was granted: in the institution or in the program.
    Granted,
    /// Everywhere.
    Everywhere,
}

impl Extent {
    /// The word that tables show.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Nowhere => "no",
            Self::Own => "own",
            Self::Shared => "shared",
            Self::Home => "home",
            Self::Institution => "institution",
            Self::Granted => "yes",
            Self::Everywhere => "all",
        }
    }
}

impl Policy {
    /// How far a role reaches for an act.
    #[must_use]
    pub fn extent(&self, role: Role, action: Action) -> Extent {
        let [here, elsewhere, program] = [1, 2, 3].map(|number| Ctid::from_uuid(Uuid::from_u128(number)));
        let [themselves, somebody] = [4, 5].map(|number| AccountId::from_uuid(Uuid::from_u128(number)));
        let ask = |within: Option<Ctid>, home: Ctid, resource: Resource| {
            let grants = vec![Grant { role, institution: here, program: within }];
            self.permits(&Principal::account(themselves, grants), action, &resource, Some(home))
        };
        let record = Resource::of_program(here, program).owned_by(somebody);
        if ask(None, here, Resource::of_institution(elsewhere).owned_by(somebody)) {
            Extent::Everywhere
        } else if ask(Some(program), elsewhere, record) {
            Extent::Granted
        } else if ask(None, elsewhere, record) {
            Extent::Institution
        } else if ask(None, here, record) {
            Extent::Home
        } else if ask(None, here, record.shared(true)) {
            Extent::Shared
        } else if ask(None, here, record.owned_by(themselves)) {
            Extent::Own
        } else {
            Extent::Nowhere
        }
    }

    /// Every act with the roles that may do it somewhere. What anybody may do without signing in has all roles.
    #[must_use]
    pub fn table(&self) -> Vec<(Action, Vec<Role>)> {
        let may = |action: Action| {
            Role::ALL.iter().copied().filter(move |role| self.extent(*role, action) != Extent::Nowhere).collect()
        };
        Action::ALL.iter().map(|action| (*action, may(*action))).collect()
    }
}
