//! Pathways: shown, changed, and planned from what the database holds.

mod answer;
mod begin;
mod compare;
mod compose;
mod edit;
mod import;
mod material;
mod page;
mod picture;
mod plan;
mod proof;
mod record;
mod simulate;
mod study;
mod telling;
mod wishes;

pub use answer::{
    NoPlan, PathwayPlan, PathwayRule, PathwayStage, PlannedCourseLine, PlannedExam, PlannedExit, PlannedTerm,
};
pub use compare::{ComparedFigure, MovedCourse, PlanComparison, PlansCompared};
pub use edit::{ComponentEdit, ComponentFields, CostEdit, CostFields, FieldFault, PathwayEdited};
pub use page::{ComponentLine, CostLine, EmbeddingLine, PathwayHead, PathwayPage, StandsFor, embedding_models};
pub use plan::{NoPlanProgress, PlanProgress};
pub use simulate::PathwaySimulation;
pub use telling::stage_words;
pub use wishes::{
    CalendarTerm, DroppedOffering, MOST_TERMS, PlanAssumption, PlanWishes, WEEKLY_HOURS_IN_ALL,
    WEEKLY_HOURS_OF_A_CREDIT, WishFields, read_season, season_word,
};
