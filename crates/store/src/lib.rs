//! The store: everything a college keeps, in one SQLite file or one PostgreSQL database.
//!
//! One code path serves both: the same migrations, the same statements, the same order of answers; the address decides
//! ([`Store::open`]). All reading and writing happens inside a [`Work`], one transaction: what is not committed never
//! was. Writers take turns, so that a number given to a revision or a change is given once. This crate knows the nouns
//! only; it computes no answer, keeps no result of a computation inside the things it describes, and refuses to change
//! or delete a decision, a line of history or a revision: the database itself forbids it.

mod address;
mod archive;
mod audit;
mod bulk;
mod chain;
mod damage;
mod database_file;
mod entities;
mod erasure;
mod error;
mod health;
mod migrations;
mod publish;
mod publishable;
mod reader;
mod repositories;
mod schema;
mod server_address;
mod store;
mod table;
mod unsealed;
mod value;
mod work;

pub use archive::{ArchiveError, ArchiveSummary};
pub use audit::{Audit, BrokenLine};
pub use error::StoreError;
pub use health::Health;
pub use publish::{Stamp, Written, content_digest, kept_digest};
pub use repositories::{
    ApiToken, Attempts, BlueprintHead, ChangeFilter, CourseFilter, Credentials, FindingFilter, FrameworkHead,
    GivenGrant, Job, JobEnd, JobState, JobsOf, Profile, ProposalFilter, ProposedPairs, RetiredStatement, Session,
    SourceFinding, SourceHead, StatementKind, TaughtHead, Ticket, Upload, UploadState, Within,
};
pub use store::Store;
pub use value::microseconds;
pub use work::Work;

/// What every method of the store gives.
pub type Result<T, E = StoreError> = std::result::Result<T, E>;
