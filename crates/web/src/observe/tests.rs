//! What is seen of requests that come over a network: the log's line, the counters, the limits, health and its end.

use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request, StatusCode, header};
use credway_model::{Person, Text};
use credway_workflow::{LogFormat, LogLevel, LogSettings, MetricsSettings, Options, Secret, ServeSettings, Workbench};
use tower::ServiceExt;
use tracing::instrument::WithSubscriber;

use super::*;
use crate::router;
use crate::server::Peer;

/// Where requests come from: an address that must never be seen.
const CALLER: &str = "203.0.113.77";
const HOST: &str = "127.0.0.1:8087";

struct Site {
    state: AppState,
    workbench: Workbench,
}

struct Answer {
    status: StatusCode,
    headers: HeaderMap,
    body: String,
}

impl Answer {
    fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }
}

impl Site {
    async fn with(change: impl FnOnce(&mut ServeSettings)) -> Self {
        let options = Options { database: "sqlite::memory:".to_owned(), create: true };
        let workbench = Workbench::open(&options).await.unwrap();
        let mut settings = ServeSettings::at(HOST.parse().unwrap());
        change(&mut settings);
        let person = Person(Text::new("Dana Okafor").unwrap());
        let state = AppState::with_settings(workbench.clone(), person, HOST.parse().unwrap(), settings);
        Self { state, workbench }
    }

    /// A request as it comes from a connection.
    fn request(address: &str) -> axum::http::request::Builder {
        let peer = Peer { address: format!("{CALLER}:4711").parse().unwrap(), tls: false };
        Request::get(address).header(header::HOST, HOST).extension(peer)
    }

    async fn send(&self, request: axum::http::request::Builder) -> Answer {
        answer(router(self.state.clone()), request).await
    }

    async fn get(&self, address: &str) -> Answer {
        self.send(Self::request(address)).await
    }

    /// An answer of the listener for whoever runs the server.
    async fn operations(&self, address: &str, headers: &[(&str, &str)]) -> Answer {
        let settings = self.state.settings().metrics.clone().unwrap();
        let mut request = Request::get(address);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        answer(operations(&self.state, &settings, settings.address), request).await
    }
}

async fn answer(pages: axum::Router, request: axum::http::request::Builder) -> Answer {
    let response = pages.oneshot(request.body(Body::empty()).unwrap()).await.unwrap();
    let (parts, body) = response.into_parts();
    let body = to_bytes(body, usize::MAX).await.unwrap();
    Answer { status: parts.status, headers: parts.headers, body: String::from_utf8(body.to_vec()).unwrap() }
}

/// What is logged while `work` goes on.
async fn logged<T>(level: LogLevel, work: impl Future<Output = T>) -> (T, Vec<serde_json::Value>) {
    let kept = log::tests::Kept::default();
    let dispatch = log::dispatch(LogSettings { format: LogFormat::Json, level }, false, kept.clone());
    let done = work.with_subscriber(dispatch).await;
    let lines = kept.text().lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    (done, lines)
}

#[tokio::test]
async fn a_request_is_one_line_that_names_its_pattern_and_nobody() {
    let site = Site::with(|_| {}).await;
    let path = "/courses/ce-00000000-0000-4000-8000-00000000beef?search=Quixote";
    let (answer, lines) = logged(LogLevel::Info, site.get(path)).await;
    assert_eq!((answer.status, lines.len()), (StatusCode::NOT_FOUND, 1), "{lines:?}");
    let line = &lines[0];
    assert_eq!(line["route"], "/courses/{id}");
    assert_eq!((&line["method"], &line["status"]), (&"GET".into(), &404.into()));
    assert!(line["milliseconds"].is_u64() && line["level"] == "INFO", "{line}");
    assert_eq!(line["id"], answer.header("x-request-id"));
    assert_eq!(answer.header("x-request-id").len(), 32);
    let words = line.to_string();
    for hidden in ["beef", "Quixote", CALLER, "4711", "Dana", "/courses/ce-"] {
        assert!(!words.contains(hidden), "{hidden}: {words}");
    }
    let (_, lines) = logged(LogLevel::Info, site.get("/no/such/Quixote")).await;
    assert_eq!(lines[0]["route"], "no route");
    assert!(!lines[0].to_string().contains("Quixote"));
}

