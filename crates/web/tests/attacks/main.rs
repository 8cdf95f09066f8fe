//! Attacks written by hand, each a small case by its name, on a site with accounts. What an attack must not reach is
//! asserted, and where it could have changed something, that it did not.

mod credentials;
mod escalation;
mod files;
mod forgery;
mod identifiers;
mod input;
mod leaving;
mod markup;
mod pathways;
mod plain_page;
mod programs;
mod sessions;
mod surroundings;
#[path = "../two_colleges/mod.rs"]
mod two_colleges;

use two_colleges::{Answer, Colleges, PASSWORD, Site, Who};

/// A site of its own for one attack, with everybody there is.
async fn site() -> (Site, &'static Colleges) {
    let colleges = Colleges::get();
    (colleges.site().await, colleges)
}

/// Somebody by name.
fn who(name: &str) -> &'static Who {
    Colleges::get().who(name)
}

/// Signs in with a password, as a browser that was never here.
async fn sign_in(site: &Site, email: &str, password: &str) -> Answer {
    site.post(&Who::default(), "/sign-in", &[("email", email), ("password", password)]).await
}

/// The secret in a cookie that an answer sets.
fn cookie(answer: &Answer, name: &str) -> Option<String> {
    let begins = format!("{name}=");
    let line = answer.cookies().into_iter().find_map(|line| line.strip_prefix(&begins))?;
    line.split(';').next().filter(|value| !value.is_empty()).map(str::to_owned)
}

/// Somebody with the session that an answer began.
async fn with_session(site: &Site, of: &Who, answer: &Answer) -> Who {
    let secret = cookie(answer, "credway-session").expect("a session began");
    let new = Who { secret, csrf: String::new(), only: None, ..of.clone() };
    let account = site.get(&new, "/account").await;
    let half_way = account.location().starts_with("/sign-in/second-factor");
    let page = if half_way { site.get(&new, "/sign-in/second-factor").await } else { account };
    let csrf = page.body.split("name=\"csrf\" value=\"").nth(1).and_then(|rest| rest.split('"').next());
    Who { csrf: csrf.unwrap_or_default().to_owned(), ..new }
}

/// Somebody signed in anew.
async fn anew(site: &Site, of: &Who) -> Who {
    with_session(site, of, &sign_in(site, &of.email, PASSWORD).await).await
}
