//! A person's browser, as far as signing in needs one: it follows redirects, keeps cookies, fills in the provider's
//! forms, and stops where the provider sends it back to Credway. Plain HTTP/1.0, each request by itself.

use std::collections::BTreeMap;
use std::io::{Read, Write};
use std::net::TcpStream;

use credway_identity::openid::{Answer, Url};

use openidconnect::url::Position;

use crate::provider::BACK;

/// A browser with its cookies.
#[derive(Default)]
pub(crate) struct Browser {
    cookies: BTreeMap<String, String>,
    /// How often the provider asked who it is.
    pub(crate) asked: u32,
}

/// What came back: where to go, or a page.
pub(crate) struct Page {
    pub(crate) location: Option<String>,
    pub(crate) body: String,
}

impl Browser {
    /// Goes there, signs in as this person where asked, agrees where asked, and gives what is brought back to Credway.
    pub(crate) fn sign_in(&mut self, start: &Url, login: &str) -> Answer {
        let mut at = start.clone();
        let mut page = self.get(&at);
        for _ in 0..12 {
            if let Some(location) = &page.location {
                at = at.join(location).unwrap();
                if at.as_str().starts_with(BACK) {
                    return answer(&at);
                }
                page = self.get(&at);
            } else {
                let form = if page.body.contains(r#"name="login""#) {
                    self.asked += 1;
                    format!("prompt=login&login={login}&password=anything")
                } else {
                    "prompt=consent".to_owned()
                };
                let action = page.attribute("action");
                at = at.join(&action).unwrap();
                page = self.post(&at, &form);
            }
        }
        panic!("the provider does not come to an end: {}", page.body);
    }

    /// Goes there and says no.
    pub(crate) fn say_no(&mut self, start: &Url) -> Answer {
        let login = start.join(&self.get(start).location.unwrap()).unwrap();
        let abort = Url::parse(&format!("{login}/abort")).unwrap();
        let mut at = abort;
        while !at.as_str().starts_with(BACK) {
            at = at.join(&self.get(&at).location.unwrap()).unwrap();
        }
        answer(&at)
    }

    pub(crate) fn get(&mut self, url: &Url) -> Page {
        self.ask("GET", url, "")
    }

    pub(crate) fn post(&mut self, url: &Url, form: &str) -> Page {
        self.ask("POST", url, form)
    }

    fn ask(&mut self, method: &str, url: &Url, form: &str) -> Page {
        let authority = &url[Position::BeforeHost..Position::AfterPort];
        let path = &url[Position::BeforePath..Position::AfterQuery];
        let cookies: Vec<String> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let mut stream = TcpStream::connect(authority).unwrap();
        write!(
            stream,
            "{method} {path} HTTP/1.0\r\nHost: {authority}\r\nCookie: {}\r\nContent-Length: {}\r\n\
             Content-Type: application/x-www-form-urlencoded\r\n\r\n{form}",
            cookies.join("; "),
            form.len(),
        )
        .unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        let (head, body) = answer.split_once("\r\n\r\n").unwrap();
        let mut page = Page { location: None, body: body.to_owned() };
        for (name, value) in head.lines().filter_map(|line| line.split_once(": ")) {
            match name.to_ascii_lowercase().as_str() {
                "location" => page.location = Some(value.to_owned()),
                "set-cookie" => self.keep(value),
                _ => {}
            }
        }
        page
    }

    fn keep(&mut self, cookie: &str) {
        let (name, value) = cookie.split(';').next().unwrap().split_once('=').unwrap();
        if value.is_empty() {
            self.cookies.remove(name);
        } else {
            self.cookies.insert(name.to_owned(), value.to_owned());
        }
    }
}

impl Page {
    /// The first attribute of this name on the page.
    pub(crate) fn attribute(&self, name: &str) -> String {
        let (_, rest) = self.body.split_once(&format!("{name}=\"")).unwrap_or_else(|| panic!("{}", self.body));
        rest.split('"').next().unwrap().replace("&amp;", "&")
    }
}

/// As Credway reads it from the address.
fn answer(url: &Url) -> Answer {
    let all: serde_json::Map<_, _> =
        url.query_pairs().map(|(name, value)| (name.into_owned(), value.into_owned().into())).collect();
    serde_json::from_value(all.into()).unwrap()
}
