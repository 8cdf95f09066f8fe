//! The memo about a new version: the same figures as the page, in words for those who must act.

use credway_model::{Action, Ctid};
use credway_publish::{ChangeAnswer, ChangeAnswerProgram, Report, change_report};
use jiff::civil::Date;

use super::rows::{ChangedRow, RowState};
use super::{BlueprintChange, ChangeItem, ChangedDomain, ChangedStatement, ProgramImpact};
use crate::permission::About;
use crate::report::{moment, preview, written};
use crate::{Exported, ReportForm, ReportPreview, StandingWord, Workbench, WorkflowError};

/// The most rows of a program that the memo lists one by one; the page lists all.
const MOST_ROWS: usize = 400;

impl Workbench {
    /// The memo about a new version of a blueprint, as a file.
    ///
    /// # Errors
    /// [`WorkflowError::NotFound`], [`WorkflowError::Forbidden`], [`WorkflowError::Publish`].
    pub async fn export_change(&self, old: &str, new: &str, form: ReportForm) -> Result<Exported, WorkflowError> {
        self.allow(&self.store.read().await?, Action::Export, About::Shared).await?;
        let change = self.blueprint_change(old, new).await?;
        let name = format!("change from {} to {}", change.old_version.name, change.new_version.name);
        written(self.memo(&change).await?, name, form).await
    }

    /// What the memo says, as a part of a page.
    ///
    /// # Errors
    /// [`WorkflowError::NotFound`].
    pub async fn change_preview(&self, old: &str, new: &str) -> Result<ReportPreview, WorkflowError> {
        let change = self.blueprint_change(old, new).await?;
        Ok(preview(&self.memo(&change).await?))
    }

    async fn memo(&self, change: &BlueprintChange) -> Result<Report, WorkflowError> {
        let institution = self.institution().await?.map(|institution| institution.name);
        Ok(change_report(&self.change_answer(change, institution)))
    }

    fn change_answer(&self, change: &BlueprintChange, institution: Option<String>) -> ChangeAnswer {
        let date = |iso: Option<&String>| iso.and_then(|iso| iso.parse::<Date>().ok());
        let difference = &change.difference;
        ChangeAnswer {
            institution,
            old: change.old_version.name.clone(),
            new: change.new_version.name.clone(),
            retires: date(difference.old.first().and_then(|version| version.retires.as_ref())),
            effective: date(difference.new.first().and_then(|version| version.effective.as_ref())),
            made: self.today(),
            computed: moment(&self.now().to_string()),
            counts: difference
                .counts
                .iter()
                .map(|one| (one.kind.to_owned(), kind_means(one.kind).to_owned(), one.count))
                .collect(),
            domains: difference
                .domains
                .iter()
                .map(|one| {
                    let [old, old_weight] = domain(one.old.as_ref());
                    let [new, new_weight] = domain(one.new.as_ref());
                    [old, old_weight, new, new_weight]
                })
                .collect(),
            statements: difference.items.iter().filter(|item| item.kind != "same").map(statement).collect(),
            programs: change.programs.iter().map(|program| self.answer_of(program, change)).collect(),
        }
    }

    fn answer_of(&self, program: &ProgramImpact, change: &BlueprintChange) -> ChangeAnswerProgram {
        let states = [RowState::Carried, RowState::ToCarry, RowState::Decided, RowState::ToConfirm, RowState::Lost];
        let looked_at =
            |row: &&ChangedRow| matches!(row.state, RowState::ToConfirm | RowState::Lost | RowState::CourseReworded);
        let all = program.rows.iter().filter(looked_at);
        let mut rests = rests(program);
        let more = all.clone().count().saturating_sub(MOST_ROWS);
        if more > 0 {
            rests.push(format!("{more} more rows are to be looked at; they stand on the page of the change."));
        }
        ChangeAnswerProgram {
            name: program.program.name.clone(),
            hidden: program.hidden.then(|| {
                format!("{} reviews this crosswalk blindly, so nothing of it stands here.", self.person().name())
            }),
            before: program.before,
            today: program.today,
            carried: program.carried,
            confirmed: program.confirmed,
            rows: states.map(|state| program.count(state)),
            courses: program
                .courses
                .iter()
                .filter(|course| course.to_confirm + course.lost > 0)
                .map(|course| {
                    (format!("{} {}", course.course.code, course.course.title), course.to_confirm, course.lost)
                })
                .collect(),
            to_look_at: all.take(MOST_ROWS).map(|row| looked(row, change)).collect(),
            rests,
        }
    }
}

/// What a kind means, for people.
#[must_use]
pub fn kind_means(kind: &str) -> &'static str {
    match kind {
        "same" => "The same words in the same place.",
        "reworded" => "Other words for it.",
        "moved" => "The same words, or nearly, in another place.",
        "split" => "What one statement said, several say now.",
        "merged" => "What several statements said, one says now.",
        "new" => "Only the new version has it.",
        _ => "Only the old version has it.",
    }
}

fn domain(domain: Option<&ChangedDomain>) -> [String; 2] {
    let Some(domain) = domain else { return [String::new(), String::new()] };
    let code = domain.code.as_ref().map_or_else(String::new, |code| format!("{code} "));
    let weight = domain.weight_published.clone().unwrap_or_else(|| "not given".to_owned());
    [format!("{code}{}", domain.title), weight]
}

fn statement(item: &ChangeItem) -> [String; 4] {
    let side = |statements: &[ChangedStatement]| statements.iter().map(named).collect::<Vec<_>>().join("; ");
    [item.kind.to_owned(), side(&item.old_statements), side(&item.new_statements), item.notes.join(" ")]
}

fn named(statement: &ChangedStatement) -> String {
    statement.code.as_ref().map_or_else(|| statement.text.clone(), |code| format!("{code} {}", statement.text))
}

fn looked(row: &ChangedRow, change: &BlueprintChange) -> [String; 6] {
    let item = change.difference.items.get(row.item);
    let of = |target: Option<Ctid>, statements: Option<&Vec<ChangedStatement>>| {
        statements
            .and_then(|statements| statements.iter().find(|one| Some(one.id) == target))
            .map(named)
            .unwrap_or_default()
    };
    let code = row.outcome_code.as_ref().map_or_else(String::new, |code| format!(" {code}"));
    let to_do = match row.state {
        RowState::Lost => "gone: teach it elsewhere or let it go",
        RowState::CourseReworded => "read the course’s new words, decide anew",
        _ => "confirm or decide anew",
    };
    let stood = if row.standing == StandingWord::Open { "course reworded" } else { row.standing.word() };
    [
        format!("{}{code}: {}", row.course.code, row.text),
        of(Some(row.old_target), item.map(|item| &item.old_statements)),
        of(row.new_target, item.map(|item| &item.new_statements)),
        stood.to_owned(),
        row.by.join(", "),
        to_do.to_owned(),
    ]
}

fn rests(program: &ProgramImpact) -> Vec<String> {
    let mut sentences = Vec::new();
    if let Some(signoff) = &program.signoff {
        sentences.push(format!(
            "A sign-off rests on the old crosswalk: revision {}, {}. It says nothing about the new version.",
            signoff.revision, signoff.words
        ));
    }
    if let Some(shares) = program.shares.filter(|shares| *shares > 0) {
        let sheets = if shares == 1 { "1 skills sheet is".to_owned() } else { format!("{shares} skills sheets are") };
        sentences.push(format!("{sheets} shared with employers from the old crosswalk."));
    }
    sentences
}
