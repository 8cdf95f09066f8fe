//! The use cases: what a person does with Credway, one file each.
//!
//! Here, and only here, transactions open and the adapters and engines meet. Faces (`cli`, `web`) call these functions
//! and put the answers into words; they hold no rule and no SQL. Every answer type is plain data that can be written
//! as JSON.

mod access;
mod accounts;
mod actor;
mod align_program;
mod answer;
mod asked_once;
mod assignments;
mod audit;
mod backup;
mod benchmark;
mod benchmark_bacp;
mod benchmark_requisites;
mod catalogue;
mod change;
mod change_set;
mod colleagues;
mod collection_owner;
mod comments;
mod coverage_report;
mod crosswalk_data;
mod crosswalk_domains;
mod crosswalk_head;
mod crosswalk_matrix;
mod curriculum_metrics;
mod degree_audit;
mod doctor;
mod edit_course;
mod edition_difference;
mod error;
mod explain;
mod export;
mod field_difference;
mod finder;
mod finding_list;
mod history;
mod history_reach;
mod home;
mod import_columns;
mod import_decisions;
mod import_effects;
mod import_file;
mod import_owners;
mod import_references;
mod import_requirements;
mod import_reviewers;
mod import_writing;
mod institution;
mod jobs;
mod learning;
mod long_work;
mod mapping_profile;
mod models;
mod notifications;
mod ocr;
mod pathways;
mod permission;
mod plan_instance;
mod processor_time;
mod remembered_mapping;
mod report;
mod review;
mod rights_now;
mod sample;
mod serve_settings;
mod shares;
mod signoff;
mod simulate_plan;
mod source_excerpt;
mod template;
mod veil;
mod what_stands;
mod workbench;

