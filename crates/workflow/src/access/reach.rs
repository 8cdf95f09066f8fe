//! Where an act is allowed: what a list is filtered by before it is read from the database.

use std::collections::BTreeSet;

use credway_model::Ctid;

/// The places where somebody may do an act.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reach {
    /// Everywhere.
    All,
    /// Only here; nowhere if both are empty.
    Only {
        /// In all of these institutions.
        institutions: BTreeSet<Ctid>,
        /// In these programs of other institutions: institution, then program. A program counts only where its
        /// record belongs to that institution.
        programs: BTreeSet<(Ctid, Ctid)>,
    },
}

impl Reach {
    /// Nowhere.
    #[must_use]
    pub const fn nowhere() -> Self {
        Self::Only { institutions: BTreeSet::new(), programs: BTreeSet::new() }
    }

    /// Whether the act is allowed nowhere.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        matches!(self, Self::Only { institutions, programs } if institutions.is_empty() && programs.is_empty())
    }

    /// Whether it reaches a record of an institution, reached through a program of it or not.
    #[must_use]
    pub fn holds(&self, institution: Ctid, program: Option<Ctid>) -> bool {
        match self {
            Self::All => true,
            Self::Only { institutions, programs } => {
                institutions.contains(&institution)
                    || program.is_some_and(|program| programs.contains(&(institution, program)))
            }
        }
    }
}
