//! From texts to the settings of the server: each value is understood here once, and one that cannot be is named with
//! where it stands.

use std::fmt::Display;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::str::FromStr;
use std::sync::Arc;
use std::time::Duration;

use credway_workflow::{
    Engine, LogFormat, LogLevel, LogSettings, MEBIBYTE, MailSecurity, MailSettings, MetricsSettings, Models,
    OpenIdSettings, RateLimits, Secret, ServeSettings, SessionLengths, ShippedEngine, TlsFiles, UploadLimits,
};

use super::{Origin, Settings, SettingsError, Value};

/// Most mebibytes an upload limit may be: everything sent is held in memory.
const MOST_MEBIBYTES: usize = 4_096;

pub(super) fn database(settings: &Settings) -> Result<Option<String>, SettingsError> {
    let said = settings.values.get("database").is_some_and(|value| value.origin != Origin::Default);
    if !said && !settings.values.contains_key("database_file") {
        return Ok(None);
    }
    Ok(settings.secret("database")?.map(|secret| secret.reveal().to_owned()))
}

pub(super) fn models(settings: &Settings) -> Models {
    Models::in_folder(settings.path("models").unwrap_or_else(|| PathBuf::from("credway-models")))
}

/// `default`, `deep`, or `deep:NAME`.
pub(super) fn engine(settings: &Settings) -> anyhow::Result<Arc<dyn Engine>> {
    engine_named(settings, &settings.required("engine", parsed::<String>)?)
}

pub(super) fn engine_named(settings: &Settings, text: &str) -> anyhow::Result<Arc<dyn Engine>> {
    match text.split_once(':').map_or((text, None), |(kind, name)| (kind, Some(name))) {
        ("default", None) => Ok(Arc::new(ShippedEngine::plain())),
        ("deep", name) => Ok(models(settings).engine(name)?),
        _ => anyhow::bail!(
            "there is no engine “{text}”; it is `default`, `deep`, or `deep:NAME` for one of several models"
        ),
    }
}

pub(super) fn serve(settings: &Settings) -> Result<ServeSettings, SettingsError> {
    let address = settings.required("listen.address", address)?;
    Ok(ServeSettings {
        public_address: settings.optional("listen.public_address", parsed)?,
        accounts: settings.required("accounts", parsed)?,
        tls: tls(settings)?,
        trusted_proxies: settings.list("listen.trusted_proxies", |text| {
            parsed(text).map_err(|_: String| "write a network as 10.0.0.0/8 or 127.0.0.1/32".to_owned())
        })?,
        connections: settings.required("listen.connections", |text| within(text, 1, 100_000))?,
        drain: Duration::from_secs(settings.required("listen.drain_seconds", |text| within(text, 0, 300))?),
        key_file: settings.path("key_file"),
        log: log(settings)?,
        metrics: metrics(settings)?,
        mail: mail(settings)?,
        openid: openid(settings)?,
        uploads: UploadLimits {
            largest_file: MEBIBYTE
                * settings.required("uploads.largest_mib", |text| within(text, 1, MOST_MEBIBYTES))?,
            waiting_per_person: MEBIBYTE
                * settings.required("uploads.waiting_mib", |text| within(text, 1, MOST_MEBIBYTES))?,
        },
        rates: RateLimits {
            requests_per_minute: settings.required("rates.requests_per_minute", |text| within(text, 0, 1_000_000))?,
            sign_in_per_minute: settings.required("rates.sign_in_per_minute", |text| within(text, 0, 1_000_000))?,
            api_per_minute: settings.required("rates.api_per_minute", |text| within(text, 0, 1_000_000))?,
        },
        sessions: SessionLengths {
            idle: Duration::from_secs(60 * settings.required("sessions.idle_minutes", |text| within(text, 1, 10_080))?),
            longest: Duration::from_secs(
                3_600 * settings.required("sessions.longest_hours", |text| within(text, 1, 720))?,
            ),
        },
        addresses: match settings.required("history.addresses_days", |text| within(text, 0_u64, 36_500))? {
            0 => None,
            days => Some(Duration::from_secs(days * 24 * 60 * 60)),
        },
        ..ServeSettings::at(address)
    })
}

