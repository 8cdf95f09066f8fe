//! Builds the two colleges: imports, alignments, people with their sessions and tokens, and what people did together.

use std::net::{IpAddr, Ipv4Addr};
use std::path::Path;
use std::time::Duration;

use axum::http::StatusCode;
use credway_model::{
    AccountId, AccountState, Action, CommentSubject, Ctid, Grant, Person, ReviewPart, ReviewScope, Role, Strength,
    Text, Verdict,
};
use credway_workflow::{
    AccountRules, AssignRequest, DEFAULT_LIMITS, DecideRequest, DelegateRequest, ImportProgress, ImportRequest,
    InviteRequest, Kind, Options, ReviewFilter, ReviewShow, SealingKeys, SecondFactorRule, ServeSettings, SignInFrom,
    SourceFile, TemplateForm, TokenRequest, Workbench, template_file,
};

use super::catalogue::{BLUEPRINT, HOME, OTHER, PASSWORD, PROGRAMS, SIGNED, college, files, waiting};
use super::site::{ADDRESS, Site, csrf_in};
use super::{Colleges, Place, Who};

pub(super) const DATABASE: &str = "colleges.db";
pub(super) const KEY: &str = "colleges.key";

struct NoProgress;

impl ImportProgress for NoProgress {
    fn advance(&self, _done: u64, _total: u64) {}
}

/// How the tests' sites are served.
pub(super) fn settings() -> ServeSettings {
    ServeSettings { accounts: true, drain: Duration::ZERO, ..ServeSettings::at(ADDRESS.parse().unwrap()) }
}

/// The database in a folder, with its key; a second factor is for who wants one.
pub(super) async fn open(folder: &Path) -> Workbench {
    let database = format!("sqlite:{}", folder.join(DATABASE).display());
    let mut rules = AccountRules::new(SealingKeys::open_or_make(&folder.join(KEY)).unwrap());
    rules.second_factor = SecondFactorRule::Optional;
    Workbench::open(&Options { database, create: true }).await.unwrap().with_accounts(rules)
}

pub(super) async fn build() -> Colleges {
    let folder = tempfile::tempdir().unwrap();
    let owner = open(folder.path()).await.by(&Person(Text::new("Owner").unwrap()));
    let home = owner.begin_institution(HOME, None).await.unwrap().id;
    for (kind, name, text) in files() {
        import(&owner, kind, &name, text.as_bytes()).await;
    }
    let credential = template_file(Kind::Credential, TemplateForm::Csv).unwrap();
    import(&owner, Kind::Credential, "credentials.csv", &credential.bytes).await;
    let mut places = Vec::new();
    for (_, program) in PROGRAMS {
        places.push(place(&owner, home, program).await);
    }
    let [first, second, mut other]: [Place; 3] = places.try_into().unwrap();
    let institutions = owner.people().await.unwrap().institutions;
    other.institution = institutions.iter().find(|one| one.name == OTHER).unwrap().id;
    let mut places = [first, second, other];
    let mut people = invite_all(&owner, &mut places).await;
    for place in &mut places {
        together(&owner, place, &people).await;
    }
    let blueprints = owner.blueprints().await.unwrap();
    let (blueprint, later) = (blueprints[0].id, blueprints[1].id);
    let credential = owner.credentials().await.unwrap()[0].id;
    owner.close().await.unwrap();
    let site = Site::over_kept(folder.path(), settings()).await;
    for place in &mut places {
        place.work = aligned(&site, place, &people).await;
    }
    for who in people.iter_mut().filter(|who| who.only.is_none() && who.account.is_some()) {
        let page = site.get(who, "/account").await;
        who.csrf = csrf_in(&page.body);
    }
    site.close().await;
    Colleges { folder, home, places, blueprint, later, credential, people }
}

async fn import(owner: &Workbench, kind: Kind, name: &str, bytes: &[u8]) {
    let answer = owner.import(&request(kind, name, bytes), &NoProgress).await.unwrap();
    assert!(answer.written, "{name}: {:?}", answer.findings);
}

fn request(kind: Kind, name: &str, bytes: &[u8]) -> ImportRequest {
    let file = SourceFile::new(name.to_owned(), bytes.to_vec());
    ImportRequest { kind, file, mapping: None, organization: None, into: None, accept: Vec::new(), reason: None }
}

