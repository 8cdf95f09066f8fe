//! What the stories of a new version share: a college with one course against two versions of an exam.

use credway_import::NoProgress;
use credway_model::{
    Account, AccountId, AccountState, Ctid, EmailAddress, Grant, Person, Role, Strength, Text, Verdict,
};
use credway_store::{Credentials, GivenGrant, Store};
use credway_workflow::{
    Actor, BlueprintChange, ChangedRow, DEFAULT_LIMITS, DecideRequest, ImportRequest, Kind, Options, SourceFile,
    Workbench, WorkflowError,
};
use jiff::Timestamp;
use uuid::Uuid;

pub(crate) const FULL: Verdict = Verdict::Accepted(Strength::Full);
pub(crate) const PARTIAL: Verdict = Verdict::Accepted(Strength::Partial);
pub(crate) const OLD: &str = "Guard G-1";
pub(crate) const NEW: &str = "Guard G-2";
const COURSES: &str = "code,title,credits\nSEC 110,Defence,3\nSEC 210,Watch,3\n";
pub(crate) const OUTCOMES: &str = "course,code,statement\n\
    SEC 110,O1,Configure a firewall\nSEC 110,O2,Read a log\nSEC 210,O1,Encrypt a disk\nSEC 210,O2,Fax a form\n";
const PROGRAM: &str = "program,course\nSecurity,SEC 110\nSecurity,SEC 210\n";
const HEADS: &str = "credential,version,effective,retires,domain_code,domain,weight,objective_code,objective\n";
const OLD_ROWS: &str = "Guard,G-1,2024-01-01,2026-12-31,1,Networks,60%,,\n\
    Guard,G-1,,,1,Networks,,1.1,Configure firewalls\n\
    Guard,G-1,,,1,Networks,,1.2,Explain disk encryption and file encryption\n\
    Guard,G-1,,,2,Logs,40%,,\n\
    Guard,G-1,,,2,Logs,,2.1,Read the logs of a server\n\
    Guard,G-1,,,2,Logs,,2.2,Send reports by fax\n";
/// 1.1 stays and is renumbered to 1.2 behind a new one; 1.2 is split; 2.1 is reworded; 2.2 is gone.
const NEW_ROWS: &str = "Guard,G-2,2027-01-01,,1,Networks,50%,,\n\
    Guard,G-2,,,1,Networks,,1.1,Segment a campus\n\
    Guard,G-2,,,1,Networks,,1.2,Configure firewalls.\n\
    Guard,G-2,,,1,Networks,,1.3,Explain disk encryption\n\
    Guard,G-2,,,1,Networks,,1.4,Explain file encryption\n\
    Guard,G-2,,,2,Logs,50%,,\n\
    Guard,G-2,,,2,Logs,,2.1,Read and interpret server logs\n";

pub(crate) struct College {
    pub(crate) owner: Workbench,
    pub(crate) old: Ctid,
    pub(crate) institution: Ctid,
    store: Store,
    _folder: Option<tempfile::TempDir>,
}

pub(crate) fn person(name: &str) -> Person {
    Person(Text::new(name).unwrap())
}

pub(crate) fn account(name: &str) -> AccountId {
    AccountId::from_uuid(Uuid::new_v5(&Uuid::NAMESPACE_OID, name.as_bytes()))
}

/// The day of the stories.
pub(crate) fn noon() -> Timestamp {
    "2026-11-23T12:00:00Z".parse().unwrap()
}

