//! What the stories of sign-offs share: a college with one course against one exam, and its people.

use credway_import::NoProgress;
use credway_model::{Account, AccountId, AccountState, Ctid, Grant, Person, Role, Strength, Text, Verdict};
use credway_store::{Credentials, GivenGrant, Store};
use credway_workflow::{
    Actor, DEFAULT_LIMITS, DecideRequest, ImportRequest, Kind, Options, SignRequest, SourceFile, Workbench,
    WorkflowError,
};
use jiff::Timestamp;
use jiff::civil::Date;
use sea_orm::{ConnectionTrait, Database};

pub(crate) const FULL: Verdict = Verdict::Accepted(Strength::Full);
const COURSES: &str = "code,title,credits\nSEC 110,Defence,3\n";
pub(crate) const OUTCOMES: &str = "course,code,statement\nSEC 110,O1,Configure a firewall\nSEC 110,O2,Read a log\n";
const PROGRAM: &str = "program,course\nSecurity,SEC 110\n";
pub(crate) const BLUEPRINT: &str = "credential,domain_code,domain,weight,objective_code,objective\n\
    Guard,1,Networks,60%,,\nGuard,1,Networks,,1.1,Configure firewalls\n\
    Guard,2,Logs,40%,,\nGuard,2,Logs,,2.1,Read logs\n";

pub(crate) fn person(name: &str) -> Person {
    Person(text(name))
}

pub(crate) fn text(words: &str) -> Text {
    Text::new(words).unwrap()
}

pub(crate) fn day(day: &str) -> Date {
    day.parse().unwrap()
}

/// The moment of all tests: Nov 23, 2026.
pub(crate) fn clock() -> Timestamp {
    "2026-11-23T12:00:00Z".parse().unwrap()
}

/// Eight months later.
pub(crate) fn later() -> Timestamp {
    "2027-07-23T12:00:00Z".parse().unwrap()
}

/// A college with one course against one exam, aligned and decided; its folder goes with it.
pub(crate) struct College {
    pub(crate) workbench: Workbench,
    pub(crate) crosswalk: Ctid,
    pub(crate) institution: Ctid,
    pub(crate) url: String,
    pub(crate) folder: tempfile::TempDir,
}

