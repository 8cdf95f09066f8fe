//! Which of several words wins, what is refused, and that no secret is shown.

use super::*;
use credway_workflow::{LogFormat, LogLevel, MailSecurity, ServeSettings};

fn flag(key: &'static str, flag: &'static str, text: &str) -> Flag {
    Flag { key, flag, texts: vec![text.to_owned()] }
}

/// Settings from flags, variables and the text of a file.
fn settings(flags: Vec<Flag>, variables: &[(&str, &str)], file: &str) -> Result<Settings, SettingsError> {
    let environment =
        |name: &str| variables.iter().find(|(variable, _)| *variable == name).map(|(_, value)| (*value).to_owned());
    Settings::gather(flags, environment, Some((PathBuf::from("/etc/credway/credway.toml"), file.to_owned())))
}

fn shown(settings: &Settings, name: &str) -> (Option<String>, String) {
    let line = settings.shown().into_iter().find(|line| line.name == name).unwrap();
    (line.value, line.from)
}

#[test]
fn the_flag_wins_over_the_environment_the_file_and_the_default() {
    let file = "[listen]\naddress = \"127.0.0.1:3\"\n";
    let variable = [("CREDWAY_LISTEN_ADDRESS", "127.0.0.1:2")];
    let typed = || vec![flag("listen.address", "--address", "127.0.0.1:1")];
    for (flags, variables, file, port, from) in [
        (typed(), &variable[..], file, 1, "--address"),
        (typed(), &[], "", 1, "--address"),
        (vec![], &variable, file, 2, "CREDWAY_LISTEN_ADDRESS"),
        (vec![], &[("CREDWAY_LISTEN_ADDRESS", " ")], file, 3, "/etc/credway/credway.toml, line 2"),
        (vec![], &[], file, 3, "/etc/credway/credway.toml, line 2"),
        (vec![], &[], "", 8087, "default"),
    ] {
        let settings = settings(flags, variables, file).unwrap();
        assert_eq!(settings.serve().unwrap().address.port(), port);
        assert_eq!(shown(&settings, "listen.address"), (Some(format!("127.0.0.1:{port}")), from.to_owned()));
    }
}

#[test]
fn each_value_is_taken_by_itself() {
    let file = "accounts = true\n[log]\nlevel = \"warn\"\nformat = \"json\"\n";
    let settings = settings(vec![flag("log.format", "--log-format", "text")], &[("CREDWAY_ACCOUNTS", "false")], file);
    let served = settings.unwrap().serve().unwrap();
    assert_eq!((served.accounts, served.log.level, served.log.format), (false, LogLevel::Warn, LogFormat::Text));
}

#[test]
fn nothing_set_is_what_the_server_takes_by_itself() {
    let settings = settings(vec![], &[], "").unwrap();
    assert_eq!(settings.serve().unwrap(), ServeSettings::at("127.0.0.1:8087".parse().unwrap()));
    assert_eq!(settings.database().unwrap(), None);
    assert!(settings.shown().iter().all(|line| line.from == "default"));
}

#[test]
fn every_value_reaches_the_server() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("credway.toml");
    for (name, secret) in [("token", "metrics-secret\n"), ("password", "mail-secret\r\n"), ("openid", "openid-secret")]
    {
        std::fs::write(folder.path().join(name), secret).unwrap();
    }
    let text = "accounts = true\nkey_file = \"key\"\n\
        [listen]\naddress = \"localhost:1\"\npublic_address = \"https://a.example\"\ntrusted_proxies = [\"10.0.0.0/8\"]\n\
        connections = 7\ndrain_seconds = 5\n\
        [tls]\ncertificate = \"/tls/a.pem\"\nkey = \"a.key\"\n\
        [metrics]\naddress = \"127.0.0.1:9\"\ntoken_file = \"token\"\n\
        [mail]\nhost = \"mail.a.example\"\nport = 465\nsecurity = \"tls\"\nuser = \"u\"\npassword_file = \"password\"\nfrom = \"c@a.example\"\n\
        [openid]\nissuer = \"https://id.a.example\"\nclient_id = \"credway\"\nclient_secret_file = \"openid\"\nname = \"A\"\ngroups_claim = \"roles\"\ngroups = [\"deans=dean\"]\n\
        [uploads]\nlargest_mib = 2\nwaiting_mib = 3\n\
        [rates]\nrequests_per_minute = 4\nsign_in_per_minute = 5\napi_per_minute = 6\n\
        [sessions]\nidle_minutes = 7\nlongest_hours = 8\n\
        [history]\naddresses_days = 30\n";
    let settings = Settings::gather(vec![], |_| None, Some((path, text.to_owned()))).unwrap();
    let served = settings.serve().unwrap();
    let here = |name: &str| folder.path().join(name);
    assert_eq!(served.key_file, Some(here("key")), "seen from the file's folder");
    let tls = served.tls.unwrap();
    assert_eq!((tls.certificate, tls.key), (PathBuf::from("/tls/a.pem"), here("a.key")));
    assert_eq!((served.connections, served.drain.as_secs(), served.trusted_proxies.len()), (7, 5, 1));
    assert_eq!(served.metrics.unwrap().token.unwrap().reveal(), "metrics-secret");
    let mail = served.mail.unwrap();
    assert_eq!((mail.port, mail.security, mail.password.unwrap().reveal()), (465, MailSecurity::Tls, "mail-secret"));
    let openid = served.openid.unwrap();
    assert_eq!((openid.client_secret.unwrap().reveal(), openid.groups.len()), ("openid-secret", 1));
    assert_eq!((served.uploads.largest_file, served.uploads.waiting_per_person), (2 << 20, 3 << 20));
    assert_eq!(
        (served.rates.requests_per_minute, served.rates.sign_in_per_minute, served.rates.api_per_minute),
        (4, 5, 6)
    );
    assert_eq!((served.sessions.idle.as_secs(), served.sessions.longest.as_secs()), (420, 28_800));
    assert_eq!(served.addresses.map(|age| age.as_secs()), Some(30 * 24 * 3_600));
    let words = serde_json::to_string(&settings.shown()).unwrap();
    assert!(!words.contains("-secret"), "{words}");
}

