//! The one way out to an identity provider: HTTP/1.1 over TLS (rustls), one connection for one request, so that nothing
//! is followed, kept open or waited for without end. No proxy, no redirect, no cookie, no compression.

use std::future::Future;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::time::Duration;

use http_body_util::{BodyExt, Full, LengthLimitError, Limited};
use hyper::body::Bytes;
use hyper::client::conn::http1;
use hyper_util::rt::TokioIo;
use openidconnect::http::header::{CONNECTION, HOST, HeaderValue, USER_AGENT};
use openidconnect::http::{Request, Response};
use openidconnect::url::{Host, Url};
use openidconnect::{AsyncHttpClient, HttpRequest, HttpResponse};
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, ServerName};
use rustls::{ClientConfig, RootCertStore};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;

use super::reach::Reach;
use super::{OpenIdError, Settings};

/// Longest wait for one whole answer.
const PATIENCE: Duration = Duration::from_secs(10);
/// Largest answer, in bytes. The largest real ones, key sets, are some tens of kibibytes.
const LARGEST: usize = 1024 * 1024;

/// Calls one provider, and only it.
#[derive(Clone, Debug)]
pub(super) struct Outbound {
    pub(super) reach: Reach,
    tls: Arc<ClientConfig>,
}

impl Outbound {
    pub(super) fn to(settings: &Settings) -> Result<Self, OpenIdError> {
        let reach = Reach::of(settings)?;
        let mut roots = RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
        if let Some(pem) = &settings.certificates {
            let unusable = OpenIdError::Settings("the certificates are not PEM");
            let certificates: Vec<_> = CertificateDer::pem_slice_iter(pem.as_bytes())
                .collect::<Result<_, _>>()
                .map_err(|_| unusable.clone())?;
            if roots.add_parsable_certificates(certificates).0 == 0 {
                return Err(unusable);
            }
        }
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let tls = ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .map_err(|_| OpenIdError::Settings("TLS has no usable version"))?
            .with_root_certificates(roots)
            .with_no_client_auth();
        Ok(Self { reach, tls: Arc::new(tls) })
    }

    async fn fetch(&self, request: HttpRequest) -> Result<HttpResponse, OpenIdError> {
        let url = Url::parse(&request.uri().to_string()).map_err(|_| OpenIdError::NotUnderstood("address"))?;
        self.reach.check(&url)?;
        let answer = tokio::time::timeout(PATIENCE, self.connect_and_ask(&url, request)).await;
        answer.unwrap_or_else(|_| Err(unreachable(&url, "no answer in ten seconds")))
    }

    async fn connect_and_ask(&self, url: &Url, request: HttpRequest) -> Result<HttpResponse, OpenIdError> {
        let (address, name) = match url.host() {
            Some(Host::Domain(name)) => (name.to_owned(), ServerName::try_from(name.to_owned())),
            Some(Host::Ipv4(address)) => (address.to_string(), Ok(ServerName::from(std::net::IpAddr::from(address)))),
            Some(Host::Ipv6(address)) => (address.to_string(), Ok(ServerName::from(std::net::IpAddr::from(address)))),
            None => return Err(OpenIdError::NotUnderstood("address")),
        };
        let port = url.port_or_known_default().unwrap_or(443);
        let connected = TcpStream::connect((address, port)).await;
        let stream = connected.map_err(|_| unreachable(url, "no connection"))?;
        if url.scheme() == "https" {
            let name = name.map_err(|_| OpenIdError::NotUnderstood("address"))?;
            let secured = TlsConnector::from(Arc::clone(&self.tls)).connect(name, stream).await;
            let stream = secured.map_err(|_| unreachable(url, "its certificate is not trusted, or TLS failed"))?;
            return ask(url, stream, request).await;
        }
        // The name `localhost` may be made to mean another machine, and plain HTTP must not go there.
        if !stream.peer_addr().is_ok_and(|peer| peer.ip().is_loopback()) {
            return Err(OpenIdError::ForbiddenAddress { address: url.origin().ascii_serialization() });
        }
        ask(url, stream, request).await
    }
}

async fn ask<S>(url: &Url, stream: S, request: HttpRequest) -> Result<HttpResponse, OpenIdError>
where
    S: AsyncRead + AsyncWrite + Unpin + Send,
{
    let lost = || unreachable(url, "the connection was lost");
    let (mut sender, connection) = http1::handshake(TokioIo::new(stream)).await.map_err(|_| lost())?;
    let request = prepared(url, request)?;
    let mut connection = pin!(connection);
    let mut exchange = pin!(async {
        let (head, body) = sender.send_request(request).await.map_err(|_| lost())?.into_parts();
        let body = Limited::new(body, LARGEST)
            .collect()
            .await
            .map_err(|error| if error.is::<LengthLimitError>() { OpenIdError::TooLarge } else { lost() })?;
        Ok(Response::from_parts(head, body.to_bytes().to_vec()))
    });
    tokio::select! {
        biased;
        answer = &mut exchange => answer,
        // The connection may end before its last bytes are taken.
        _ = &mut connection => exchange.await,
    }
}

/// In the form one server gets it: its path alone, the host beside it.
fn prepared(url: &Url, request: HttpRequest) -> Result<Request<Full<Bytes>>, OpenIdError> {
    let unusable = || OpenIdError::NotUnderstood("address");
    let (mut head, body) = request.into_parts();
    let host = url.host_str().ok_or_else(unusable)?;
    let host = url.port().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"));
    let host = HeaderValue::from_str(&host).map_err(|_| unusable())?;
    let path = url.query().map_or_else(|| url.path().to_owned(), |query| format!("{}?{query}", url.path()));
    head.uri = path.parse().map_err(|_| unusable())?;
    head.headers.insert(HOST, host);
    head.headers.insert(CONNECTION, HeaderValue::from_static("close"));
    head.headers.insert(USER_AGENT, HeaderValue::from_static("Credway"));
    Ok(Request::from_parts(head, Full::new(Bytes::from(body))))
}

fn unreachable(url: &Url, why: &'static str) -> OpenIdError {
    OpenIdError::Unreachable { host: url.host_str().unwrap_or_default().to_owned(), why }
}

impl<'c> AsyncHttpClient<'c> for Outbound {
    type Error = OpenIdError;
    type Future = Pin<Box<dyn Future<Output = Result<HttpResponse, OpenIdError>> + Send + 'c>>;

    fn call(&'c self, request: HttpRequest) -> Self::Future {
        Box::pin(self.fetch(request))
    }
}
