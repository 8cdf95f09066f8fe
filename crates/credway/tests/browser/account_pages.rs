//! The pages of accounts and of working together in every look: those of a stranger, those on the way in, and those of
//! somebody who is everything at once, with the longest menu there is.

use serde_json::json;

use crate::account::{Person, choose_password, submit, take_link};
use crate::browser::{Browser, ENTER};
use crate::looks::Looks;
use crate::settings::Settings;
use crate::site::Site;
use crate::walk::{ADMINISTRATOR, BLUEPRINT, EMPLOYER, PROGRAM, invite};

#[tokio::test]
async fn the_way_in_can_be_used_by_everybody() {
    let Some(settings) = Settings::find() else { return };
    let site = Site::with_accounts(PROGRAM, BLUEPRINT);
    let browser = Browser::start(&settings, &site.address).await;
    let mut looks = Looks::new(&browser, &settings);
    browser.open("/programs").await;
    browser.until("location.pathname === '/sign-in'").await;
    looks.at("sign in").await;
    browser.tab_to("#email").await;
    browser.press("nobody@bay.example").await;
    browser.tab_to("#password").await;
    browser.press("wrong").await;
    submit(&browser, "form[action='/sign-in'] button").await;
    browser.says("The e-mail address or the password is not right.").await;
    looks.at("sign in not right").await;
    browser.open("/invitation").await;
    looks.at("invitation").await;
    browser.tab_to("#code").await;
    browser.press("not-a-code").await;
    submit(&browser, "#invitation-form button").await;
    browser.says("This code is not good").await;
    looks.at("invitation not good").await;
    take_link(&browser, &site, &site.first_administrator.clone().unwrap()).await;
    looks.at("welcome").await;
    browser.tab_to("#name").await;
    browser.press(ADMINISTRATOR).await;
    browser.tab_to("#email").await;
    browser.press("dana@bay.example").await;
    browser.tab_to("#password").await;
    browser.press("password password").await;
    browser.tab_to("#again").await;
    browser.press("password passwort").await;
    submit(&browser, "form[action='/invitation/accept'] button").await;
    browser.says("two passwords differ").await;
    looks.at("welcome not right").await;
    let all = "for (const field of document.querySelectorAll('#name, #email')) field.value = ''";
    browser.ask::<Option<bool>>(all, Vec::new()).await;
    let email = choose_password(&browser, ADMINISTRATOR, true).await;
    looks.at("second factor set up").await;
    browser.tab_to("#code").await;
    browser.press("000000").await;
    submit(&browser, "form[action='/account/second-factor'] button").await;
    browser.says("This code is not right").await;
    looks.at("second factor set up not right").await;
    looks.end();
    let mut person = Person::enrol(browser, ADMINISTRATOR, email).await;
    let mut looks = Looks::new(&person.browser, &settings);
    looks.at("recovery codes").await;
    person.follow("main .actions a.button").await;
    person.follow(".who form[action='/sign-out'] button").await;
    person.browser.says("You have signed out.").await;
    looks.at("signed out").await;
    person.write("#email", "dana@bay.example").await;
    person.write("#password", crate::account::PASSWORD).await;
    person.browser.press(ENTER).await;
    person.browser.until("document.activeElement.id === 'code'").await;
    looks.at("second factor").await;
    person.browser.open("/sign-in/second-factor").await;
    person.browser.until("document.activeElement.id === 'code'").await;
    person.browser.press("000000").await;
    person.browser.press(ENTER).await;
    person.browser.says("This code is not right").await;
    looks.at("second factor not right").await;
    looks.end();
    person.sign_in("/account").await;
    own_account(&settings, &mut person).await;
}