impl College {
    pub(crate) async fn sqlite() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite:{}", folder.path().join("college.db").display());
        Self::at(&url, Some(folder)).await
    }

    /// At an address, decided: SEC 110 O1 → 1.1 by Ada and Ben, SEC 210 O1 → 1.2, SEC 110 O2 → 2.1, SEC 210 O2 → 2.2.
    pub(crate) async fn at(url: &str, folder: Option<tempfile::TempDir>) -> Self {
        let options = Options { database: url.to_owned(), create: true };
        let owner = Workbench::open_at(&options, noon).await.unwrap().by(&person("Ada"));
        let institution = owner.begin_institution("Pier College", None).await.unwrap().id;
        for (kind, text) in [
            (Kind::Courses, COURSES.to_owned()),
            (Kind::Outcomes, OUTCOMES.to_owned()),
            (Kind::Program, PROGRAM.to_owned()),
            (Kind::Blueprint, format!("{HEADS}{OLD_ROWS}")),
            (Kind::Blueprint, format!("{HEADS}{NEW_ROWS}")),
        ] {
            import(&owner, kind, &text).await;
        }
        let old = owner.align("Security", OLD, DEFAULT_LIMITS, &()).await.unwrap().crosswalk;
        let store = Store::open_existing(url).await.unwrap();
        let college = Self { owner, old, institution, store, _folder: folder };
        for (who, outcome, code, verdict) in [
            ("Ada", "SEC 110/O1", "1.1", FULL),
            ("Ben", "SEC 110/O1", "1.1", PARTIAL),
            ("Ada", "SEC 210/O1", "1.2", PARTIAL),
            ("Ada", "SEC 110/O2", "2.1", FULL),
            ("Ada", "SEC 210/O2", "2.2", FULL),
        ] {
            college.say(who, &college.old, (outcome, code), verdict).await.unwrap();
        }
        college
    }

    pub(crate) async fn say(
        &self,
        who: &str,
        crosswalk: &Ctid,
        (outcome, code): (&str, &str),
        verdict: Verdict,
    ) -> Result<(), WorkflowError> {
        let request = DecideRequest {
            statement: self.owner.find_outcome(crosswalk, outcome).await?,
            target: self.owner.find_objective(crosswalk, code).await?,
            verdict,
            level: None,
            reason: Text::new("seen in the lab").ok(),
            settles: false,
        };
        self.owner.by(&person(who)).decide(crosswalk, request).await.map(drop)
    }

    /// Somebody with an account and a role at the college, and their workbench.
    pub(crate) async fn member(&self, name: &str, role: Role) -> Workbench {
        let grant = Grant { role, institution: self.institution, program: None };
        let id = account(name);
        let email = EmailAddress::new(&format!("{}@pier.example", name.to_lowercase())).unwrap();
        let account =
            Account { id, person: person(name), email: Some(email), state: AccountState::Active, created: noon() };
        let given = GivenGrant { account: id, grant, origin: "given".to_owned(), by: person("Ada"), at: noon() };
        let work = self.store.write().await.unwrap();
        work.put_account(&account, &Credentials::default()).await.unwrap();
        work.give(&given).await.unwrap();
        work.commit().await.unwrap();
        self.owner.acting(Actor::member(person(name), id, vec![grant], None))
    }

    pub(crate) async fn change(&self) -> BlueprintChange {
        self.owner.blueprint_change(OLD, NEW).await.unwrap()
    }
}

/// The only program of a change, by what its rows are: course and outcome, old statement, new statement, state.
pub(crate) fn rows(change: &BlueprintChange) -> Vec<(String, String, Option<String>, &'static str)> {
    let name = |row: &ChangedRow| format!("{} {}", row.course.code, row.outcome_code.clone().unwrap_or_default());
    let mut rows: Vec<_> = change.programs[0]
        .rows
        .iter()
        .map(|row| (name(row), row.old_name.clone(), row.new_name.clone(), row.state.words()))
        .collect();
    rows.sort();
    rows
}

pub(crate) async fn import(owner: &Workbench, kind: Kind, text: &str) {
    let file = SourceFile::new("file.csv".to_owned(), text.as_bytes().to_vec());
    let request =
        ImportRequest { kind, file, mapping: None, organization: None, into: None, accept: Vec::new(), reason: None };
    assert!(owner.import(&request, &NoProgress).await.unwrap().written);
}
