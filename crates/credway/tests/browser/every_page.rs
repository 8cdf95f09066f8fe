//! Every page in every look: followed from home link by link, and the pages that only come after something was done.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use crate::browser::Browser;
use crate::import::upload;
use crate::looks::Looks;
use crate::settings::Settings;
use crate::site::Site;

/// Pages looked at for each pattern of address, and for each with a query: there the same page shows other things.
const OF_EACH: usize = 2;
const OF_EACH_QUERY: usize = 1;

/// Addresses of the page's links inside the site, without what is only to be downloaded.
const LINKS: &str = "return [...document.querySelectorAll('a[href]:not([download])')]
  .filter((link) => link.origin === location.origin).map((link) => link.pathname + link.search)";

/// The address with identifiers taken out, and of its query only the names and the words of a choice.
fn pattern(address: &str) -> String {
    let (path, query) = address.split_once('?').unwrap_or((address, ""));
    let is_identifier = |part: &str| part.starts_with("ce-") || part.len() == 64 || part.parse::<u64>().is_ok();
    // What a comment is on is written as several identifiers with dots between them.
    let star = |part: &str| -> String {
        let pieces = part.split('.').map(|piece| if is_identifier(piece) { "*" } else { piece });
        pieces.collect::<Vec<_>>().join(".")
    };
    let parts = path.split('/').map(star);
    let chosen = query.split('&').map(|field| match field.split_once('=') {
        Some((name @ ("by" | "show"), value)) => format!("{name}={value}"),
        Some((name, _)) => name.to_owned(),
        None => String::new(),
    });
    let (path, chosen): (Vec<String>, BTreeSet<String>) = (parts.collect(), chosen.collect());
    [path.join("/")].into_iter().chain(chosen.into_iter().filter(|name| !name.is_empty())).collect::<Vec<_>>().join(" ")
}

#[tokio::test]
async fn every_page_reached_from_home_can_be_used_by_everybody() {
    let Some(settings) = Settings::find() else { return };
    let site = Site::sample();
    let browser = Browser::start(&settings, &site.address).await;
    let mut looks = Looks::new(&browser, &settings);
    let mut waiting = VecDeque::from(["/".to_owned()]);
    let mut known: BTreeSet<String> = waiting.iter().cloned().collect();
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    while let Some(address) = waiting.pop_front() {
        let pattern = pattern(&address);
        let most = if address.contains('?') { OF_EACH_QUERY } else { OF_EACH };
        let count = seen.entry(pattern.clone()).or_default();
        if *count >= most {
            continue;
        }
        *count += 1;
        let name = format!("{pattern} {count}");
        browser.open(&address).await;
        looks.at(&name).await;
        for link in browser.ask::<Vec<String>>(LINKS, Vec::new()).await {
            if known.insert(link.clone()) {
                waiting.push_back(link);
            }
        }
    }
    for expected in [
        "/",
        "/crosswalks/*",
        "/crosswalks/*/review",
        "/crosswalks/*/coverage",
        "/crosswalks/*/report",
        "/crosswalks/*/report/crosswalk",
        "/courses/*",
        "/programs/*/structure",
        "/pathways/*",
        "/pathways/*/component",
        "/pathways/*/costs",
        "/pathways/*/plan",
        "/history/*",
    ] {
        assert!(seen.contains_key(expected), "{expected} is not reached: {seen:?}");
    }
    looks.end();
}

#[tokio::test]
async fn pages_that_come_after_something_can_be_used_by_everybody() {
    let Some(settings) = Settings::find() else { return };
    let site = Site::sample();
    let browser = Browser::start(&settings, &site.address).await;
    let mut looks = Looks::new(&browser, &settings);
    browser.open("/nowhere").await;
    looks.at("no such page").await;
    browser.open("/courses?search=zzzz").await;
    looks.at("nothing found").await;
    browser.open("/import").await;
    browser.click("main button[type=submit]").await;
    browser.until("document.querySelector('#errors')").await;
    looks.at("import form with errors").await;
    let broken = site.file("weights.csv", WEIGHTS);
    upload(&browser, "blueprint", &broken).await;
    looks.at("import preview with findings").await;
    let new = site.file("courses.csv", COURSES);
    upload(&browser, "courses", &new).await;
    looks.at("import preview with changes").await;
    browser.click("#confirm").await;
    browser.until("document.querySelector('h1').innerText.startsWith('Imported')").await;
    looks.at("imported").await;
    documents(&browser, &site, &mut looks).await;
    review_opened(&browser).await;
    looks.at("review with everything open").await;
    browser.click("#open-help").await;
    browser.until("document.querySelector('#review-help').open").await;
    looks.at("review help").await;
    looks.end();
}