/// The account, a token, and what is said when a password cannot be changed.
async fn own_account(settings: &Settings, person: &mut Person) {
    let mut looks = Looks::new(&person.browser, settings);
    looks.at("account").await;
    looks.end();
    person.write("#token-name", "Nightly export").await;
    person.browser.tab_to("input[name=scope]").await;
    person.browser.press(" ").await;
    let code = person.code_now();
    let mut looks = Looks::new(&person.browser, settings);
    person.write("#token-proof", &code).await;
    person.follow("form[action='/account/tokens'] button").await;
    person.browser.says("Nightly export").await;
    looks.at("new token").await;
    person.follow("main .actions a.button").await;
    person.browser.says("Nightly export").await;
    looks.at("account with a token").await;
    person.write("#old", "wrong").await;
    person.write("#new", "quartz lantern mosaic river").await;
    person.write("#again", "quartz lantern mosaic river").await;
    person.follow("form[action='/account/password'] button").await;
    person.browser.says("The old password is not right.").await;
    looks.at("account not right").await;
    looks.end();
}

#[tokio::test]
async fn working_together_can_be_used_by_everybody() {
    let Some(settings) = Settings::find() else { return };
    let site = Site::with_accounts(PROGRAM, BLUEPRINT);
    let link = site.first_administrator.clone().unwrap();
    let person = Person::come(&settings, &site, &link, ADMINISTRATOR, true).await;
    let employer = invite(&person, EMPLOYER, "Employer").await;
    everything_at_once(&person).await;
    let mut looks = Looks::new(&person.browser, &settings);
    people(&person, &mut looks).await;
    let employer = Person::come(&settings, &site, &employer, EMPLOYER, false).await;
    let crosswalk = reviews(&person, &mut looks).await;
    for (path, name) in [
        ("/notifications", "notifications"),
        ("/work", "work"),
        ("/import", "import with accounts"),
        ("/signoffs", "sign-offs with nothing"),
        ("/signoffs/plan", "steps of sign-offs"),
        ("/signoffs/delegations", "delegations"),
        ("/history", "history with accounts"),
    ] {
        person.browser.open(path).await;
        looks.at(name).await;
    }
    signing(&person, &mut looks, &crosswalk).await;
    course(&person, &mut looks).await;
    share(&person, &mut looks, &crosswalk).await;
    looks.end();
    let mut looks = Looks::new(&employer.browser, &settings);
    for (path, name) in [("/shared", "shared with you"), ("/history", "not for you"), ("/notifications", "told")] {
        employer.browser.open(path).await;
        looks.at(name).await;
    }
    employer.browser.open("/shared").await;
    employer.follow("main a[href^='/shared/']").await;
    employer.browser.says("Skills of").await;
    looks.at("sheet").await;
    looks.end();
}

/// The administrator takes two roles more.
async fn everything_at_once(person: &Person) {
    for role in ["Program", "Faculty"] {
        person.browser.open("/people").await;
        let own = ".person:has(.tag-note)";
        person.browser.tab_to(&format!("{own} summary")).await;
        person.browser.press(ENTER).await;
        person.browser.until(format!("document.querySelector('{own} details').open")).await;
        person.write(&format!("{own} select[name=role]"), role).await;
        person.follow(&format!("{own} form[action$='/give'] button")).await;
        person
            .browser
            .until(format!("document.querySelector('{own} .person-roles').innerText.includes({})", json!(role)))
            .await;
    }
}

async fn people(person: &Person, looks: &mut Looks<'_>) {
    person.browser.open("/").await;
    looks.at("home with every role").await;
    person.browser.open("/people").await;
    looks.at("people").await;
    person
        .browser
        .ask::<Option<bool>>("for (const one of document.querySelectorAll('details')) one.open = true", vec![])
        .await;
    looks.at("people with everything open").await;
    person.browser.open("/people").await;
    person.write("#name", "Twice Invited").await;
    person.write("#email", "dana@bay.example").await;
    person.follow("form[action='/people/invite'] button").await;
    person.browser.until("document.querySelector('#errors')").await;
    looks.at("people not right").await;
    person.browser.open("/people").await;
    person.write("#name", "Maximiliane-Alexandrina of Northern Lantern Bay").await;
    person.write("#email", "maximiliane-alexandrina.of.northern@lantern-bay-community-college.example").await;
    person.follow("form[action='/people/invite'] button").await;
    person.browser.until("document.querySelector('.key')").await;
    looks.at("new link").await;
    person.browser.open("/people").await;
    looks.at("people with a long name").await;
    person.browser.open("/people/roles").await;
    looks.at("roles").await;
}