#[tokio::test]
async fn health_is_logged_only_when_asked_for() {
    let site = Site::with(|_| {}).await;
    let (_, quiet) = logged(LogLevel::Info, site.get("/healthz")).await;
    let (_, all) = logged(LogLevel::Debug, site.get("/healthz")).await;
    let ours: Vec<_> = all.iter().filter(|line| line["target"] == "credway::request").collect();
    assert_eq!((quiet.len(), ours.len()), (0, 1), "{quiet:?} {all:?}");
}

#[tokio::test]
async fn a_failure_shows_the_number_under_which_the_log_tells_more() {
    let site = Site::with(|_| {}).await;
    site.workbench.clone().close().await.unwrap();
    let (answer, lines) = logged(LogLevel::Info, site.get("/courses")).await;
    assert_eq!(answer.status, StatusCode::SERVICE_UNAVAILABLE);
    let id = answer.header("x-request-id");
    assert!(answer.body.contains(id) && answer.body.contains("under the number"), "{}", answer.body);
    let cause = lines.iter().find(|line| line["target"] == "credway::database").unwrap();
    assert_eq!(cause["spans"][0]["id"], id, "{cause}");
    assert!(
        lines.iter().any(|line| line["status"] == 503 && line["level"] == "ERROR" && line["id"] == id),
        "{lines:?}"
    );
    let json = site.send(Site::request("/courses").header(header::ACCEPT, "application/json")).await;
    let document: serde_json::Value = serde_json::from_str(&json.body).unwrap();
    assert_eq!(document["request"], json.header("x-request-id"));
}

#[tokio::test]
async fn metrics_count_patterns_on_an_address_of_their_own() {
    let site = Site::with(|settings| {
        settings.metrics = Some(MetricsSettings { address: "127.0.0.1:9187".parse().unwrap(), token: None });
    })
    .await;
    site.get("/courses").await;
    site.get("/courses/ce-00000000-0000-4000-8000-00000000beef").await;
    assert_eq!(site.get("/metrics").await.status, StatusCode::NOT_FOUND, "never among the pages");
    let answer = site.operations("/metrics", &[("host", "127.0.0.1:9187")]).await;
    assert!(answer.header("content-type").starts_with("application/openmetrics-text"));
    for line in [
        "credway_requests_total{method=\"GET\",route=\"/courses\",status=\"200\"} 1",
        "credway_requests_total{method=\"GET\",route=\"/courses/{id}\",status=\"404\"} 1",
        "credway_request_duration_seconds_count{route=\"/courses\"} 1",
    ] {
        assert!(answer.body.lines().any(|found| found == line), "{line}\n{}", answer.body);
    }
    assert!(!answer.body.contains("beef") && !answer.body.contains(CALLER));
    let strange = site.operations("/metrics", &[("host", "attacker.test:9187")]).await;
    assert_eq!(strange.status, StatusCode::MISDIRECTED_REQUEST);
}

#[tokio::test]
async fn metrics_may_ask_for_a_token() {
    let site = Site::with(|settings| {
        let token = Some(Secret::new("tide-pool"));
        settings.metrics = Some(MetricsSettings { address: "127.0.0.1:9187".parse().unwrap(), token });
    })
    .await;
    for (shown, status) in [("", 401), ("Bearer tide", 401), ("tide-pool", 401), ("Bearer tide-pool", 200)] {
        let answer = site.operations("/metrics", &[("host", "localhost:9187"), ("authorization", shown)]).await;
        assert_eq!(answer.status.as_u16(), status, "{shown}");
    }
    assert_eq!(site.operations("/healthz", &[("host", "localhost:9187")]).await.status, StatusCode::OK);
}

