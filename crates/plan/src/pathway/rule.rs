//! The rules a plan must keep, as people know them: what can be named when nothing fits.

/// A rule a plan must keep.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rule {
    /// What no wish can change: a course is taken once, what is held stays held.
    Structure,
    /// The target is reached within the horizon.
    ByHorizon,
    /// Most load of a term.
    MostLoad(usize),
    /// Least load of a term.
    LeastLoad(usize),
    /// Most credits for prior learning.
    PriorLearningLimit,
    /// Credits of a credential in all.
    TotalCredits(usize),
    /// Residency of a credential.
    Residency(usize),
    /// Upper division of a credential.
    UpperDivision(usize),
    /// A leaf of a credential, counted as [`super::Credential::every_leaf`] does.
    Leaf(usize, usize),
    /// A choice of a credential.
    Nested(usize, usize),
    /// Credits that may count twice in a credential.
    Shared(usize),
    /// Prerequisites of a course.
    Prerequisites(usize),
    /// Corequisites of a course.
    Corequisites(usize),
    /// Readiness for an exam.
    Readiness(usize),
    /// How many exams are to be sat.
    ExamsNeeded,
}

impl Rule {
    /// Whether a person could give it up.
    #[must_use]
    pub const fn can_be_dropped(self) -> bool {
        !matches!(self, Self::Structure)
    }

    /// How much there is to understand about it, from 0: an explanation by plainer rules is the better one.
    pub(super) const fn intricacy(self) -> u8 {
        match self {
            Self::Structure
            | Self::ByHorizon
            | Self::MostLoad(_)
            | Self::PriorLearningLimit
            | Self::TotalCredits(_) => 0,
            Self::LeastLoad(_) | Self::Residency(_) | Self::UpperDivision(_) => 1,
            Self::Leaf(..) | Self::Nested(..) | Self::Shared(_) => 2,
            Self::Prerequisites(_) | Self::Corequisites(_) => 3,
            Self::Readiness(_) | Self::ExamsNeeded => Self::MOST_INTRICATE,
        }
    }

    /// The most there is to understand.
    pub(super) const MOST_INTRICATE: u8 = 4;
}
