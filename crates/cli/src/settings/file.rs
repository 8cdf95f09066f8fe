//! The configuration's file: TOML, in which every name must be known. A name that is not is an error with its line and
//! the name it was probably meant to be, for a typing mistake must not silently leave a door open.

use std::path::Path;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::SettingsError;
use super::keys::{KEYS, Key, KeyKind, find};

/// How alike two names are for the one to be proposed for the other.
const ALIKE: f64 = 0.75;

/// One value of the file.
pub(super) struct FileValue {
    pub(super) key: &'static Key,
    pub(super) texts: Vec<String>,
    /// Line, from 1.
    pub(super) line: usize,
}

/// The values of the file at `path`, which holds `text`.
pub(super) fn read(path: &Path, text: &str) -> Result<Vec<FileValue>, SettingsError> {
    let file = File { path, text };
    let table = DeTable::parse(text).map_err(|error| {
        file.wrong(error.span().map_or(0, |span| span.start), error.message(), "write it as TOML: name = \"value\"")
    })?;
    let mut values = Vec::new();
    file.table("", table.get_ref(), &mut values)?;
    Ok(values)
}

struct File<'a> {
    path: &'a Path,
    text: &'a str,
}

impl File<'_> {
    fn table(&self, above: &str, table: &DeTable<'_>, values: &mut Vec<FileValue>) -> Result<(), SettingsError> {
        for (name, value) in table {
            let whole =
                if above.is_empty() { name.get_ref().to_string() } else { format!("{above}.{}", name.get_ref()) };
            let at = name.span().start;
            if let Some(key) = find(&whole).filter(|key| key.in_file()) {
                values.push(FileValue { key, texts: self.texts(key, value)?, line: self.line(at) });
                continue;
            }
            match value.get_ref() {
                DeValue::Table(below) if is_table(&whole) => self.table(&whole, below, values)?,
                _ => return Err(self.unknown(&whole, at)),
            }
        }
        Ok(())
    }

    /// The value as text, or the texts of a list.
    fn texts(&self, key: &Key, value: &Spanned<DeValue<'_>>) -> Result<Vec<String>, SettingsError> {
        let text = |value: &Spanned<DeValue<'_>>| match value.get_ref() {
            DeValue::String(text) => Some(text.to_string()),
            DeValue::Integer(number) => Some(number.to_string()),
            DeValue::Boolean(whether) => Some(whether.to_string()),
            _ => None,
        };
        let is_list = matches!(key.kind, KeyKind::List(_));
        let (texts, form) = match value.get_ref() {
            DeValue::Array(members) if is_list => {
                (members.iter().map(text).collect(), "a list of texts: [\"…\", \"…\"]")
            }
            _ if is_list => (text(value).map(|text| vec![text]), "a list of texts: [\"…\", \"…\"]"),
            _ => (text(value).map(|text| vec![text]), "one text, number, true or false"),
        };
        texts.ok_or_else(|| {
            self.wrong(
                value.span().start,
                &format!("“{}” has a value of another kind", key.name),
                &format!("write {form}"),
            )
        })
    }

    fn unknown(&self, name: &str, at: usize) -> SettingsError {
        if find(name).is_some_and(|key| key.kind == KeyKind::Secret) {
            let hint = format!(
                "write the secret into a file of its own, readable by the server alone, and name that file in {name}_file"
            );
            return self.wrong(at, &format!("“{name}” is a secret and does not stand in the configuration"), &hint);
        }
        let alike = |key: &&Key| strsim::jaro_winkler(key.name, name);
        let nearest = KEYS.iter().filter(|key| key.in_file()).max_by(|one, other| alike(one).total_cmp(&alike(other)));
        let hint = match nearest.filter(|key| alike(key) >= ALIKE) {
            Some(key) => format!("did you mean “{}”?", key.name),
            None => "`credway doctor` lists all there are".to_owned(),
        };
        self.wrong(at, &format!("“{name}” is not known"), &hint)
    }

    fn wrong(&self, at: usize, message: &str, hint: &str) -> SettingsError {
        SettingsError {
            place: format!("{}, line {}", self.path.display(), self.line(at)),
            message: message.to_owned(),
            hint: hint.to_owned(),
        }
    }

    fn line(&self, at: usize) -> usize {
        self.text.get(..at).unwrap_or(self.text).matches('\n').count() + 1
    }
}

/// Whether keys begin with this name.
fn is_table(name: &str) -> bool {
    KEYS.iter().any(|key| key.name.strip_prefix(name).is_some_and(|rest| rest.starts_with('.')))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Result<Vec<(String, Vec<String>, usize)>, String> {
        let values = read(Path::new("credway.toml"), text).map_err(|error| error.to_string())?;
        Ok(values.into_iter().map(|value| (value.key.name.to_owned(), value.texts, value.line)).collect())
    }

    #[test]
    fn values_are_read_with_their_lines() {
        let text = "accounts = true\n\n[listen]\naddress = \"0.0.0.0:443\"\ntrusted_proxies = [\"10.0.0.0/8\", \"::1/128\"]\n[mail]\nport = 25\n";
        let mut values = found(text).unwrap();
        values.sort();
        let expected = [
            ("accounts", vec!["true"], 1),
            ("listen.address", vec!["0.0.0.0:443"], 4),
            ("listen.trusted_proxies", vec!["10.0.0.0/8", "::1/128"], 5),
            ("mail.port", vec!["25"], 7),
        ];
        let expected = expected.map(|(name, texts, line)| {
            (name.to_owned(), texts.into_iter().map(ToOwned::to_owned).collect::<Vec<_>>(), line)
        });
        assert_eq!(values, expected);
    }

    #[test]
    fn what_is_not_known_or_of_another_kind_is_an_error_with_line_and_hint() {
        for (text, place, says) in [
            ("accounts = true\nacounts = true\n", "line 2", "did you mean “accounts”?"),
            ("[listen]\n\nadress = \"x\"\n", "line 3", "did you mean “listen.address”?"),
            ("[zebra]\nstripes = 7\n", "line 1", "`credway doctor` lists all"),
            ("listen = 7\n", "line 1", "not known"),
            ("[listen]\naddress = [\"a\"]\n", "line 2", "write one text"),
            ("[listen]\naddress = 1979-05-27\n", "line 2", "write one text"),
            ("[listen.address]\nport = 1\n", "line 1", "write one text"),
            ("[listen]\ntrusted_proxies = [[\"a\"]]\n", "line 2", "a list of texts"),
            ("[mail]\npassword = \"tide-pool\"\n", "line 2", "name that file in mail.password_file"),
            ("accounts = yes\n", "line 1", "write it as TOML"),
            ("accounts = true\naccounts = false\n", "line 2", "write it as TOML"),
        ] {
            let error = found(text).unwrap_err();
            assert!(error.starts_with(&format!("credway.toml, {place}: ")) && error.contains(says), "{text}: {error}");
            assert!(!error.contains("tide-pool"));
        }
    }
}
