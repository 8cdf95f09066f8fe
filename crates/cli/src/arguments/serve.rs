//! What `serve` takes. Each is a value of the configuration and wins over it; secrets are none of them, for other users
//! of a machine can see the words of a command.

use crate::settings::Flag;

/// Arguments of `serve`.
#[derive(Debug, clap::Args)]
pub(crate) struct ServeArguments {
    /// Where the site listens (else 127.0.0.1:8087); port 0 takes any free one
    #[arg(long, value_name = "ADDRESS:PORT")]
    address: Option<String>,
    /// What people type, where that is another address: `https://credway.college.example`
    #[arg(long, value_name = "ORIGIN")]
    public_address: Option<String>,
    /// Everybody signs in; needed where others can reach the site
    #[arg(long)]
    accounts: bool,
    /// The certificate, as a PEM file
    #[arg(long, value_name = "FILE")]
    tls_certificate: Option<String>,
    /// The key of the certificate, as a PEM file
    #[arg(long, value_name = "FILE")]
    tls_key: Option<String>,
    /// A proxy that is believed when it says who asks: an address with the bits that count, `10.0.0.0/8`
    #[arg(long, value_name = "NETWORK")]
    trusted_proxy: Vec<String>,
    /// Form of the log: auto, text or json
    #[arg(long, value_name = "FORM")]
    log_format: Option<String>,
    /// Least serious that is logged: error, warn, info or debug
    #[arg(long, value_name = "LEVEL")]
    log_level: Option<String>,
    /// Where metrics are served, on this machine
    #[arg(long, value_name = "ADDRESS:PORT")]
    metrics_address: Option<String>,
}

impl ServeArguments {
    /// What was typed, as values of the configuration.
    pub(crate) fn flags(&self) -> Vec<Flag> {
        let one = |key, flag, text: &Option<String>| Flag { key, flag, texts: text.iter().cloned().collect() };
        vec![
            one("listen.address", "--address", &self.address),
            one("listen.public_address", "--public-address", &self.public_address),
            one("accounts", "--accounts", &self.accounts.then(|| "true".to_owned())),
            one("tls.certificate", "--tls-certificate", &self.tls_certificate),
            one("tls.key", "--tls-key", &self.tls_key),
            Flag { key: "listen.trusted_proxies", flag: "--trusted-proxy", texts: self.trusted_proxy.clone() },
            one("log.format", "--log-format", &self.log_format),
            one("log.level", "--log-level", &self.log_level),
            one("metrics.address", "--metrics-address", &self.metrics_address),
        ]
    }
}
