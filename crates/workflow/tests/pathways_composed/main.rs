//! What plans are made from: two colleges that share a code, conditions of every kind of component, sets too wide or too narrow to be
//! planned from, and what no plan can be made of.

mod conditions;
mod open;
mod refused;
mod sample;
mod transfer;

use credway_import::NoProgress;
use credway_model::{Person, Text};
use credway_workflow::{
    ImportRequest, Kind, NoPlanProgress, Options, PathwayPlan, SourceFile, WishFields, Workbench, WorkflowError,
};

/// Pier College, with Harbor University beside it.
pub(crate) struct Colleges {
    owner: Workbench,
    _folder: tempfile::TempDir,
}

impl Colleges {
    /// The colleges with what is in these tables. Who acts may read both.
    pub(crate) async fn with(tables: &[(Kind, &str)]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let database = format!("sqlite:{}", folder.path().join("composed.db").display());
        let clock = || "2026-11-27T12:00:00Z".parse().unwrap();
        let workbench = Workbench::open_at(&Options { database, create: true }, clock).await.unwrap();
        let owner = workbench.by(&Person(Text::new("Ada").unwrap()));
        owner.begin_institution("Pier College", None).await.unwrap();
        let colleges = Self { owner, _folder: folder };
        colleges.import(Kind::Organization, "name,kind\nHarbor University,university\n").await;
        for (kind, text) in tables {
            colleges.import(*kind, text).await;
        }
        colleges
    }

    pub(crate) async fn import(&self, kind: Kind, text: &str) {
        let request = ImportRequest {
            kind,
            file: SourceFile::new("file.csv".to_owned(), text.as_bytes().to_vec()),
            mapping: None,
            organization: None,
            into: None,
            accept: Vec::new(),
            reason: None,
        };
        let answer = self.owner.import(&request, &NoProgress).await.unwrap();
        assert!(answer.written, "{kind:?}: {:?}", answer.findings);
    }

    pub(crate) async fn try_plan(&self, fields: &WishFields) -> Result<PathwayPlan, WorkflowError> {
        self.owner.plan_pathway("Way", &fields.read().unwrap(), NoPlanProgress).await
    }

    /// The plan, which there is, with every exit that it reaches found earned by the audit.
    pub(crate) async fn plan(&self, fields: &WishFields) -> PathwayPlan {
        let plan = self.try_plan(fields).await.unwrap();
        assert!(plan.found, "{:#?}", plan.no_plan);
        assert!(plan.exits.iter().all(|exit| exit.audited != Some(false)), "{:#?}", plan.notes);
        plan
    }

    /// What is refused, and the hint.
    pub(crate) async fn refused(&self, fields: &WishFields) -> (String, String) {
        match self.try_plan(fields).await {
            Err(WorkflowError::Refused { message, hint }) => (message, hint),
            Err(WorkflowError::Wishes(faults)) => (faults[0].message.clone(), faults[0].field.to_owned()),
            other => panic!("{other:?}"),
        }
    }
}

/// Codes of the courses by term, sorted.
pub(crate) fn taken(plan: &PathwayPlan) -> Vec<Vec<&str>> {
    let codes = plan.terms.iter().map(|term| term.courses.iter().map(|course| course.code.as_str()));
    codes
        .map(|codes| {
            let mut codes: Vec<&str> = codes.collect();
            codes.sort_unstable();
            codes
        })
        .collect()
}

/// The value of what was taken for granted under a name.
pub(crate) fn assumed<'a>(plan: &'a PathwayPlan, what: &str) -> Option<&'a str> {
    plan.assumptions.iter().find(|one| one.what == what).map(|one| one.value.as_str())
}

pub(crate) fn notes(plan: &PathwayPlan, words: &str) -> bool {
    plan.notes.iter().any(|note| note.contains(words))
}
