//! A site in memory with a small college: two courses, a blueprint of two domains, and their crosswalk.

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request, StatusCode, header};
use credway_model::{Ctid, Person, Text};
use credway_web::{AppState, router};
use credway_workflow::{DEFAULT_LIMITS, ImportRequest, Kind, Options, ServeSettings, SourceFile, Workbench};
use tower::ServiceExt;

/// The port the test's requests name.
const PORT: u16 = 8_088;

/// Courses; one title bears markup that must never reach a page as markup.
pub(crate) const COURSES: &str = "organization,code,title,credits,lecture_hours,lab_hours,contact_hours,description,prerequisites,corequisites,terms_offered,catalogue_year\n\
    Test College,ITSY 1300,Information Security & <Networks>,3,,,,Protecting information.,,,fall,2026-2027\n\
    Test College,ITSY 2301,Firewalls,3,,,,Building network defences.,,,spring,2026-2027\n";
pub(crate) const OUTCOMES: &str = "organization,course,code,kind,statement,level,assessed_by\n\
    Test College,ITSY 1300,O1,outcome,Configure a firewall to filter network traffic,introduced,lab exam\n\
    Test College,ITSY 1300,O2,outcome,Explain the types of malware and how they spread,reinforced,\n\
    Test College,ITSY 2301,O1,outcome,Configure and test firewall rules that filter network traffic,mastered,practical exam\n";
pub(crate) const PROGRAMS: &str = "organization,program,award,cip,soc,catalogue_year,total_credits,course,group\n\
    Test College,Security,AAS,11.1003,,2026-2027,60,ITSY 1300,Core\n\
    Test College,Security,AAS,11.1003,,2026-2027,60,ITSY 2301,Core\n";
pub(crate) const BLUEPRINT: &str = "credential,version,effective,retires,domain_code,domain,weight,objective_code,objective,parent_code,source\n\
    Harbor Guard,HG-1,2026-01-01,,1,Networks,60%,,,,\n\
    Harbor Guard,HG-1,2026-01-01,,1,Networks,,1.1,Configure a firewall to filter network traffic,,\n\
    Harbor Guard,HG-1,2026-01-01,,1,Networks,,1.2,Segment a network with <VLANs>,,\n\
    Harbor Guard,HG-1,2026-01-01,,2,Threats,40%,,,,\n\
    Harbor Guard,HG-1,2026-01-01,,2,Threats,,2.1,Explain types of malware and how they spread,,\n";

/// A site whose requests go straight to the router.
pub(crate) struct Site {
    pub(crate) router: Router,
    pub(crate) workbench: Workbench,
    pub(crate) token: String,
    pub(crate) state: AppState,
}

/// An answer, read to its end.
pub(crate) struct Reply {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: String,
}

impl Reply {
    /// Where a redirect leads.
    pub(crate) fn location(&self) -> &str {
        self.headers.get(header::LOCATION).map_or("", |value| value.to_str().unwrap())
    }
}

/// Who acts in tests.
pub(crate) fn person(name: &str) -> Person {
    Person(Text::new(name).unwrap())
}

impl Site {
    /// A site without anything in it but an institution.
    pub(crate) async fn empty() -> Self {
        let options = Options { database: "sqlite::memory:".to_owned(), create: true };
        let workbench = Workbench::open(&options).await.unwrap();
        workbench.by(&person("Ada")).begin_institution("Test College", None).await.unwrap();
        Self::of(workbench, ServeSettings::at(Self::address()))
    }

    /// A server of its own over the database in this file, which may have been another server's before.
    pub(crate) async fn over(file: &std::path::Path, settings: ServeSettings) -> Self {
        let options = Options { database: format!("sqlite:{}", file.display()), create: true };
        let workbench = Workbench::open(&options).await.unwrap();
        if workbench.institution().await.unwrap().is_none() {
            workbench.by(&person("Ada")).begin_institution("Test College", None).await.unwrap();
        }
        Self::of(workbench, settings)
    }

