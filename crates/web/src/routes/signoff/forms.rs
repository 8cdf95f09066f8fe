//! What the forms of a sign-off send, read strictly: what cannot be taken is said, and nothing is done.

use credway_model::{Role, Text};
use credway_workflow::{SignRequest, SigningRight};
use serde::Deserialize;

use crate::error_page::Failure;

/// The form that begins.
#[derive(Deserialize)]
pub(super) struct BeginForm {
    #[serde(default)]
    digest: String,
    #[serde(default)]
    reason: String,
}

impl BeginForm {
    pub(super) fn read(self) -> Result<(String, Option<Text>), Failure> {
        Ok((self.digest, words("reason", &self.reason)?))
    }
}

/// The form that signs.
#[derive(Deserialize)]
pub(super) struct SignForm {
    #[serde(default)]
    step: String,
    #[serde(default)]
    digest: String,
    #[serde(default)]
    right: String,
    #[serde(default)]
    date: String,
    #[serde(default)]
    note: String,
}

impl SignForm {
    pub(super) fn request(self) -> Result<SignRequest, Failure> {
        let date = match self.date.trim() {
            "" => None,
            given => Some(given.parse().map_err(|_| refuse(format!("“{given}” is no day; write it as YYYY-MM-DD.")))?),
        };
        Ok(SignRequest {
            step: self.step.parse().map_err(|_| refuse("The form names no step.".to_owned()))?,
            digest: self.digest,
            right: right(&self.right)?,
            date,
            note: words("note", &self.note)?,
        })
    }
}

/// The form that returns.
#[derive(Deserialize)]
pub(super) struct ReturnForm {
    #[serde(default)]
    to: String,
    #[serde(default)]
    reason: String,
}

impl ReturnForm {
    pub(super) fn read(self) -> Result<(Option<usize>, Text), Failure> {
        let to = match self.to.as_str() {
            "beginning" => None,
            given => Some(given.parse().map_err(|_| refuse("The form names no step to return to.".to_owned()))?),
        };
        Ok((to, reason(&self.reason)?))
    }
}

/// A form with nothing but a reason.
#[derive(Deserialize)]
pub(super) struct ReasonForm {
    #[serde(default)]
    reason: String,
}

impl ReasonForm {
    pub(super) fn read(self) -> Result<Text, Failure> {
        reason(&self.reason)
    }
}

fn refuse(what: String) -> Failure {
    Failure::refused(what, "Go back, correct it and try again; nothing was recorded.")
}

fn words(what: &str, given: &str) -> Result<Option<Text>, Failure> {
    match given.trim() {
        "" => Ok(None),
        given => Text::new(given).map(Some).map_err(|error| refuse(format!("The {what} cannot be taken: {error}."))),
    }
}

fn reason(given: &str) -> Result<Text, Failure> {
    words("reason", given)?.ok_or_else(|| refuse("A reason is needed: say what is to be mended.".to_owned()))
}

/// How a way of signing is written in the form: the role's word, and the delegation behind a stroke.
pub(super) fn right_value(right: &SigningRight) -> String {
    match &right.delegation {
        Some(delegation) => format!("{}/{delegation}", right.role.word()),
        None => right.role.word().to_owned(),
    }
}

/// A way of signing in words.
pub(super) fn right_words(right: &SigningRight) -> String {
    match &right.on_behalf_of {
        Some(whom) => format!("{}, for {} by delegation", right.role.label(), whom.name()),
        None => right.role.label().to_owned(),
    }
}

fn right(given: &str) -> Result<Option<SigningRight>, Failure> {
    if given.is_empty() {
        return Ok(None);
    }
    let (role, delegation) = given.split_once('/').map_or((given, None), |(role, id)| (role, Some(id.to_owned())));
    let role = Role::read(role).ok_or_else(|| refuse("The form names no role.".to_owned()))?;
    Ok(Some(SigningRight { role, on_behalf_of: None, delegation }))
}