pub use access::{Decision, Extent, Policy, PolicyError, Principal, Reach, Resource};
pub use accounts::{
    AccountPage, AccountRules, Assurance, ElsewhereAnswer, EnrolmentPage, From as SignInFrom, GrantLine,
    InvitationPage, InviteRequest, NewLink, NewRecoveryCodes, NewSession, NewToken, PeoplePage, PersonLine,
    SecondFactorRule, SessionLine, SignInRequest, SignedIn, SignedInBy, SingleSignOn, TokenLine, TokenRequest,
    fresh_secret, mailer,
};
pub use actor::{Actor, Standing as ActorStanding};
pub use align_program::{AlignSummary, DEFAULT_LIMITS};
pub use answer::{CourseName, Named, ObjectiveName, Segment, ShownValue, segments};
pub use assignments::{AssignRequest, AssignmentLine, AssignmentsPage, OpenDisagreement};
pub use audit::{AuditReport, BrokenEntry, KeptHead};
pub use backup::BackupSummary;
pub use benchmark::{AlignBenchmark, BenchmarkFiles, NearestBenchmark};
pub use benchmark_bacp::BacpBenchmark;
pub use benchmark_requisites::RequisiteBenchmark;
pub use catalogue::{
    BlueprintHead, BlueprintPage, CourseHead, CoursePage, CoursesQuery, CoveredLine, CredentialPage, DomainRow,
    ObjectiveRow, OutcomeRow, ProgramHead, ProgramPage, RequirementLine, RequirementPiece, RequirementsView,
    RequisiteLine, RequisiteView,
};
pub use change::{
    BlueprintChange, BlueprintDifference, CarriedOver, ChangeItem, ChangePiece, ChangeSource, ChangedDomain,
    ChangedRow, ChangedStatement, ChangedVersion, ConfirmRequest, DomainChange, KindCount, ProgramImpact, RowState,
    StaleCrosswalk, StaleRow, TouchedCourse, VersionPair, change_id, compare_blueprint_files, kind_means,
};
pub use change_set::{
    ChangeKindWord, ChangeSetAnswer, ChangeSetOutcome, ChangedCourse, Counting, CourseChange, Efforts, MOST_NEAR,
    ProofStep, ReachRequest, ReachedDomain,
};
pub use colleagues::Colleague;
pub use comments::{CommentLine, CommentsPage, EDITABLE};
pub use coverage_report::{
    CoverageReport, DisagreementLine, DomainLine, GapLine, OrphanLine, ReviewerAgreement, StatementLine,
};
pub use crosswalk_head::CrosswalkHead;
pub use crosswalk_matrix::{Cell, CellState, MatrixColumn, MatrixFilter, MatrixOnly, MatrixPage, MatrixRow};
pub use curriculum_metrics::{
    CourseStructure, CurriculumMetrics, CurriculumTotal, MetricsRequest, PlanTerms, ProgramStructure, ShownComplexity,
    TermLoad, curriculum_metrics,
};
pub use degree_audit::{
    AuditAnswer, AuditRequest, AuditShare, AuditedAverage, AuditedCourse, AuditedException, AuditedRequirement,
    AuditedTotal, CountedCourse, ProgramAudit, RequirementState, SharedCredits, UncountedCourse,
};
pub use doctor::{Checkup, CheckupLine};
pub use edit_course::{CourseEdit, CourseForm, CourseSaved, EditAnswer, EditClash, EditField, EditOutcome};
pub use edition_difference::{EditionChange, EditionCourse, EditionDifference, EditionLine, compare_editions};
pub use error::WorkflowError;
pub use explain::{
    AbbreviationLine, AgreementLine, ContributionLine, ListLine, PairExplained, Reasons, Said, ScopeLine, VerbLine,
};
pub use export::{ExportFormat, Exported};
pub use field_difference::FieldDifference;
pub use finder::{FindAnswer, FindCourses, FindRequest, FoundCourse, FoundLine, FoundState, FoundStatement};
pub use finding_list::FindingRow;
pub use history::{HistoryFilter, HistoryLine, RevisionLine, RevisionPage};
pub use home::{Home, NextStep};
pub use import_file::{ChangeLine, ImportAnswer, ImportRequest};
pub use institution::{CollectionRequest, Institution};
pub use jobs::{
    JobFailure, JobState, KeptAnswer, KeptRequest, MOST_SHOWN, Outcome, Pace, Prepared, Task, UploadState,
    UploadedFile, WorkItem, Worker,
};
pub use learning::{InstitutionLearning, KeptLesson, LearnedState};
pub use models::{Model, ModelFile, Models};
pub use notifications::{MOST_TRIES, NotificationsPage, PostRound};
pub use ocr::Ocr;
pub use pathways::{
    CalendarTerm, ComparedFigure, ComponentEdit, ComponentFields, ComponentLine, CostEdit, CostFields, CostLine,
    DroppedOffering, EmbeddingLine, FieldFault, MOST_TERMS, MovedCourse, NoPlan, NoPlanProgress, PathwayEdited,
    PathwayHead, PathwayPage, PathwayPlan, PathwayRule, PathwaySimulation, PathwayStage, PlanAssumption,
    PlanComparison, PlanProgress, PlanWishes, PlannedCourseLine, PlannedExam, PlannedExit, PlannedTerm, PlansCompared,
    StandsFor, WEEKLY_HOURS_IN_ALL, WEEKLY_HOURS_OF_A_CREDIT, WishFields, embedding_models, read_season, season_word,
    stage_words,
};
pub use plan_instance::{InstancePlan, PlanLoosening, PlanNews, PlanRule, PlanStage, PlanTerm, PlanWayOut};
pub use report::{ReportForm, ReportPreview};
pub use review::{
    CandidateCard, DecideRequest, DecisionLine, ReviewBy, ReviewFilter, ReviewFocus, ReviewOrder, ReviewPage,
    ReviewShow, StandingWord,
};
pub use sample::SampleSummary;
pub use serve_settings::{
    AddressRefused, GroupRole, GroupRoleError, LogFormat, LogLevel, LogSettings, MEBIBYTE, MailSecurity, MailSettings,
    MetricsSettings, OpenIdSettings, PublicAddress, PublicAddressError, RateLimits, Secret, ServeSettings,
    SessionLengths, TlsFiles, UploadLimits,
};
pub use shares::{BallotLine, ShareLine, SharedLine, SharesPage, SheetDomain, SheetPage, SheetSkill};
pub use signoff::{
    ContentChange, ContentFigures, DelegableRole, DelegateRequest, DelegationLine, Delegations, InstitutionPlan,
    SignRequest, SignatureLine, SigningRight, SignoffEvent, SignoffHead, SignoffList, SignoffPage, SignoffPreparation,
    SignoffVerification, StepLine,
};
pub use simulate_plan::{
    PlanSimulation, SimulatedBar, SimulatedCourse, SimulatedDistribution, SimulatedEnding, SimulatedMeasures,
    SimulatedStep, SimulatedTerm, SimulationAssumptions, SimulationFields, SimulationFiles, SimulationRequest,
    SimulationUnits, read_pass_rates, simulate_problem,
};
pub use source_excerpt::{ExcerptLine, FilePart, PagePicture, PagePiece, SourceExcerpt, parts_of_file};
pub use template::{TemplateForm, template_file};
pub use workbench::{Options, Workbench};

// What the faces need of the layers below, so that they know only this crate and the nouns.
pub use credway_align::{Engine, Limits, Progress, ShippedEngine, Weighting};
pub use credway_identity::{Mailer, SealingKeys};
pub use credway_import::{
    Correction, EXCEPTIONS_TEMPLATE, Kind, Mapping, Progress as ImportProgress, ReadCourse, ReadValue, SourceFile,
    TAKEN_TEMPLATE, guess_in as guess_mapping, template,
};
pub use credway_plan::simulation::{Bar as HistogramBar, Distribution, Estimate};

/// Every finding code there is, with what it means, in order.
#[must_use]
pub fn finding_codes() -> Vec<(&'static str, &'static str)> {
    [credway_import::codes(), credway_publish::codes(), signoff::CODES].concat()
}
