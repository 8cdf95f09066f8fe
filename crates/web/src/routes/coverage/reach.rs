//! The section that asks for the least set of course changes, and its answer in words. What is asked stands in the
//! address, so that it can be kept and sent; nothing is changed by asking.

use credway_workflow::{
    ChangeSetAnswer, ChangeSetOutcome, ChangedCourse, Counting, CourseChange, Efforts, ReachRequest, ReachedDomain,
    WorkflowError,
};
use serde::Deserialize;

use crate::error_page::Failure;
use crate::routes::coverage::view::full_name;
use crate::words;

/// Seconds one step of the solver may take: all of them, and the wait for a place, stay below what a request may.
const SECONDS: f64 = 3.0;

/// What the form sends; nothing where it was not sent.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct ReachFields {
    reach: String,
    each: String,
    count: String,
    first: String,
    most: String,
    leave: String,
    near: String,
    open: String,
    add: String,
    deepen: String,
    assess: String,
}

/// One change in words.
pub(super) struct ChangeView<'a> {
    pub(super) line: &'a CourseChange,
    /// The objectives it raises, with their numbers.
    pub(super) objectives: Vec<String>,
    /// How near the course is, for an addition.
    pub(super) nearness: Option<String>,
}

/// One course in words.
pub(super) struct CourseView<'a> {
    pub(super) course: &'a ChangedCourse,
    pub(super) changes: Vec<ChangeView<'a>>,
}

/// One domain in words.
pub(super) struct DomainView<'a> {
    pub(super) line: &'a ReachedDomain,
    pub(super) weight: String,
    pub(super) before: String,
    pub(super) after: String,
}

/// The answer in words.
pub(super) struct AnswerView<'a> {
    pub(super) answer: &'a ChangeSetAnswer,
    pub(super) courses: Vec<CourseView<'a>>,
    pub(super) domains: Vec<DomainView<'a>>,
    pub(super) before: Option<String>,
    pub(super) after: Option<String>,
    /// Hours of work.
    pub(super) hours: usize,
    /// Whether it can be reached.
    pub(super) reached: bool,
}

/// The form as it was sent, with what is wrong in it and what was found.
pub(super) struct ReachView<'a> {
    pub(super) form: Form,
    /// What is wrong: the field, and a sentence.
    pub(super) wrong: Option<(&'static str, String)>,
    pub(super) found: Option<AnswerView<'a>>,
}

/// The fields of the form as they are shown.
pub(super) struct Form {
    pub(super) reach: String,
    pub(super) each: String,
    pub(super) assessed: bool,
    pub(super) cheapest: bool,
    pub(super) most: String,
    pub(super) leave: String,
    pub(super) near: String,
    /// Name, label and hours of each effort.
    pub(super) efforts: [(&'static str, &'static str, String); 4],
    /// Whether more than the first line of the form was filled in.
    pub(super) more: bool,
}

impl ReachFields {
    /// Whether something is asked.
    pub(super) fn is_asked(&self) -> bool {
        !self.reach.trim().is_empty() || !self.each.trim().is_empty()
    }

    /// The request, or the field that cannot be taken and why.
    pub(super) fn request(&self) -> Result<ReachRequest, (&'static str, String)> {
        let plain = ReachRequest::default();
        let efforts = Efforts::default();
        Ok(ReachRequest {
            total: percent("reach", &self.reach)?,
            each_domain: percent("each", &self.each)?,
            counting: if self.count == "assessed" { Counting::Assessed } else { Counting::Taught },
            cheapest: self.first == "cheapest",
            most_per_course: whole("most", &self.most)?,
            leave: self
                .leave
                .split([',', ';'])
                .map(|code| code.trim().to_owned())
                .filter(|code| !code.is_empty())
                .collect(),
            near: whole("near", &self.near)?.map_or(plain.near, |near| near as usize),
            efforts: Efforts {
                open: whole("open", &self.open)?.unwrap_or(efforts.open),
                add: whole("add", &self.add)?.unwrap_or(efforts.add),
                deepen: whole("deepen", &self.deepen)?.unwrap_or(efforts.deepen),
                assess: whole("assess", &self.assess)?.unwrap_or(efforts.assess),
            },
            seconds: SECONDS,
        })
    }

    fn form(&self) -> Form {
        let efforts = Efforts::default();
        let or = |given: &str, otherwise: u32| {
            if given.trim().is_empty() { otherwise.to_string() } else { given.trim().to_owned() }
        };
        let near = ReachRequest::default().near;
        let more = [&self.most, &self.leave, &self.near, &self.open, &self.add, &self.deepen, &self.assess];
        Form {
            reach: if self.is_asked() { self.reach.trim().to_owned() } else { "80".to_owned() },
            each: self.each.trim().to_owned(),
            assessed: self.count == "assessed",
            cheapest: self.first == "cheapest",
            most: self.most.trim().to_owned(),
            leave: self.leave.trim().to_owned(),
            near: if self.near.trim().is_empty() { near.to_string() } else { self.near.trim().to_owned() },
            efforts: [
                ("open", "Open a course", or(&self.open, efforts.open)),
                ("add", "Add an outcome", or(&self.add, efforts.add)),
                ("deepen", "Deepen one", or(&self.deepen, efforts.deepen)),
                ("assess", "Add an assessment", or(&self.assess, efforts.assess)),
            ],
            more: more.iter().any(|given| !given.trim().is_empty()),
        }
    }
}

