//! What the server talks to outside: the mail server, and the provider people sign in with.

use std::str::FromStr;

use credway_model::{Ctid, Role};

use super::Secret;

/// How mail is sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MailSettings {
    /// Name of the mail server.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// The name to sign in with, where one is needed.
    pub user: Option<String>,
    /// The password for it.
    pub password: Option<Secret>,
    /// The sender, as `Credway <credway@college.example>`.
    pub from: String,
    /// How the connection is protected.
    pub security: MailSecurity,
}

/// How the connection to the mail server is protected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MailSecurity {
    /// TLS from the first byte (usually port 465).
    Tls,
    /// In clear at first, then TLS, or nothing is sent (usually port 587).
    StartTls,
    /// In clear: for a mail server on the same machine.
    None,
}

/// The OpenID Connect provider people sign in with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenIdSettings {
    /// The provider's address, exactly as it names itself.
    pub issuer: String,
    /// Our name there.
    pub client_id: String,
    /// Our secret there; none for a public client.
    pub client_secret: Option<Secret>,
    /// The claim that lists a person's groups.
    pub groups_claim: String,
    /// What groups are given here.
    pub groups: Vec<GroupRole>,
    /// What people read on the button.
    pub name: String,
}

/// What the members of a group at the provider are here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GroupRole {
    /// The group, as the provider writes it.
    pub group: String,
    /// The role.
    pub role: Role,
    /// Where it holds; the home institution when left out.
    pub institution: Option<Ctid>,
    /// Only for this program there.
    pub program: Option<Ctid>,
}

/// A line of the mapping that is not one.
#[derive(Debug, thiserror::Error)]
#[error(
    "“{given}” maps no group: write GROUP=ROLE, GROUP=ROLE@INSTITUTION or GROUP=ROLE@INSTITUTION/PROGRAM, with identifiers that begin with ce-; the roles are {roles}"
)]
pub struct GroupRoleError {
    given: String,
    roles: String,
}

impl FromStr for GroupRole {
    type Err = GroupRoleError;

    fn from_str(given: &str) -> Result<Self, Self::Err> {
        read(given).ok_or_else(|| GroupRoleError {
            given: given.to_owned(),
            roles: Role::ALL.iter().map(|role| role.word()).collect::<Vec<_>>().join(", "),
        })
    }
}

fn read(given: &str) -> Option<GroupRole> {
    // A group's name may hold `=` itself (a directory's name): the role stands behind the last one.
    let (group, is) = given.rsplit_once('=')?;
    let (role, place) = is.split_once('@').map_or((is, None), |(role, place)| (role, Some(place.trim())));
    let (institution, program) = match place.map(|place| place.split_once('/').unwrap_or((place, ""))) {
        None => (None, None),
        Some((institution, "")) => (Some(institution.parse().ok()?), None),
        Some((institution, program)) => (Some(institution.parse().ok()?), Some(program.parse().ok()?)),
    };
    let group = group.trim().to_owned();
    (!group.is_empty()).then_some(())?;
    Some(GroupRole { group, role: Role::read(role.trim())?, institution, program })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_are_mapped_to_roles_and_places() {
        let place = "ce-00000000-0000-4000-8000-000000000001";
        let program = "ce-00000000-0000-4000-8000-000000000002";
        let here = |text: String| text.parse::<GroupRole>();
        let plain = here("credway-admins = administrator".to_owned()).unwrap();
        assert_eq!(
            (plain.group.as_str(), plain.role, plain.institution),
            ("credway-admins", Role::Administrator, None)
        );
        let directory = here("cn=deans,ou=groups=dean".to_owned()).unwrap();
        assert_eq!((directory.group.as_str(), directory.role), ("cn=deans,ou=groups", Role::Dean));
        let whole = here(format!("leads=program_lead@{place}/{program}")).unwrap();
        assert_eq!((whole.institution, whole.program), (place.parse().ok(), program.parse().ok()));
        assert_eq!(here(format!("leads=program_lead@{place}")).unwrap().program, None);
        for bad in ["", "deans", "=dean", "deans=owner", "deans=dean@", "deans=dean@here", "deans=dean@/x"] {
            let error = here(bad.to_owned()).unwrap_err().to_string();
            assert!(error.contains("GROUP=ROLE") && error.contains("faculty_reviewer"), "{bad}: {error}");
        }
    }
}
