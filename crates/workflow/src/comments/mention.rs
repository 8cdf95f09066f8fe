//! Who is named in a comment: `@` and a name, as it is written on pages. Letters that stand before the sign make it an
//! e-mail address, which names nobody.

use std::collections::BTreeSet;

use credway_model::AccountId;

use crate::colleagues::Colleague;

/// The accounts of the people named in `text`, all of them among `people`: by their whole name, or by its first word
/// where only one of them has it.
///
/// # Errors
/// A sentence about the first name that is nobody's, or several people's.
pub(super) fn mentions(text: &str, people: &[Colleague]) -> Result<BTreeSet<AccountId>, String> {
    let mut named = BTreeSet::new();
    let mut before = None;
    for (at, letter) in text.char_indices() {
        let begins = letter == '@' && before.is_none_or(|before: char| !before.is_alphanumeric());
        before = Some(letter);
        let rest = &text[at..];
        let rest = &rest[letter.len_utf8()..];
        if begins && rest.starts_with(char::is_alphanumeric) {
            named.insert(named_at(rest, people)?);
        }
    }
    Ok(named)
}

fn named_at(rest: &str, people: &[Colleague]) -> Result<AccountId, String> {
    let whole: Vec<&Colleague> = people.iter().filter(|one| begins_with(rest, &one.name)).collect();
    let longest = whole.iter().map(|one| one.name.chars().count()).max();
    let mut found: Vec<&Colleague> =
        whole.into_iter().filter(|one| Some(one.name.chars().count()) == longest).collect();
    let word: String = rest.chars().take_while(|letter| is_of_name(*letter)).take(60).collect();
    let word = word.trim_end_matches(['-', '\'', '’', '.']);
    if found.is_empty() {
        let first = |one: &&Colleague| one.name.split_whitespace().next().is_some_and(|name| same(name, word));
        found = people.iter().filter(first).collect();
    }
    match found.as_slice() {
        [one] => Ok(one.account),
        [] => {
            Err(format!("“@{word}” is nobody who can see this: write a name from the list below, or leave the @ out."))
        }
        several => {
            let names: Vec<&str> = several.iter().map(|one| one.name.as_str()).collect();
            Err(format!("“@{word}” may be {}: write the whole name.", names.join(" or ")))
        }
    }
}

/// Whether `rest` begins with the whole of `name`, in any case, and no other letter follows.
fn begins_with(rest: &str, name: &str) -> bool {
    let mut rest = rest.chars();
    let all =
        name.chars().all(|letter| rest.next().is_some_and(|other| other.to_lowercase().eq(letter.to_lowercase())));
    all && rest.next().is_none_or(|letter| !letter.is_alphanumeric())
}

fn is_of_name(letter: char) -> bool {
    letter.is_alphanumeric() || "-'’.".contains(letter)
}

fn same(one: &str, other: &str) -> bool {
    one.to_lowercase() == other.to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_found_or_said_to_be_unknown_or_not_clear() {
        let person = |number: u128, name: &str| Colleague {
            account: AccountId::from_uuid(uuid::Uuid::from_u128(number)),
            name: name.to_owned(),
        };
        let people = [
            person(1, "Dana Okafor"),
            person(2, "Ann Lee"),
            person(3, "Ann Leeds"),
            person(4, "Zoë Öz"),
            person(5, "Lee"),
        ];
        let check = |text: &str, expected: Result<&[u128], &str>| {
            let found = mentions(text, &people);
            match expected {
                Ok(numbers) => {
                    let wanted = numbers.iter().map(|one| AccountId::from_uuid(uuid::Uuid::from_u128(*one))).collect();
                    assert_eq!(found, Ok(wanted), "{text}");
                }
                Err(words) => assert!(found.as_ref().is_err_and(|said| said.contains(words)), "{text}: {found:?}"),
            }
        };
        check("no one here", Ok(&[]));
        check("@Dana Okafor: see this", Ok(&[1]));
        check("see @dana, please", Ok(&[1]));
        check("@Ann Lee and @ann leeds", Ok(&[2, 3]));
        check("(@zoë öz)", Ok(&[4]));
        check("@Lee.", Ok(&[5]));
        check("write to ann@bay.example", Ok(&[]));
        check("@ nobody, 3 @ 4", Ok(&[]));
        check("@Ann", Err("Ann Lee or Ann Leeds"));
        check("@Bob", Err("“@Bob” is nobody"));
        check("@Dan", Err("“@Dan” is nobody"));
        check("@<script>", Ok(&[]));
    }
}
