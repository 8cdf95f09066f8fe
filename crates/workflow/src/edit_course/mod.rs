//! Edit a course by hand. The form says which revision it was made from; what others saved since is merged field by
//! field, and what both changed differently is shown to the person, with nothing written.

mod fields;
mod merge;

use std::collections::BTreeMap;

use credway_model::{Action, Course, Ctid, Outcome, Revision, Text};
use credway_store::{Work, Written};
use serde::Serialize;

use crate::crosswalk_data::CrosswalkData;
use crate::permission::About;
use crate::what_stands::current;
use crate::workbench::identifier;
use crate::{CourseName, Workbench, WorkflowError};
use fields::{MOST_NEW, OF_OUTCOME, OWN, apply, flatten, label, tidy};
use merge::{Clash, Fields, merge};

/// A course as the person who edits it wants it.
#[derive(Clone, Debug, Default)]
pub struct CourseEdit {
    /// The revision the form was made from.
    pub base: u32,
    /// Fields by name; one that is absent is as it was in that revision. An outcome without a statement is taken away.
    pub fields: BTreeMap<String, String>,
    /// Why.
    pub reason: Option<Text>,
}

/// A field of the form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct EditField {
    /// Its name.
    pub name: String,
    /// What people read.
    pub label: String,
    /// Its value.
    pub value: String,
    /// What is wrong with it.
    pub fault: Option<String>,
}

/// An outcome in the form: statement, level, assessment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct EditOutcome {
    /// What it is called.
    pub name: String,
    /// Its fields: statement, level, assessment.
    pub fields: Vec<EditField>,
    /// Whether it can be taken away: it is no new one.
    pub is_kept: bool,
}

/// A field that somebody else changed too.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct EditClash {
    /// Its name.
    pub name: String,
    /// What people read.
    pub label: String,
    /// What the person who edits wants; empty where it should go.
    pub mine: String,
    /// What is there now; empty where it is gone.
    pub theirs: String,
}

/// The form of a course.
#[derive(Clone, Debug, Serialize)]
pub struct CourseForm {
    /// The course.
    pub course: CourseName,
    /// The revision it is made from.
    pub revision: u32,
    /// The course's own fields.
    pub fields: Vec<EditField>,
    /// Its outcomes, and empty ones to fill in.
    pub outcomes: Vec<EditOutcome>,
    /// What must be chosen first: fields that others changed too.
    pub clashes: Vec<EditClash>,
    /// Who saved since the form was made.
    pub others: Vec<String>,
}

/// What saving a course did.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CourseSaved {
    /// Its revision now.
    pub revision: u32,
    /// Whether anything was written.
    pub written: bool,
    /// What was changed, by label.
    pub changed: Vec<String>,
    /// What others had changed since the form was made, and stays.
    pub merged: Vec<String>,
    /// How many words of reviewers were on words that are others now, and wait for review again.
    pub waiting: usize,
}

/// What came of an edit.
#[derive(Clone, Debug, Serialize)]
pub enum EditAnswer {
    /// It is saved.
    Saved(CourseSaved),
    /// Nothing was written: fields are wrong, or must be chosen first.
    Form(Box<CourseForm>),
}

/// A course with what editing it needs.
struct Edited {
    course: Course,
    revisions: Vec<Revision>,
    /// Outcomes it has, then those it had.
    known: Vec<Outcome>,
}

impl Edited {
    async fn read(work: &Work, id: &Ctid) -> Result<Self, WorkflowError> {
        let course = work.course(id).await?.ok_or_else(|| WorkflowError::NotFound {
            what: "course",
            given: id.to_string(),
            hint: "see the list of courses".to_owned(),
        })?;
        let revisions = work.revisions(id).await?;
        let mut known = course.outcomes.clone();
        for revision in revisions.iter().rev() {
            let earlier: Course = serde_json::from_str(&revision.content)?;
            for outcome in earlier.outcomes {
                if !known.iter().any(|one| one.ctid == outcome.ctid) {
                    known.push(outcome);
                }
            }
        }
        Ok(Self { course, revisions, known })
    }

    fn newest(&self) -> u32 {
        self.revisions.last().map_or(0, |revision| revision.number)
    }

    /// The course as it was in a revision.
    fn at(&self, number: u32) -> Result<Fields, WorkflowError> {
        let revision = self.revisions.iter().find(|revision| revision.number == number);
        let revision = revision.ok_or_else(|| WorkflowError::Refused {
            message: format!("the course has no revision {number}"),
            hint: "reload the page".to_owned(),
        })?;
        Ok(flatten(&serde_json::from_str(&revision.content)?))
    }

