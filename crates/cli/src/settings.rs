//! The configuration: from flags, from the environment, from a file, from defaults. For each value by itself the first
//! of these that says it wins.
//!
//! Here it is only gathered and typed; what the values mean is said where they are used. Secrets come from files of
//! their own or from the environment, never from a flag, and are never shown.

mod file;
mod keys;
mod shown;
mod typed;

use std::collections::BTreeMap;
use std::fmt;
use std::path::{Path, PathBuf};

use keys::{KEYS, Key, KeyKind};

pub(crate) use shown::ShownSetting;

/// The file that is taken from the working folder.
const HERE: &str = "credway.toml";
/// The file that is taken where there is none in the working folder.
const OF_THE_MACHINE: &str = "/etc/credway/credway.toml";

/// What is wrong with a value, where it stands, and what to do.
#[derive(Debug, thiserror::Error)]
#[error("{place}: {message}; {hint}")]
pub(crate) struct SettingsError {
    /// Where it stands: a file with its line, a variable, a flag.
    pub(crate) place: String,
    /// What is wrong.
    pub(crate) message: String,
    /// What to do.
    pub(crate) hint: String,
}

/// A value from the command line.
pub(crate) struct Flag {
    /// The name of its key.
    pub(crate) key: &'static str,
    /// The flag: `--address`.
    pub(crate) flag: &'static str,
    /// What was typed.
    pub(crate) texts: Vec<String>,
}

/// Where a value came from. The later wins.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Origin {
    /// Nothing said it.
    Default,
    /// A line of the file.
    File(PathBuf, usize),
    /// A variable of the environment.
    Variable(String),
    /// A flag.
    Flag(&'static str),
}

impl Origin {
    /// How much it counts.
    const fn rank(&self) -> u8 {
        match self {
            Self::Default => 0,
            Self::File(..) => 1,
            Self::Variable(_) => 2,
            Self::Flag(_) => 3,
        }
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Default => formatter.write_str("default"),
            Self::File(path, line) => write!(formatter, "{}, line {line}", path.display()),
            Self::Variable(name) => formatter.write_str(name),
            Self::Flag(flag) => formatter.write_str(flag),
        }
    }
}

/// One value with where it came from. It has no `Debug`: it may be a secret.
struct Value {
    texts: Vec<String>,
    origin: Origin,
}

/// Every value that was said, from where it counts most.
#[derive(Default)]
pub(crate) struct Settings {
    values: BTreeMap<&'static str, Value>,
}

impl fmt::Debug for Settings {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_map().entries(self.values.iter().map(|(name, value)| (name, &value.origin))).finish()
    }
}

impl Settings {
    /// What flags, environment and the file say. The file is the one named, else `credway.toml` in the working folder,
    /// else that of the machine; with `without_file` none.
    ///
    /// # Errors
    /// Where the file named is not there, or a file cannot be read or understood.
    pub(crate) fn load(flags: Vec<Flag>, named: Option<&Path>, without_file: bool) -> anyhow::Result<Self> {
        let standard = || [HERE, OF_THE_MACHINE].iter().map(Path::new).find(|path| path.exists());
        let path = if without_file { None } else { named.or_else(standard) };
        let file = path.map(|path| crate::files::text(path).map(|text| (path.to_owned(), text))).transpose()?;
        Ok(Self::gather(flags, |name| std::env::var(name).ok(), file)?)
    }

    /// What is said: flag before environment before file before default.
    fn gather(
        flags: Vec<Flag>,
        environment: impl Fn(&str) -> Option<String>,
        file: Option<(PathBuf, String)>,
    ) -> Result<Self, SettingsError> {
        let mut values = BTreeMap::new();
        for key in KEYS {
            if let Some(default) = key.default {
                values.insert(key.name, Value { texts: vec![default.to_owned()], origin: Origin::Default });
            }
        }
        if let Some((path, text)) = file {
            for found in file::read(&path, &text)? {
                let origin = Origin::File(path.clone(), found.line);
                values.insert(found.key.name, Value { texts: found.texts, origin });
            }
        }
        for key in KEYS {
            let variable = key.variable();
            // An empty variable is how shells and service managers unset one.
            if let Some(text) = environment(&variable).filter(|text| !text.trim().is_empty()) {
                values.insert(key.name, Value { texts: split(key, &text), origin: Origin::Variable(variable) });
            }
        }
        for flag in flags.into_iter().filter(|flag| !flag.texts.is_empty()) {
            values.insert(flag.key, Value { texts: flag.texts, origin: Origin::Flag(flag.flag) });
        }
        Ok(Self { values })
    }

    /// The database, where something other than the default says it.
    ///
    /// # Errors
    /// Where the file that holds the address cannot be read.
    pub(crate) fn database(&self) -> Result<Option<String>, SettingsError> {
        typed::database(self)
    }

    /// Where models of the deep engine are kept.
    pub(crate) fn models(&self) -> credway_workflow::Models {
        typed::models(self)
    }

    /// The alignment engine.
    ///
    /// # Errors
    /// Where it is none that Credway knows, or its model cannot be used.
    pub(crate) fn engine(&self) -> anyhow::Result<std::sync::Arc<dyn credway_workflow::Engine>> {
        typed::engine(self)
    }

    /// The engine of this name: `default`, `deep`, or `deep:NAME`.
    ///
    /// # Errors
    /// As [`Self::engine`].
    pub(crate) fn engine_named(&self, name: &str) -> anyhow::Result<std::sync::Arc<dyn credway_workflow::Engine>> {
        typed::engine_named(self, name)
    }

    /// How the site is served.
    ///
    /// # Errors
    /// Where a value cannot be taken, with where it stands.
    pub(crate) fn serve(&self) -> Result<credway_workflow::ServeSettings, SettingsError> {
        typed::serve(self)
    }

    /// Every value there is, with where it came from; secrets only as set or not.
    pub(crate) fn shown(&self) -> Vec<ShownSetting> {
        shown::lines(self)
    }
}

/// A variable's value, or the members of a list.
fn split(key: &Key, text: &str) -> Vec<String> {
    match key.kind {
        KeyKind::List(between) => {
            text.split(between).map(str::trim).filter(|one| !one.is_empty()).map(ToOwned::to_owned).collect()
        }
        _ => vec![text.to_owned()],
    }
}

#[cfg(test)]
mod tests;
