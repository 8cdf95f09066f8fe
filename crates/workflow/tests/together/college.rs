//! A college with one course against one exam, and people with accounts; its folder goes with it.

use credway_import::NoProgress;
use credway_model::{
    Account, AccountId, AccountState, AssignmentEnd, Ctid, EmailAddress, Grant, Person, ReviewPart, ReviewScope, Role,
    Strength, Text, Verdict,
};
use credway_store::{Credentials, GivenGrant, Store};
use credway_workflow::{
    Actor, AssignRequest, CandidateCard, DEFAULT_LIMITS, DecideRequest, ImportAnswer, ImportRequest, Kind, Options,
    ReviewFilter, ReviewShow, SourceFile, Workbench, WorkflowError,
};
use jiff::Timestamp;
use uuid::Uuid;

pub(crate) const FULL: Verdict = Verdict::Accepted(Strength::Full);
const COURSES: &str = "code,title,credits,description\nSEC 110,Defence,3,How to defend a network\n";
const OUTCOMES: &str = "course,code,statement\nSEC 110,O1,Configure a firewall\nSEC 110,O2,Read a log\n";
const PROGRAM: &str = "program,course\nSecurity,SEC 110\n";
const BLUEPRINT: &str = "credential,domain_code,domain,weight,objective_code,objective\n\
    Guard,1,Networks,60%,,\nGuard,1,Networks,,1.1,Configure firewalls\n\
    Guard,2,Logs,40%,,\nGuard,2,Logs,,2.1,Read logs\n";

pub(crate) struct College {
    pub(crate) owner: Workbench,
    pub(crate) crosswalk: Ctid,
    pub(crate) institution: Ctid,
    pub(crate) store: Store,
    pub(crate) database: String,
    _folder: tempfile::TempDir,
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
    pub(crate) async fn new() -> Self {
        Self::at(noon).await
    }

    pub(crate) async fn at(clock: fn() -> Timestamp) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let database = format!("sqlite:{}", folder.path().join("college.db").display());
        let workbench = Workbench::open_at(&Options { database: database.clone(), create: true }, clock).await.unwrap();
        let owner = workbench.by(&person("Owner"));
        let institution = owner.begin_institution("Pier College", None).await.unwrap().id;
        for (kind, text) in [
            (Kind::Courses, COURSES),
            (Kind::Outcomes, OUTCOMES),
            (Kind::Program, PROGRAM),
            (Kind::Blueprint, BLUEPRINT),
        ] {
            import(&owner, kind, text).await;
        }
        let crosswalk = owner.align("Security", "Guard", DEFAULT_LIMITS, &()).await.unwrap().crosswalk;
        let store = Store::open_existing(&database).await.unwrap();
        Self { owner, crosswalk, institution, store, database, _folder: folder }
    }

    /// Somebody with an account and a role at the college, and their workbench.
    pub(crate) async fn member(&self, name: &str, role: Role) -> Workbench {
        self.member_of(name, role, self.institution).await
    }

    pub(crate) async fn member_of(&self, name: &str, role: Role, institution: Ctid) -> Workbench {
        let grant = Grant { role, institution, program: None };
        let id = account(name);
        let email = EmailAddress::new(&format!("{}@pier.example", name.to_lowercase().replace(' ', "."))).unwrap();
        let account =
            Account { id, person: person(name), email: Some(email), state: AccountState::Active, created: noon() };
        let given = GivenGrant { account: id, grant, origin: "given".to_owned(), by: person("Owner"), at: noon() };
        let work = self.store.write().await.unwrap();
        work.put_account(&account, &Credentials::default()).await.unwrap();
        work.give(&given).await.unwrap();
        work.commit().await.unwrap();
        self.owner.acting(Actor::member(person(name), id, vec![grant], None))
    }

    pub(crate) fn whole(&self) -> ReviewScope {
        ReviewScope { crosswalk: self.crosswalk, domain: None, course: None }
    }

    pub(crate) async fn give(&self, lead: &Workbench, to: &str, part: ReviewPart) -> Ctid {
        let request = AssignRequest { scope: self.whole(), account: account(to), part, due: None };
        lead.assign(&request).await.unwrap()
    }

    /// The card of outcome `O…` and objective `code`, as `who` sees it.
    pub(crate) async fn card(&self, who: &Workbench, outcome: &str, code: &str) -> CandidateCard {
        let objective = self.owner.find_objective(&self.crosswalk, code).await.unwrap();
        let filter = ReviewFilter { show: ReviewShow::All, focus: Some(objective), ..ReviewFilter::default() };
        let page = who.review(&self.crosswalk, &filter).await.unwrap();
        page.candidates.into_iter().find(|card| card.outcome_code.as_deref() == Some(outcome)).unwrap()
    }

    pub(crate) async fn say(
        &self,
        who: &Workbench,
        (outcome, code): (&str, &str),
        verdict: Verdict,
        settles: bool,
    ) -> Result<(), WorkflowError> {
        let card = self.card(&self.owner, outcome, code).await;
        let reason = Text::new("qwertyreason").ok();
        let request = DecideRequest {
            statement: card.statement,
            target: card.objective.id,
            verdict,
            level: None,
            reason,
            settles,
        };
        who.decide(&self.crosswalk, request).await.map(drop)
    }

    /// Every pair that is suggested, by outcome and objective.
    pub(crate) async fn say_all(&self, who: &Workbench, verdict: Verdict) {
        for pair in [("O1", "1.1"), ("O1", "2.1"), ("O2", "1.1"), ("O2", "2.1")] {
            self.say(who, pair, verdict, false).await.unwrap();
        }
    }

    pub(crate) async fn end_of(&self, id: &Ctid) -> Option<AssignmentEnd> {
        self.store.read().await.unwrap().assignment(id).await.unwrap().unwrap().end
    }
}

pub(crate) async fn import(owner: &Workbench, kind: Kind, text: &str) {
    assert!(imported(owner, kind, text).await.written);
}

pub(crate) async fn imported(who: &Workbench, kind: Kind, text: &str) -> ImportAnswer {
    let request = ImportRequest {
        kind,
        file: SourceFile::new("file.csv".to_owned(), text.as_bytes().to_vec()),
        mapping: None,
        organization: None,
        into: None,
        accept: Vec::new(),
        reason: None,
    };
    who.import(&request, &NoProgress).await.unwrap()
}

/// Whether it ended as something that is not there.
pub(crate) fn is_missing<T>(answer: &Result<T, WorkflowError>) -> bool {
    matches!(answer, Err(WorkflowError::NotFound { .. }))
}

pub(crate) fn is_forbidden<T>(answer: &Result<T, WorkflowError>) -> bool {
    matches!(answer, Err(WorkflowError::Forbidden { .. }))
}

pub(crate) fn is_refused<T>(answer: &Result<T, WorkflowError>) -> bool {
    matches!(answer, Err(WorkflowError::Refused { .. }))
}
