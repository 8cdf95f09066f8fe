//! Credentials, and the check that one is what it calls itself.

use serde::{Deserialize, Serialize};

use crate::{Ctid, Figure, Finding, Money, Months, Origin, Place, Severity, Text};

/// What kind of credential it is.
/// Source: CTDL credential classes; definitions in our glossary (guide, "Words").
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CredentialType {
    /// Two-year degree.
    AssociateDegree,
    /// Four-year degree.
    BachelorDegree,
    /// Graduate degree.
    GraduateDegree,
    /// Award for completing a course or program; usually does not expire.
    Certificate,
    /// Award by a third party for passing an assessment; time-limited, renewable, revocable.
    Certification,
    /// Government permission to practise.
    Licence,
    /// Small, assessed, issuer-endorsed credential.
    Microcredential,
}

impl CredentialType {
    /// All types with the word used in files.
    pub const WORDS: [(&'static str, Self); 7] = [
        ("associate_degree", Self::AssociateDegree),
        ("bachelor_degree", Self::BachelorDegree),
        ("graduate_degree", Self::GraduateDegree),
        ("certificate", Self::Certificate),
        ("certification", Self::Certification),
        ("licence", Self::Licence),
        ("microcredential", Self::Microcredential),
    ];

    /// The word used in files.
    #[must_use]
    pub fn word(self) -> &'static str {
        Self::WORDS.iter().find(|(_, kind)| *kind == self).map_or("", |(word, _)| word)
    }
}

/// What a learner must do to be awarded it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AwardedFor {
    /// Passing an assessment.
    Assessment,
    /// Completing a course or program.
    Completion,
}

/// A credential: a documented award by a responsible body that someone met a standard.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Credential {
    /// Identifier.
    pub ctid: Ctid,
    /// Title.
    pub title: Text,
    /// What it calls itself; absent when the source does not say.
    pub kind: Option<CredentialType>,
    /// Name of the body that awards it.
    pub issuer: Option<Text>,
    /// What it is awarded for.
    pub awarded_for: Option<AwardedFor>,
    /// How it is assessed.
    pub assessment: Option<Text>,
    /// How long it is valid.
    pub validity: Option<Months>,
    /// How it is renewed.
    pub renewal: Option<Text>,
    /// Whether the issuer can revoke it.
    pub revocable: Option<bool>,
    /// The accreditation it holds (ANSI/ISO/IEC 17024, NCCA, …).
    pub accreditation: Option<Text>,
    /// Code of the current exam.
    pub exam_code: Option<Text>,
    /// What sitting the exam costs, with source.
    pub exam_cost: Option<Figure<Money>>,
    /// Where it was read from.
    pub origin: Option<Origin>,
}

impl Credential {
    /// Checks that the credential is what it calls itself: a certification is awarded by a third party for passing an
    /// assessment, for a limited time, and can be revoked; a microcredential is assessed; a certificate is given for
    /// completion. What the source does not say is not held against it, except that a certification whose validity is
    /// unknown is noted.
    /// Source: Workcred, characteristics of certifications; Credential As You Go playbook (docs guide, "Words").
    #[must_use]
    pub fn type_check(&self) -> Vec<Finding> {
        let place = self.origin.as_ref().map_or(Place::Whole, |origin| origin.place.clone());
        let say = |code: &str, severity, message: String, hint: &str| {
            Finding::new(code, severity, place.clone(), message, hint)
        };
        let title = &self.title;
        let mut findings = Vec::new();
        match self.kind {
            Some(CredentialType::Certification | CredentialType::Licence) => {
                let kind = if self.kind == Some(CredentialType::Licence) { "licence" } else { "certification" };
                if self.awarded_for == Some(AwardedFor::Completion) {
                    findings.push(say(
                        "credential.type-completion",
                        Severity::Warning,
                        format!("“{title}” is called a {kind} but is awarded for completion alone."),
                        "An award for completing a course is a certificate; correct the type, or name the assessment.",
                    ));
                }
                if self.revocable == Some(false) {
                    findings.push(say(
                        "credential.type-not-revocable",
                        Severity::Warning,
                        format!("“{title}” is called a {kind} but cannot be revoked."),
                        "Certifications and licences can be withdrawn by their issuer; check the type.",
                    ));
                }
                if self.validity.is_none() {
                    findings.push(say(
                        "credential.validity-unknown",
                        Severity::Note,
                        format!("“{title}” is a {kind} whose period of validity is not given."),
                        "Add how long it is valid and how it is renewed: learners pay for renewal.",
                    ));
                }
            }
            Some(CredentialType::Microcredential) if self.awarded_for == Some(AwardedFor::Completion) => {
                findings.push(say(
                    "credential.type-not-assessed",
                    Severity::Warning,
                    format!("“{title}” is called a microcredential but is awarded without an assessment."),
                    "A microcredential is earned through assessment; name the assessment or call it a certificate of completion.",
                ));
            }
            None => findings.push(say(
                "credential.type-unknown",
                Severity::Note,
                format!("“{title}” has no type."),
                "Say whether it is a certificate, certification, licence, microcredential or degree.",
            )),
            _ => {}
        }
        findings
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(kind: CredentialType, awarded_for: Option<AwardedFor>, expected: &[&str]) {
        let credential = Credential {
            ctid: "ce-8f3b6f5a-4a0e-5d0c-9d0f-3f1f6f6d2a11".parse().unwrap(),
            title: Text::new("Sample").unwrap(),
            kind: Some(kind),
            issuer: None,
            awarded_for,
            assessment: None,
            validity: Months::new(36).ok(),
            renewal: None,
            revocable: None,
            accreditation: None,
            exam_code: None,
            exam_cost: None,
            origin: None,
        };
        let codes: Vec<_> = credential.type_check().into_iter().map(|finding| finding.code).collect();
        assert_eq!(codes, expected);
    }

    #[test]
    fn a_certification_for_mere_completion_is_a_finding() {
        check(CredentialType::Certification, Some(AwardedFor::Completion), &["credential.type-completion"]);
        check(CredentialType::Certification, Some(AwardedFor::Assessment), &[]);
        check(CredentialType::Certification, None, &[]);
        check(CredentialType::Certificate, Some(AwardedFor::Completion), &[]);
        check(CredentialType::Microcredential, Some(AwardedFor::Completion), &["credential.type-not-assessed"]);
    }
}
