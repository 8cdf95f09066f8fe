//! A site with accounts: a small college with a crosswalk, a program of another institution, and people with tokens.

use std::net::{IpAddr, Ipv4Addr};

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::request::Builder;
use axum::http::{HeaderMap, Request, StatusCode, header};
use credway_model::{Action, Ctid, Grant, Person, Role, Text};
use credway_web::{AppState, router};
use credway_workflow::{
    DEFAULT_LIMITS, ImportRequest, InviteRequest, Kind, Options, ServeSettings, SignInFrom, SourceFile, TokenRequest,
    Workbench,
};
use serde_json::Value;
use tower::ServiceExt;

/// The port the test's requests name.
const PORT: u16 = 8_099;
const PASSWORD: &str = "plum anchor violet turbine";
const COURSES: &str = "organization,code,title,credits,description\n\
    Pier College,SEC 110,Defence,3,How to defend a network\n\
    Pier College,SEC 120,Logs,3,How to read logs\n\
    Hill College,SEC 900,Elsewhere,3,What others teach\n";
const OUTCOMES: &str = "organization,course,code,statement\n\
    Pier College,SEC 110,O1,Configure a firewall\n\
    Pier College,SEC 110,O2,Read a log\n\
    Hill College,SEC 900,O1,Configure a firewall\n";
const PROGRAMS: &str = "organization,program,course\n\
    Pier College,Security,SEC 110\n\
    Pier College,Security,SEC 120\n\
    Hill College,Other,SEC 900\n";
const BLUEPRINT: &str = "credential,domain_code,domain,weight,objective_code,objective\n\
    Guard,1,Networks,60%,,\nGuard,1,Networks,,1.1,Configure firewalls\n\
    Guard,2,Logs,40%,,\nGuard,2,Logs,,2.1,Read logs\n";

/// Every scope a token can have.
pub(crate) const SCOPES: [Action; 8] = [
    Action::ReadCatalogue,
    Action::ReadShared,
    Action::ReadCrosswalk,
    Action::ReadHistory,
    Action::ReadFindings,
    Action::Review,
    Action::Comment,
    Action::Export,
];

/// An answer, read to its end.
pub(crate) struct Reply {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: String,
}

impl Reply {
    /// What it says, as JSON.
    #[track_caller]
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error}: {}", self.body))
    }

    /// The answer, which must have gone well.
    #[track_caller]
    pub(crate) fn fine(&self) -> Value {
        assert!(self.status.is_success(), "{}: {}", self.status, self.body);
        assert_eq!(self.headers[header::CONTENT_TYPE], "application/json");
        self.json()
    }

    /// The problem, which must be of this status and kind and be as RFC 9457 wants it.
    #[track_caller]
    pub(crate) fn is_problem(&self, status: u16, kind: &str) -> Value {
        let problem = self.json();
        assert_eq!(self.status.as_u16(), status, "{problem}");
        assert_eq!(self.headers[header::CONTENT_TYPE], "application/problem+json");
        assert_eq!(problem["type"], format!("/api#{kind}"), "{problem}");
        assert_eq!(problem["status"], status);
        for member in ["title", "detail", "hint"] {
            assert!(problem[member].as_str().is_some_and(|text| !text.is_empty()), "{member}: {problem}");
        }
        problem
    }
}

/// Somebody with an account.
pub(crate) struct Member {
    /// A token for everything.
    pub(crate) token: String,
    /// The cookie of a session that is half way in: the second factor is still to come.
    pub(crate) half_way: String,
    workbench: Workbench,
    who: credway_workflow::SignedIn,
}

/// A site whose requests go straight to the router.
pub(crate) struct Site {
    router: Router,
    /// The workbench in the hands of who has the database.
    pub(crate) owner: Workbench,
    /// The token of forms, where nobody has an account.
    pub(crate) form: String,
    pub(crate) institution: Ctid,
    pub(crate) crosswalk: Ctid,
    pub(crate) elsewhere: Ctid,
    _folder: tempfile::TempDir,
}

impl Site {
    /// With accounts.
    pub(crate) async fn with_accounts() -> Self {
        Self::with(|settings| settings.accounts = true).await
    }

