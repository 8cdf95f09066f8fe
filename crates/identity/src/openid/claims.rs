//! What the provider tells about a person beside the standard's claims: groups, and the name of the session.

use std::collections::BTreeMap;

use openidconnect::AdditionalClaims;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::OpenIdError;

/// All claims that the standard does not name.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct Rest {
    #[serde(flatten)]
    all: BTreeMap<String, Value>,
}

impl AdditionalClaims for Rest {}

impl Rest {
    /// The groups in this claim, sorted, each once; none if the claim is absent.
    pub(super) fn groups(&self, claim: &str) -> Result<Option<Vec<String>>, OpenIdError> {
        let name = |value: &Value| value.as_str().map(str::to_owned).ok_or(OpenIdError::GroupsNotUnderstood);
        let mut groups = match self.all.get(claim) {
            // Core §5.6.2: the claim is elsewhere, at an address in the token. Such addresses are not called.
            None if self.all.get("_claim_names").is_some_and(|names| names.get(claim).is_some()) => {
                return Err(OpenIdError::GroupsElsewhere);
            }
            None | Some(Value::Null) => return Ok(None),
            Some(Value::Array(values)) => values.iter().map(name).collect::<Result<Vec<_>, _>>()?,
            Some(value) => vec![name(value)?],
        };
        groups.sort_unstable();
        groups.dedup();
        Ok(Some(groups))
    }

    /// The provider's name for the session.
    pub(super) fn session(&self) -> Option<String> {
        self.all.get("sid").and_then(Value::as_str).map(str::to_owned)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(claims: &str, expected: Result<Option<&[&str]>, OpenIdError>) {
        let expected = expected.map(|groups| groups.map(|all| all.iter().map(|&one| one.to_owned()).collect()));
        assert_eq!(serde_json::from_str::<Rest>(claims).unwrap().groups("groups"), expected);
    }

    #[test]
    fn groups_as_providers_write_them() {
        check(r#"{"groups":["b","a","b"]}"#, Ok(Some(&["a", "b"])));
        check(r#"{"groups":"a b"}"#, Ok(Some(&["a b"])));
        check(r#"{"groups":[]}"#, Ok(Some(&[])));
        check(r#"{"groups":null}"#, Ok(None));
        check(r#"{"Groups":["a"]}"#, Ok(None));
    }

    #[test]
    fn groups_that_cannot_be_read_are_not_no_groups() {
        check(r#"{"groups":{"a":true}}"#, Err(OpenIdError::GroupsNotUnderstood));
        check(r#"{"groups":["a",1]}"#, Err(OpenIdError::GroupsNotUnderstood));
        check(r#"{"_claim_names":{"groups":"src1"},"_claim_sources":{}}"#, Err(OpenIdError::GroupsElsewhere));
        check(r#"{"_claim_names":{"address":"src1"}}"#, Ok(None));
    }
}