fn tls(settings: &Settings) -> Result<Option<TlsFiles>, SettingsError> {
    match (settings.path("tls.certificate"), settings.path("tls.key")) {
        (Some(certificate), Some(key)) => Ok(Some(TlsFiles { certificate, key })),
        (None, None) => Ok(None),
        (Some(_), None) => Err(settings.lacks("tls.certificate", "tls.key")),
        (None, Some(_)) => Err(settings.lacks("tls.key", "tls.certificate")),
    }
}

fn log(settings: &Settings) -> Result<LogSettings, SettingsError> {
    let format = |text: &str| match text {
        "auto" => Ok(LogFormat::Auto),
        "text" => Ok(LogFormat::Text),
        "json" => Ok(LogFormat::Json),
        _ => Err("write auto, text or json".to_owned()),
    };
    let level = |text: &str| match text {
        "error" => Ok(LogLevel::Error),
        "warn" => Ok(LogLevel::Warn),
        "info" => Ok(LogLevel::Info),
        "debug" => Ok(LogLevel::Debug),
        _ => Err("write error, warn, info or debug".to_owned()),
    };
    Ok(LogSettings { format: settings.required("log.format", format)?, level: settings.required("log.level", level)? })
}

fn metrics(settings: &Settings) -> Result<Option<MetricsSettings>, SettingsError> {
    let token = settings.secret("metrics.token")?;
    Ok(settings.optional("metrics.address", address)?.map(|address| MetricsSettings { address, token }))
}

fn mail(settings: &Settings) -> Result<Option<MailSettings>, SettingsError> {
    let password = settings.secret("mail.password")?;
    let Some(host) = settings.text("mail.host") else { return Ok(None) };
    let Some(from) = settings.text("mail.from") else { return Err(settings.lacks("mail.host", "mail.from")) };
    let user = settings.text("mail.user");
    if user.is_some() && password.is_none() {
        return Err(settings.lacks("mail.user", "mail.password_file"));
    }
    let security = |text: &str| match text {
        "tls" => Ok(MailSecurity::Tls),
        "starttls" => Ok(MailSecurity::StartTls),
        "none" => Ok(MailSecurity::None),
        _ => Err("write tls, starttls or none".to_owned()),
    };
    Ok(Some(MailSettings {
        host,
        port: settings.required("mail.port", |text| within(text, 1, u16::MAX))?,
        user,
        password,
        from,
        security: settings.required("mail.security", security)?,
    }))
}

fn openid(settings: &Settings) -> Result<Option<OpenIdSettings>, SettingsError> {
    let client_secret = settings.secret("openid.client_secret")?;
    let groups = settings.list("openid.groups", parsed)?;
    let Some(issuer) = settings.text("openid.issuer") else { return Ok(None) };
    let Some(client_id) = settings.text("openid.client_id") else {
        return Err(settings.lacks("openid.issuer", "openid.client_id"));
    };
    let text = |text: &str| Ok(text.to_owned());
    Ok(Some(OpenIdSettings {
        issuer,
        client_id,
        client_secret,
        groups_claim: settings.required("openid.groups_claim", text)?,
        groups,
        name: settings.required("openid.name", text)?,
    }))
}

/// A value by its own form; what is wrong with it otherwise.
fn parsed<T: FromStr<Err: Display>>(text: &str) -> Result<T, String> {
    text.trim().parse().map_err(|error: T::Err| error.to_string())
}

/// A whole number within its limits.
fn within<T: FromStr + PartialOrd + Display>(text: &str, least: T, most: T) -> Result<T, String> {
    let number = text.trim().parse().ok().filter(|number| (&least..=&most).contains(&number));
    number.ok_or_else(|| format!("write a whole number from {least} to {most}"))
}