    /// As `change` sets it.
    pub(crate) async fn with(change: impl FnOnce(&mut ServeSettings)) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let database = format!("sqlite:{}", folder.path().join("college.db").display());
        let address = (Ipv4Addr::LOCALHOST, PORT).into();
        let mut settings = ServeSettings::at(address);
        change(&mut settings);
        let workbench = Workbench::open(&Options { database, create: true }).await.unwrap();
        let workbench = workbench.for_serving(&settings).unwrap();
        let owner = workbench.by(&Person(Text::new("Owner").unwrap()));
        let institution = owner.begin_institution("Pier College", None).await.unwrap().id;
        for (kind, text) in [
            (Kind::Courses, COURSES),
            (Kind::Outcomes, OUTCOMES),
            (Kind::Program, PROGRAMS),
            (Kind::Blueprint, BLUEPRINT),
        ] {
            import(&owner, kind, text).await;
        }
        let crosswalk = owner.align("Security", "Guard", DEFAULT_LIMITS, &()).await.unwrap().crosswalk;
        let elsewhere = owner.align("Other", "Guard", DEFAULT_LIMITS, &()).await.unwrap().crosswalk;
        let person = Person(Text::new("Owner").unwrap());
        let state = AppState::with_settings(workbench, person, address, settings);
        let form = state.token().to_owned();
        Self { router: router(state), owner, form, institution, crosswalk, elsewhere, _folder: folder }
    }

    /// Somebody with a role here, and a token for everything the interface offers.
    pub(crate) async fn member(&self, name: &str, role: Role) -> Member {
        let grant = Grant { role, institution: self.institution, program: None };
        let email = format!("{}@pier.example", name.to_lowercase());
        let request = InviteRequest { name: name.to_owned(), email, grants: vec![grant], takes_words: false };
        let link = self.owner.invite(&request).await.unwrap();
        let from = SignInFrom { address: IpAddr::V4(Ipv4Addr::LOCALHOST), device: None, about: "test".to_owned() };
        let taken = self.owner.accept_invitation(link.secret.reveal(), ("", ""), PASSWORD.to_owned(), &from).await;
        let secret = taken.unwrap().session.secret;
        let who = self.owner.session(secret.reveal()).await.unwrap().unwrap();
        let workbench = self.owner.acting(self.owner.actor_of(who.account, None).await.unwrap());
        let half_way = format!("credway-session={}", secret.reveal());
        let mut member = Member { token: String::new(), half_way, workbench, who };
        member.token = member.token_for(&SCOPES).await;
        member
    }

    /// The answer to a request as it stands.
    pub(crate) async fn send(&self, request: Builder, body: &str) -> Reply {
        let request = request.header(header::HOST, format!("127.0.0.1:{PORT}"));
        let response = self.router.clone().oneshot(request.body(Body::from(body.to_owned())).unwrap()).await.unwrap();
        let (parts, body) = response.into_parts();
        let bytes = to_bytes(body, 32 << 20).await.unwrap();
        Reply { status: parts.status, headers: parts.headers, body: String::from_utf8_lossy(&bytes).into_owned() }
    }

    /// Asks with a token.
    pub(crate) async fn get(&self, token: &str, path: &str) -> Reply {
        self.send(with_token(Request::get(path), token), "").await
    }

    /// Sends JSON with a token.
    pub(crate) async fn post(&self, token: &str, path: &str, body: &Value) -> Reply {
        let request = with_token(Request::post(path), token).header(header::CONTENT_TYPE, "application/json");
        self.send(request, &body.to_string()).await
    }

    /// The statement and target of some pair of the crosswalk.
    pub(crate) async fn pair(&self, token: &str) -> Value {
        let page = self.get(token, &format!("/api/v1/crosswalks/{}/review?show=all", self.crosswalk)).await.fine();
        let candidate = &page["candidates"][0];
        serde_json::json!({ "statement": candidate["statement"], "target": candidate["objective"]["id"] })
    }
}

impl Member {
    /// A token for some acts alone.
    pub(crate) async fn token_for(&self, scopes: &[Action]) -> String {
        let request = TokenRequest { name: "Test".to_owned(), scopes: scopes.to_vec(), days: 3 };
        let from = SignInFrom { address: IpAddr::V4(Ipv4Addr::LOCALHOST), device: None, about: "test".to_owned() };
        self.workbench.make_token(&self.who, &request, PASSWORD, &from).await.unwrap().secret.reveal().to_owned()
    }

    /// Makes every token good for nothing.
    pub(crate) async fn revoke(&self) {
        for token in self.workbench.own_account(&self.who).await.unwrap().tokens {
            self.workbench.revoke_token(&self.who, &token.id).await.unwrap();
        }
    }

    /// The cookie of a session that is all the way in.
    pub(crate) async fn session(&self) -> String {
        let from = SignInFrom { address: IpAddr::V4(Ipv4Addr::LOCALHOST), device: None, about: "test".to_owned() };
        let enrolment = self.workbench.begin_second_factor(&self.who).await.unwrap();
        let code = code(&enrolment.typed);
        let codes =
            self.workbench.confirm_second_factor(&self.who, &enrolment.sealed, (&code, ""), &from).await.unwrap();
        format!("credway-session={}", codes.session.unwrap().session.secret.reveal())
    }
}

/// What an app shows now for a secret typed in base 32 (RFC 4648), by a library that is not ours.
fn code(typed: &str) -> String {
    let (mut secret, mut kept, mut bits) = (Vec::new(), 0_u32, 0);
    for letter in typed.bytes().filter(u8::is_ascii_alphanumeric) {
        let value = if letter.is_ascii_digit() { letter - b'2' + 26 } else { letter.to_ascii_uppercase() - b'A' };
        (kept, bits) = (kept << 5 | u32::from(value), bits + 5);
        if bits >= 8 {
            bits -= 8;
            secret.push(u8::try_from(kept >> bits & 0xff).unwrap());
        }
    }
    let now = u64::try_from(jiff::Timestamp::now().as_second()).unwrap();
    totp_rs::Builder::new()
        .with_secret(<[u8; 20]>::try_from(secret).unwrap())
        .build_noncompliant()
        .generate(now)
        .to_string()
}

fn with_token(request: Builder, token: &str) -> Builder {
    if token.is_empty() { request } else { request.header(header::AUTHORIZATION, format!("Bearer {token}")) }
}

async fn import(owner: &Workbench, kind: Kind, text: &str) {
    let request = ImportRequest {
        kind,
        file: SourceFile::new(format!("{}.csv", kind.word()), text.as_bytes().to_vec()),
        mapping: None,
        organization: None,
        into: None,
        accept: Vec::new(),
        reason: None,
    };
    let answer = owner.import(&request, &NoProgress).await.unwrap();
    assert!(answer.written, "{:?}", answer.findings);
}

/// A listener that does not care.
struct NoProgress;

impl credway_workflow::ImportProgress for NoProgress {
    fn advance(&self, _done: u64, _total: u64) {}
}