async fn place(owner: &Workbench, institution: Ctid, program: &str) -> Place {
    let summary = owner.align(program, BLUEPRINT, DEFAULT_LIMITS, &()).await.unwrap();
    let signed = owner.align(program, SIGNED, DEFAULT_LIMITS, &()).await.unwrap().crosswalk;
    let pathway = owner.pathway(&format!("{program} way")).await.unwrap().head.id;
    let program = owner.program(program).await.unwrap();
    let course = owner.course(&program.courses[0].course.id.to_string()).await.unwrap();
    let filter = ReviewFilter { show: ReviewShow::All, ..ReviewFilter::default() };
    let card = owner.review(&summary.crosswalk, &filter).await.unwrap().candidates.remove(0);
    let change = owner.blueprint_change(BLUEPRINT, SIGNED).await.unwrap();
    let goes_on = change
        .difference
        .items
        .iter()
        .find(|item| item.old_statements.iter().any(|statement| statement.id == card.objective.id));
    let leads_to = goes_on.unwrap().new_statements[0].id;
    let nobody = AccountId::from_uuid(uuid::Uuid::nil());
    let nothing = Ctid::from_uuid(uuid::Uuid::nil());
    Place {
        institution,
        program: program.head.id,
        pathway,
        course: course.course.id,
        outcome: course.outcomes[0].id,
        crosswalk: summary.crosswalk,
        pair: (card.statement, card.objective.id),
        leads_to,
        source: course.source.unwrap().0,
        comment: nothing,
        assignment: nothing,
        share: nothing,
        work: String::new(),
        notification: nothing,
        signed,
        signoff: nothing,
        digest: String::new(),
        delegation: String::new(),
        spare: nobody,
        suspended: nobody,
        employer: nobody,
    }
}

/// Somebody with every role at both institutions, somebody with two roles for one program, somebody without any,
/// programs with tokens, and nobody; and for every place accounts to do something to.
async fn invite_all(owner: &Workbench, places: &mut [Place; 3]) -> Vec<Who> {
    let (home, other, program) = (places[0].institution, places[2].institution, places[0].program);
    let mut people = Vec::new();
    for (institution, words) in [(home, HOME), (other, OTHER)] {
        for role in Role::ALL {
            let grant = Grant { role: *role, institution, program: None };
            people.push(invite(owner, &format!("{} of {words}", role.label()), &[grant]).await);
        }
        // So that the other may be taken away.
        let grant = Grant { role: Role::Administrator, institution, program: None };
        people.push(invite(owner, &format!("Second administrator of {words}"), &[grant]).await);
    }
    for role in [Role::ProgramLead, Role::FacultyReviewer] {
        let grant = Grant { role, institution: home, program: Some(program) };
        people.push(invite(owner, &format!("{} of Security", role.label()), &[grant]).await);
    }
    let grant = Grant { role: Role::Advisor, institution: home, program: None };
    let mut nothing = invite(owner, "Member without a role", &[grant]).await;
    owner.take(nothing.account.unwrap(), grant).await.unwrap();
    nothing.grants.clear();
    people.push(nothing);
    for role in [Role::ProgramLead, Role::EmployerReviewer, Role::Administrator] {
        let name = format!("{} of {HOME}", role.label());
        let of = people.iter().find(|who| who.name == name).unwrap().clone();
        let (csrf, only) = (String::new(), Some(vec![Action::ReadCatalogue]));
        people.push(Who { name: format!("Program of {name}"), secret: of.token.clone(), csrf, only, ..of });
    }
    people.push(Who { name: "Nobody".to_owned(), ..Who::default() });
    for (number, place) in places.iter_mut().enumerate() {
        let institution = place.institution;
        let grant = |role| [Grant { role, institution, program: None }];
        let account = |who: Who| who.account.unwrap();
        place.spare = account(invite(owner, &format!("Spare {number}"), &grant(Role::Advisor)).await);
        place.suspended = account(invite(owner, &format!("Suspended {number}"), &grant(Role::Advisor)).await);
        owner.suspend(place.suspended, "on leave").await.unwrap();
        place.employer = account(invite(owner, &format!("Employer {number}"), &grant(Role::EmployerReviewer)).await);
    }
    people
}

/// Somebody who came by an invitation, with a session and a token for programs, and a file that waits.
async fn invite(owner: &Workbench, name: &str, grants: &[Grant]) -> Who {
    let email = format!("{}@harbor.example", name.to_lowercase().replace(' ', "."));
    let wish =
        InviteRequest { name: name.to_owned(), email: email.clone(), grants: grants.to_vec(), takes_words: false };
    let link = owner.invite(&wish).await.unwrap();
    let from =
        SignInFrom { address: IpAddr::V4(Ipv4Addr::LOCALHOST), device: None, about: "Firefox on Linux".to_owned() };
    let visitor = owner.acting(credway_workflow::Actor::visitor(None));
    let accepted = visitor.accept_invitation(link.secret.reveal(), ("", ""), PASSWORD.to_owned(), &from).await;
    let secret = accepted.unwrap().session.secret.reveal().to_owned();
    let signed_in = owner.session(&secret).await.unwrap().unwrap();
    let own = owner.acting(owner.actor_of(link.account, None).await.unwrap());
    let wish = TokenRequest { name: "script".to_owned(), scopes: vec![Action::ReadCatalogue], days: 30 };
    let token = own.make_token(&signed_in, &wish, PASSWORD, &from).await.unwrap().secret.reveal().to_owned();
    let college = if name.ends_with(OTHER) { OTHER } else { HOME };
    let token_id = own.own_account(&signed_in).await.unwrap().tokens[0].id.clone();
    let file = request(Kind::Courses, "waiting.csv", waiting(college).as_bytes());
    Who {
        name: name.to_owned(),
        email,
        account: Some(link.account),
        grants: grants.to_vec(),
        only: None,
        secret,
        csrf: String::new(),
        session: signed_in.session.chars().take(16).collect(),
        token,
        token_id,
        upload: own.keep_upload(&file, settings().uploads).await.ok(),
    }
}

