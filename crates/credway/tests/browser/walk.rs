//! The whole way of a crosswalk among people: invited, each with a second factor; reviewed, reviewed again blindly,
//! disagreed on, settled, signed off step by step, and then no longer to be changed; and an employer who sees the shared
//! sheet and nothing else. Seven people, seven browsers, by keyboard; at the end the doctor walks the history.

use serde_json::{Value, json};

use crate::account::{Person, address_of};
use crate::settings::Settings;
use crate::site::Site;
use crate::{walk_review, walk_signoff};

pub(crate) const PROGRAM: &str = "Pharmacy Technician";
pub(crate) const BLUEPRINT: &str = "Certified Pharmacy Technician (CPhT) PTCE 2020";
pub(crate) const ADMINISTRATOR: &str = "Dana Kim";
pub(crate) const LEAD: &str = "Lee Park";
pub(crate) const FIRST: &str = "Faye Okafor";
pub(crate) const SECOND: &str = "Sol Marin";
pub(crate) const REGISTRAR: &str = "Ruth Adler";
pub(crate) const DEAN: &str = "Desmond Cole";
pub(crate) const EMPLOYER: &str = "Emil Novak";

/// Addresses an employer has no business at; `*` stands for the crosswalk.
const CLOSED: &[&str] = &[
    "/programs",
    "/courses",
    "/blueprints",
    "/credentials",
    "/findings",
    "/history",
    "/people",
    "/people/roles",
    "/import",
    "/signoffs",
    "/crosswalks/*",
    "/crosswalks/*/review",
    "/crosswalks/*/coverage",
    "/crosswalks/*/report",
    "/crosswalks/*/assignments",
    "/crosswalks/*/shares",
    "/crosswalks/*/export?format=json",
    "/comments/crosswalk.*",
    "/history/*",
];

/// Who is in this walk, and where it takes place.
pub(crate) struct Walk<'a> {
    pub(crate) settings: &'a Settings,
    pub(crate) site: &'a Site,
    /// Path of the crosswalk's page.
    pub(crate) crosswalk: String,
}

impl Walk<'_> {
    /// The administrator invites somebody, who comes in with a browser of their own. `role` is how the list finds it.
    pub(crate) async fn invite(&self, administrator: &Person, name: &'static str, role: &str) -> Person {
        let link = invite(administrator, name, role).await;
        let person = Person::come(self.settings, self.site, &link, name, false).await;
        person.follow("main .actions a.button").await;
        let head = format!("document.querySelector('.who-name').innerText.includes({})", json!(name));
        person.browser.until(head).await;
        person
    }
}

/// Invites somebody by the form, and reads the link off the page that shows it once.
pub(crate) async fn invite(administrator: &Person, name: &str, role: &str) -> String {
    administrator.browser.open("/people").await;
    administrator.write("#name", name).await;
    administrator.write("#email", &address_of(name)).await;
    administrator.write("#role", role).await;
    administrator.follow("form[action='/people/invite'] button").await;
    administrator.browser.until("document.querySelector('.key')").await;
    let link = administrator.read(".key", "innerText").await;
    administrator.follow("main .actions a.button").await;
    administrator.browser.says("Invited, not yet come").await;
    link
}

#[tokio::test]
async fn a_crosswalk_goes_from_invitations_to_an_approval_nobody_can_change() {
    let Some(settings) = Settings::find() else { return };
    let site = Site::with_accounts(PROGRAM, BLUEPRINT);
    let link = site.first_administrator.clone().unwrap();
    let mut administrator = Person::come(&settings, &site, &link, ADMINISTRATOR, true).await;
    let mut walk = Walk { settings: &settings, site: &site, crosswalk: String::new() };
    let lead = walk.invite(&administrator, LEAD, "Program").await;
    walk.crosswalk = crosswalk(&lead).await;
    let first = walk.invite(&administrator, FIRST, "Faculty").await;
    let second = walk.invite(&administrator, SECOND, "Faculty").await;
    walk_review::reviewed(&walk, &lead, &first, &second).await;
    drop(second);
    walk_signoff::signed_off(&walk, &administrator, &lead, &first).await;
    walk_signoff::cannot_be_changed(&walk, &first).await;
    drop(first);
    employer_sees_the_sheet_alone(&walk, &administrator, &lead).await;
    comes_back(&mut administrator).await;
    recorded(&site);
}

