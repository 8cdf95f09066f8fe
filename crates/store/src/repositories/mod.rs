//! Reading and writing the nouns: one file a family, each a set of methods of [`Work`](crate::Work).

mod accounts;
mod blueprints;
mod children;
mod courses;
mod credentials;
mod crosswalks;
mod decisions;
mod findings;
mod frameworks;
mod heads;
mod history;
mod organizations;
mod persons;
mod profiles;
mod programs;
mod proposals;
mod retired;
mod sessions;
mod signoffs;
mod sources;
mod taught;

pub use accounts::{Credentials, GivenGrant};
pub use blueprints::BlueprintHead;
pub use courses::{CourseFilter, Within};
pub use findings::{FindingFilter, SourceFinding};
pub use frameworks::FrameworkHead;
pub use history::ChangeFilter;
pub use profiles::Profile;
pub use proposals::ProposalFilter;
pub use retired::{RetiredStatement, StatementKind};
pub use sessions::{ApiToken, Attempts, Session, Ticket};
pub use sources::SourceHead;
pub use taught::{ProposedPairs, TaughtHead};