/// What the lead of a place does with others there.
async fn together(owner: &Workbench, place: &mut Place, people: &[Who]) {
    let college = college(place.institution == people[0].grants[0].institution);
    let account = |role: Role| {
        let name = format!("{} of {college}", role.label());
        people.iter().find(|who| who.name == name).unwrap().account.unwrap()
    };
    let lead = owner.acting(owner.actor_of(account(Role::ProgramLead), None).await.unwrap());
    lead.decide(&place.crosswalk, accepted(place.pair)).await.unwrap();
    signing(owner, &lead, place, [account(Role::Registrar), account(Role::Dean)]).await;
    let reviewer = owner.acting(owner.actor_of(account(Role::FacultyReviewer), None).await.unwrap());
    place.comment = lead.comment(&CommentSubject::Course(place.course), "See the lab.").await.unwrap();
    reviewer.comment(&CommentSubject::Crosswalk(place.crosswalk), "Read.").await.unwrap();
    let scope = ReviewScope { crosswalk: place.crosswalk, domain: None, course: None };
    let wish = AssignRequest { scope, account: account(Role::FacultyReviewer), part: ReviewPart::First, due: None };
    place.assignment = lead.assign(&wish).await.unwrap();
    place.notification = reviewer.notifications().await.unwrap().notifications[0].id;
    let until = "2099-12-31".parse().unwrap();
    place.share = lead.share_sheet(&place.crosswalk, account(Role::EmployerReviewer), until).await.unwrap();
    let known = lead.people().await.unwrap().people;
    assert!(known.iter().any(|one| one.id == place.suspended && one.state == AccountState::Suspended));
}

fn accepted((statement, target): (Ctid, Ctid)) -> DecideRequest {
    let verdict = Verdict::Accepted(Strength::Full);
    DecideRequest { statement, target, verdict, level: None, reason: None, settles: false }
}

/// A sign-off under way, and a right to sign that was lent.
async fn signing(owner: &Workbench, lead: &Workbench, place: &mut Place, [registrar, dean]: [AccountId; 2]) {
    let filter = ReviewFilter { show: ReviewShow::All, ..ReviewFilter::default() };
    let card = lead.review(&place.signed, &filter).await.unwrap().candidates.remove(0);
    lead.decide(&place.signed, accepted((card.statement, card.objective.id))).await.unwrap();
    place.signoff = lead.begin_signoff(&place.signed, None, None).await.unwrap();
    place.digest = lead.signoff(&place.signoff).await.unwrap().digest;
    let registrar = owner.acting(owner.actor_of(registrar, None).await.unwrap());
    let wish = DelegateRequest {
        to: owner.actor_of(dean, None).await.unwrap().person().name().to_owned(),
        role: Role::Registrar,
        institution: place.institution,
        program: None,
        first: "2020-01-01".parse().unwrap(),
        last: "2099-12-31".parse().unwrap(),
    };
    registrar.delegate(&wish).await.unwrap();
    place.delegation = registrar.delegations().await.unwrap().lines[0].delegation.id.clone();
}

/// The alignment of a place anew, as a piece of work of its lead that has ended.
async fn aligned(site: &Site, place: &Place, people: &[Who]) -> String {
    let college = college(place.institution == people[0].grants[0].institution);
    let lead = people.iter().find(|who| who.name == format!("Program lead of {college}")).unwrap();
    let lead = Who { csrf: csrf_in(&site.get(lead, "/account").await.body), ..lead.clone() };
    let answer = site.post(&lead, &format!("/programs/{}/align", place.program), &[("blueprint", BLUEPRINT)]).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    let work = answer.location().trim_start_matches("/work/").to_owned();
    for _ in 0..600 {
        if site.get(&lead, &format!("/work/{work}/state")).await.body.contains("\"finished\":true") {
            return work;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("the alignment did not end");
}
