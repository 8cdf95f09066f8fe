//! What is somebody's own: account, sessions, tokens, notifications, files that wait, long work. Only they find it.

use credway_model::{Action, Role};

use crate::addresses::{Asked, Case};
use crate::expected::{About, Way};

/// The cases of an address of what is somebody's own.
pub(crate) fn cases(asked: &Asked<'_>) -> Option<Vec<Case>> {
    account(asked).or_else(|| imports(asked)).or_else(|| work(asked))
}

fn account(asked: &Asked<'_>) -> Option<Vec<Case>> {
    let own = || asked.case("", About::Somewhere);
    let owner = owner(asked);
    let owned =
        |value: &str| Case::new(asked.filled(value), Way::by(asked.listed.rule, About::Somewhere).of(owner.account));
    Some(match (asked.listed.method, asked.listed.pattern) {
        ("GET", "/account" | "/account/second-factor" | "/sign-in/second-factor" | "/notifications") => vec![own()],
        ("POST", "/account/second-factor") => vec![own().with("sealed", "made up").with("code", "000000")],
        ("POST", "/sign-in/second-factor") => vec![own().with("code", "000000")],
        ("POST", "/account/password") => {
            let case = own().with("old", "not this one");
            vec![case.with("new", "copper lantern meadow").with("again", "copper lantern meadow")]
        }
        ("POST", "/account/recovery-codes" | "/account/sessions/end-others") => vec![own()],
        ("POST", "/account/sessions/end") => vec![owned("").with("mark", &owner.session)],
        ("POST", "/account/tokens") => {
            vec![own().with("name", "script").with("scope", "read_catalogue").with("days", 7)]
        }
        ("POST", "/account/tokens/{id}/revoke") => vec![owned(&owner.token_id)],
        ("POST", "/notifications/read") => {
            let reviewer = asked.colleges.at(Role::FacultyReviewer, asked.place).account;
            let one = Case::new(asked.filled(""), Way::by(asked.listed.rule, About::Somewhere).of(reviewer));
            vec![own(), one.with("id", asked.place.notification)]
        }
        ("POST", "/notifications/mail") => vec![own().with("kind", "assigned")],
        _ => return None,
    })
}

fn imports(asked: &Asked<'_>) -> Option<Vec<Case>> {
    let owner = owner(asked);
    let token = owner.upload.clone().unwrap_or_else(|| "0".repeat(32));
    let owned = || Case::new(asked.filled(&token), Way::by(asked.listed.rule, About::Somewhere).of(owner.account));
    Some(match (asked.listed.method, asked.listed.pattern) {
        ("GET", "/import") => vec![asked.case("", About::Somewhere)],
        ("GET", "/import/templates/{name}") => vec![asked.case("courses.csv", About::Somewhere)],
        ("POST", "/import/preview") => {
            vec![Case::new("/import/preview", Way::new(&[Action::ImportCatalogue], About::Somewhere)).file()]
        }
        ("POST", "/import") => vec![owned().with("token", &token)],
        ("GET" | "POST", "/import/preview/{token}/courses/{number}") => {
            let case = owned();
            vec![Case { address: case.address.replace("{number}", "0"), ..case }]
        }
        (_, pattern) if pattern.starts_with("/import/") && pattern.contains("{token}") => vec![owned()],
        _ => return None,
    })
}

fn work(asked: &Asked<'_>) -> Option<Vec<Case>> {
    let lead = asked.colleges.at(Role::ProgramLead, asked.place).account;
    Some(match (asked.listed.method, asked.listed.pattern) {
        ("GET", "/work") => vec![asked.case("", About::Somewhere)],
        ("GET", "/work/{id}" | "/work/{id}/state") | ("POST", "/work/{id}/stop") => {
            let own = Way::by(asked.listed.rule, About::Somewhere).of(lead);
            let case = Case::new(asked.filled(&asked.place.work), own);
            vec![case.or(Way::new(&[Action::ManageServer], Asked::shared()))]
        }
        _ => return None,
    })
}

/// Whose own it is: who asks, where the place is at home; the other college's lead elsewhere.
fn owner<'a>(asked: &Asked<'a>) -> &'a crate::two_colleges::Who {
    if asked.place.institution == asked.colleges.home && asked.who.account.is_some() {
        asked.who
    } else {
        asked.colleges.at(Role::ProgramLead, asked.place)
    }
}
