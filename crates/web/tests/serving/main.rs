//! A whole run of the server in this process: TLS, a certificate renewed by SIGHUP, metrics beside the pages, and an
//! orderly end by SIGTERM. It is a program of its own because signals reach a whole process.
#![cfg(unix)]

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::Path;
use std::sync::Arc;

use credway_model::{Person, Text};
use credway_workflow::{MetricsSettings, Options, ServeSettings, TlsFiles, Workbench};
use rustix::process::{Signal, getpid, kill_process};
use tokio_rustls::rustls::crypto::ring::default_provider;
use tokio_rustls::rustls::pki_types::pem::PemObject;
use tokio_rustls::rustls::pki_types::{CertificateDer, ServerName};
use tokio_rustls::rustls::version::TLS13;
use tokio_rustls::rustls::{ClientConfig, ClientConnection, RootCertStore, StreamOwned};

/// Writes a new certificate for `localhost` and gives it back.
fn renew(files: &TlsFiles) -> CertificateDer<'static> {
    let made = rcgen::generate_simple_self_signed(vec!["localhost".to_owned()]).unwrap();
    std::fs::write(&files.certificate, made.cert.pem()).unwrap();
    std::fs::write(&files.key, made.signing_key.serialize_pem()).unwrap();
    CertificateDer::from_pem_file(&files.certificate).unwrap()
}

/// The answer of the site to a client that trusts this certificate alone.
fn page(address: SocketAddr, trusted: &CertificateDer<'static>, path: &str) -> std::io::Result<String> {
    let mut roots = RootCertStore::empty();
    roots.add(trusted.clone()).unwrap();
    let config = ClientConfig::builder_with_provider(Arc::new(default_provider()))
        .with_protocol_versions(&[&TLS13])
        .unwrap()
        .with_root_certificates(roots)
        .with_no_client_auth();
    let connection = ClientConnection::new(Arc::new(config), ServerName::try_from("localhost").unwrap()).unwrap();
    ask(StreamOwned::new(connection, TcpStream::connect(address)?), &format!("localhost:{}", address.port()), path)
}

fn ask(mut stream: impl Read + Write, host: &str, path: &str) -> std::io::Result<String> {
    write!(stream, "GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n")?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer)?;
    Ok(answer)
}

fn metrics(address: SocketAddr) -> String {
    ask(TcpStream::connect(address).unwrap(), &address.to_string(), "/metrics").unwrap()
}

fn signal(signal: Signal) {
    kill_process(getpid(), signal).unwrap();
}

async fn workbench(folder: &Path) -> Workbench {
    let database = format!("sqlite:{}", folder.join("college.db").display());
    Workbench::open(&Options { database, create: true }).await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_run_from_the_first_page_to_the_word_to_end() {
    let folder = tempfile::tempdir().unwrap();
    let files = TlsFiles { certificate: folder.path().join("certificate.pem"), key: folder.path().join("key.pem") };
    let first = renew(&files);
    let free = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let mut settings = ServeSettings::at("127.0.0.1:0".parse().unwrap());
    settings.tls = Some(files.clone());
    settings.metrics = Some(MetricsSettings { address: free, token: None });
    let (ready, bound) = tokio::sync::oneshot::channel();
    let person = Person(Text::new("Dana Okafor").unwrap());
    let workbench = workbench(folder.path()).await;
    let server = tokio::spawn(credway_web::serve(workbench, person, settings, |bound| ready.send(bound).unwrap()));
    let bound = bound.await.unwrap();
    let walk = move || {
        let answer = page(bound, &first, "/").unwrap();
        assert!(answer.starts_with("HTTP/1.1 200") && answer.contains("strict-transport-security"), "{answer}");
        let second = renew(&files);
        signal(Signal::HUP);
        // The signal is on its way; until the new certificate is there, a client that trusts it alone is refused.
        while page(bound, &second, "/").is_err() {
            std::thread::yield_now();
        }
        assert!(page(bound, &first, "/").is_err());
        let counted = metrics(free);
        assert!(counted.contains("credway_requests_total{method=\"GET\",route=\"/\",status=\"200\"} 2\n"), "{counted}");
        assert!(page(bound, &second, "/metrics").unwrap().starts_with("HTTP/1.1 404"));
        signal(Signal::TERM);
    };
    tokio::task::spawn_blocking(walk).await.unwrap();
    server.await.unwrap().unwrap();
    assert!(TcpStream::connect(bound).is_err() && TcpStream::connect(free).is_err(), "nobody listens any more");
}
