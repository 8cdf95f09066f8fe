//! The workbench: a store, an engine and a clock, with which every use case works.

use std::path::Path;
use std::sync::Arc;

use credway_align::{Engine, ShippedEngine};
use credway_model::{Change, ChangeKind, Ctid, Person, Text};
use credway_store::{Stamp, Store};
use jiff::Timestamp;

use crate::{Actor, WorkflowError};

/// How a workbench is opened.
#[derive(Clone, Debug)]
pub struct Options {
    /// Address of the database: `sqlite:FILE` or `postgres://…`.
    pub database: String,
    /// Whether a database that is not there yet is made.
    pub create: bool,
}

/// A store, an engine and a clock. Cheap to clone; safe to share between threads.
#[derive(Clone)]
pub struct Workbench {
    pub(crate) store: Store,
    pub(crate) engine: Arc<dyn Engine>,
    pub(crate) ocr: Option<crate::Ocr>,
    actor: Arc<Actor>,
    pub(crate) accounts: Option<Arc<crate::AccountRules>>,
    clock: fn() -> Timestamp,
}

impl Workbench {
    /// Opens the database and brings its schema up to date. Until [`Workbench::acting`] says otherwise, who opened it
    /// acts: it lies open before them.
    ///
    /// # Errors
    /// [`WorkflowError::Store`] when it cannot be opened, or is not there and may not be made.
    pub async fn open(options: &Options) -> Result<Self, WorkflowError> {
        Self::open_at(options, Timestamp::now).await
    }

    /// As [`Workbench::open`], with a clock of the caller's.
    ///
    /// # Errors
    /// As [`Workbench::open`].
    pub async fn open_at(options: &Options, clock: fn() -> Timestamp) -> Result<Self, WorkflowError> {
        let store = if options.create {
            Store::open(&options.database).await?
        } else {
            Store::open_existing(&options.database).await?
        };
        Ok(Self {
            store,
            engine: Arc::new(ShippedEngine::plain()),
            ocr: None,
            actor: Arc::new(Actor::whoever_opened_it()),
            accounts: None,
            clock,
        })
    }

    /// The same workbench with another alignment engine.
    #[must_use]
    pub fn with_engine(self, engine: Arc<dyn Engine>) -> Self {
        Self { engine, ..self }
    }

    /// The same workbench in somebody's hands: what is done with it is done in their name, and only what they may do.
    #[must_use]
    pub fn acting(&self, actor: Actor) -> Self {
        Self { actor: Arc::new(actor), ..self.clone() }
    }

    /// The same workbench in the hands of a person who has the database before them.
    #[must_use]
    pub fn by(&self, person: &Person) -> Self {
        self.acting(Actor::owner(person.clone(), Text::new("terminal").ok()))
    }

    /// Who acts.
    #[must_use]
    pub fn actor(&self) -> &Actor {
        &self.actor
    }

    /// In whose name things are done.
    #[must_use]
    pub fn person(&self) -> &Person {
        self.actor.person()
    }

    /// The address of the database, without any password.
    #[must_use]
    pub fn database(&self) -> String {
        self.store.url_without_secret()
    }

    /// Whether writing to `path` would destroy the database: it is one of its own files.
    #[must_use]
    pub fn owns_file(&self, path: &Path) -> bool {
        self.store.owns(path)
    }

    /// Closes the database, so that its file holds everything by itself. Every clone of this workbench is closed too.
    ///
    /// # Errors
    /// [`WorkflowError::Store`].
    pub async fn close(self) -> Result<(), WorkflowError> {
        Ok(self.store.close().await?)
    }

    /// The name of the alignment engine.
    #[must_use]
    pub fn engine_name(&self) -> String {
        self.engine.name()
    }

    /// The moment it is.
    pub(crate) fn now(&self) -> Timestamp {
        (self.clock)()
    }

    /// A line of the history: what the person who acts does now.
    pub(crate) fn history_line(
        &self,
        kind: ChangeKind,
        (subject_kind, subject): (&str, Ctid),
        summary: &str,
    ) -> Change {
        Change {
            at: self.now(),
            person: self.person().clone(),
            kind,
            subject_kind: subject_kind.to_owned(),
            subject,
            summary: crate::align_program::plain(summary),
            reason: None,
            origin: self.actor.origin().cloned(),
            content: None,
        }
    }

    /// Who does it, when, from where, and why.
    pub(crate) fn stamp(&self, reason: Option<Text>) -> Stamp {
        Stamp { person: self.person().clone(), at: self.now(), reason, origin: self.actor.origin().cloned() }
    }
}

/// Reads an identifier, or says what was expected.
pub(crate) fn identifier(what: &'static str, given: &str) -> Result<Ctid, WorkflowError> {
    given.parse().map_err(|error: credway_model::CtidError| WorkflowError::NotFound {
        what,
        given: given.to_owned(),
        hint: error.to_string(),
    })
}
