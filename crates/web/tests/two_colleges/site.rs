//! A site over a copy of the two colleges, and requests as a browser or a program sends them.

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::request::Builder;
use axum::http::{HeaderMap, Request, StatusCode, header};
use credway_model::{Person, Text};
use credway_web::{AppState, router};
use credway_workflow::{ServeSettings, Workbench};
use std::path::Path;
use std::time::Duration;
use tempfile::TempDir;
use tower::ServiceExt;

use super::Who;

/// Where the sites think they are served.
pub(super) const ADDRESS: &str = "127.0.0.1:4180";
/// What stands between the fields of a form with a file.
const BOUNDARY: &str = "a-mark-between-fields";

/// An answer, read to its end.
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: String,
}

impl Answer {
    /// Where a redirect leads.
    pub(crate) fn location(&self) -> &str {
        self.header(header::LOCATION.as_str())
    }

    /// A header's value; nothing where it is missing.
    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    /// The cookies that are set, whole lines.
    pub(crate) fn cookies(&self) -> Vec<&str> {
        self.headers.get_all(header::SET_COOKIE).iter().map(|value| value.to_str().unwrap()).collect()
    }

    /// The value of the first field of this name.
    #[track_caller]
    pub(crate) fn field(&self, name: &str) -> String {
        let mark = format!("name=\"{name}\" value=\"");
        let at = self.body.find(&mark).unwrap_or_else(|| panic!("no field {name} in {}", self.body));
        self.body[at + mark.len()..].split('"').next().unwrap().to_owned()
    }
}

/// The token of the forms on a page.
pub(super) fn csrf_in(body: &str) -> String {
    body.split("name=\"csrf\" value=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap_or_default().to_owned()
}

/// A site.
pub(crate) struct Site {
    pub(crate) state: AppState,
    pub(crate) router: Router,
    /// The same database, in the hands of who owns it.
    pub(crate) owner: Workbench,
    folder: Option<TempDir>,
}

impl Site {
    /// Over the database in a folder that goes with the site.
    pub(super) async fn over(folder: TempDir, settings: ServeSettings) -> Self {
        let site = Self::over_kept(folder.path(), settings).await;
        Self { folder: Some(folder), ..site }
    }

    /// Over the database in a folder that stays.
    pub(super) async fn over_kept(folder: &Path, settings: ServeSettings) -> Self {
        let person = Person(Text::new("Owner").unwrap());
        let owner = super::open(folder).await.by(&person);
        let state = AppState::with_settings(owner.clone(), person, settings.address, settings);
        Self { router: router(state.clone()), state, owner, folder: None }
    }

    /// Ends it, so that its file is whole.
    pub(crate) async fn close(self) {
        self.state.leave_work(Duration::from_secs(5)).await;
        self.owner.close().await.unwrap();
        drop(self.folder);
    }

    /// Sends a request as it is.
    pub(crate) async fn send(&self, request: Request<Body>) -> Answer {
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let bytes = to_bytes(body, 64 << 20).await.unwrap();
        Answer { status: parts.status, headers: parts.headers, body: String::from_utf8_lossy(&bytes).into_owned() }
    }

    /// A request of somebody, without a body yet.
    pub(crate) fn request(&self, who: &Who, method: &str, address: &str) -> Builder {
        let request = Request::builder().method(method).uri(address).header(header::HOST, ADDRESS);
        if who.secret.is_empty() {
            return request;
        }
        match who.only {
            Some(_) => request.header(header::AUTHORIZATION, format!("Bearer {}", who.secret)),
            None => request.header(header::COOKIE, format!("credway-session={}", who.secret)),
        }
    }

    /// The token of somebody's forms.
    pub(crate) fn csrf<'a>(&'a self, who: &'a Who) -> &'a str {
        if who.csrf.is_empty() { self.state.token() } else { &who.csrf }
    }

    /// Asks for a page.
    pub(crate) async fn get(&self, who: &Who, address: &str) -> Answer {
        self.send(self.request(who, "GET", address).body(Body::empty()).unwrap()).await
    }

    /// Sends a form with its token.
    pub(crate) async fn post(&self, who: &Who, address: &str, fields: &[(&str, &str)]) -> Answer {
        let mut all = vec![("csrf", self.csrf(who))];
        all.extend(fields);
        let request = self
            .request(who, "POST", address)
            .header(header::ORIGIN, format!("http://{ADDRESS}"))
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        self.send(request.body(Body::from(form(&all))).unwrap()).await
    }

    /// Sends JSON, as a program or a script does.
    pub(crate) async fn post_json(&self, who: &Who, address: &str, value: &serde_json::Value) -> Answer {
        let request = self.request(who, "POST", address).header(header::CONTENT_TYPE, "application/json");
        let request = request.header("x-csrf-token", self.csrf(who));
        self.send(request.body(Body::from(value.to_string())).unwrap()).await
    }

    /// Sends a form with a file, and its token.
    pub(crate) async fn upload(&self, who: &Who, address: &str, (name, bytes): (&str, &[u8]), kind: &str) -> Answer {
        let mut body = Vec::new();
        for (field, value) in [("csrf", self.csrf(who)), ("kind", kind)] {
            let head = format!("--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{field}\"\r\n\r\n{value}\r\n");
            body.extend(head.into_bytes());
        }
        let head = format!("Content-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\r\n");
        body.extend(format!("--{BOUNDARY}\r\n{head}").into_bytes());
        body.extend(bytes);
        body.extend(format!("\r\n--{BOUNDARY}--\r\n").into_bytes());
        let kind = format!("multipart/form-data; boundary={BOUNDARY}");
        let request = self.request(who, "POST", address).header(header::CONTENT_TYPE, kind);
        self.send(request.body(Body::from(body)).unwrap()).await
    }
}

/// Fields as a form sends them.
pub(crate) fn form(fields: &[(&str, &str)]) -> String {
    fields.iter().map(|(name, value)| format!("{}={}", encode(name), encode(value))).collect::<Vec<_>>().join("&")
}

/// Letters as they stand in a form or a query.
pub(crate) fn encode(text: &str) -> String {
    text.bytes()
        .map(|byte| if byte.is_ascii_alphanumeric() { char::from(byte).to_string() } else { format!("%{byte:02X}") })
        .collect()
}
