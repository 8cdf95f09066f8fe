//! Names in wishes that the pathway or its catalogues do not know, said at the field in which they were typed.

use std::collections::BTreeSet;

use credway_model::CourseCode;

use super::PlanWishes;
use crate::WorkflowError;
use crate::pathways::edit::FieldFault;
use crate::pathways::material::Material;

impl PlanWishes {
    /// Whether every course and component they name is there.
    ///
    /// # Errors
    /// [`WorkflowError::Wishes`], with a fault for each name.
    pub(crate) fn check_names(&self, material: &Material) -> Result<(), WorkflowError> {
        let codes: BTreeSet<&CourseCode> = material.catalogue.iter().map(|course| &course.code).collect();
        let components = &material.pathway.components;
        let exams: Vec<_> = material.exams.iter().map(|exam| &components[exam.component].key).collect();
        let dropped = self.dropped.iter().filter_map(|dropped| dropped.course.as_ref());
        let courses = self
            .done
            .iter()
            .map(|code| ("done", code))
            .chain(self.wanted.iter().map(|code| ("want", code)))
            .chain(dropped.map(|code| ("drop", code)));
        let mut faults: Vec<FieldFault> = courses
            .filter(|(_, code)| !codes.contains(code))
            .map(|(field, code)| FieldFault {
                field,
                message: format!("No institution of the pathway has a course {code}: write it as the catalogue does."),
            })
            .collect();
        for key in &self.held {
            if !components.iter().any(|one| one.key == *key) {
                let message = format!("The pathway has no component “{key}” that could be held.");
                faults.push(FieldFault { field: "held", message });
            }
        }
        for key in &self.required {
            if !exams.contains(&key) {
                let message = format!("“{key}” is no exam of the pathway that can be planned: name one by its key.");
                faults.push(FieldFault { field: "require", message });
            }
        }
        if faults.is_empty() { Ok(()) } else { Err(WorkflowError::Wishes(faults)) }
    }
}