    fn form(&self, fields: &Fields, faults: &BTreeMap<String, String>, clashes: &[Clash], since: u32) -> CourseForm {
        let field = |name: String, words: &str| EditField {
            value: fields.get(&name).cloned().unwrap_or_default(),
            fault: faults.get(&name).cloned(),
            label: words.to_owned(),
            name,
        };
        let of = |group: String, name: String, is_kept| EditOutcome {
            fields: OF_OUTCOME.iter().map(|(part, words)| field(format!("{group}.{part}"), words)).collect(),
            name,
            is_kept,
        };
        let wanted = |outcome: &&Outcome| fields.contains_key(&format!("outcome.{}.statement", outcome.ctid));
        let known = self.known.iter().filter(wanted).map(|outcome| {
            let group = format!("outcome.{}", outcome.ctid);
            let name = label(&format!("{group}.statement"), &self.known).unwrap_or_default();
            of(group, name.replace(": statement", ""), true)
        });
        let new = (1..=MOST_NEW).map(|number| of(format!("new.{number}"), format!("New outcome {number}"), false));
        let mut others: Vec<String> =
            self.revisions.iter().filter(|one| one.number > since).map(|one| one.person.name().to_owned()).collect();
        others.dedup();
        CourseForm {
            course: CourseName::of(&self.course),
            revision: self.newest(),
            fields: OWN.iter().map(|(name, _, words)| field((*name).to_owned(), words)).collect(),
            outcomes: known.chain(new).collect(),
            clashes: clashes
                .iter()
                .map(|clash| EditClash {
                    label: label(&clash.field, &self.known).unwrap_or_default(),
                    name: clash.field.clone(),
                    mine: clash.mine.clone(),
                    theirs: clash.theirs.clone(),
                })
                .collect(),
            others,
        }
    }
}

impl Workbench {
    /// The form to edit a course.
    ///
    /// # Errors
    /// [`WorkflowError::Forbidden`], [`WorkflowError::NotFound`].
    pub async fn course_form(&self, id: &str) -> Result<CourseForm, WorkflowError> {
        let ctid = identifier("course", id)?;
        let work = self.store.read().await?;
        self.allow(&work, Action::EditCourse, About::Course(&ctid)).await?;
        let edited = Edited::read(&work, &ctid).await?;
        Ok(edited.form(&flatten(&edited.course), &BTreeMap::new(), &[], edited.newest()))
    }

    /// Whether who acts may edit a course, for the link to the form.
    ///
    /// # Errors
    /// [`WorkflowError::Store`].
    pub async fn may_edit_course(&self, course: &Ctid) -> Result<bool, WorkflowError> {
        self.may(&self.store.read().await?, Action::EditCourse, About::Course(course)).await
    }

    /// Saves a course as it was edited, on its newest revision.
    ///
    /// # Errors
    /// [`WorkflowError::Forbidden`], [`WorkflowError::NotFound`]; [`WorkflowError::Refused`] for a field that is none,
    /// or a revision that is none. Values that cannot be taken, and fields that others changed too, are an answer.
    pub async fn edit_course(&self, id: &str, edit: &CourseEdit) -> Result<EditAnswer, WorkflowError> {
        let ctid = identifier("course", id)?;
        let work = self.store.write().await?;
        self.allow(&work, Action::EditCourse, About::Course(&ctid)).await?;
        let edited = Edited::read(&work, &ctid).await?;
        let base = edited.at(edit.base)?;
        let (mut mine, mut faults) = (Fields::new(), BTreeMap::new());
        for (name, given) in &edit.fields {
            if label(name, &edited.known).is_none() {
                return Err(WorkflowError::Refused {
                    message: format!("“{name}” is no field of this course"),
                    hint: "reload the page".to_owned(),
                });
            }
            let value = tidy(name, given).unwrap_or_else(|fault| {
                faults.insert(name.clone(), fault);
                given.clone()
            });
            mine.insert(name.clone(), value);
        }
        let theirs = flatten(&edited.course);
        if !faults.is_empty() {
            let mut shown = base;
            shown.extend(mine);
            let mut form = edited.form(&shown, &faults, &[], edited.newest());
            // Still on the revision it was made from: what others saved since is merged when it can be saved.
            form.revision = edit.base;
            return Ok(EditAnswer::Form(Box::new(form)));
        }
        let merged = merge(&base, &mine, &theirs);
        if !merged.clashes.is_empty() {
            let form = edited.form(&merged.fields, &BTreeMap::new(), &merged.clashes, edit.base);
            return Ok(EditAnswer::Form(Box::new(form)));
        }
        let after = apply(&edited.course, &merged.fields, &edited.known);
        let before_words = self.words_in_force(&work, &edited).await?;
        let written = work.put_courses(std::slice::from_ref(&after), &self.stamp(edit.reason.clone())).await?;
        let written = written.first() == Some(&Written::Revised);
        let after_words = self.words_in_force(&work, &edited).await?;
        work.commit().await?;
        let labels = |names: &[String]| names.iter().filter_map(|name| label(name, &edited.known)).collect();
        Ok(EditAnswer::Saved(CourseSaved {
            revision: edited.newest() + u32::from(written),
            written,
            changed: labels(&merged.taken),
            merged: labels(&merged.kept),
            waiting: before_words.saturating_sub(after_words),
        }))
    }

    /// How many words of reviewers on the statements of a course are in force today.
    async fn words_in_force(&self, work: &Work, edited: &Edited) -> Result<usize, WorkflowError> {
        let mut count = 0;
        for program in work.programs().await? {
            if !program.courses.iter().any(|one| one.course == edited.course.ctid) {
                continue;
            }
            for crosswalk in work.crosswalks().await?.iter().filter(|one| one.program == program.ctid) {
                let data = CrosswalkData::read(work, &crosswalk.ctid).await?;
                let own = |statement: &Ctid| {
                    *statement == edited.course.ctid || edited.known.iter().any(|one| one.ctid == *statement)
                };
                count += current(&data.decisions, &data.words()).iter().filter(|one| own(&one.statement)).count();
            }
        }
        Ok(count)
    }
}
