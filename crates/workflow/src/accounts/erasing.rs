//! Taking a person's data away on request: their name, address, ways in and roles, and the words of the history that name
//! them. It refuses to touch words that merely hold the same letters, that name somebody else, or that tell of institutions
//! whose people are not the eraser's to keep.

use std::collections::BTreeSet;

use credway_model::{Account, AccountId, AccountState, Action, Change, ChangeKind, Person, Text};
use credway_store::{ChangeFilter, Credentials, Work};

use super::people::reason_text;
use super::sign_in::about;
use crate::align_program::plain;
use crate::permission::About;
use crate::{Workbench, WorkflowError};

impl Workbench {
    /// Takes a person's data away on request: name, address, ways in, roles. What they did stays, under a name that says
    /// nothing; the chain of the history holds, since it knows no names.
    ///
    /// # Errors
    /// [`WorkflowError::NotFound`]; [`WorkflowError::Forbidden`]; [`WorkflowError::Refused`].
    pub async fn erase_person(&self, id: AccountId, reason: &str) -> Result<String, WorkflowError> {
        let reason = reason_text(reason)?;
        let work = self.store.write().await?;
        let account = self.kept_account(&work, id).await?;
        self.must_not_be_last(&work, id, None).await?;
        let number = work.person_id(&account.person).await?.unwrap_or_default();
        let name = format!("Former member {number}");
        let former = Person(Text::new(&name).map_err(WorkflowError::defect)?);
        let named = WholeName::new(account.person.name(), &work.all_person_names().await?);
        let told = self.own_lines(&work, &account, &named).await?;
        let gone = Text::new("(taken away on request)").map_err(WorkflowError::defect)?;
        for number in &told {
            work.erase_details(*number, &gone).await?;
        }
        self.rename_in_notifications(&work, &account, &named, former.name()).await?;
        for given in work.grants(id).await? {
            work.take(id, &given.grant, &given.origin).await?;
        }
        work.forget_ways_in(id).await?;
        work.rename_person(&account.person, &former).await?;
        let erased = Account { person: former, email: None, state: AccountState::Erased, ..account };
        work.put_account(&erased, &Credentials::default()).await?;
        let numbers: Vec<String> = told.iter().map(u64::to_string).collect();
        let mut taken = vec![(format!("person:{number}"), "name, address and ways in".to_owned())];
        if !numbers.is_empty() {
            taken.push((format!("lines:{}", numbers.join(",")), format!("the words of {} lines", numbers.len())));
        }
        for (content, what) in taken {
            let words = format!("{what} of a former member were taken away");
            let mut line = self.history_line(ChangeKind::Erased, ("account", about(&erased)), &words);
            (line.reason, line.content) = (Some(reason.clone()), Some(content));
            work.append_change(&line).await?;
        }
        work.commit().await?;
        Ok(name)
    }

    /// The lines of the history whose words go with the person: those about the account, those of their own that name them
    /// or tell where they came from, and those of others that name them where who acts keeps the people.
    async fn own_lines(&self, work: &Work, account: &Account, named: &WholeName) -> Result<Vec<u64>, WorkflowError> {
        let about_them = ChangeFilter { subject: Some(about(account)), ..ChangeFilter::default() };
        let mut numbers: BTreeSet<u64> =
            work.changes(&about_them).await?.into_iter().map(|(number, _)| number).collect();
        for (number, line) in work.changes(&ChangeFilter::default()).await? {
            let own = line.person == account.person;
            let came = own && line.subject_kind == "account" && line.origin.is_some();
            if came || (named.is_in_line(&line) && (own || self.keeps_subject(work, &line).await?)) {
                numbers.insert(number);
            }
        }
        Ok(numbers.into_iter().collect())
    }

    /// Whether who acts keeps the people of where a line belongs: what belongs to no institution is the server's.
    async fn keeps_subject(&self, work: &Work, line: &Change) -> Result<bool, WorkflowError> {
        let about = match line.subject_kind.as_str() {
            "course" => About::Course(&line.subject),
            "program" => About::Program(&line.subject),
            "pathway" => About::Pathway(&line.subject),
            "crosswalk" => About::Crosswalk(&line.subject),
            "organization" => About::Institution(&line.subject),
            "account" => return self.keeps_some_role(work, AccountId::from_uuid(line.subject.uuid())).await,
            _ => return self.may(work, Action::ManageServer, About::Shared).await,
        };
        self.may(work, Action::ManagePeople, about).await
    }

