//! Long work: kept in the database, done by whichever server is there, with progress, a way to stop it, and another try
//! when a server was ended in the middle of it.
//!
//! A page queues a piece of work and shows how far it is; a [`Worker`] in the server takes it and does it with the
//! rights that its owner has at that moment, not with those they had when they asked. What is said of failures is the
//! face's; nothing here knows an address. A later kind of work is another member of [`Task`].

mod asking;
mod execute;
mod failure;
mod import_work;
mod kept_answer;
mod kept_request;
mod prepared;
mod rights;
mod running;
mod settle;
mod task;
mod tending;
mod upload_reading;
mod uploads;
mod worker;

pub use asking::WorkItem;
pub use credway_store::{JobState, UploadState};
pub use failure::JobFailure;
pub use kept_answer::{KeptAnswer, MOST_SHOWN};
pub use kept_request::KeptRequest;
pub use prepared::Prepared;
pub use task::{Outcome, Task};
pub use uploads::UploadedFile;
pub use worker::{Pace, Worker};
