//! Who acts: every use case is done in somebody's name, from somewhere. What they may do, the policy says.

use credway_model::{AccountId, Action, Grant, Person, Text};

/// By what right somebody acts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Standing {
    /// The database lies open before them: a person at the terminal, or a site on loopback without accounts. They may
    /// do everything, since they could do it without us.
    Owner,
    /// A person who has signed in.
    Member {
        /// Their account.
        account: AccountId,
        /// Their roles, and where they hold.
        grants: Vec<Grant>,
    },
    /// Somebody who has not signed in.
    Visitor,
}

/// Who acts, by what right, and from where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Actor {
    person: Person,
    standing: Standing,
    origin: Option<Text>,
    /// Only these acts, where a token limits them.
    only: Option<Vec<Action>>,
}

impl Actor {
    /// The person who has the database before them; `origin` says where ("terminal").
    #[must_use]
    pub fn owner(person: Person, origin: Option<Text>) -> Self {
        Self { person, standing: Standing::Owner, origin, only: None }
    }

    /// Whoever opened the database, before a name is known.
    #[must_use]
    pub fn whoever_opened_it() -> Self {
        Self::owner(unnamed("unnamed person at this machine"), None)
    }

    /// A person who has signed in.
    #[must_use]
    pub fn member(person: Person, account: AccountId, grants: Vec<Grant>, origin: Option<Text>) -> Self {
        Self { person, standing: Standing::Member { account, grants }, origin, only: None }
    }

    /// Somebody who has not signed in.
    #[must_use]
    pub fn visitor(origin: Option<Text>) -> Self {
        Self { person: unnamed("visitor"), standing: Standing::Visitor, origin, only: None }
    }

    /// The same, kept to these acts.
    #[must_use]
    pub fn only(self, acts: Vec<Action>) -> Self {
        Self { only: Some(acts), ..self }
    }

    /// The same with other roles, where they have an account.
    #[must_use]
    pub(crate) fn granted(mut self, now: Vec<Grant>) -> Self {
        if let Standing::Member { grants, .. } = &mut self.standing {
            *grants = now;
        }
        self
    }

    /// Whether a limit on what is done leaves this act.
    #[must_use]
    pub fn is_left(&self, action: Action) -> bool {
        self.only.as_ref().is_none_or(|acts| acts.contains(&action))
    }

    /// In whose name it is done.
    #[must_use]
    pub fn person(&self) -> &Person {
        &self.person
    }

    /// By what right.
    #[must_use]
    pub fn standing(&self) -> &Standing {
        &self.standing
    }

    /// From where.
    #[must_use]
    pub fn origin(&self) -> Option<&Text> {
        self.origin.as_ref()
    }

    /// Their account, where they have signed in.
    #[must_use]
    pub fn account(&self) -> Option<AccountId> {
        match self.standing {
            Standing::Member { account, .. } => Some(account),
            Standing::Owner | Standing::Visitor => None,
        }
    }
}

fn unnamed(words: &'static str) -> Person {
    Person(Text::new(words).expect("the words are a text"))
}