    /// Whether an account has a role where who acts keeps the people; without any role it is the server's.
    async fn keeps_some_role(&self, work: &Work, account: AccountId) -> Result<bool, WorkflowError> {
        let grants = work.grants(account).await?;
        for given in &grants {
            if self.may(work, Action::ManagePeople, About::Institution(&given.grant.institution)).await? {
                return Ok(true);
            }
        }
        Ok(grants.is_empty() && self.may(work, Action::ManageServer, About::Shared).await?)
    }

    /// Puts another name in the place of a person's in what they, and the people whom who acts keeps, were told.
    async fn rename_in_notifications(
        &self,
        work: &Work,
        gone: &Account,
        named: &WholeName,
        to: &str,
    ) -> Result<(), WorkflowError> {
        for account in work.accounts().await? {
            if account.id != gone.id && !self.keeps_some_role(work, account.id).await? {
                continue;
            }
            for mut told in work.notifications(account.id, u64::MAX).await? {
                if let Some(words) = named.replaced(told.words.as_str(), to) {
                    told.words = plain(&words);
                    work.put_notification(&told).await?;
                }
            }
        }
        Ok(())
    }
}

/// A name as it is looked for in words: whole, and not as part of a longer name that somebody has.
struct WholeName {
    name: String,
    longer: Vec<String>,
}

impl WholeName {
    fn new(name: &str, known: &BTreeSet<String>) -> Self {
        let longer = known.iter().filter(|other| other.len() > name.len() && other.contains(name)).cloned().collect();
        Self { name: name.to_owned(), longer }
    }

    fn is_in_line(&self, line: &Change) -> bool {
        let reason = line.reason.as_ref().map_or("", Text::as_str);
        self.is_in(line.summary.as_str()) || self.is_in(reason)
    }

    fn is_in(&self, words: &str) -> bool {
        !self.places(words).is_empty()
    }

    /// The words with something else in the name's place; none where it is not there.
    fn replaced(&self, words: &str, to: &str) -> Option<String> {
        let places = self.places(words);
        let mut new = String::new();
        let mut from = 0;
        for place in &places {
            new.push_str(&words[from..*place]);
            new.push_str(to);
            from = place + self.name.len();
        }
        new.push_str(&words[from..]);
        (!places.is_empty()).then_some(new)
    }

    /// Where the name begins, in bytes.
    fn places(&self, words: &str) -> Vec<usize> {
        let ends = |letter: Option<char>| letter.is_none_or(|letter| !letter.is_alphanumeric());
        let covered: Vec<(usize, usize)> = self
            .longer
            .iter()
            .flat_map(|other| words.match_indices(other.as_str()))
            .filter(|(at, found)| {
                ends(words[..*at].chars().next_back()) && ends(words[at + found.len()..].chars().next())
            })
            .map(|(at, found)| (at, at + found.len()))
            .collect();
        let whole = words.match_indices(self.name.as_str()).map(|(at, _)| at).filter(|at| {
            let end = at + self.name.len();
            ends(words[..*at].chars().next_back())
                && ends(words[end..].chars().next())
                && !covered.iter().any(|(from, to)| from <= at && end <= *to)
        });
        whole.collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(name: &str, words: &str, expected: Option<&str>) {
        let known = BTreeSet::from(["Anna Lee", "Anna", "e", "Lee", "Anna Lee-Marsh"].map(str::to_owned));
        assert_eq!(WholeName::new(name, &known).replaced(words, "X").as_deref(), expected, "{name} in {words}");
    }

    #[test]
    fn a_name_is_found_whole_and_never_as_part_of_another() {
        check("e", "the course was reviewed", None);
        check("e", "e is now Dean at Pier College", Some("X is now Dean at Pier College"));
        check("Anna", "given to Anna Lee", None);
        check("Anna", "given to Anna, and to Anna Lee", Some("given to X, and to Anna Lee"));
        check("Anna Lee", "“Anna Lee” by Anna Lee-Marsh", Some("“X” by Anna Lee-Marsh"));
        check("Lee", "Leeds, Lee2 and Élee", None);
        check("Anna", "Anna", Some("X"));
    }
}