/// The crosswalk's page, by its card on the first page.
async fn crosswalk(lead: &Person) -> String {
    lead.browser.open("/").await;
    let script = "return [...document.querySelectorAll('.walk h3 a')]
      .find((link) => link.innerText.startsWith(arguments[0])).pathname";
    lead.browser.ask(script, vec![json!(format!("{PROGRAM} ×"))]).await
}

/// The lead shares the sheet; the employer reads it, answers, and finds every other door shut.
async fn employer_sees_the_sheet_alone(walk: &Walk<'_>, administrator: &Person, lead: &Person) {
    let employer = walk.invite(administrator, EMPLOYER, "Employer").await;
    employer.browser.until("location.pathname === '/shared'").await;
    employer.browser.says("Nothing is shared with you now.").await;
    lead.browser.open(&format!("{}/shares", walk.crosswalk)).await;
    let day = "const day = new Date(Date.now() + 30 * 864e5); const two = (number) => String(number).padStart(2, '0');
      return two(day.getUTCMonth() + 1) + two(day.getUTCDate()) + day.getUTCFullYear()";
    let day: String = lead.browser.ask(day, Vec::new()).await;
    lead.write("#account", "Emil").await;
    lead.write("#until", &day).await;
    lead.follow("main form.filters button").await;
    lead.browser.says("They said nothing yet.").await;

    employer.browser.open("/").await;
    employer.browser.until("document.querySelector('.who-count').innerText.startsWith('1')").await;
    employer.follow("main a[href^='/shared/']").await;
    employer.browser.says(&format!("Skills of {PROGRAM}")).await;
    let sheet = employer.read("main", "innerText").await;
    for name in [FIRST, SECOND, LEAD, "disputed", "suggested"] {
        assert!(!sheet.contains(name), "{name} is on the sheet:\n{sheet}");
    }
    employer.write(".say input[name=note]", "Also compounding by hand").await;
    employer.follow(".say button[value=missing]").await;
    employer.browser.says("Also compounding by hand").await;
    doors_are_shut(walk, &employer).await;
    lead.browser.open(&format!("{}/shares", walk.crosswalk)).await;
    lead.browser.says("“Also compounding by hand”").await;
}

async fn doors_are_shut(walk: &Walk<'_>, employer: &Person) {
    let menu: Vec<String> = employer
        .browser
        .ask("return [...document.querySelectorAll('.menu a')].map((a) => a.pathname)", Vec::new())
        .await;
    assert_eq!(menu, ["/shared"]);
    let crosswalk = walk.crosswalk.strip_prefix("/crosswalks/").unwrap();
    for closed in CLOSED {
        let (status, body) = employer.fetch(&closed.replace('*', crosswalk)).await;
        assert!(matches!(status, 403 | 404), "{closed} answers an employer {status}");
        for secret in [FIRST, SECOND, BLUEPRINT] {
            assert!(!body.contains(secret), "{closed} tells an employer of {secret}");
        }
    }
}

/// By the button in the head out, and in again with the password and a code.
async fn comes_back(administrator: &mut Person) {
    administrator.follow(".who form[action='/sign-out'] button").await;
    administrator.browser.says("You have signed out.").await;
    administrator.browser.open("/people").await;
    administrator.browser.until("location.pathname === '/sign-in'").await;
    administrator.sign_in("/people").await;
    administrator.browser.says(LEAD).await;
}

/// What the database holds by other eyes than the pages': every word under its name, and a history that holds.
fn recorded(site: &Site) {
    let export = ["export", "crosswalk", "--program", PROGRAM, "--blueprint", BLUEPRINT, "--format", "json"];
    let export: Value = serde_json::from_str(&site.run(&export)).unwrap();
    let decisions: Vec<&Value> =
        export["alignments"].as_array().unwrap().iter().flat_map(|one| one["decisions"].as_array().unwrap()).collect();
    let of = |person: &str| decisions.iter().filter(|one| one["person"] == *person).count();
    assert_eq!((of(FIRST), of(SECOND), of(LEAD), decisions.len()), (3, 3, 1, 7), "{decisions:#?}");
    let doctor: Value = serde_json::from_str(&site.run(&["--json", "doctor"])).unwrap();
    let lines = doctor["lines"].as_array().unwrap();
    assert!(lines.iter().all(|line| line["well"] == true || line["name"] == "serving"), "{doctor:#}");
    let audit: Value = serde_json::from_str(&site.run(&["--json", "doctor", "--audit"])).unwrap();
    assert!(audit["broken"].is_null() && audit["lines"].as_u64().unwrap() > 20, "{audit:#}");
    assert!(audit["decisions"].as_u64().unwrap() >= 7, "{audit:#}");
}
