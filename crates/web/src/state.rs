//! What every request shares: the workbench, the person who acts, the worker that does long work, and the secrets of this
//! process.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use credway_model::{Person, Text};
use credway_workflow::{Actor, JobState, Pace, ServeSettings, SingleSignOn, Workbench, Worker, WorkflowError};
use uuid::Uuid;

use crate::jobs::tell;
use crate::observe::{Metrics, Operations};
use crate::server::Rates;
use crate::visit::{Presence, Visitor};

/// What every request shares. Cheap to clone.
#[derive(Clone)]
pub struct AppState(Arc<Shared>);

struct Shared {
    workbench: Workbench,
    person: Person,
    address: SocketAddr,
    token: String,
    worker: Worker,
    settings: ServeSettings,
    operations: Operations,
    sign_on: Option<SingleSignOn>,
}

impl AppState {
    /// For a server that listens at `address`, where everything is done in the name of `person`.
    #[must_use]
    pub fn new(workbench: Workbench, person: Person, address: SocketAddr) -> Self {
        Self::with_settings(workbench, person, address, ServeSettings::at(address))
    }

    /// As [`AppState::new`], served by `settings`; `address` is the one that was bound.
    #[must_use]
    pub fn with_settings(workbench: Workbench, person: Person, address: SocketAddr, settings: ServeSettings) -> Self {
        // Where there are accounts, nobody acts before it is known who.
        let workbench = if settings.accounts { workbench.acting(Actor::visitor(None)) } else { workbench };
        let operations = Operations::new(Rates::new(&settings));
        let token = format!("{}{}", Uuid::new_v4().simple(), Uuid::new_v4().simple());
        let worker = Worker::new(workbench.clone(), tell, Pace { addresses: settings.addresses, ..Pace::default() });
        let sign_on = None;
        Self(Arc::new(Shared { workbench, person, address, token, worker, settings, operations, sign_on }))
    }

    /// The same with the institution's own sign-in. Before it is shared.
    #[must_use]
    pub fn with_sign_on(mut self, sign_on: Option<SingleSignOn>) -> Self {
        if let Some(shared) = Arc::get_mut(&mut self.0) {
            shared.sign_on = sign_on;
        }
        self
    }

    /// The institution's own sign-in.
    pub(crate) fn sign_on(&self) -> Option<&SingleSignOn> {
        self.0.sign_on.as_ref()
    }

    /// Begins to do long work, that of an earlier server too. It is begun at the latest when something is queued here.
    pub fn begin_work(&self) {
        self.0.worker.set_out();
    }

    /// Asks the work under way to stop at its next step, without waiting for it.
    pub(crate) fn begin_leaving(&self) {
        self.0.worker.begin_leaving();
    }

    /// Leaves long work in order: what is under way is put back and begun again at the next start.
    pub async fn leave_work(&self, patience: Duration) {
        self.0.worker.leave(patience).await;
    }

    /// How many pieces of long work are in each state: for who watches the server.
    ///
    /// # Errors
    /// [`WorkflowError::Store`].
    pub async fn work_counts(&self) -> Result<BTreeMap<JobState, u64>, WorkflowError> {
        self.0.workbench.work_counts().await
    }

    /// The workbench.
    pub(crate) fn workbench(&self) -> &Workbench {
        &self.0.workbench
    }

    /// Who makes a request that names nobody: the person at this machine; where there are accounts, nobody.
    pub(crate) fn stranger(&self) -> Visitor {
        if self.0.settings.accounts {
            let actor = Actor::visitor(None);
            return Visitor { actor, csrf: self.0.token.clone(), presence: Presence::Stranger };
        }
        let actor = Actor::owner(self.0.person.clone(), Text::new("browser on this machine").ok());
        Visitor { actor, csrf: self.0.token.clone(), presence: Presence::AtThisMachine }
    }

    /// Where the server listens, for the check of the Host header.
    pub(crate) fn address(&self) -> SocketAddr {
        self.0.address
    }

    /// The token every form of this process carries; a page of another site cannot know it.
    #[must_use]
    pub fn token(&self) -> &str {
        &self.0.token
    }

    /// Who does long work.
    pub(crate) fn worker(&self) -> &Worker {
        &self.0.worker
    }

    /// How the site is served.
    pub(crate) fn settings(&self) -> &ServeSettings {
        &self.0.settings
    }

    /// What is watched and counted.
    pub(crate) fn operations(&self) -> &Operations {
        &self.0.operations
    }

    /// The counters, for what counts outside the pages.
    #[must_use]
    pub fn metrics(&self) -> &Metrics {
        self.operations().metrics()
    }
}
