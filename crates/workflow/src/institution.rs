//! Begin: the institution whose database this is, and collections of courses to look at together.

use credway_model::{
    Action, CatalogueYear, Course, Ctid, Organization, OrganizationKind, Program, ProgramCourse, ProgramKind, Text,
};
use credway_store::{CourseFilter, Work};
use serde::Serialize;
use uuid::Uuid;

use crate::permission::About;
use crate::{Named, Workbench, WorkflowError};

/// Setting that holds the namespace all identifiers of this database are derived from.
pub(crate) const NAMESPACE: &str = "namespace";
/// Setting that holds the identifier of the institution itself.
pub(crate) const INSTITUTION: &str = "institution";
/// What the institution is called before a person has named it.
pub(crate) const UNNAMED: &str = "Unnamed institution";

/// The institution whose database this is.
#[derive(Clone, Debug, Serialize)]
pub struct Institution {
    /// Identifier.
    pub id: Ctid,
    /// Name.
    pub name: String,
}

/// Which courses a collection takes.
#[derive(Clone, Debug, Default)]
pub struct CollectionRequest {
    /// Title of the collection.
    pub title: String,
    /// Codes or beginnings of codes with `*` at the end (`SEC *`, `ITSY 1300`); empty takes all.
    pub courses: Vec<String>,
    /// Only courses of this catalogue year.
    pub catalogue_year: Option<String>,
    /// Only courses of this organization, by name.
    pub organization: Option<String>,
}

impl Workbench {
    /// Names the institution of a fresh database. `namespace` fixes the identifiers (the sample college has its own);
    /// without it they are random.
    ///
    /// # Errors
    /// [`WorkflowError::Refused`] when the database has an institution of another name.
    pub async fn begin_institution(&self, name: &str, namespace: Option<Ctid>) -> Result<Institution, WorkflowError> {
        let name = Text::new(name).map_err(|error| WorkflowError::Refused {
            message: format!("the institution needs a name: {error}"),
            hint: "give the college's name, for example `credway new \"Lantern Bay Community College\"`".to_owned(),
        })?;
        let refused = |owner: &str| WorkflowError::Refused {
            message: format!("this database belongs to “{owner}”"),
            hint: "choose another file with --db".to_owned(),
        };
        let work = self.store.write().await?;
        self.allow(&work, Action::ManageServer, About::Shared).await?;
        let existing = institution_in(&work).await?;
        if let Some(existing) = existing.as_ref().filter(|existing| existing.name != UNNAMED) {
            return if existing.name == name.as_str() { Ok(existing.clone()) } else { Err(refused(&existing.name)) };
        }
        let kept = self.namespace(&work, namespace).await?;
        if namespace.is_some_and(|wanted| wanted != kept) {
            return Err(refused(existing.as_ref().map_or("somebody", |existing| &existing.name)));
        }
        // One that was without a name keeps its identifier, so that what it owns stays its own.
        let ctid = existing.map_or_else(|| Ctid::derive(&kept, "organization", name.as_str()), |existing| existing.id);
        let organization = Organization {
            ctid,
            name,
            kind: Some(OrganizationKind::College),
            city: None,
            region: None,
            url: None,
            origin: None,
        };
        work.put_organizations(std::slice::from_ref(&organization), &self.stamp(None)).await?;
        work.put_setting(INSTITUTION, &organization.ctid.to_string()).await?;
        work.commit().await?;
        Ok(Institution { id: organization.ctid, name: organization.name.to_string() })
    }

    /// The institution, if one has been named.
    ///
    /// # Errors
    /// [`WorkflowError::Store`].
    pub async fn institution(&self) -> Result<Option<Institution>, WorkflowError> {
        institution_in(&self.store.read().await?).await
    }

