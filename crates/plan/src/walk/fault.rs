//! What can be wrong with the structure of a pathway, each with its sentence and a hint.

use credway_model::{ComponentKey, EmbeddingModel, Finding, Pathway, Place, Severity};

/// Something wrong with a pathway.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PathwayFault {
    /// Index of the component; absent for the whole.
    pub component: Option<usize>,
    /// What it is.
    pub kind: FaultKind,
}

/// What is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FaultKind {
    /// The condition names a component that is not there.
    UnknownKey(ComponentKey),
    /// The condition asks for a component and for its absence.
    Contradiction,
    /// The component waits for itself, by way of these.
    Circle(Vec<ComponentKey>),
    /// What it waits for can never be reached.
    Unreachable,
    /// It leads to no destination and no exit.
    DeadEnd,
    /// An exit with which nobody holds anything.
    EmptyExit,
    /// An exit or destination that stands for no program or credential: nothing proves that it can be had.
    ExitUnproved,
    /// An exam that stands for no blueprint.
    ExamUnknown,
    /// A model by which the exam is required, and no credential that requires it.
    NotRequired(EmbeddingModel),
    /// A model by which the exam is optional, and a credential that requires it.
    NotOptional(EmbeddingModel),
    /// There is no destination.
    NoDestination,
}

impl FaultKind {
    /// The code of the finding.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::UnknownKey(_) => "pathway.condition-unknown",
            Self::Contradiction => "pathway.contradiction",
            Self::Circle(_) => "pathway.circle",
            Self::Unreachable => "pathway.unreachable",
            Self::DeadEnd => "pathway.dead-end",
            Self::EmptyExit => "pathway.exit-empty",
            Self::ExitUnproved => "pathway.exit-unproved",
            Self::ExamUnknown => "pathway.exam-unknown",
            Self::NotRequired(_) => "pathway.embedding-not-required",
            Self::NotOptional(_) => "pathway.embedding-not-optional",
            Self::NoDestination => "pathway.no-destination",
        }
    }

    const fn severity(&self) -> Severity {
        match self {
            Self::UnknownKey(_) => Severity::Error,
            Self::ExamUnknown | Self::ExitUnproved => Severity::Note,
            _ => Severity::Warning,
        }
    }

    fn message(&self, name: &str) -> String {
        match self {
            Self::UnknownKey(key) => format!("The condition of “{name}” names “{key}”, which is no component."),
            Self::Contradiction => format!("The condition of “{name}” asks for something and for its absence."),
            Self::Circle(keys) if keys.len() == 1 => format!("“{name}” waits for itself."),
            Self::Circle(keys) => {
                let keys = keys.iter().map(ComponentKey::as_str).collect::<Vec<_>>().join(", then ");
                format!("“{name}” waits for itself: {keys}, and round again.")
            }
            Self::Unreachable => format!("Nobody can reach “{name}”: what comes before it cannot be reached."),
            Self::DeadEnd => format!("“{name}” leads nowhere: nothing waits for it, and it is no exit."),
            Self::EmptyExit => format!("Who gets off at “{name}” holds no credential."),
            Self::ExitUnproved => {
                format!("“{name}” stands for no program or credential: no plan can prove that it is had.")
            }
            Self::ExamUnknown => {
                format!("“{name}” stands for no blueprint: nothing says when a learner is ready for it.")
            }
            Self::NotRequired(model) => {
                format!("“{name}” is {} ({}), but no credential's condition asks for it.", model.title(), model.code())
            }
            Self::NotOptional(model) => {
                format!("“{name}” is {} ({}), but a credential cannot be had without it.", model.title(), model.code())
            }
            Self::NoDestination => format!("“{name}” has no destination."),
        }
    }

    const fn hint(&self) -> &'static str {
        match self {
            Self::UnknownKey(_) => "Correct the key, or add the component.",
            Self::Contradiction => "Take one of the two out.",
            Self::Circle(_) | Self::Unreachable => "Take one of the conditions out, or join them with “or”.",
            Self::DeadEnd => "Make it an off-ramp, name it in the condition of what it leads to, or take it out.",
            Self::EmptyExit => "Put the exit where a credential is awarded, or take the role away.",
            Self::ExitUnproved => "Say which program or credential of the database it stands for.",
            Self::ExamUnknown => "Import the exam's blueprint and name it in “stands for”.",
            Self::NotRequired(_) => "Add the exam to the condition of the credential, or choose another model.",
            Self::NotOptional(_) => "Take the exam out of the condition, or choose a model by which it is required.",
            Self::NoDestination => "Give at least one credential or job the role of destination.",
        }
    }
}

impl PathwayFault {
    /// The fault as a finding at a place.
    #[must_use]
    pub fn finding(&self, pathway: &Pathway, place: Place) -> Finding {
        let component = self.component.and_then(|index| pathway.components.get(index));
        let name = component.map_or(&pathway.title, |component| &component.name);
        let message = self.kind.message(name.as_str());
        Finding::new(self.kind.code(), self.kind.severity(), place, message, self.kind.hint())
    }
}
