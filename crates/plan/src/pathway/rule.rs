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
    /// A course the person wants.
    Wanted(usize),
    /// Of a list of courses, only one.
    Exclusion(usize),
    /// Credits of a credential in all.
    TotalCredits(usize),
    /// Of some courses, only so many credits count towards a credential: the index of the limit.
    CountLimit(usize, usize),
    /// Of credits for prior learning, only so many count towards a credential.
    PriorCountLimit(usize),
    /// Residency of a credential.
    Residency(usize),
    /// Upper division of a credential.
    UpperDivision(usize),
    /// A leaf of a credential, counted as [`super::Credential::every_leaf`] does.
    Leaf(usize, usize),
    /// A choice of a credential, counted as [`super::Credential::every_choice`] does.
    Choice(usize, usize),
    /// Credits that may count twice in a credential.
    Shared(usize),
    /// Certifications that must be held when a credential is awarded.
    Certifications(usize),
    /// Credentials that must be awarded before (or with) a credential.
    Credentials(usize),
    /// Prerequisites of a course.
    Prerequisites(usize),
    /// Corequisites of a course.
    Corequisites(usize),
    /// Credits that must be held before a course.
    Standing(usize),
    /// Courses that come after a credential is awarded.
    AfterAward(usize),
    /// Of some things, one that must be held when a credential is awarded: the index in [`super::Credential::needs`].
    Needs(usize, usize),
    /// Readiness for an exam.
    Readiness(usize),
    /// Courses that must be finished before an exam.
    NotBefore(usize),
    /// How many exams are to be sat.
    ExamsNeeded,
    /// An exam that must be sat by the time the target is awarded.
    ExamNeeded(usize),
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
            | Self::Wanted(_)
            | Self::TotalCredits(_) => 0,
            Self::LeastLoad(_)
            | Self::Residency(_)
            | Self::UpperDivision(_)
            | Self::Exclusion(_)
            | Self::CountLimit(..)
            | Self::PriorCountLimit(_) => 1,
            Self::Leaf(..) | Self::Choice(..) | Self::Shared(_) | Self::Credentials(_) | Self::AfterAward(_) => 2,
            Self::Prerequisites(_) | Self::Corequisites(_) | Self::Standing(_) => 3,
            Self::Readiness(_)
            | Self::NotBefore(_)
            | Self::ExamsNeeded
            | Self::ExamNeeded(_)
            | Self::Needs(..)
            | Self::Certifications(_) => Self::MOST_INTRICATE,
        }
    }

    /// The most there is to understand.
    pub(super) const MOST_INTRICATE: u8 = 4;
}
