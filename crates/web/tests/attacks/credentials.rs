//! Guessing and replaying: passwords, codes, recovery codes and invitations.

use std::time::{SystemTime, UNIX_EPOCH};

use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use credway_model::{Grant, Role};
use credway_workflow::InviteRequest;
use totp_rs::{Algorithm, Builder};

use crate::two_colleges::{Answer, PASSWORD, Site, Who, form};
use crate::{anew, cookie, sign_in, site, who, with_session};

/// Somebody with a second factor.
pub(crate) struct Enrolled {
    pub(crate) who: Who,
    key: String,
    recovery: Vec<String>,
}

impl Enrolled {
    /// The code of so many half minutes from now.
    pub(crate) fn code(&self, ahead: u64) -> String {
        code_of(&self.key, ahead)
    }
}

/// The key a page shows to type.
pub(crate) fn key_in(body: &str) -> String {
    body.split("class=\"key\">").nth(1).unwrap().split('<').next().unwrap().to_owned()
}

/// The code of a key.
pub(crate) fn code_of(key: &str, ahead: u64) -> String {
    let mut bits = String::new();
    for letter in key.bytes().filter(u8::is_ascii_alphanumeric) {
        let value = if letter.is_ascii_alphabetic() { letter.to_ascii_uppercase() - b'A' } else { letter - b'2' + 26 };
        bits += &format!("{value:05b}");
    }
    let bytes: Vec<u8> =
        bits.as_bytes().chunks_exact(8).map(|byte| byte.iter().fold(0, |all, bit| all * 2 + (bit - b'0'))).collect();
    let totp = Builder::new()
        .with_algorithm(Algorithm::SHA1)
        .with_secret(<[u8; 20]>::try_from(bytes).unwrap())
        .build()
        .unwrap();
    totp.generate(SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs() + 30 * ahead).to_string()
}

/// Sets up a second factor.
pub(crate) async fn enrolled(site: &Site, of: &Who) -> Enrolled {
    let page = site.get(of, "/account/second-factor").await;
    let key = key_in(&page.body);
    let fields = [("sealed", page.field("sealed")), ("code", code_of(&key, 0))];
    let fields = fields.each_ref().map(|(name, value)| (*name, value.as_str()));
    let answer = site.post(of, "/account/second-factor", &fields).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    let codes = answer.body.split("<li><code>").skip(1).filter_map(|rest| rest.split('<').next()).map(str::to_owned);
    Enrolled { who: with_session(site, of, &answer).await, key, recovery: codes.collect() }
}

async fn half_way(site: &Site, person: &Enrolled) -> Who {
    with_session(site, &person.who, &sign_in(site, &person.who.email, PASSWORD).await).await
}

/// What a page says, without the fields that show what was typed and the tokens.
fn words(answer: &Answer, typed: &str) -> String {
    answer.body.replace(typed, "").split('<').map(|tag| tag.split("value=\"").next().unwrap_or(tag)).collect()
}

