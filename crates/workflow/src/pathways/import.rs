//! Pathways of a file, written: what a component stands for is looked up by its name or code; what does not resolve is a
//! finding with its place, and the component stays, standing for nothing.

use credway_import::{ComponentRecord, PathwayRecord};
use credway_model::{Component, ComponentKind, Ctid, Finding, Pathway, Severity};
use credway_store::Written;

use crate::WorkflowError;
use crate::field_difference::differences;
use crate::import_writing::Writing;
use crate::pathways::record::record_of;

impl Writing<'_> {
    /// Writes pathways, their references resolved, and says what of them cannot be walked.
    pub(crate) async fn pathways(&mut self, records: &[PathwayRecord]) -> Result<Vec<Finding>, WorkflowError> {
        let mut findings = Vec::new();
        for record in records {
            let organization = self.organization(record.organization.as_ref());
            let mut components = Vec::with_capacity(record.components.len());
            for one in &record.components {
                components.push(self.component(one, &organization, &mut findings).await?);
            }
            let pathway = record.pathway(organization, &self.context.namespace, components);
            findings.extend(self.walkable(&pathway, record));
            let before = self.work.pathway(&pathway.ctid).await?;
            let written = self.work.put_pathway(&pathway, self.stamp).await?;
            let changes = match &before {
                Some(before) if written == Written::Revised => differences(before, &pathway)?,
                _ => Vec::new(),
            };
            self.line("pathway", pathway.ctid, pathway.title.to_string(), written, changes);
        }
        Ok(findings)
    }

    /// What its structure shows, each finding at the row of its component.
    fn walkable(&self, pathway: &Pathway, record: &PathwayRecord) -> Vec<Finding> {
        let place = |fault: &credway_plan::PathwayFault| {
            let row = fault.component.and_then(|index| record.components.get(index));
            row.map_or_else(|| record.origin.place.clone(), |row| row.place.clone())
        };
        credway_plan::pathway_faults(pathway)
            .iter()
            .map(|fault| fault.finding(pathway, place(fault)).in_file(self.file))
            .collect()
    }

    async fn component(
        &self,
        record: &ComponentRecord,
        organization: &Ctid,
        findings: &mut Vec<Finding>,
    ) -> Result<Component, WorkflowError> {
        let mut component = record.component.clone();
        let Some(name) = &record.stands_for else { return Ok(component) };
        component.stands_for = record_of(self.desk, self.work, component.kind, name.as_str(), organization).await?;
        if component.stands_for.is_none() {
            let what = match component.kind {
                ComponentKind::Course => "course of the organization",
                ComponentKind::Credential => "program of the organization or credential",
                ComponentKind::Assessment => "blueprint or credential",
                _ => "record",
            };
            let message = format!("“{}” stands for “{name}”, but there is no such {what}.", component.name);
            let hint = "Import that first, or correct its name; until then the component stands for nothing.";
            let finding = Finding::new("reference.component", Severity::Warning, record.place.clone(), message, hint);
            findings.push(finding.in_file(self.file));
        }
        Ok(component)
    }
}
