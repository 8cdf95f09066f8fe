//! A college to ask for pages: a copy of the loaded sample, or an empty database, behind the whole router.

use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request, StatusCode, header};
use credway_model::{Person, Text};
use credway_web::{AppState, router};
use credway_workflow::{Options, Workbench};
use jiff::Timestamp;
use tempfile::TempDir;
use tower::ServiceExt;

/// The port the pages think they are served at.
pub(crate) const PORT: u16 = 4173;

/// The database's file.
const DATABASE: &str = "college.db";

/// An answer, read to its end.
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: String,
}

impl Answer {
    /// The text of the page without tags, blanks folded.
    pub(crate) fn text(&self) -> String {
        let mut text = String::new();
        let mut inside = false;
        for letter in self.body.chars() {
            match letter {
                '<' => inside = true,
                '>' => {
                    inside = false;
                    text.push(' ');
                }
                letter if !inside => text.push(letter),
                _ => {}
            }
        }
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// Whether the page's text holds `words`; blanks of any kind count as one.
    #[track_caller]
    pub(crate) fn says(&self, words: &str) {
        let wanted = words.split_whitespace().collect::<Vec<_>>().join(" ");
        let text = self.text();
        assert!(text.contains(&wanted), "“{wanted}” is not in: {text}");
    }

    /// Addresses of all links, forms left out.
    pub(crate) fn links(&self) -> Vec<String> {
        self.body.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next()).map(plain).collect()
    }

    /// The first link whose address begins so.
    #[track_caller]
    pub(crate) fn link(&self, beginning: &str) -> String {
        let links = self.links();
        links
            .iter()
            .find(|link| link.starts_with(beginning))
            .cloned()
            .unwrap_or_else(|| panic!("no {beginning} in {links:?}"))
    }
}

/// An attribute's value without its escapes.
fn plain(attribute: &str) -> String {
    attribute.replace("&#38;", "&").replace("&amp;", "&").replace("&#34;", "\"").replace("&#39;", "'")
}

/// The pages over a database of their own.
pub(crate) struct College {
    router: Router,
    token: String,
    _folder: TempDir,
}

impl College {
    /// With the sample college, aligned.
    pub(crate) async fn sample() -> Self {
        let folder = tempfile::tempdir().unwrap();
        std::fs::copy(loaded().join(DATABASE), folder.path().join(DATABASE)).unwrap();
        Self::over(folder).await
    }

    /// With nothing.
    pub(crate) async fn empty() -> Self {
        Self::over(tempfile::tempdir().unwrap()).await
    }

    async fn over(folder: TempDir) -> Self {
        let state = AppState::new(open(folder.path()).await, person(), ([127, 0, 0, 1], PORT).into());
        let token = state.token().to_owned();
        Self { router: router(state), token, _folder: folder }
    }

    /// The answer to `request`, sent as it is.
    pub(crate) async fn send(&self, request: Request<Body>) -> Answer {
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let body = to_bytes(body, usize::MAX).await.unwrap();
        Answer { status: parts.status, headers: parts.headers, body: String::from_utf8_lossy(&body).into_owned() }
    }

    /// The answer to a page's address.
    pub(crate) async fn get(&self, address: &str) -> Answer {
        self.send(Request::get(address).header(header::HOST, host()).body(Body::empty()).unwrap()).await
    }

    /// The page at an address that must be there.
    pub(crate) async fn page(&self, address: &str) -> Answer {
        let answer = self.get(address).await;
        assert_eq!(answer.status, StatusCode::OK, "{address}: {}", answer.text());
        answer
    }

    /// The answer to a form of ours, sent with its token.
    pub(crate) async fn post(&self, address: &str, fields: &str) -> Answer {
        let body = format!("csrf={}&{fields}", self.token);
        self.send(self.form(address).body(Body::from(body)).unwrap()).await
    }

    /// A form's request from our own origin, without a body.
    pub(crate) fn form(&self, address: &str) -> axum::http::request::Builder {
        Request::post(address)
            .header(header::HOST, host())
            .header(header::ORIGIN, format!("http://{}", host()))
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
    }

    /// The token of the forms.
    pub(crate) fn token(&self) -> &str {
        &self.token
    }
}

/// The Host header of a request to these pages.
pub(crate) fn host() -> String {
    format!("127.0.0.1:{PORT}")
}

fn person() -> Person {
    Person(Text::new("Dana Okafor").unwrap())
}

/// The day of the tests.
fn clock() -> Timestamp {
    "2026-11-23T12:00:00Z".parse().unwrap()
}

async fn open(folder: &Path) -> Workbench {
    let database = format!("sqlite:{}", folder.join(DATABASE).display());
    Workbench::open_at(&Options { database, create: true }, clock).await.unwrap()
}

/// A folder with the sample loaded once for all tests.
fn loaded() -> PathBuf {
    static LOADED: OnceLock<TempDir> = OnceLock::new();
    let folder = LOADED.get_or_init(|| {
        std::thread::spawn(|| {
            let folder = tempfile::tempdir().unwrap();
            let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
            runtime.block_on(async {
                let workbench = open(folder.path()).await;
                workbench.by(&person()).load_sample(&()).await.unwrap();
                // A closed database is whole in its one file.
                workbench.close().await.unwrap();
            });
            drop(runtime);
            folder
        })
        .join()
        .unwrap()
    });
    folder.path().to_owned()
}