#[tokio::test]
async fn signing_in_tells_nobody_which_addresses_have_accounts() {
    let (site, colleges) = site().await;
    let right = who("Dean of Harbor College").email.clone();
    let suspended = "suspended.0@harbor.example".to_owned();
    assert!(colleges.places[0].suspended != colleges.places[0].spare);
    let mut said = Vec::new();
    for (email, password) in [(right, "not this one"), ("nobody@harbor.example".to_owned(), "x"), (suspended, PASSWORD)]
    {
        let answer = sign_in(&site, &email, password).await;
        assert!(answer.cookies().is_empty());
        said.push((answer.status, words(&answer, &email)));
    }
    assert_eq!(said[0].0, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(said.iter().all(|one| *one == said[0]), "{said:#?}");
}

#[tokio::test]
async fn guessing_has_to_wait_and_the_right_password_does_not_tell_it_was_right() {
    let (site, _) = site().await;
    let email = &who("Dean of Harbor College").email;
    for _ in 0..6 {
        sign_in(&site, email, "wrong").await;
    }
    let (wrong, right) = (sign_in(&site, email, "wrong").await, sign_in(&site, email, PASSWORD).await);
    assert_eq!((wrong.status, right.status), (StatusCode::TOO_MANY_REQUESTS, StatusCode::TOO_MANY_REQUESTS));
    assert!(right.cookies().is_empty());
    // An address nobody has waits in the same way.
    for _ in 0..7 {
        sign_in(&site, "nobody@harbor.example", "wrong").await;
    }
    assert_eq!(sign_in(&site, "nobody@harbor.example", "x").await.status, StatusCode::TOO_MANY_REQUESTS);
}

#[tokio::test]
async fn nobody_is_locked_out_of_a_browser_they_have_used() {
    let (site, _) = site().await;
    let dean = who("Dean of Harbor College");
    let device = cookie(&sign_in(&site, &dean.email, PASSWORD).await, "credway-device").unwrap();
    for _ in 0..8 {
        sign_in(&site, &dean.email, "guess").await;
    }
    let body = form(&[("csrf", site.state.token()), ("email", &dean.email), ("password", PASSWORD)]);
    let request = Request::post("/sign-in")
        .header(header::HOST, "127.0.0.1:4180")
        .header(header::COOKIE, format!("credway-device={device}"))
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
    let answer = site.send(request.body(Body::from(body)).unwrap()).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
}

#[tokio::test]
async fn a_code_of_the_second_factor_is_good_once() {
    let (site, _) = site().await;
    let person = enrolled(&site, who("Dean of Harbor College")).await;
    let code = person.code(1);
    let (first, second) = (half_way(&site, &person).await, half_way(&site, &person).await);
    let done = site.post(&first, "/sign-in/second-factor", &[("code", &code)]).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER);
    let replayed = site.post(&second, "/sign-in/second-factor", &[("code", &code)]).await;
    assert_eq!(replayed.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(replayed.cookies().is_empty());
}

#[tokio::test]
async fn codes_cannot_be_guessed_at_leisure() {
    let (site, _) = site().await;
    let person = enrolled(&site, who("Dean of Harbor College")).await;
    let half = half_way(&site, &person).await;
    let mut last = StatusCode::OK;
    for guess in 0..8 {
        last = site.post(&half, "/sign-in/second-factor", &[("code", &format!("{guess:06}"))]).await.status;
    }
    assert_eq!(last, StatusCode::TOO_MANY_REQUESTS);
}

#[tokio::test]
async fn a_recovery_code_is_good_once() {
    let (site, _) = site().await;
    let person = enrolled(&site, who("Dean of Harbor College")).await;
    assert_eq!(person.recovery.len(), 10);
    let (first, second) = (half_way(&site, &person).await, half_way(&site, &person).await);
    let code = [("code", person.recovery[0].as_str())];
    assert_eq!(site.post(&first, "/sign-in/second-factor", &code).await.status, StatusCode::SEE_OTHER);
    assert_eq!(site.post(&second, "/sign-in/second-factor", &code).await.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn a_made_up_secret_of_a_second_factor_is_as_a_wrong_code() {
    let (site, _) = site().await;
    let (dean, learner) = (who("Dean of Harbor College"), who("Learner of Harbor College"));
    let theirs = site.get(learner, "/account/second-factor").await;
    let (sealed, code) = (theirs.field("sealed"), code_of(&key_in(&theirs.body), 0));
    for (sealed, code) in [("made up", "000000"), ("", ""), (sealed.as_str(), code.as_str())] {
        let answer = site.post(dean, "/account/second-factor", &[("sealed", sealed), ("code", code)]).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{sealed}");
    }
    assert!(site.get(dean, "/account").await.body.contains("Not set up."));
}

#[tokio::test]
async fn an_invitation_is_good_once_and_a_newer_one_voids_it() {
    let (site, colleges) = site().await;
    let grants = vec![Grant { role: Role::Dean, institution: colleges.home, program: None }];
    let (name, email) = ("Newcomer".to_owned(), "new@harbor.example".to_owned());
    let wish = InviteRequest { name, email, grants, takes_words: false };
    let old = site.owner.invite(&wish).await.unwrap();
    let new = site.owner.new_invitation(old.account).await.unwrap();
    let take = async |code: &str, password: &str| {
        let fields = [("code", code), ("password", password), ("again", password)];
        site.post(&Who::default(), "/invitation/accept", &fields).await
    };
    assert_eq!(take(old.secret.reveal(), PASSWORD).await.status, StatusCode::NOT_FOUND);
    assert_eq!(take(new.secret.reveal(), PASSWORD).await.status, StatusCode::SEE_OTHER);
    let again = take(new.secret.reveal(), "copper lantern meadow gravel").await;
    assert!(again.status == StatusCode::NOT_FOUND && again.cookies().is_empty());
    assert_eq!(sign_in(&site, "new@harbor.example", PASSWORD).await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn pages_with_secrets_are_kept_by_no_browser() {
    let (site, colleges) = site().await;
    let administrator = who("Administrator of Harbor College");
    let own = anew(&site, administrator).await;
    let token = [("name", "script"), ("scope", "read_catalogue"), ("days", "7"), ("proof", PASSWORD)];
    let link = format!("/people/{}/link", colleges.places[0].spare);
    for answer in [
        site.post(&own, "/account/tokens", &token).await,
        site.post(&own, &link, &[]).await,
        site.get(&own, "/account/second-factor").await,
    ] {
        assert_eq!((answer.status, answer.header("cache-control")), (StatusCode::OK, "no-store"), "{}", answer.body);
    }
}

#[tokio::test]
async fn a_session_alone_makes_no_token_and_no_recovery_codes() {
    let (site, _) = site().await;
    let person = enrolled(&site, who("Dean of Harbor College")).await;
    let token = [("name", "stolen"), ("scope", "read_catalogue"), ("days", "300")];
    for proof in ["", "000000", PASSWORD] {
        let fields = [token.as_slice(), &[("proof", proof)]].concat();
        let made = site.post(&person.who, "/account/tokens", &fields).await;
        let renewed = site.post(&person.who, "/account/recovery-codes", &[("proof", proof)]).await;
        assert_eq!([made.status, renewed.status], [StatusCode::UNPROCESSABLE_ENTITY; 2], "{proof}");
    }
    let page = site.get(&person.who, "/account/second-factor").await;
    let (sealed, code) = (page.field("sealed"), code_of(&key_in(&page.body), 0));
    let fields = [("sealed", sealed.as_str()), ("code", code.as_str())];
    let replaced = site.post(&person.who, "/account/second-factor", &fields).await;
    assert_eq!(replaced.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(!site.get(&person.who, "/account").await.body.contains("stolen"));
}

#[tokio::test]
async fn a_new_password_ends_the_tokens_and_links_made_before() {
    let (site, _) = site().await;
    let lead = anew(&site, who("Program lead of Harbor College")).await;
    let program = who("Program of Program lead of Harbor College");
    let link = site.owner.new_invitation(lead.account.unwrap()).await.unwrap();
    assert_eq!(site.get(program, "/programs").await.status, StatusCode::OK);
    let new = "copper lantern meadow gravel";
    let fields = [("old", PASSWORD), ("new", new), ("again", new)];
    assert_eq!(site.post(&lead, "/account/password", &fields).await.status, StatusCode::OK);
    assert_eq!(site.get(program, "/programs").await.status, StatusCode::UNAUTHORIZED);
    let fields = [("code", link.secret.reveal()), ("password", PASSWORD), ("again", PASSWORD)];
    assert_eq!(site.post(&Who::default(), "/invitation/accept", &fields).await.status, StatusCode::NOT_FOUND);
    assert!(site.get(&lead, "/notifications").await.body.contains("made a link for a new password of yours"));
}