/// The pages of a catalogue that is a document: courses as read, one beside its page, the next edition, the page of a value.
async fn documents(browser: &Browser, site: &Site, looks: &mut Looks<'_>) {
    let catalogue = concat!(env!("CARGO_MANIFEST_DIR"), "/../../fixtures/documents/lantern-bay-typst.pdf");
    upload(browser, "courses", std::path::Path::new(catalogue)).await;
    looks.at("import preview of a document").await;
    browser.click("main a[href$='/courses']").await;
    browser.until("document.querySelector('h1').innerText === 'Courses as read'").await;
    looks.at("courses as read").await;
    browser.click("main tbody a").await;
    browser.until("document.querySelector('.page-picture')").await;
    looks.at("course beside its page").await;
    browser.click("main .crumbs a:nth-of-type(2)").await;
    browser.until("document.querySelector('#confirm')").await;
    browser.click("#confirm").await;
    browser.until("document.querySelector('h1').innerText.startsWith('Imported')").await;
    let next = include_str!("../../../../fixtures/documents/lantern-bay.html").replace("TCP/IP", "TCP/IP and IPv6");
    let next = next.replace("<main>", "<main><p>Catalog 2030-2031</p>").replace("ITSY 2330", "ITSY 2331");
    upload(browser, "courses", &site.file("lantern-bay-2030.html", &next)).await;
    browser.until("document.querySelector('#edition')").await;
    looks.at("import preview of the next edition").await;
    browser.open("/courses?search=TCP").await;
    browser.click("main tbody a").await;
    browser.until("document.querySelector('main a[href^=\"/sources/\"]')").await;
    looks.at("course read from a document").await;
    browser.click("main a[href^='/sources/']").await;
    browser.until("document.querySelector('.page-picture')").await;
    looks.at("page of a source").await;
}

/// A page of the review with all candidates and everything that opens opened.
async fn review_opened(browser: &Browser) {
    browser.open("/").await;
    browser.click("main a[href^='/crosswalks/'][href*='disputed']").await;
    browser.until("document.querySelector('#review')").await;
    let open = "document.querySelectorAll('details').forEach((one) => { one.open = true; })";
    browser.ask::<Option<bool>>(open, Vec::new()).await;
}

#[tokio::test]
async fn an_empty_database_has_designed_pages() {
    let Some(settings) = Settings::find() else { return };
    let site = Site::empty();
    let browser = Browser::start(&settings, &site.address).await;
    let mut looks = Looks::new(&browser, &settings);
    for path in ["/", "/programs", "/courses", "/blueprints", "/credentials", "/pathways", "/findings", "/history"] {
        browser.open(path).await;
        looks.at(&format!("empty {path}")).await;
    }
    looks.end();
}

/// A blueprint whose weights come to 90 %, and whose second domain has an objective twice.
const WEIGHTS: &str = "credential,version,domain_code,domain,weight,objective_code,objective\n\
    Harbor Guard,HG-1,1,Networks,60%,,\n\
    Harbor Guard,HG-1,1,Networks,,1.1,Configure a firewall to filter network traffic\n\
    Harbor Guard,HG-1,2,Threats,30%,,\n\
    Harbor Guard,HG-1,2,Threats,,2.1,Explain types of malware\n\
    Harbor Guard,HG-1,2,Threats,,2.1,Explain types of malware\n";
/// Two new courses.
const COURSES: &str = "organization,code,title,credits,description,catalogue_year\n\
    Lantern Bay Community College,ITSY 9001,Harbour Networks,3,Building and guarding the networks of a port.,2026-2027\n\
    Lantern Bay Community College,ITSY 9002,Signals,3,Radio and light.,2026-2027\n";
