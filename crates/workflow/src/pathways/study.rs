//! A plan as a document to take along: the plan of study.

use credway_model::{dollars, grouped};
use credway_publish::{StudyPlan, StudyTerm, study_report};

use super::answer::{PathwayPlan, PlannedCourseLine, PlannedExit, PlannedTerm};
use super::plan::PlanProgress;
use super::wishes::PlanWishes;
use crate::report::written;
use crate::{Exported, ReportForm, Workbench, WorkflowError};

impl Workbench {
    /// The plan of a pathway as a tagged PDF. Nothing of it is kept.
    ///
    /// # Errors
    /// As [`Workbench::plan_pathway`]; [`WorkflowError::Refused`] where there is no plan; [`WorkflowError::Publish`].
    pub async fn plan_of_study(
        &self,
        given: &str,
        wishes: &PlanWishes,
        progress: impl PlanProgress + 'static,
    ) -> Result<Exported, WorkflowError> {
        let plan = self.plan_pathway(given, wishes, progress).await?;
        if !plan.found {
            return Err(WorkflowError::Refused {
                message: "there is no plan to print".to_owned(),
                hint: "see on the pathway's page what would have to give".to_owned(),
            });
        }
        let institution = self.institution().await?.map(|institution| institution.name);
        let study = study(&plan, institution, self.today());
        written(study_report(&study), format!("plan of study {}", plan.pathway.name), ReportForm::Pdf).await
    }
}

fn study(plan: &PathwayPlan, institution: Option<String>, made: jiff::civil::Date) -> StudyPlan {
    let mut figures = Vec::new();
    let mut add = |what: &str, value: Option<String>| figures.extend(value.map(|value| (what.to_owned(), value)));
    add("Months", plan.months.map(|months| months.to_string()));
    add("Cost", plan.cost.map(dollars));
    add("Credits taken", plan.credits.map(grouped));
    let held = [("Passed already", &plan.done), ("Credit for prior learning", &plan.prior_learning)];
    let held = held.into_iter().filter(|(_, courses)| !courses.is_empty());
    StudyPlan {
        institution,
        pathway: plan.pathway.name.clone(),
        destination: plan.destination_name.clone(),
        made,
        proved: plan.proved(),
        held: held.map(|(what, courses)| (what.to_owned(), codes(courses))).collect(),
        terms: plan.terms.iter().map(term).collect(),
        exits: plan.exits.iter().map(exit).collect(),
        stages: plan
            .stages
            .iter()
            .map(|stage| {
                let proof =
                    if stage.proved { "proved".to_owned() } else { format!("no better than {}", grouped(stage.bound)) };
                [stage.words.to_owned(), grouped(stage.value), proof]
            })
            .collect(),
        assumptions: plan
            .assumptions
            .iter()
            .map(|one| [one.what.clone(), one.value.clone(), one.source.clone()])
            .collect(),
        notes: plan.notes.clone(),
        figures,
    }
}

fn codes(courses: &[PlannedCourseLine]) -> String {
    courses.iter().map(|course| course.code.as_str()).collect::<Vec<_>>().join(", ")
}

fn term(term: &PlannedTerm) -> StudyTerm {
    let courses = term.courses.iter().map(|course| {
        let place = course.at.as_ref().map_or_else(String::new, |at| format!(" (at {at})"));
        [course.code.clone(), format!("{}{place}", course.title), grouped(course.credits)]
    });
    let exams = term.exams.iter().map(|exam| {
        let fee = exam.fee.map_or_else(|| "fee not known".to_owned(), dollars);
        [
            "Exam".to_owned(),
            format!("{}: {} % covered before, {fee}", exam.name, grouped(exam.coverage)),
            "–".to_owned(),
        ]
    });
    let awards = term.awards.iter().map(|award| ["Awarded".to_owned(), award.clone(), "–".to_owned()]);
    StudyTerm {
        name: term.name.clone(),
        about: format!("{} credits, {}", grouped(term.credits), dollars(term.cost)),
        rows: courses.chain(exams).chain(awards).collect(),
    }
}

fn exit(exit: &PlannedExit) -> [String; 7] {
    let maybe = |value: Option<String>| value.unwrap_or_else(|| "–".to_owned());
    [
        exit.name.clone(),
        exit.term_name.clone().unwrap_or_else(|| "not in this plan".to_owned()),
        maybe(exit.months.map(|months| months.to_string())),
        maybe(exit.credits.map(grouped)),
        maybe(exit.cost.map(dollars)),
        exit.wage.map_or_else(|| "not known".to_owned(), dollars),
        match exit.audited {
            Some(true) => "requirements met".to_owned(),
            Some(false) => "audit differs".to_owned(),
            None => "–".to_owned(),
        },
    ]
}
