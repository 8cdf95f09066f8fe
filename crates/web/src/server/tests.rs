//! Connections, with and without TLS: nobody keeps the server waiting, and a renewed certificate is taken.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::sync::Arc;

use credway_workflow::TlsFiles;
use tokio_rustls::rustls::crypto::ring::default_provider;
use tokio_rustls::rustls::pki_types::pem::PemObject;
use tokio_rustls::rustls::pki_types::{CertificateDer, ServerName};
use tokio_rustls::rustls::version::{TLS12, TLS13};
use tokio_rustls::rustls::{ClientConfig, ClientConnection, RootCertStore, StreamOwned, SupportedProtocolVersion};

use super::accept::Patience;
use super::*;
use crate::observe::Metrics;

/// A request whose head never comes to its end.
const HALF: &str = "GET / HTTP/1.1\r\nHost: ";
const WHOLE: &str = "GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";
const LONG: Duration = Duration::from_secs(3_600);

async fn listening() -> (Listening, SocketAddr) {
    let (listener, address) = listen("127.0.0.1:0".parse().unwrap()).await.unwrap();
    (Listening { listener, certificate: None, places: Places::new(8, &[]), metrics: None }, address)
}

fn pages() -> axum::Router {
    axum::Router::new().route("/", axum::routing::get(|| async { "here" }))
}

