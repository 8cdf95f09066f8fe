//! What every request shares: the workbench, the person who acts, and the secrets of this process.

use std::net::SocketAddr;
use std::sync::Arc;

use credway_model::{Person, Text};
use credway_workflow::{Actor, Workbench};
use uuid::Uuid;

use crate::jobs::Jobs;
use crate::visit::Visitor;

/// What every request shares. Cheap to clone.
#[derive(Clone)]
pub struct AppState(Arc<Shared>);

struct Shared {
    workbench: Workbench,
    person: Person,
    address: SocketAddr,
    token: String,
    jobs: Jobs,
}

impl AppState {
    /// For a server that listens at `address`, where everything is done in the name of `person`.
    #[must_use]
    pub fn new(workbench: Workbench, person: Person, address: SocketAddr) -> Self {
        let token = format!("{}{}", Uuid::new_v4().simple(), Uuid::new_v4().simple());
        Self(Arc::new(Shared { workbench, person, address, token, jobs: Jobs::default() }))
    }

    /// The workbench.
    pub(crate) fn workbench(&self) -> &Workbench {
        &self.0.workbench
    }

    /// Who makes a request that names nobody: the person at this machine.
    pub(crate) fn stranger(&self) -> Visitor {
        let actor = Actor::owner(self.0.person.clone(), Text::new("browser on this machine").ok());
        Visitor { actor, csrf: self.0.token.clone(), signed_in: true }
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

    /// Long work that is under way.
    pub(crate) fn jobs(&self) -> &Jobs {
        &self.0.jobs
    }
}
