//! From the groups somebody is in at the identity provider to what they are in Credway.
//!
//! The grants that came from groups are computed anew at every sign-in and take the place of the earlier ones; grants
//! given by hand are another matter and stay.

use credway_model::{Ctid, Grant, Role};
use serde::{Deserialize, Serialize};

/// Whoever is in this group has this role, at this institution, or in one program of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GroupRule {
    /// The group, letter by letter as the provider writes it.
    pub group: String,
    /// The role.
    pub role: Role,
    /// Where.
    pub institution: Ctid,
    /// Only for this program there.
    #[serde(default)]
    pub program: Option<Ctid>,
}

/// What the groups give by the rules: sorted, each once. A group without a rule gives nothing.
#[must_use]
pub fn grants_of(rules: &[GroupRule], groups: &[String]) -> Vec<Grant> {
    let mut grants: Vec<Grant> = rules
        .iter()
        .filter(|rule| groups.contains(&rule.group))
        .map(|rule| Grant { role: rule.role, institution: rule.institution, program: rule.program })
        .collect();
    grants.sort_unstable();
    grants.dedup();
    grants
}

/// How the grants from groups differ between two sign-ins.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GrantChange {
    /// What is new.
    pub given: Vec<Grant>,
    /// What is no longer.
    pub taken: Vec<Grant>,
}

impl GrantChange {
    /// From the grants an earlier sign-in gave to those of this one.
    #[must_use]
    pub fn between(before: &[Grant], after: &[Grant]) -> Self {
        let without = |of: &[Grant], other: &[Grant]| {
            let mut rest: Vec<Grant> = of.iter().filter(|grant| !other.contains(grant)).copied().collect();
            rest.sort_unstable();
            rest.dedup();
            rest
        };
        Self { given: without(after, before), taken: without(before, after) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ctid(number: u8) -> Ctid {
        format!("ce-00000000-0000-4000-8000-0000000000{number:02}").parse().unwrap()
    }

    fn rule(group: &str, role: Role, institution: u8, program: Option<u8>) -> GroupRule {
        GroupRule { group: group.to_owned(), role, institution: ctid(institution), program: program.map(ctid) }
    }

    fn grant(role: Role, institution: u8, program: Option<u8>) -> Grant {
        Grant { role, institution: ctid(institution), program: program.map(ctid) }
    }

    fn rules() -> Vec<GroupRule> {
        vec![
            rule("/staff/deans", Role::Dean, 1, None),
            rule("/staff/deans", Role::ProgramLead, 1, None),
            rule("faculty", Role::FacultyReviewer, 1, Some(9)),
            rule("faculty", Role::FacultyReviewer, 2, None),
            rule("teachers", Role::FacultyReviewer, 2, None),
        ]
    }

    #[track_caller]
    fn check(groups: &[&str], expected: &[Grant]) {
        let mut groups: Vec<String> = groups.iter().map(|&group| group.to_owned()).collect();
        assert_eq!(grants_of(&rules(), &groups), expected);
        groups.reverse();
        assert_eq!(grants_of(&rules(), &groups), expected, "the order of the groups is no matter");
    }

    #[test]
    fn groups_give_grants() {
        let faculty = [grant(Role::FacultyReviewer, 1, Some(9)), grant(Role::FacultyReviewer, 2, None)];
        check(&["faculty"], &faculty);
        check(&["faculty", "teachers"], &faculty);
        check(&["/staff/deans"], &[grant(Role::ProgramLead, 1, None), grant(Role::Dean, 1, None)]);
    }

    #[test]
    fn anything_but_the_whole_name_gives_nothing() {
        check(&[], &[]);
        check(&["administrator", "Faculty", "faculty ", "deans", "/staff", "staff/deans", "", "*"], &[]);
    }

    #[test]
    fn another_group_changes_the_grants() {
        let before = grants_of(&rules(), &["faculty".to_owned()]);
        let after = grants_of(&rules(), &["teachers".to_owned()]);
        let change = GrantChange::between(&before, &after);
        assert_eq!(change.taken, [grant(Role::FacultyReviewer, 1, Some(9))]);
        assert_eq!(change.given, []);
        assert_eq!(GrantChange::between(&after, &before).given, change.taken);
        assert_eq!(GrantChange::between(&after, &after), GrantChange::default());
        assert_eq!(GrantChange::between(&before, &[]).taken, before);
    }

    #[test]
    fn rules_are_read_from_settings() {
        let text =
            r#"{"group":"faculty","role":"faculty_reviewer","institution":"ce-00000000-0000-4000-8000-000000000002"}"#;
        assert_eq!(serde_json::from_str::<GroupRule>(text).unwrap(), rule("faculty", Role::FacultyReviewer, 2, None));
        assert!(serde_json::from_str::<GroupRule>(&text.replace("faculty_reviewer", "owner")).is_err());
        assert!(serde_json::from_str::<GroupRule>(&text.replace("institution", "college")).is_err());
    }
}