/// What a client is answered that has sent `sent`, when the connection ends.
async fn answer(address: SocketAddr, sent: &'static str) -> String {
    let asking = move || {
        let mut stream = TcpStream::connect(address).unwrap();
        stream.write_all(sent.as_bytes()).unwrap();
        let mut answer = String::new();
        // A connection that is cut off may end in an error.
        drop(stream.read_to_string(&mut answer));
        answer
    };
    tokio::task::spawn_blocking(asking).await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_that_never_ends_does_not_keep_the_server() {
    let patience = Patience { head: LONG, end: Duration::from_millis(50) };
    let (listening, address) = listening().await;
    let client = tokio::spawn(answer(address, HALF));
    serve_until(listening, pages(), patience, tokio::time::sleep(Duration::from_millis(200))).await;
    client.abort();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_head_that_never_ends_is_cut_off_and_a_whole_one_answered() {
    let patience = Patience { head: Duration::from_millis(500), end: LONG };
    let (listening, address) = listening().await;
    let server = tokio::spawn(serve_until(listening, pages(), patience, std::future::pending()));
    assert!(!answer(address, HALF).await.contains("here"));
    assert!(answer(address, WHOLE).await.ends_with("here"));
    server.abort();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_further_connection_waits_until_there_is_room() {
    let patience = Patience { head: LONG, end: Duration::from_millis(50) };
    let (mut listening, address) = listening().await;
    let metrics = Metrics::new();
    (listening.places, listening.metrics) = (Places::new(1, &[]), Some(metrics.clone()));
    let server = tokio::spawn(serve_until(listening, pages(), patience, std::future::pending()));
    let first = TcpStream::connect(address).unwrap();
    while !metrics.text().contains("credway_connections 1\n") {
        tokio::task::yield_now().await;
    }
    let waiting = tokio::spawn(answer(address, WHOLE));
    // The second is answered because the first goes; both are never open at once.
    assert!(metrics.text().contains("credway_connections 1\n"));
    drop(first);
    assert!(waiting.await.unwrap().ends_with("here"));
    server.abort();
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_that_is_not_taken_does_not_keep_its_place() {
    let patience = Patience { head: Duration::from_millis(300), end: LONG };
    let (mut listening, address) = listening().await;
    let metrics = Metrics::new();
    listening.metrics = Some(metrics.clone());
    let large = axum::Router::new().route("/", axum::routing::get(|| async { "x".repeat(64 << 20) }));
    let server = tokio::spawn(serve_until(listening, large, patience, std::future::pending()));
    let mut client = TcpStream::connect(address).unwrap();
    client.write_all(WHOLE.as_bytes()).unwrap();
    for open in ["credway_connections 1\n", "credway_connections 0\n"] {
        while !metrics.text().contains(open) {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    }
    drop(client);
    server.abort();
}

/// Writes a new certificate for `localhost`, signed by itself, and gives it back.
fn renew(folder: &Path) -> (TlsFiles, CertificateDer<'static>) {
    let made = rcgen::generate_simple_self_signed(vec!["localhost".to_owned()]).unwrap();
    let files = TlsFiles { certificate: folder.join("certificate.pem"), key: folder.join("key.pem") };
    std::fs::write(&files.certificate, made.cert.pem()).unwrap();
    std::fs::write(&files.key, made.signing_key.serialize_pem()).unwrap();
    (files.clone(), CertificateDer::from_pem_file(&files.certificate).unwrap())
}

/// The answer to a client that speaks one version of TLS and trusts one certificate alone.
async fn secure_answer(
    address: SocketAddr,
    trusted: &CertificateDer<'static>,
    version: &'static SupportedProtocolVersion,
) -> std::io::Result<String> {
    let mut roots = RootCertStore::empty();
    roots.add(trusted.clone()).unwrap();
    let config = ClientConfig::builder_with_provider(Arc::new(default_provider()))
        .with_protocol_versions(&[version])
        .unwrap()
        .with_root_certificates(roots)
        .with_no_client_auth();
    let asking = move || {
        let name = ServerName::try_from("localhost").unwrap();
        let connection = ClientConnection::new(Arc::new(config), name).unwrap();
        let mut stream = StreamOwned::new(connection, TcpStream::connect(address)?);
        stream.write_all(WHOLE.as_bytes())?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer)?;
        Ok(answer)
    };
    tokio::task::spawn_blocking(asking).await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn tls_is_spoken_in_both_versions_and_nothing_else_is_answered() {
    let folder = tempfile::tempdir().unwrap();
    let (files, trusted) = renew(folder.path());
    let (mut listening, address) = listening().await;
    listening.certificate = Some(Arc::new(Certificate::load(&files).unwrap()));
    let patience = Patience { head: Duration::from_millis(500), end: LONG };
    let server = tokio::spawn(serve_until(listening, pages(), patience, std::future::pending()));
    for version in [&TLS12, &TLS13] {
        assert!(secure_answer(address, &trusted, version).await.unwrap().ends_with("here"));
    }
    assert!(!answer(address, WHOLE).await.contains("here"), "in clear");
    assert_eq!(answer(address, "").await, "", "a handshake that never begins is cut off");
    let stranger = tempfile::tempdir().unwrap();
    assert!(secure_answer(address, &renew(stranger.path()).1, &TLS13).await.is_err());
    server.abort();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_handshake_that_never_ends_does_not_keep_the_server() {
    let folder = tempfile::tempdir().unwrap();
    let (mut listening, address) = listening().await;
    listening.certificate = Some(Arc::new(Certificate::load(&renew(folder.path()).0).unwrap()));
    let patience = Patience { head: LONG, end: Duration::from_millis(50) };
    let client = TcpStream::connect(address).unwrap();
    serve_until(listening, pages(), patience, tokio::time::sleep(Duration::from_millis(200))).await;
    drop(client);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_renewed_certificate_is_taken_and_a_broken_one_is_not() {
    let folder = tempfile::tempdir().unwrap();
    let (files, first) = renew(folder.path());
    let certificate = Arc::new(Certificate::load(&files).unwrap());
    let (mut listening, address) = listening().await;
    listening.certificate = Some(Arc::clone(&certificate));
    let server = tokio::spawn(serve_until(listening, pages(), PATIENCE, std::future::pending()));
    assert!(secure_answer(address, &first, &TLS13).await.is_ok());
    let (_, second) = renew(folder.path());
    assert!(secure_answer(address, &first, &TLS13).await.is_ok(), "nobody asked for the new one yet");
    certificate.reread().unwrap();
    assert!(secure_answer(address, &second, &TLS13).await.is_ok());
    assert!(secure_answer(address, &first, &TLS13).await.is_err());
    std::fs::write(&files.certificate, "no certificate").unwrap();
    assert!(certificate.reread().unwrap_err().to_string().contains("certificate.pem cannot be read"));
    assert!(secure_answer(address, &second, &TLS13).await.is_ok(), "the one before stays");
    server.abort();
}

#[test]
fn a_key_of_another_certificate_is_refused() {
    let (folder, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let (mut files, _) = renew(folder.path());
    files.key = renew(other.path()).0.key;
    let error = Certificate::load(&files).err().unwrap();
    assert!(matches!(error, TlsError::Unfit { .. }), "{error}");
    files.key = folder.path().join("none.pem");
    assert!(Certificate::load(&files).err().unwrap().to_string().contains("none.pem cannot be read as a private key"));
}
