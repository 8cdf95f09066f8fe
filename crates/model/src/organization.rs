//! Organizations and the people who act.

use serde::{Deserialize, Serialize};

use crate::{Ctid, Origin, Text};

/// What an organization is in the making of a pathway.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OrganizationKind {
    /// Community or technical college.
    College,
    /// University.
    University,
    /// Body that awards certifications.
    CertificationBody,
    /// Government body that grants licences.
    LicensingBody,
    /// Employer.
    Employer,
    /// Anything else.
    Other,
}

impl OrganizationKind {
    /// All kinds with the word used in files.
    pub const WORDS: [(&'static str, Self); 6] = [
        ("college", Self::College),
        ("university", Self::University),
        ("certification_body", Self::CertificationBody),
        ("licensing_body", Self::LicensingBody),
        ("employer", Self::Employer),
        ("other", Self::Other),
    ];
}

/// An organization: a college, a university, a certification body, an employer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Organization {
    /// Identifier.
    pub ctid: Ctid,
    /// Name.
    pub name: Text,
    /// What it is; absent when the source does not say.
    pub kind: Option<OrganizationKind>,
    /// City.
    pub city: Option<Text>,
    /// State or region.
    pub region: Option<Text>,
    /// Web address.
    pub url: Option<Text>,
    /// Where it was read from.
    pub origin: Option<Origin>,
}

/// A person who acts: named with every decision.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Person(pub Text);

impl Person {
    /// The name.
    #[must_use]
    pub fn name(&self) -> &str {
        self.0.as_str()
    }
}
