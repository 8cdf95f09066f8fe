//! Two colleges that share one deployment, with people of every role at both: what the tests of who may do what, and
//! those of attacks, are made on. Built once, as a file; every test opens a copy of it.

#![allow(dead_code, unused_imports, reason = "every test binary that includes this uses a part of it")]

mod building;
mod catalogue;
mod site;

use std::path::PathBuf;
use std::sync::OnceLock;

use credway_model::{AccountId, Action, Ctid, Grant, Role};
use credway_workflow::{ServeSettings, Workbench};
use tempfile::TempDir;

pub(crate) use catalogue::{BLUEPRINT, PASSWORD};
pub(crate) use site::{Answer, Site, encode, form};

/// Somebody who asks.
#[derive(Clone, Debug, Default)]
pub(crate) struct Who {
    /// What the tests call them.
    pub(crate) name: String,
    pub(crate) email: String,
    /// Nothing for who has not signed in.
    pub(crate) account: Option<AccountId>,
    pub(crate) grants: Vec<Grant>,
    /// The only acts a program's token leaves them.
    pub(crate) only: Option<Vec<Action>>,
    /// The session's cookie, or the token of a program.
    pub(crate) secret: String,
    /// The token of their forms; a program needs none.
    pub(crate) csrf: String,
    /// What marks their session on the page of their account.
    pub(crate) session: String,
    /// One of their tokens for programs, and by what it is known.
    pub(crate) token: String,
    pub(crate) token_id: String,
    /// A file of theirs that waits to be imported, where they may import any.
    pub(crate) upload: Option<String>,
}

/// A program with what hangs on it.
#[derive(Clone, Debug)]
pub(crate) struct Place {
    pub(crate) institution: Ctid,
    pub(crate) program: Ctid,
    /// A pathway that leads to the program.
    pub(crate) pathway: Ctid,
    pub(crate) course: Ctid,
    pub(crate) outcome: Ctid,
    pub(crate) crosswalk: Ctid,
    /// A pair of the crosswalk that the lead decided.
    pub(crate) pair: (Ctid, Ctid),
    /// The blueprint statement of the later version to which that of the pair leads.
    pub(crate) leads_to: Ctid,
    /// The file its courses came from.
    pub(crate) source: String,
    /// Of the program's lead: a comment on the course, a review given to the faculty reviewer, a share with the employer
    /// reviewer, the alignment as a piece of work.
    pub(crate) comment: Ctid,
    pub(crate) assignment: Ctid,
    pub(crate) share: Ctid,
    pub(crate) work: String,
    /// Something the faculty reviewer was told.
    pub(crate) notification: Ctid,
    /// Of the program too, against another exam: a crosswalk that is being signed, by the lead, with the registrar's
    /// delegation to the dean.
    pub(crate) signed: Ctid,
    pub(crate) signoff: Ctid,
    pub(crate) digest: String,
    pub(crate) delegation: String,
    /// Accounts there to do something to: one in, one suspended, an employer with whom nothing is shared.
    pub(crate) spare: AccountId,
    pub(crate) suspended: AccountId,
    pub(crate) employer: AccountId,
}

/// Both colleges.
pub(crate) struct Colleges {
    folder: TempDir,
    /// The institution that operates the deployment.
    pub(crate) home: Ctid,
    /// The program for which some at home have a role; another program at home; the program of the other college.
    pub(crate) places: [Place; 3],
    /// A blueprint and a credential, which belong to no single institution.
    pub(crate) blueprint: Ctid,
    /// Another blueprint, with which the first is compared as if it followed it.
    pub(crate) later: Ctid,
    pub(crate) credential: Ctid,
    /// Everybody who asks.
    pub(crate) people: Vec<Who>,
}

impl Colleges {
    /// Built once for all tests of a binary.
    pub(crate) fn get() -> &'static Self {
        static BUILT: OnceLock<Colleges> = OnceLock::new();
        BUILT.get_or_init(|| {
            std::thread::spawn(|| {
                let runtime =
                    tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
                runtime.block_on(building::build())
            })
            .join()
            .unwrap()
        })
    }

    /// Who is something at the institution of a place.
    #[track_caller]
    pub(crate) fn at(&self, role: Role, place: &Place) -> &Who {
        self.who(&format!("{} of {}", role.label(), catalogue::college(place.institution == self.home)))
    }

    /// Somebody by name.
    #[track_caller]
    pub(crate) fn who(&self, name: &str) -> &Who {
        self.people.iter().find(|who| who.name == name).unwrap_or_else(|| panic!("nobody is called {name}"))
    }

    /// A site over a copy of its own.
    pub(crate) async fn site(&self) -> Site {
        self.site_with(|_| {}).await
    }

    /// The same with other settings.
    pub(crate) async fn site_with(&self, change: impl FnOnce(&mut ServeSettings)) -> Site {
        let folder = tempfile::tempdir().unwrap();
        for file in [building::DATABASE, building::KEY] {
            std::fs::copy(self.folder.path().join(file), folder.path().join(file)).unwrap();
        }
        let mut settings = building::settings();
        change(&mut settings);
        Site::over(folder, settings).await
    }
}

/// The database in a folder, with its key.
pub(crate) async fn open(folder: &std::path::Path) -> Workbench {
    building::open(folder).await
}

/// The database's file in a folder.
pub(crate) fn database(folder: &std::path::Path) -> PathBuf {
    folder.join(building::DATABASE)
}