impl College {
    pub(crate) async fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite:{}", folder.path().join("signoff.db").display());
        let workbench = Self::open(&url, clock).await;
        let institution = workbench.by(&person("Ada")).begin_institution("Pier College", None).await.unwrap().id;
        let crosswalk = "ce-00000000-0000-4000-8000-000000000001".parse().unwrap();
        let mut college = Self { workbench, crosswalk, institution, url, folder };
        let files = [
            (Kind::Courses, COURSES),
            (Kind::Outcomes, OUTCOMES),
            (Kind::Program, PROGRAM),
            (Kind::Blueprint, BLUEPRINT),
        ];
        for (kind, words) in files {
            college.import(kind, words).await.unwrap();
        }
        let owner = college.workbench.by(&person("Ada"));
        college.crosswalk = owner.align("Security", "Guard", DEFAULT_LIMITS, &()).await.unwrap().crosswalk;
        college.decide("Ada", "1.1", "O1", FULL).await.unwrap();
        college
    }

    pub(crate) async fn open(url: &str, clock: fn() -> Timestamp) -> Workbench {
        Workbench::open_at(&Options { database: url.to_owned(), create: true }, clock).await.unwrap()
    }

    pub(crate) async fn import(&self, kind: Kind, words: &str) -> Result<bool, WorkflowError> {
        let request = ImportRequest {
            kind,
            file: SourceFile::new("file.csv".to_owned(), words.as_bytes().to_vec()),
            mapping: None,
            organization: None,
            into: None,
            accept: vec!["blueprint.weights-total".to_owned()],
            reason: None,
        };
        Ok(self.workbench.by(&person("Ada")).import(&request, &NoProgress).await?.written)
    }

    pub(crate) async fn decide(
        &self,
        who: &str,
        code: &str,
        outcome: &str,
        verdict: Verdict,
    ) -> Result<(), WorkflowError> {
        let workbench = self.workbench.by(&person(who));
        let target = workbench.find_objective(&self.crosswalk, code).await?;
        let statement = workbench.find_outcome(&self.crosswalk, &format!("SEC 110/{outcome}")).await?;
        let request = DecideRequest { statement, target, verdict, level: None, reason: None, settles: false };
        workbench.decide(&self.crosswalk, request).await.map(drop)
    }

    /// An account with these roles at the college, and the workbench in its hands.
    pub(crate) async fn member(&self, name: &str, roles: &[Role]) -> Workbench {
        let id = account(name);
        let store = Store::open(&self.url).await.unwrap();
        let work = store.write().await.unwrap();
        let made = Account { id, person: person(name), email: None, state: AccountState::Active, created: clock() };
        work.put_account(&made, &Credentials::default()).await.unwrap();
        let grants: Vec<Grant> =
            roles.iter().map(|role| Grant { role: *role, institution: self.institution, program: None }).collect();
        for grant in &grants {
            let given =
                GivenGrant { account: id, grant: *grant, origin: "given".to_owned(), by: person("Ada"), at: clock() };
            work.give(&given).await.unwrap();
        }
        work.commit().await.unwrap();
        store.close().await.unwrap();
        self.workbench.acting(Actor::member(person(name), id, grants, None))
    }

    /// The people of the usual steps: reviewer, lead, registrar, dean.
    pub(crate) async fn people(&self) -> [Workbench; 4] {
        [
            self.member("Fay", &[Role::FacultyReviewer]).await,
            self.member("Lee", &[Role::ProgramLead]).await,
            self.member("Rae", &[Role::Registrar]).await,
            self.member("Dee", &[Role::Dean]).await,
        ]
    }

    /// Begun by Lee and signed by everybody; the sign-off's identifier.
    pub(crate) async fn approved(&self, people: &[Workbench; 4]) -> Ctid {
        let id = people[1].begin_signoff(&self.crosswalk, None, None).await.unwrap();
        for (signer, date) in [
            (&people[0], None),
            (&people[1], None),
            (&people[2], None),
            (&people[3], None),
            (&people[2], Some("2026-11-20")),
        ] {
            sign(signer, &id, date).await.unwrap();
        }
        assert_eq!(people[0].signoff(&id).await.unwrap().head.state, "approved");
        id
    }

    /// What somebody does who can write to the database itself.
    pub(crate) async fn by_hand(&self, statements: &[&str]) {
        let connection = Database::connect(&self.url).await.unwrap();
        for statement in statements {
            connection.execute_unprepared(statement).await.unwrap();
        }
        connection.close().await.unwrap();
    }
}

pub(crate) fn account(name: &str) -> AccountId {
    let bytes: Vec<u8> = name.bytes().chain(std::iter::repeat(b'.')).take(16).collect();
    AccountId::from_uuid(uuid::Uuid::from_slice(&bytes).unwrap())
}

pub(crate) async fn request(signer: &Workbench, id: &Ctid, date: Option<&str>) -> SignRequest {
    let page = signer.signoff(id).await.unwrap();
    SignRequest { step: page.turn.unwrap_or(0), digest: page.digest, right: None, date: date.map(day), note: None }
}

pub(crate) async fn sign(signer: &Workbench, id: &Ctid, date: Option<&str>) -> Result<(), WorkflowError> {
    signer.sign_signoff(id, request(signer, id, date).await).await
}

#[track_caller]
pub(crate) fn refused<T: std::fmt::Debug>(result: Result<T, WorkflowError>, words: &str) {
    let error = result.unwrap_err();
    assert!(matches!(error, WorkflowError::Refused { .. }), "{error:?}");
    assert!(error.to_string().contains(words), "“{words}” is not in: {error}");
}