    fn of(workbench: Workbench, settings: ServeSettings) -> Self {
        let state = AppState::with_settings(workbench.clone(), person("Ada"), Self::address(), settings);
        Self { token: state.token().to_owned(), router: router(state.clone()), workbench, state }
    }

    /// Where the site's server would listen.
    pub(crate) fn address() -> std::net::SocketAddr {
        ([127, 0, 0, 1], PORT).into()
    }

    /// A site with the small college and its crosswalk.
    pub(crate) async fn college() -> (Self, Ctid) {
        let site = Self::empty().await;
        for (kind, content) in [
            (Kind::Courses, COURSES),
            (Kind::Outcomes, OUTCOMES),
            (Kind::Program, PROGRAMS),
            (Kind::Blueprint, BLUEPRINT),
        ] {
            site.import(kind, content).await;
        }
        let summary =
            site.workbench.by(&person("Ada")).align("Security", "Harbor Guard HG-1", DEFAULT_LIMITS, &()).await;
        let crosswalk = summary.unwrap().crosswalk;
        (site, crosswalk)
    }

    /// Writes a file through the use case, not through the page.
    pub(crate) async fn import(&self, kind: Kind, content: &str) {
        let request = ImportRequest {
            kind,
            file: SourceFile::new(format!("{}.csv", kind.word()), content.as_bytes().to_vec()),
            mapping: None,
            organization: None,
            into: None,
            accept: Vec::new(),
            reason: None,
        };
        let answer = self.workbench.by(&person("Ada")).import(&request, &NoProgress).await.unwrap();
        assert!(answer.written, "{:?}", answer.findings);
    }

    async fn send(&self, request: Request<Body>) -> Reply {
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let bytes = to_bytes(body, 32 << 20).await.unwrap();
        Reply { status: parts.status, headers: parts.headers, body: String::from_utf8_lossy(&bytes).into_owned() }
    }

    /// Asks for a page.
    pub(crate) async fn get(&self, address: &str) -> Reply {
        let address = address.split('#').next().unwrap();
        self.send(Self::request("GET", address).body(Body::empty()).unwrap()).await
    }

    /// Sends a form with this site's token.
    pub(crate) async fn post(&self, address: &str, fields: &[(&str, &str)]) -> Reply {
        self.post_with(address, fields, &[]).await
    }

    /// As [`Site::post`], with further headers.
    pub(crate) async fn post_with(&self, address: &str, fields: &[(&str, &str)], headers: &[(&str, &str)]) -> Reply {
        let token = [("csrf", self.token.as_str())];
        let body: Vec<String> =
            token.iter().chain(fields).map(|(name, value)| format!("{}={}", encode(name), encode(value))).collect();
        let mut request =
            Self::request("POST", address).header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        self.send(request.body(Body::from(body.join("&"))).unwrap()).await
    }

    /// Sends the import form with a file.
    pub(crate) async fn upload(&self, kind: &str, file: (&str, &str), fields: &[(&str, &str)]) -> Reply {
        let mark = "a-mark-between-fields";
        let mut body = String::new();
        let token = [("csrf", self.token.as_str()), ("kind", kind)];
        for (name, value) in token.iter().chain(fields) {
            body += &format!("--{mark}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
        }
        let (name, content) = file;
        body += &format!(
            "--{mark}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\nContent-Type: text/csv\r\n\r\n{content}\r\n--{mark}--\r\n"
        );
        let kind = format!("multipart/form-data; boundary={mark}");
        self.send(
            Self::request("POST", "/import/preview").header(header::CONTENT_TYPE, kind).body(Body::from(body)).unwrap(),
        )
        .await
    }

    fn request(method: &str, address: &str) -> axum::http::request::Builder {
        Request::builder().method(method).uri(address).header(header::HOST, format!("127.0.0.1:{PORT}"))
    }
}

/// A listener that does not care.
struct NoProgress;

impl credway_workflow::ImportProgress for NoProgress {
    fn advance(&self, _done: u64, _total: u64) {}
}

fn encode(text: &str) -> String {
    text.bytes()
        .map(|byte| if byte.is_ascii_alphanumeric() { char::from(byte).to_string() } else { format!("%{byte:02X}") })
        .collect()
}