/// A percentage, with or without its sign; nothing where the field is empty.
fn percent(field: &'static str, given: &str) -> Result<Option<f64>, (&'static str, String)> {
    let given = given.trim().trim_end_matches('%').trim();
    if given.is_empty() {
        return Ok(None);
    }
    match given.parse::<f64>() {
        Ok(value) if (0.0..=100.0).contains(&value) => Ok(Some(value)),
        _ => Err((field, "Write a percentage from 0 to 100.".to_owned())),
    }
}

/// A whole number; nothing where the field is empty.
fn whole(field: &'static str, given: &str) -> Result<Option<u32>, (&'static str, String)> {
    let given = given.trim();
    if given.is_empty() {
        return Ok(None);
    }
    given.parse().map(Some).map_err(|_| (field, "Write a whole number.".to_owned()))
}

/// What the workflow refused, as a sentence in the section; anything else is the page's failure.
pub(super) fn refused(error: WorkflowError) -> Result<(&'static str, String), Failure> {
    match error {
        WorkflowError::Refused { message, hint } => {
            Ok(("", format!("{}. {}.", words::capital(&message), words::capital(&hint))))
        }
        WorkflowError::NotFound { what: "course in the program", given, hint } => {
            Ok(("leave", format!("No course of the program has the code “{given}”: {hint}.")))
        }
        other => Err(other.into()),
    }
}

impl<'a> ReachView<'a> {
    pub(super) fn new(
        fields: &ReachFields,
        wrong: Option<(&'static str, String)>,
        answer: Option<&'a ChangeSetAnswer>,
    ) -> Self {
        Self { form: fields.form(), wrong, found: answer.map(answer_view) }
    }

    /// What is wrong, with the name of its field.
    pub(super) fn summary(&self) -> Option<String> {
        let (field, sentence) = self.wrong.as_ref()?;
        let label = match *field {
            "reach" => "Reach",
            "each" => "Every domain at least",
            "most" => "Changes to one course",
            "near" => "Nearest courses for each gap",
            "leave" => "Courses to leave alone",
            other => self.form.efforts.iter().find(|effort| effort.0 == other).map_or("", |effort| effort.1),
        };
        Some(if label.is_empty() { sentence.clone() } else { format!("{label}: {sentence}") })
    }

    /// What is wrong in a field.
    pub(super) fn wrong_in(&self, field: &str) -> Option<&str> {
        self.wrong.as_ref().filter(|(wrong, _)| *wrong == field).map(|(_, sentence)| sentence.as_str())
    }
}

fn answer_view(answer: &ChangeSetAnswer) -> AnswerView<'_> {
    AnswerView {
        courses: answer.courses.iter().map(course_view).collect(),
        domains: answer.domains.iter().map(domain_view).collect(),
        before: answer.before.map(words::percent),
        after: answer.after.map(words::percent),
        hours: answer.effort as usize,
        reached: answer.outcome == ChangeSetOutcome::Reached,
        answer,
    }
}

fn course_view(course: &ChangedCourse) -> CourseView<'_> {
    let change = |line| ChangeView { objectives: objectives(line), nearness: line.nearness.map(nearness), line };
    CourseView { course, changes: course.changes.iter().map(change).collect() }
}

fn objectives(line: &CourseChange) -> Vec<String> {
    line.objectives.iter().map(full_name).collect()
}

/// A probability as a percentage.
fn nearness(probability: f64) -> String {
    words::percent(probability * 100.0)
}

fn domain_view(line: &ReachedDomain) -> DomainView<'_> {
    let after = match (line.after, line.most) {
        (Some(after), _) => words::percent(after),
        (None, Some(most)) => format!("at most {}", words::percent(most)),
        (None, None) => "–".to_owned(),
    };
    DomainView {
        weight: line.weight.map_or_else(|| "not given".to_owned(), words::percent),
        before: words::percent(line.before),
        after,
        line,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_is_read_or_the_field_is_named() {
        let fields = |reach: &str, near: &str| ReachFields {
            reach: reach.to_owned(),
            near: near.to_owned(),
            leave: "ITSY 1300; ,ITSC 1325".to_owned(),
            ..ReachFields::default()
        };
        let request = fields("80 %", "").request().unwrap();
        assert_eq!((request.total, request.near), (Some(80.0), ReachRequest::default().near));
        assert_eq!(request.leave, ["ITSY 1300", "ITSC 1325"]);
        assert_eq!(fields("eighty", "").request().unwrap_err().0, "reach");
        assert_eq!(fields("101", "").request().unwrap_err().0, "reach");
        assert_eq!(fields("80", "-1").request().unwrap_err().0, "near");
        assert!(!ReachFields::default().is_asked() && fields("80", "").is_asked());
    }
}