    /// The namespace of this database, made on first use.
    pub(crate) async fn namespace(&self, work: &Work, wanted: Option<Ctid>) -> Result<Ctid, WorkflowError> {
        if let Some(kept) = work.setting(NAMESPACE).await? {
            return crate::workbench::identifier("namespace", &kept);
        }
        let namespace = wanted.unwrap_or_else(|| Ctid::from_uuid(Uuid::new_v4()));
        work.put_setting(NAMESPACE, &namespace.to_string()).await?;
        Ok(namespace)
    }

    /// Makes or renews a collection: courses looked at together that are not a program.
    ///
    /// # Errors
    /// [`WorkflowError::Refused`] when no course matches or the title is taken by a program.
    pub async fn make_collection(&self, request: &CollectionRequest) -> Result<Named, WorkflowError> {
        let title = Text::new(&request.title).map_err(|error| WorkflowError::Refused {
            message: format!("the collection needs a title: {error}"),
            hint: "give a title, for example “Security courses”".to_owned(),
        })?;
        let work = self.store.write().await?;
        let namespace = self.namespace(&work, None).await?;
        let courses = self.matching_courses(&work, &namespace, request).await?;
        let Some(first) = courses.first() else {
            return Err(WorkflowError::Refused {
                message: "no course matches".to_owned(),
                hint: "look at the codes with `credway list courses`; a pattern may end in *".to_owned(),
            });
        };
        let (ctid, owner) = self.collection_of(&work, &namespace, first.organization, &title).await?;
        self.allow_collection(&work, owner, &courses).await?;
        let program = Program {
            ctid,
            organization: owner,
            kind: ProgramKind::Collection,
            title,
            award: None,
            cip: None,
            soc: Vec::new(),
            catalogue_year: first.catalogue_year.clone().filter(|_| request.catalogue_year.is_some()),
            total_credits: None,
            courses: courses.iter().map(|course| ProgramCourse { course: course.ctid, group: None }).collect(),
            requirements: None,
            origin: None,
        };
        work.put_program(&program, &self.stamp(None)).await?;
        work.commit().await?;
        Ok(Named { id: ctid, name: program.title.to_string() })
    }

    /// The courses a request names, among those of the institutions at which who acts may make collections.
    async fn matching_courses(
        &self,
        work: &Work,
        namespace: &Ctid,
        request: &CollectionRequest,
    ) -> Result<Vec<Course>, WorkflowError> {
        self.allow_somewhere(work, Action::MakeCollection).await?;
        let reach = self.reach(work, Action::MakeCollection).await?;
        let mut courses = matching_courses(work, namespace, request).await?;
        courses.retain(|course| reach.holds(course.organization, None));
        Ok(courses)
    }
}

/// The institution this work sees.
pub(crate) async fn institution_in(work: &Work) -> Result<Option<Institution>, WorkflowError> {
    let Some(ctid) = work.setting(INSTITUTION).await? else { return Ok(None) };
    let organizations = work.organizations().await?;
    let own = organizations.into_iter().find(|organization| organization.ctid.to_string() == ctid);
    Ok(own.map(|organization| Institution { id: organization.ctid, name: organization.name.to_string() }))
}

/// Finds a program or collection by identifier, title, or title and award, among some.
pub(crate) async fn find_program(
    work: &Work,
    given: &str,
    among: impl Fn(&Program) -> bool,
) -> Result<Program, WorkflowError> {
    let mut found: Vec<Program> = Vec::new();
    for program in work.programs().await?.into_iter().filter(among) {
        let with_award = program.award.as_ref().map(|award| format!("{} {award}", program.title));
        let names = [Some(program.ctid.to_string()), Some(program.title.to_string()), with_award];
        if names.iter().flatten().any(|name| name.eq_ignore_ascii_case(given.trim())) {
            found.push(program);
        }
    }
    let named = |program: &Program| {
        format!("{} {} ({})", program.title, program.award.as_ref().map_or("", |award| award.as_str()), program.ctid)
    };
    one("program", given, found, named, "see `credway list programs`")
}