#[tokio::test]
async fn health_says_whether_the_server_can_work_also_while_it_stops() {
    let site = Site::with(|settings| {
        settings.metrics = Some(MetricsSettings { address: "127.0.0.1:9187".parse().unwrap(), token: None });
    })
    .await;
    let both = async |path: &str| {
        // A load balancer knows no name of ours.
        let any_name = Request::get(path).header(header::HOST, "10.1.2.3");
        let public = site.send(any_name).await;
        let own = site.operations(path, &[("host", "127.0.0.1:9187")]).await;
        assert_eq!((public.status, &public.body), (own.status, &own.body));
        (public.status.as_u16(), public.body)
    };
    assert_eq!(both("/healthz").await, (200, "alive\n".to_owned()));
    assert_eq!(both("/readyz").await, (200, "ready\n".to_owned()));
    site.state.operations().begin_to_stop();
    assert_eq!(both("/healthz").await, (200, "alive\n".to_owned()));
    assert_eq!(both("/readyz").await, (503, "stopping\n".to_owned()));
    assert_eq!(site.get("/").await.status, StatusCode::OK, "requests under way are still answered");
}

#[tokio::test]
async fn a_server_without_its_database_is_alive_and_not_ready() {
    let site = Site::with(|_| {}).await;
    site.workbench.clone().close().await.unwrap();
    let (alive, ready) = (site.get("/healthz").await, site.get("/readyz").await);
    assert_eq!((alive.status, ready.status), (StatusCode::OK, StatusCode::SERVICE_UNAVAILABLE));
    assert_eq!(ready.body, "not ready\n", "no details");
}

#[tokio::test]
async fn who_asks_too_often_gets_a_page_that_says_when_to_come_again() {
    let site = Site::with(|settings| {
        settings.accounts = true;
        settings.rates.requests_per_minute = 2;
        settings.trusted_proxies = vec![format!("{CALLER}/32").parse().unwrap()];
    })
    .await;
    let from = |address: &'static str| Site::request("/glossary").header("x-forwarded-for", address);
    for _ in 0..2 {
        assert_ne!(site.send(from("198.51.100.1")).await.status, StatusCode::TOO_MANY_REQUESTS);
    }
    let refused = site.send(from("198.51.100.1")).await;
    assert_eq!(refused.status, StatusCode::TOO_MANY_REQUESTS);
    let seconds: u64 = refused.header("retry-after").parse().unwrap();
    assert!((1..=60).contains(&seconds));
    assert!(refused.body.contains("<h1>Too many requests</h1>") && refused.body.contains("Try again in"));
    assert!(refused.header("content-security-policy").contains("default-src 'none'"));
    let other = site.send(from("198.51.100.2")).await;
    assert_ne!(other.status, StatusCode::TOO_MANY_REQUESTS, "another person behind the same proxy");
    assert!(site.state.metrics().text().contains("credway_requests_over_rate_total 1\n"));
}

#[tokio::test]
async fn the_public_address_is_a_name_of_ours_and_insists_on_tls() {
    let site = Site::with(|settings| settings.public_address = "https://credway.a.example".parse().ok()).await;
    let named = |host: &str| {
        let mut request = Site::request("/glossary");
        request.headers_mut().unwrap().insert(header::HOST, host.parse().unwrap());
        request
    };
    let ours = site.send(named("credway.a.example")).await;
    assert_ne!(ours.status, StatusCode::MISDIRECTED_REQUEST);
    assert_eq!(ours.header("strict-transport-security"), "max-age=31536000");
    let strange = site.send(named("attacker.test")).await;
    assert_eq!(strange.status, StatusCode::MISDIRECTED_REQUEST);
    assert!(strange.body.contains("https://credway.a.example/"), "{}", strange.body);
    let plain = Site::with(|_| {}).await.get("/glossary").await;
    assert_eq!(plain.header("strict-transport-security"), "");
}

#[tokio::test]
async fn the_largest_file_is_what_the_settings_say() {
    let site = Site::with(|settings| settings.uploads.largest_file = 1024 * 1024).await;
    let announced = (1024 * 1024 + 1).to_string();
    let request = Site::request("/import/preview").method("POST").header(header::CONTENT_LENGTH, announced);
    let answer = site.send(request).await;
    assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert!(answer.body.contains("1 MiB for a file to import"), "{}", answer.body);
}