/// An address to listen at.
fn address(text: &str) -> Result<SocketAddr, String> {
    let numeric = match text.trim().strip_prefix("localhost:") {
        Some(port) => format!("127.0.0.1:{port}"),
        None => text.trim().to_owned(),
    };
    numeric.parse().map_err(|_| "write it as ADDRESS:PORT in numbers, for example 127.0.0.1:8087".to_owned())
}

impl Settings {
    fn text(&self, name: &str) -> Option<String> {
        self.values.get(name)?.texts.first().cloned()
    }

    fn optional<T>(&self, name: &str, read: impl Fn(&str) -> Result<T, String>) -> Result<Option<T>, SettingsError> {
        let Some(value) = self.values.get(name) else { return Ok(None) };
        let text = value.texts.first().map_or("", String::as_str);
        read(text).map(Some).map_err(|hint| wrong(name, value, text, hint))
    }

    /// A value that has a default.
    fn required<T>(&self, name: &str, read: impl Fn(&str) -> Result<T, String>) -> Result<T, SettingsError> {
        self.optional(name, read)?.ok_or_else(|| SettingsError {
            place: Origin::Default.to_string(),
            message: format!("{name} has no value"),
            hint: "set it; this is a defect of Credway".to_owned(),
        })
    }

    fn list<T>(&self, name: &str, read: impl Fn(&str) -> Result<T, String>) -> Result<Vec<T>, SettingsError> {
        let Some(value) = self.values.get(name) else { return Ok(Vec::new()) };
        value.texts.iter().map(|text| read(text).map_err(|hint| wrong(name, value, text, hint))).collect()
    }

    /// A path; one in the file is seen from the file's folder.
    fn path(&self, name: &str) -> Option<PathBuf> {
        let value = self.values.get(name)?;
        let path = PathBuf::from(value.texts.first()?);
        match &value.origin {
            Origin::File(file, _) => Some(file.parent().map_or(path.clone(), |folder| folder.join(path))),
            _ => Some(path),
        }
    }

    /// A secret: the value itself, or what the file holds that `NAME_file` names, whichever counts more.
    fn secret(&self, name: &str) -> Result<Option<Secret>, SettingsError> {
        let file_key = format!("{name}_file");
        let rank = |value: &Value| value.origin.rank();
        let (direct, file) = (self.values.get(name), self.values.get(file_key.as_str()));
        if direct.map_or(0, rank) > file.map_or(0, rank) {
            return Ok(direct.and_then(|value| value.texts.first()).map(Secret::new));
        }
        let (Some(value), Some(path)) = (file, self.path(&file_key)) else { return Ok(None) };
        if direct.is_some_and(|direct| rank(direct) == rank(value)) {
            return Err(SettingsError {
                place: value.origin.to_string(),
                message: format!("{name} and {file_key} are both set"),
                hint: "set one of them".to_owned(),
            });
        }
        let text = crate::files::text(&path).map_err(|error| SettingsError {
            place: value.origin.to_string(),
            message: format!("{file_key}: {error}"),
            hint: "the secret is read from there".to_owned(),
        })?;
        match text.trim_end_matches(['\r', '\n']) {
            "" => Err(wrong(&file_key, value, &path.display().to_string(), "the file is empty".to_owned())),
            secret => Ok(Some(Secret::new(secret))),
        }
    }

    /// `there` is set and needs `lacking`.
    fn lacks(&self, there: &str, lacking: &str) -> SettingsError {
        let place = self.values.get(there).map_or(&Origin::Default, |value| &value.origin).to_string();
        SettingsError {
            place,
            message: format!("{there} is set, but {lacking} is not"),
            hint: format!("set {lacking} too, or neither"),
        }
    }
}

fn wrong(name: &str, value: &Value, text: &str, hint: String) -> SettingsError {
    SettingsError { place: value.origin.to_string(), message: format!("{name} cannot be “{text}”"), hint }
}
