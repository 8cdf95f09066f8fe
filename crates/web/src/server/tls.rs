//! The certificate: read at the start, read again when the system sends SIGHUP, so that a renewed one is taken without
//! an interruption. One that cannot be used never takes the place of one that can.
//!
//! TLS 1.2 and 1.3 only, by rustls.

use std::path::PathBuf;
use std::sync::{Arc, PoisonError, RwLock};

use credway_workflow::TlsFiles;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::crypto::ring::default_provider;
use tokio_rustls::rustls::pki_types::pem::{self, PemObject};
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio_rustls::rustls::version::{TLS12, TLS13};
use tokio_rustls::rustls::{self, ServerConfig};

/// Why a certificate cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum TlsError {
    /// The file cannot be read, or holds no such thing.
    #[error("{} cannot be read as {what} in PEM form: {reason}", file.display())]
    Read {
        /// The file.
        file: PathBuf,
        /// What it should hold.
        what: &'static str,
        /// Why not.
        reason: pem::Error,
    },
    /// The certificate and the key do not fit, or are of a kind that is not known.
    #[error("the certificate {} and the key {} cannot be used together: {reason}", files.certificate.display(), files.key.display())]
    Unfit {
        /// The files.
        files: TlsFiles,
        /// Why not.
        reason: rustls::Error,
    },
}

/// The certificate in use.
pub(super) struct Certificate {
    files: TlsFiles,
    current: RwLock<Arc<ServerConfig>>,
}

impl Certificate {
    /// Reads certificate and key.
    pub(super) fn load(files: &TlsFiles) -> Result<Self, TlsError> {
        Ok(Self { files: files.clone(), current: RwLock::new(Arc::new(read(files)?)) })
    }

    /// Reads both again; where they cannot be used the ones before stay.
    pub(super) fn reread(&self) -> Result<(), TlsError> {
        let fresh = Arc::new(read(&self.files)?);
        *self.current.write().unwrap_or_else(PoisonError::into_inner) = fresh;
        Ok(())
    }

    /// What shakes hands with the certificate in use.
    pub(super) fn acceptor(&self) -> TlsAcceptor {
        TlsAcceptor::from(Arc::clone(&self.current.read().unwrap_or_else(PoisonError::into_inner)))
    }
}

fn read(files: &TlsFiles) -> Result<ServerConfig, TlsError> {
    let wrong = |file: &PathBuf, what| {
        let file = file.clone();
        move |reason| TlsError::Read { file, what, reason }
    };
    let chain: Vec<CertificateDer<'static>> = CertificateDer::pem_file_iter(&files.certificate)
        .and_then(Iterator::collect)
        .map_err(wrong(&files.certificate, "a certificate"))?;
    if chain.is_empty() {
        return Err(wrong(&files.certificate, "a certificate")(pem::Error::NoItemsFound));
    }
    let key = PrivateKeyDer::from_pem_file(&files.key).map_err(wrong(&files.key, "a private key"))?;
    let unfit = |reason| TlsError::Unfit { files: files.clone(), reason };
    let mut config = ServerConfig::builder_with_provider(Arc::new(default_provider()))
        .with_protocol_versions(&[&TLS13, &TLS12])
        .and_then(|builder| builder.with_no_client_auth().with_single_cert(chain, key))
        .map_err(unfit)?;
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    Ok(config)
}

/// Reads the certificate again whenever the system sends SIGHUP.
pub(super) fn reread_on_hangup(certificate: Arc<Certificate>) -> tokio::task::JoinHandle<()> {
    #[cfg(unix)]
    // From here on the signal no longer ends the process, before anything is awaited.
    let hangup = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::hangup());
    tokio::spawn(async move {
        #[cfg(unix)]
        if let Ok(mut hangup) = hangup {
            while hangup.recv().await.is_some() {
                match certificate.reread() {
                    Ok(()) => tracing::info!(target: "credway::server", "the certificate was read again"),
                    Err(error) => tracing::error!(target: "credway::server", %error, "the certificate before stays"),
                }
            }
        }
        #[cfg(not(unix))]
        drop(certificate);
    })
}
