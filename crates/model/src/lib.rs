//! The nouns of Credway: plain data that is valid at birth.
//!
//! Everything here can be built only through a constructor that checks it, is comparable, and can be written as our
//! own JSON. This crate refuses to know a clock, randomness, a file, a network, a database, or any published
//! standard's wire format: what it needs from outside (today's date, a namespace for identifiers) is an argument.

mod access;
mod account;
mod alignment;
mod assignment;
mod blueprint;
mod cognition;
mod comment;
mod course;
mod credential;
mod crosswalk;
mod decision;
mod finding;
mod framework;
mod grouped;
mod id;
mod notification;
mod organization;
mod pathway;
mod place;
mod program;
mod requirement;
mod requisite;
mod revision;
mod share;
mod signoff;
mod source;
mod taken;
mod text;
mod units;

pub use access::{AccountId, Action, Grant, Role};
pub use account::{Account, AccountState, EmailAddress, EmailError};
pub use alignment::{EvidencePair, Proposal, Span, Strength};
pub use assignment::{Assignment, AssignmentEnd, ReviewPart, ReviewScope};
pub use blueprint::{Blueprint, BlueprintItem, Domain, Objective, WeightRange, WeightRangeError, WeightTotal};
pub use cognition::{BloomLevel, Depth};
pub use comment::{Comment, CommentError, CommentSubject, CommentSubjectError, CommentText};
pub use course::{CatalogueYear, Course, CourseCode, CourseCodeError, OfferedTerm, Outcome, OutcomeKind, OutcomeLevel};
pub use credential::{AwardedFor, Credential, CredentialType};
pub use crosswalk::Crosswalk;
pub use decision::{Decision, Judged, Standing, Verdict, in_force, standing, undoable};
pub use finding::{Finding, Severity, has_errors};
pub use framework::{Competency, CompetencyKind, Framework};
pub use grouped::{dollars, grouped};
pub use id::{Ctid, CtidError};
pub use notification::{Mailed, Notification, NotificationKind};
pub use organization::{Organization, OrganizationKind, Person};
pub use pathway::{
    Component, ComponentKey, ComponentKeyError, ComponentKind, ConditionError, EmbeddingModel, Pathway,
    PathwayCondition, PathwayCosts, PathwayRole,
};
pub use place::{PageArea, Place, short_place};
pub use program::{Program, ProgramCourse, ProgramKind};
pub use requirement::{
    Asks, AwardRequirements, CourseChoice, CourseFacts, CourseSet, CourseSetError, CreditLimit, GradePoints, Needs,
    NeedsError, Requirement, RequirementRow, RowProblem,
};
pub use requisite::{
    Choice, ConditionKind, Grade, GradeError, Parts, PlainLine, RequiredCourse, RequiredWhen, Requisite,
    RequisiteError, Understood,
};
pub use revision::{Change, ChangeKind, Revision};
pub use share::{Ballot, BallotWord, Share};
pub use signoff::{
    Delegation, MOST_SIGNATURES, MOST_STEPS, SIGNING_ROLES, Signature, Signoff, SignoffAct, SignoffEntry, SignoffPlan,
    SignoffPlanError, SignoffRefusal, SignoffStanding, SignoffState, SignoffStep, StepAsks, StepStanding,
};
pub use source::{Citation, FieldPlace, Figure, Origin, Source, SourceId};
pub use taken::{CreditSource, LearnerException, TakenCourse};
pub use text::{Text, TextError};
pub use units::{Credits, Hours, Money, Months, Percent, Probability, UnitError};
