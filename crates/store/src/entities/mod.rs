//! The rows: one file a table, with its columns, what is written into them and how it is read back. The conversion is
//! written out by hand, so that a change of the nouns never changes stored data unseen.

pub(crate) mod account;
pub(crate) mod blueprint;
pub(crate) mod blueprint_item;
pub(crate) mod change;
pub(crate) mod collaboration;
pub(crate) mod competency;
pub(crate) mod course;
pub(crate) mod credential;
pub(crate) mod crosswalk;
pub(crate) mod decision;
pub(crate) mod finding;
pub(crate) mod framework;
pub(crate) mod job;
pub(crate) mod organization;
pub(crate) mod outcome;
pub(crate) mod passing;
pub(crate) mod pathway;
pub(crate) mod person;
pub(crate) mod profile;
pub(crate) mod program;
pub(crate) mod program_course;
pub(crate) mod proposal;
pub(crate) mod revision;
pub(crate) mod setting;
pub(crate) mod signoff;
pub(crate) mod source;

use crate::table::Table;

/// Every table a backup takes along, those that others refer to first.
pub(crate) static TABLES: [&Table; 36] = [
    &person::TABLE,
    &source::TABLE,
    &organization::TABLE,
    &credential::TABLE,
    &framework::TABLE,
    &competency::TABLE,
    &blueprint::TABLE,
    &blueprint_item::TABLE,
    &course::TABLE,
    &outcome::TABLE,
    &program::TABLE,
    &program_course::TABLE,
    &pathway::TABLE,
    &crosswalk::TABLE,
    &proposal::TABLE,
    &decision::TABLE,
    &change::TABLE,
    &revision::TABLE,
    &finding::TABLE,
    &profile::TABLE,
    &setting::TABLE,
    &account::ACCOUNT,
    &account::GRANT,
    &account::RECOVERY_CODE,
    &account::API_TOKEN,
    &account::IDENTITY,
    &collaboration::ASSIGNMENT,
    &collaboration::COMMENT,
    &collaboration::COMMENT_REVISION,
    &collaboration::NOTIFICATION,
    &collaboration::NOTIFICATION_WISH,
    &collaboration::SHARE,
    &collaboration::BALLOT,
    &signoff::SIGNOFF,
    &signoff::ENTRY,
    &signoff::DELEGATION,
];

/// The tables of what passes by itself; a backup leaves them.
#[cfg(test)]
pub(crate) static PASSING: [&Table; 7] = [
    &passing::TICKET,
    &passing::SESSION,
    &passing::DEVICE,
    &passing::ATTEMPT,
    &passing::PENDING,
    &job::JOB,
    &job::UPLOAD,
];
