//! Pathways: what is done, earned and held on the way to one or more destinations, and what has to come before what.
//!
//! Its shape is that of the Credential Transparency Description Language: components of a few kinds, each with a condition over
//! other components. Source: CTDL schema of 2026-08-06 (credreg.net), classes `Pathway`, `PathwayComponent` and
//! `ComponentCondition`. It refuses to say whether anybody can walk it: that is the planner's (`credway-plan`).

mod condition;
mod embedding;
mod kind;

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::{Ctid, Figure, Money, Origin, Percent, Text};

pub use condition::{ConditionError, PathwayCondition};
pub use embedding::EmbeddingModel;
pub use kind::{ComponentKind, PathwayRole};

/// A short name of a component within its pathway: 1 to 40 lower-case letters, digits and hyphens, beginning with a letter.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct ComponentKey(String);

/// Words of the language of conditions, which name no component.
const RESERVED: [&str; 6] = ["and", "or", "of", "not", "credits", "if"];

/// Why a text is not a key.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "“{0}” is not a key: use up to 40 lower-case letters, digits and hyphens, beginning with a letter, and none of and, or, of, not, credits, if"
)]
pub struct ComponentKeyError(String);

impl ComponentKey {
    /// The longest key.
    pub const LONGEST: usize = 40;

    /// The key.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// A key made of a name: its letters and digits, joined by hyphens; `step` where there are none.
    #[must_use]
    pub fn of_name(name: &str) -> Self {
        let mut key = String::new();
        for letter in name.to_lowercase().chars() {
            if letter.is_ascii_alphanumeric() {
                key.push(letter);
            } else if !key.is_empty() && !key.ends_with('-') {
                key.push('-');
            }
        }
        let begin = key.find(|letter: char| letter.is_ascii_lowercase()).unwrap_or(key.len());
        let key: String = key[begin..].chars().take(Self::LONGEST).collect();
        key.trim_end_matches('-').parse().unwrap_or_else(|_| Self("step".to_owned()))
    }
}

impl FromStr for ComponentKey {
    type Err = ComponentKeyError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let key = text.trim().to_ascii_lowercase();
        let shape = key.len() <= Self::LONGEST
            && key.starts_with(|letter: char| letter.is_ascii_lowercase())
            && key.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
        if shape && !RESERVED.contains(&key.as_str()) { Ok(Self(key)) } else { Err(ComponentKeyError(text.to_owned())) }
    }
}

impl fmt::Display for ComponentKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(&self.0)
    }
}

impl TryFrom<String> for ComponentKey {
    type Error = ComponentKeyError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<ComponentKey> for String {
    fn from(key: ComponentKey) -> Self {
        key.0
    }
}

/// A step of a pathway: something to do, earn or hold.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Component {
    /// Its short name, unlike any other of the pathway.
    pub key: ComponentKey,
    /// What kind of thing it is.
    pub kind: ComponentKind,
    /// What people call it.
    pub name: Text,
    /// The program, credential, blueprint or course of this database that it stands for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stands_for: Option<Ctid>,
    /// What has to come before it; nothing when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub condition: Option<PathwayCondition>,
    /// Whether people come in, may get off, or arrive here; sorted, none twice.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub roles: Vec<PathwayRole>,
    /// How the certification fits the program, where the component is an exam or a certification.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub embedding: Option<EmbeddingModel>,
    /// Coverage of the exam's blueprint from which a learner counts as ready to sit it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub readiness: Option<Percent>,
    /// What who leaves here can earn a year, where it is known, with its source.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub wage: Option<Figure<Money>>,
}

impl Component {
    /// Whether it has a role.
    #[must_use]
    pub fn is(&self, role: PathwayRole) -> bool {
        self.roles.contains(&role)
    }
}

/// What walking a pathway costs, as the college assumes it; each with its source.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PathwayCosts {
    /// Tuition a credit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tuition: Option<Figure<Money>>,
    /// Fees a term.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub term: Option<Figure<Money>>,
    /// What a credit awarded for prior learning costs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub prior_learning: Option<Figure<Money>>,
}

/// A pathway.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pathway {
    /// Identifier.
    pub ctid: Ctid,
    /// The organization that offers it.
    pub organization: Ctid,
    /// Title.
    pub title: Text,
    /// What it is, for whom.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<Text>,
    /// Its components, in the order in which they are told.
    pub components: Vec<Component>,
    /// What walking it costs.
    #[serde(default)]
    pub costs: PathwayCosts,
    /// Where it was read from.
    pub origin: Option<Origin>,
}

impl Pathway {
    /// The most components of one pathway.
    pub const MOST_COMPONENTS: usize = 500;

    /// The component of a key.
    #[must_use]
    pub fn component(&self, key: &ComponentKey) -> Option<&Component> {
        self.components.iter().find(|component| component.key == *key)
    }

    /// The components with a role, in order.
    pub fn with_role(&self, role: PathwayRole) -> impl Iterator<Item = &Component> {
        self.components.iter().filter(move |component| component.is(role))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_have_one_form() {
        assert_eq!(" Security-Plus ".parse::<ComponentKey>().unwrap().as_str(), "security-plus");
        for bad in ["", "1st", "and", "a b", "é", "-a"] {
            assert!(bad.parse::<ComponentKey>().is_err(), "{bad}");
        }
        assert_eq!(ComponentKey::of_name("AAS, Cybersecurity (2026)").as_str(), "aas-cybersecurity-2026");
        assert_eq!(ComponentKey::of_name("42").as_str(), "step");
        assert_eq!(ComponentKey::of_name("Or").as_str(), "step");
    }
}