#[test]
fn lists_in_the_environment_have_a_letter_between_their_members() {
    let variables = [
        ("CREDWAY_LISTEN_TRUSTED_PROXIES", "10.0.0.0/8, ::1/128"),
        ("CREDWAY_OPENID_GROUPS", "cn=deans,ou=groups=dean; leads=program_lead"),
        ("CREDWAY_OPENID_ISSUER", "https://id.a.example"),
        ("CREDWAY_OPENID_CLIENT_ID", "credway"),
    ];
    let served = settings(vec![], &variables, "").unwrap().serve().unwrap();
    assert_eq!((served.trusted_proxies.len(), served.openid.unwrap().groups.len()), (2, 2));
}

#[test]
fn secrets_are_not_shown() {
    let variables = [("CREDWAY_MAIL_PASSWORD", "tide-pool"), ("CREDWAY_DB", "postgres://ada:tide-pool@host/db")];
    let settings = settings(vec![], &variables, "").unwrap();
    assert_eq!(shown(&settings, "mail.password"), (Some("set".to_owned()), "CREDWAY_MAIL_PASSWORD".to_owned()));
    assert_eq!(shown(&settings, "database"), (Some("set".to_owned()), "CREDWAY_DB".to_owned()));
    assert_eq!(shown(&settings, "metrics.token"), (None, "default".to_owned()));
    assert!(!format!("{settings:?}{:?}", settings.shown()).contains("tide-pool"));
    assert_eq!(settings.database().unwrap().unwrap(), "postgres://ada:tide-pool@host/db");
}

#[test]
fn the_database_may_stand_in_a_file_of_its_own() {
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), "postgres://host/db\n").unwrap();
    let path = file.path().display().to_string();
    let of = |variables: &[(&str, &str)], text: &str| settings(vec![], variables, text).unwrap().database();
    assert_eq!(of(&[("CREDWAY_DATABASE_FILE", &path)], "").unwrap().unwrap(), "postgres://host/db");
    assert_eq!(
        of(&[("CREDWAY_DATABASE_FILE", &path)], "database = \"sqlite:a.db\"\n").unwrap().unwrap(),
        "postgres://host/db"
    );
    let below = format!("database_file = \"{path}\"\n");
    assert_eq!(of(&[("CREDWAY_DB", "sqlite:a.db")], &below).unwrap().unwrap(), "sqlite:a.db");
    let both = of(&[("CREDWAY_DB", "sqlite:a.db"), ("CREDWAY_DATABASE_FILE", &path)], "").unwrap_err().to_string();
    assert!(both.contains("set one of them"), "{both}");
}

#[test]
fn what_cannot_be_taken_is_named_with_where_it_stands() {
    for (variable, value, says) in [
        ("CREDWAY_LISTEN_ADDRESS", "8087", "for example 127.0.0.1:8087"),
        ("CREDWAY_LISTEN_PUBLIC_ADDRESS", "a.example", "write https://NAME"),
        ("CREDWAY_LISTEN_TRUSTED_PROXIES", "10.0.0.0/8,here", "write a network as 10.0.0.0/8"),
        ("CREDWAY_LISTEN_CONNECTIONS", "0", "from 1 to 100000"),
        ("CREDWAY_ACCOUNTS", "yes", "provided string was not `true` or `false`"),
        ("CREDWAY_LOG_LEVEL", "chatty", "write error, warn, info or debug"),
        ("CREDWAY_LOG_FORMAT", "xml", "write auto, text or json"),
        ("CREDWAY_UPLOADS_LARGEST_MIB", "many", "from 1 to 4096"),
        ("CREDWAY_RATES_API_PER_MINUTE", "-1", "from 0 to 1000000"),
        ("CREDWAY_TLS_KEY", "a.key", "set tls.certificate too"),
        ("CREDWAY_MAIL_HOST", "mail.a.example", "set mail.from too"),
        ("CREDWAY_OPENID_ISSUER", "https://id.a.example", "set openid.client_id too"),
        ("CREDWAY_OPENID_GROUPS", "deans=owner", "GROUP=ROLE"),
        ("CREDWAY_METRICS_TOKEN_FILE", "/nowhere/token", "there is no file /nowhere/token"),
    ] {
        let error = settings(vec![], &[(variable, value)], "").unwrap().serve().unwrap_err().to_string();
        assert!(error.starts_with(&format!("{variable}: ")) && error.contains(says), "{variable}={value}: {error}");
    }
}

#[test]
fn every_key_is_explained_in_the_guide() {
    let guide = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/guide/src/operations.md");
    let guide = std::fs::read_to_string(guide).unwrap();
    for key in KEYS {
        let row = guide.lines().find(|line| line.starts_with(&format!("| `{}` |", key.name)));
        let row = row.unwrap_or_else(|| panic!("the guide does not explain {}", key.name));
        if let Some(default) = key.default {
            assert!(row.contains(&format!("| `{default}` |")), "{row}");
        }
    }
}