/// Reviews given and waiting, and comments; the crosswalk's path.
async fn reviews(person: &Person, looks: &mut Looks<'_>) -> String {
    person.browser.open("/assignments").await;
    looks.at("your reviews, none").await;
    person.browser.open("/").await;
    let script = "return [...document.querySelectorAll('.walk h3 a')]
      .find((link) => link.innerText.startsWith(arguments[0])).pathname";
    let crosswalk: String = person.browser.ask(script, vec![json!(format!("{PROGRAM} ×"))]).await;
    let given = format!("{crosswalk}/assignments");
    person.browser.open(&given).await;
    looks.at("who reviews, nobody").await;
    for part in ["First", "Settling"] {
        person.browser.open(&given).await;
        person.write("#part", part).await;
        person.follow("main form.filters button").await;
    }
    looks.at("who reviews").await;
    person.browser.open("/assignments").await;
    looks.at("your reviews").await;
    person.browser.open(&crosswalk).await;
    looks.at("crosswalk with accounts").await;
    person.browser.open(&format!("{crosswalk}/review")).await;
    looks.at("review with accounts").await;
    person.browser.press("j").await;
    person.browser.press("a").await;
    person.browser.until("document.activeElement.id === 'end-next'").await;
    let comments = crosswalk.replace("/crosswalks/", "/comments/crosswalk.");
    person.browser.open(&comments).await;
    looks.at("comments, none").await;
    person.write("#text", "Objective 2 asks for more than the lab can give.").await;
    person.follow("section[aria-labelledby=say-name] button").await;
    person.browser.says("Objective 2 asks").await;
    looks.at("comments").await;
    crosswalk
}

async fn signing(person: &Person, looks: &mut Looks<'_>, crosswalk: &str) {
    person.browser.open(&format!("{crosswalk}/signoff")).await;
    person.browser.says("Begin the sign-off of").await;
    looks.at("sign-off to begin").await;
    person.follow("main form[action$='/signoff'] button").await;
    person.browser.until("document.querySelector('form[action$=\"/sign\"]')").await;
    looks.at("sign-off waiting").await;
    person.follow("form[action$='/sign'] button").await;
    person.browser.until("document.querySelector('.timeline')").await;
    looks.at("sign-off signed once").await;
    person.write("#return-reason", "The weights of domain 2 are those of last year.").await;
    person.follow("form[action$='/return'] button").await;
    person.browser.says("The weights of domain 2").await;
    looks.at("sign-off returned").await;
    person.browser.open("/signoffs").await;
    looks.at("sign-offs").await;
}

async fn course(person: &Person, looks: &mut Looks<'_>) {
    person.browser.open("/courses").await;
    person.follow("main tbody a").await;
    person.browser.until("document.querySelector('main a[href$=\"/edit\"]')").await;
    person.follow("main a[href$='/edit']").await;
    person.browser.says("Outcomes").await;
    looks.at("course edited").await;
    person.browser.tab_to("#f-credits").await;
    person.browser.ask::<Option<bool>>("document.activeElement.select()", Vec::new()).await;
    person.browser.press("many").await;
    person.follow("main form button").await;
    person.browser.says("Nothing was saved.").await;
    looks.at("course edited, not right").await;
    person.browser.tab_to("#f-credits").await;
    person.browser.ask::<Option<bool>>("document.activeElement.select()", Vec::new()).await;
    person.browser.press("5").await;
    person.follow("main form button").await;
    person.browser.says("is saved").await;
    looks.at("course saved").await;
}

async fn share(person: &Person, looks: &mut Looks<'_>, crosswalk: &str) {
    person.browser.open(&format!("{crosswalk}/shares")).await;
    looks.at("shares, none").await;
    let day = "const day = new Date(Date.now() + 30 * 864e5); document.querySelector('#until').value = day.toISOString().slice(0, 10)";
    person.browser.ask::<Option<bool>>(day, Vec::new()).await;
    person.follow("main form.filters button").await;
    person.browser.says("They said nothing yet.").await;
    looks.at("shares").await;
}
