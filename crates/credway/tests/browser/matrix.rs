//! The crosswalk's matrix with a blueprint too large for one page: cells are counted, filters are set and cells are
//! reached by keyboard, and the heads stay in sight while it is scrolled.

use thirtyfour::Key;

use crate::browser::Browser;
use crate::settings::Settings;
use crate::site::Site;

/// Objectives; with the sample's 20 courses of Cybersecurity that is 6,000 cells.
const OBJECTIVES: usize = 300;

/// An outcome of the sample, so that something is suggested.
const TAUGHT: &str = "Write, order and test firewall rules that carry out a stated access policy.";

/// A blueprint of ten domains with weights of 10 %.
fn blueprint() -> String {
    let mut rows = "credential,version,domain_code,domain,weight,objective_code,objective\n".to_owned();
    for domain in 1..=10 {
        rows += &format!("Harbor Guard,HG-2,{domain},Domain {domain},10%,,\n");
        for objective in 1..=OBJECTIVES / 10 {
            let text = match objective {
                1 => TAUGHT.to_owned(),
                _ => format!("Guard berth {objective} of harbor {domain}"),
            };
            rows += &format!("Harbor Guard,HG-2,{domain},Domain {domain},,{domain}.{objective},\"{text}\"\n");
        }
    }
    rows
}

#[tokio::test]
async fn a_large_matrix_stays_small_in_sight_and_in_reach() {
    let Some(settings) = Settings::find() else { return };
    let site = Site::with_blueprint("harbor-guard.csv", &blueprint(), "Cybersecurity", "Harbor Guard HG-2");
    let browser = Browser::start(&settings, &site.address).await;
    browser.open("/").await;
    let script = "return [...document.querySelectorAll('.walk h3 a')]
      .find((link) => link.innerText.includes('HG-2')).pathname";
    let address: String = browser.ask(script, Vec::new()).await;
    browser.open(&address).await;
    parts(&browser).await;
    heads_stay(&browser).await;
    cells_by_arrows(&browser).await;
    browser.open(&address).await;
    filters_by_keyboard(&browser).await;
}

async fn cells(browser: &Browser) -> usize {
    browser.ask("return document.querySelectorAll('table.mx tr[data-row] td').length", Vec::new()).await
}

/// No page has more than 5,000 cells, and the parts together have them all.
async fn parts(browser: &Browser) {
    let first = cells(browser).await;
    assert!(first > 4_000 && first <= 5_000, "{first} cells");
    browser.says(&format!("Showing objectives 1–250 of {OBJECTIVES} and 20 courses.")).await;
    browser.click("nav[aria-label='Parts of the matrix'] a").await;
    browser.until("location.search.includes('row=250')").await;
    assert_eq!(first + cells(browser).await, OBJECTIVES * 20);
    browser.click("nav[aria-label='Parts of the matrix'] a").await;
    browser.until("!location.search.includes('row=')").await;
}

/// Scrolled to its middle, the course codes stay at the top and the objectives at the left of the matrix's box.
async fn heads_stay(browser: &Browser) {
    browser.look(900, "light").await;
    let scroll = "const box = document.querySelector('.mx-scroll'); box.scrollTo(300, 3000);
      const at = (element) => element.getBoundingClientRect();
      const row = [...document.querySelectorAll('tr[data-row] th')].find((head) => at(head).top > at(box).top + 200);
      const top = at(document.querySelector('.mx thead th:last-child')).top - at(box).top;
      return [box.scrollLeft, box.scrollTop, Math.abs(top), Math.abs(at(row).left - at(box).left)]";
    let [right, down, top, left]: [f64; 4] = browser.ask(scroll, Vec::new()).await;
    assert!(right > 100.0 && down > 1_000.0, "scrolled by {right} and {down}");
    assert!(top < 2.0 && left < 2.0, "the heads stand {top} and {left} pixels off");
    browser.look(1_280, "light").await;
}

/// One stop of Tab, arrows between cells, Enter to the review of the pair.
async fn cells_by_arrows(browser: &Browser) {
    browser.tab_to(".mx-scroll").await;
    browser.press(Key::Tab + "").await;
    browser.until("document.activeElement.matches('table.mx td a')").await;
    let place = "const cell = document.activeElement.closest('td, th');
      return [cell.parentElement.rowIndex, cell.cellIndex]";
    let [row, column]: [usize; 2] = browser.ask(place, Vec::new()).await;
    browser.press(Key::Down + "").await;
    let [below, same]: [usize; 2] = browser.ask(place, Vec::new()).await;
    assert_eq!((below, same), (row + 1, column));
    browser.press(Key::Right + "").await;
    let [_, right]: [usize; 2] = browser.ask(place, Vec::new()).await;
    assert_eq!(right, column + 1);
    browser.press(Key::Left + Key::Up).await;
    browser.until("document.activeElement.matches('table.mx td a')").await;
    let pair: String = browser.ask("return document.activeElement.innerText", Vec::new()).await;
    browser.press(Key::Enter + "").await;
    browser.until("document.querySelector('#review')").await;
    let (course, objective) = pair.split_once(", objective ").unwrap();
    let objective = objective.split(':').next().unwrap();
    browser.until("document.activeElement.matches('article.card')").await;
    let card: String = browser.ask("return document.activeElement.innerText", Vec::new()).await;
    assert!(card.starts_with(course) && card.contains(&format!("objective {objective}")), "{pair}: {card}");
}

/// The domain by arrow, the search by letters, Enter to see.
async fn filters_by_keyboard(browser: &Browser) {
    browser.tab_to("#domain").await;
    browser.press(Key::Down + "").await;
    browser.tab_to("#search").await;
    browser.press("berth 30").await;
    browser.press(Key::Enter + "").await;
    browser.until("location.search.includes('search=berth')").await;
    let rows: Vec<String> = browser
        .ask("return [...document.querySelectorAll('tr[data-row] th')].map((head) => head.innerText)", Vec::new())
        .await;
    assert_eq!(rows.len(), 1, "{rows:?}");
    assert!(rows[0].starts_with("1.30 "), "{rows:?}");
    browser.says("Domain 1").await;
}
