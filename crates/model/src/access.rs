//! Who may do what, as nouns: accounts, roles, where a role holds, and the acts that are asked about. Which role may do
//! which act is no noun: the policy says so, in `workflow`.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::Ctid;

/// An account, by a random identifier that says nothing about its person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct AccountId(Uuid);

impl AccountId {
    /// The account of this identifier.
    #[must_use]
    pub const fn from_uuid(uuid: Uuid) -> Self {
        Self(uuid)
    }
}

impl AccountId {
    /// The account as the subject of a line of the history.
    #[must_use]
    pub const fn subject(self) -> Ctid {
        Ctid::from_uuid(self.0)
    }
}

impl fmt::Display for AccountId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.hyphenated().fmt(formatter)
    }
}

impl FromStr for AccountId {
    type Err = uuid::Error;

    fn from_str(given: &str) -> Result<Self, Self::Err> {
        Ok(Self(Uuid::try_parse(given)?))
    }
}

/// Names for the members of a list: the word written in files, addresses and policies, and what people read.
macro_rules! words {
    ($(#[$about:meta])* $name:ident { $($(#[$one:meta])* $member:ident = $word:literal, $label:literal;)+ }) => {
        $(#[$about])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum $name {
            $($(#[$one])* $member,)+
        }

        impl $name {
            /// All of them, in the order in which they are shown.
            pub const ALL: &'static [Self] = &[$(Self::$member,)+];

            /// The word written in files, addresses and policies.
            #[must_use]
            pub const fn word(self) -> &'static str {
                match self {
                    $(Self::$member => $word,)+
                }
            }

            /// What people read.
            #[must_use]
            pub const fn label(self) -> &'static str {
                match self {
                    $(Self::$member => $label,)+
                }
            }

            /// The member of this word.
            #[must_use]
            pub fn read(word: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|one| one.word() == word)
            }
        }
    };
}

words! {
    /// What somebody is at an institution. A person may be several things, at several institutions.
    Role {
        /// Keeps accounts, roles and the server; reads everything but learners' records; decides and signs nothing.
        Administrator = "administrator", "Administrator";
        /// Is responsible for programs: imports, aligns, assigns reviews, settles, shares, begins sign-offs.
        ProgramLead = "program_lead", "Program lead";
        /// Reviews alignments and edits outcomes.
        FacultyReviewer = "faculty_reviewer", "Faculty reviewer";
        /// Answers for credit and catalogue text; signs.
        Registrar = "registrar", "Registrar";
        /// Answers for the program; signs.
        Dean = "dean", "Dean";
        /// Works with learner-level records, alone among the staff.
        InstitutionalResearch = "institutional_research", "Institutional research";
        /// Reads programs and plans to advise learners.
        Advisor = "advisor", "Advisor";
        /// An employer or board member: sees what was shared with them, and nothing else.
        EmployerReviewer = "employer_reviewer", "Employer reviewer";
        /// Sees what is public and their own record.
        Learner = "learner", "Learner";
    }
}

words! {
    /// What is asked for: the acts the policy knows.
    Action {
        /// Read an institution's programs, courses, collections and outcomes.
        ReadCatalogue = "read_catalogue", "Read programs and courses";
        /// Read blueprints, credentials and frameworks, which belong to no single institution.
        ReadShared = "read_shared", "Read blueprints and credentials";
        /// Read crosswalks, coverage and reports.
        ReadCrosswalk = "read_crosswalk", "Read crosswalks and coverage";
        /// Read what importers found wrong.
        ReadFindings = "read_findings", "Read findings";
        /// Read imported files as they came.
        ReadSource = "read_source", "Read imported files";
        /// Read the history and revisions.
        ReadHistory = "read_history", "Read the history";
        /// Take data out as files.
        Export = "export", "Export";
        /// Give one's own word on pairs, and take it back.
        Review = "review", "Review";
        /// Settle a disagreement.
        Settle = "settle", "Settle disagreements";
        /// Have suggestions computed.
        Align = "align", "Align";
        /// Import programs, courses and outcomes of an institution.
        ImportCatalogue = "import_catalogue", "Import programs and courses";
        /// Import blueprints, credentials, organizations and frameworks.
        ImportShared = "import_shared", "Import blueprints and credentials";
        /// Import decisions taken elsewhere.
        ImportDecisions = "import_decisions", "Import decisions";
        /// Change a course or its outcomes by hand.
        EditCourse = "edit_course", "Edit courses and outcomes";
        /// Change a pathway by hand.
        DesignPathway = "design_pathway", "Design pathways";
        /// Put courses together to look at.
        MakeCollection = "make_collection", "Make collections";
        /// Give reviews to people.
        AssignReviews = "assign_reviews", "Assign reviews";
        /// Comment, and read comments.
        Comment = "comment", "Comment";
        /// Share a sheet with somebody outside.
        ShareSheet = "share_sheet", "Share with employers";
        /// Read a sheet that was shared.
        ReadSheet = "read_sheet", "Read shared sheets";
        /// Begin a sign-off, open the next revision.
        BeginSignoff = "begin_signoff", "Begin sign-offs";
        /// Sign, or return with a reason.
        Sign = "sign", "Sign or return";
        /// Set which steps a sign-off has.
        PlanSignoff = "plan_signoff", "Set the steps of sign-offs";
        /// Let the engine learn from an institution's decisions, and take back what it learned.
        Learn = "learn", "Let the engine learn";
        /// Invite people, give and take roles, suspend accounts, of an institution.
        ManagePeople = "manage_people", "Manage people and roles";
        /// See who works here.
        ReadPeople = "read_people", "See people and roles";
        /// Look after the server: its work, its audit, its erasures.
        ManageServer = "manage_server", "Look after the server";
        /// Read learner-level records.
        ReadLearnerRecords = "read_learner_records", "Read learners' records";
        /// One's own account: password, second factor, sessions, tokens, notifications.
        OwnAccount = "own_account", "Own account";
        /// What anybody may read: help, glossary, published pages.
        ReadPublic = "read_public", "Read public pages";
    }
}

impl Action {
    /// Whether it changes nothing, so that whoever may not do it is not even told that the thing is there.
    #[must_use]
    pub const fn only_reads(self) -> bool {
        matches!(
            self,
            Self::ReadCatalogue
                | Self::ReadShared
                | Self::ReadCrosswalk
                | Self::ReadFindings
                | Self::ReadSource
                | Self::ReadHistory
                | Self::ReadSheet
                | Self::ReadLearnerRecords
                | Self::Export
        )
    }
}

/// A role at an institution, or in one program of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Grant {
    /// The role.
    pub role: Role,
    /// Where it holds.
    pub institution: Ctid,
    /// Only for this program there.
    pub program: Option<Ctid>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_read_back() {
        for role in Role::ALL {
            assert_eq!(Role::read(role.word()), Some(*role));
            assert_eq!(serde_json::to_string(role).unwrap(), format!("\"{}\"", role.word()));
        }
        for action in Action::ALL {
            assert_eq!(Action::read(action.word()), Some(*action));
            assert_eq!(serde_json::to_string(action).unwrap(), format!("\"{}\"", action.word()));
        }
        assert_eq!(Role::read("owner"), None);
    }

    #[test]
    fn an_account_is_a_uuid() {
        let id: AccountId = "8f3b6f5a-4a0e-5d0c-9d0f-3f1f6f6d2a11".parse().unwrap();
        assert_eq!(id.to_string(), "8f3b6f5a-4a0e-5d0c-9d0f-3f1f6f6d2a11");
        assert!("root".parse::<AccountId>().is_err());
    }
}