/// Finds a blueprint by identifier, “title version”, title alone or version alone.
pub(crate) async fn find_blueprint(work: &Work, given: &str) -> Result<credway_model::Blueprint, WorkflowError> {
    let wanted = given.trim();
    let heads = work.blueprints().await?;
    let is = |name: &str| name.eq_ignore_ascii_case(wanted);
    let mut found: Vec<_> = heads.iter().filter(|head| is(&head.ctid.to_string()) || is(&head.name())).collect();
    if found.is_empty() {
        found = heads
            .iter()
            .filter(|head| is(head.title.as_str()) || head.version.as_ref().is_some_and(|version| is(version.as_str())))
            .collect();
    }
    let named = |head: &&credway_store::BlueprintHead| format!("{} ({})", head.name(), head.ctid);
    let head = one("blueprint", given, found, named, "see `credway list blueprints`")?;
    work.blueprint(&head.ctid).await?.ok_or_else(|| WorkflowError::NotFound {
        what: "blueprint",
        given: given.to_owned(),
        hint: "run `credway doctor`".to_owned(),
    })
}

/// Finds a framework by identifier, “title version” or title alone.
pub(crate) async fn find_framework(work: &Work, given: &str) -> Result<credway_model::Framework, WorkflowError> {
    let is = |name: &str| name.eq_ignore_ascii_case(given.trim());
    let mut found = work.frameworks().await?;
    found.retain(|head| {
        let with_version = head.version.as_ref().map(|version| format!("{} {version}", head.title));
        is(&head.ctid.to_string()) || is(head.title.as_str()) || with_version.is_some_and(|name| is(&name))
    });
    let named = |head: &credway_store::FrameworkHead| format!("{} ({})", head.title, head.ctid);
    let head = one("framework", given, found, named, "import one with `credway import framework FILE`")?;
    work.framework(&head.ctid).await?.ok_or_else(|| WorkflowError::NotFound {
        what: "framework",
        given: given.to_owned(),
        hint: "run `credway doctor`".to_owned(),
    })
}

/// Exactly one of `found`, or an error that helps.
pub(crate) fn one<T>(
    what: &'static str,
    given: &str,
    mut found: Vec<T>,
    name: impl Fn(&T) -> String,
    hint: &str,
) -> Result<T, WorkflowError> {
    match found.len() {
        1 => Ok(found.remove(0)),
        0 => Err(WorkflowError::NotFound { what, given: given.to_owned(), hint: hint.to_owned() }),
        _ => Err(WorkflowError::Ambiguous {
            what,
            given: given.to_owned(),
            candidates: found.iter().map(name).collect::<Vec<_>>().join("; "),
        }),
    }
}

async fn matching_courses(
    work: &Work,
    namespace: &Ctid,
    request: &CollectionRequest,
) -> Result<Vec<Course>, WorkflowError> {
    let year = match &request.catalogue_year {
        Some(year) => Some(CatalogueYear(Text::new(year).map_err(|error| WorkflowError::Refused {
            message: format!("the catalogue year is no text: {error}"),
            hint: "write it as the catalogue does, for example 2026-2027".to_owned(),
        })?)),
        None => None,
    };
    let filter = CourseFilter {
        organization: request.organization.as_ref().map(|name| Ctid::derive(namespace, "organization", name)),
        catalogue_year: year,
        ..CourseFilter::default()
    };
    let mut courses = work.courses(&filter).await?;
    if !request.courses.is_empty() {
        courses.retain(|course| request.courses.iter().any(|pattern| matches(pattern, course.code.as_str())));
    }
    Ok(courses)
}

/// Whether `code` is `pattern`, or begins with it where it ends in `*`.
pub(crate) fn matches(pattern: &str, code: &str) -> bool {
    let pattern = pattern.trim().to_uppercase();
    match pattern.strip_suffix('*') {
        Some(beginning) => code.starts_with(beginning.trim_end()),
        None => code == pattern,
    }
}
