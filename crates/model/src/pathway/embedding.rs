//! The ways a certification can fit a program, and what each means for who walks there.
//!
//! Source: our synthesis M1 to M10 of Workcred's Certification-Degree Pathways Framework (2020), Credential As You Go's playbook
//! “Embedding and Aligning Certifications with Academic Programs” and the practice they report.

use serde::{Deserialize, Serialize};

/// How a certification fits a program.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EmbeddingModel {
    /// M1.
    AlignedOptional,
    /// M2.
    PreparationCourse,
    /// M3.
    CourseComponent,
    /// M4.
    RequiredMilestone,
    /// M5.
    PriorLearning,
    /// M6.
    StackableSequence,
    /// M7.
    ApprovedProgram,
    /// M8.
    OptionalCoEnrolment,
    /// M9.
    CocurricularCompanion,
    /// M10.
    RetroAward,
}

impl EmbeddingModel {
    /// Every model, in order.
    pub const ALL: [Self; 10] = [
        Self::AlignedOptional,
        Self::PreparationCourse,
        Self::CourseComponent,
        Self::RequiredMilestone,
        Self::PriorLearning,
        Self::StackableSequence,
        Self::ApprovedProgram,
        Self::OptionalCoEnrolment,
        Self::CocurricularCompanion,
        Self::RetroAward,
    ];

    /// `M1` to `M10`.
    #[must_use]
    pub fn code(self) -> String {
        let place = Self::ALL.iter().position(|model| *model == self).unwrap_or_default();
        format!("M{}", place + 1)
    }

    /// Reads `M1` to `M10`, with or without words behind it, in any case.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let word = text.split_whitespace().next()?.trim_end_matches([':', '.', ',']);
        Self::ALL.into_iter().find(|model| model.code().eq_ignore_ascii_case(word))
    }

    /// What it is called.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::AlignedOptional => "aligned, exam optional",
            Self::PreparationCourse => "course aligned to one certification",
            Self::CourseComponent => "exam as part of a course",
            Self::RequiredMilestone => "required at a milestone",
            Self::PriorLearning => "credit for the certification",
            Self::StackableSequence => "stackable sequence with off-ramps",
            Self::ApprovedProgram => "program approved by the certification body",
            Self::OptionalCoEnrolment => "optional co-enrolment in a core course",
            Self::CocurricularCompanion => "co-curricular companion",
            Self::RetroAward => "awarded for learning already done",
        }
    }

    /// What choosing it means, in sentences: who sits the exam, who pays, what failing does, what the college must do.
    #[must_use]
    pub const fn consequences(self) -> &'static [&'static str] {
        match self {
            Self::AlignedOptional => &[
                "Learners choose whether to sit the exam; failing it has no effect on the degree.",
                "The learner pays the exam fee unless the college decides otherwise.",
                "Without a place in the plan many never sit: count who sits apart from who completes.",
            ],
            Self::PreparationCourse => &[
                "The course has to follow the exam's version: it is reviewed when the blueprint changes.",
                "Learners choose whether to sit the exam; the course's credit counts either way.",
            ],
            Self::CourseComponent => &[
                "The exam is graded work: who fails it may fail the course, so a second way to show the competencies is needed.",
                "The exam fee is usually a course fee, which aid can cover and which everybody in the course pays.",
                "The plan places the exam in every learner's way.",
            ],
            Self::RequiredMilestone => &[
                "Nobody is awarded the program without the certification: failing the exam holds up the degree.",
                "Retakes, their fees and their waiting times belong into the cost and the time of the program.",
                "The catalogue has to say so before learners enrol.",
            ],
            Self::PriorLearning => &[
                "Who holds the certification is awarded credit for the courses it stands for, within the cap on prior learning.",
                "Each course needs a dated equivalency signed by qualified faculty; residency still holds.",
                "An expired certification needs a rule of its own.",
            ],
            Self::StackableSequence => &[
                "Every step is worth something by itself: who stops has a credential.",
                "Credits of each step have to count in the next, or the steps cost time.",
            ],
            Self::ApprovedProgram => &[
                "The certification body approves the program and may review it; learners may be awarded the certification with it.",
                "The approval has an end date and terms that have to be watched.",
            ],
            Self::OptionalCoEnrolment => &[
                "Learners opt in within a core course; those who do not lose nothing.",
                "Access, seats and the provider's price decide who can take part: look at who does.",
            ],
            Self::CocurricularCompanion => &[
                "It carries no credit and no aid pays for it.",
                "It is shown by a badge or a record beside the transcript.",
            ],
            Self::RetroAward => &[
                "Learners who have met the standard are awarded the credential without further study.",
                "The college has to find them and ask their consent; it costs a degree audit, not tuition.",
            ],
        }
    }

    /// Whether nobody is awarded the program without the certification, so that a plan has to place its exam.
    #[must_use]
    pub const fn requires_exam(self) -> bool {
        matches!(self, Self::CourseComponent | Self::RequiredMilestone)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn models_are_read_by_their_code() {
        for model in EmbeddingModel::ALL {
            assert_eq!(
                EmbeddingModel::read(&format!("{}: {}", model.code().to_lowercase(), model.title())),
                Some(model)
            );
            assert!(!model.consequences().is_empty());
        }
        assert_eq!(EmbeddingModel::read("M11"), None);
        assert_eq!(EmbeddingModel::RetroAward.code(), "M10");
    }
}
