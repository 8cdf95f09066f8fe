//! What goes into an importer and what comes out.

use std::collections::BTreeMap;
use std::sync::Arc;

use credway_documents::Document;
use credway_model::{
    Blueprint, Course, Credential, Ctid, Finding, Framework, Organization, Place, Severity, Source, SourceId, Text,
};
use sha2::{Digest, Sha256};

use crate::content::{Content, WORKBOOK, content};
use crate::mapping::as_read;
use crate::{DecisionRecord, OutcomeRecord, PathwayRecord, ProgramRecord, RequirementsRecord};
use crate::{
    Kind, Mapping, ReadCourse, SourceFile, Table, blueprint, catalogue, check, curriculum, document, own_report,
    records, table,
};

/// The largest file taken, in bytes.
pub(crate) const LARGEST_FILE: usize = 64 << 20;

/// What an importer needs to name things.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Context {
    /// The namespace identifiers are derived from.
    pub namespace: Ctid,
    /// The organization that owns what the file does not say the owner of.
    pub organization: Ctid,
    /// Organizations that are there, by name.
    named: BTreeMap<String, Ctid>,
}

impl Context {
    /// A context in which no organization is known by name yet.
    #[must_use]
    pub const fn new(namespace: Ctid, organization: Ctid) -> Self {
        Self { namespace, organization, named: BTreeMap::new() }
    }

    /// The same, with organizations known by name.
    #[must_use]
    pub fn knowing(self, named: BTreeMap<String, Ctid>) -> Self {
        Self { named, ..self }
    }

    /// Whether there is an organization of this name.
    #[must_use]
    pub fn knows(&self, name: &str) -> bool {
        self.named.contains_key(name)
    }

    /// The identifier of the organization of this name: its own, or the one it will have.
    #[must_use]
    pub fn organization_named(&self, name: &str) -> Ctid {
        self.named.get(name).copied().unwrap_or_else(|| Ctid::derive(&self.namespace, "organization", name))
    }
}

/// Where long work says how far it is, and asks whether to go on.
pub trait Progress: Sync {
    /// `done` of `total` records are over.
    fn advance(&self, done: u64, total: u64);

    /// Whether the work should stop.
    fn cancelled(&self) -> bool {
        false
    }
}

/// A listener that does not care.
pub struct NoProgress;

impl Progress for NoProgress {
    fn advance(&self, _done: u64, _total: u64) {}
}

/// An organization that rows name as the owner of what they hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NamedOrganization {
    /// The identifier its name stands for; whether there is such an organization the file cannot tell.
    pub ctid: Ctid,
    /// The name.
    pub name: Text,
    /// The first row that names it.
    pub place: Place,
}

/// The records of a file, by kind.
#[derive(Clone, Debug, Default)]
pub struct Records {
    /// Organizations.
    pub organizations: Vec<Organization>,
    /// Credentials.
    pub credentials: Vec<Credential>,
    /// Frameworks.
    pub frameworks: Vec<Framework>,
    /// Blueprints.
    pub blueprints: Vec<Blueprint>,
    /// Courses.
    pub courses: Vec<Course>,
    /// Outcomes, to be put on their courses.
    pub outcomes: Vec<OutcomeRecord>,
    /// Programs, their courses to be looked up.
    pub programs: Vec<ProgramRecord>,
    /// What programs require, the programs to be looked up.
    pub requirements: Vec<RequirementsRecord>,
    /// Pathways, what their components stand for to be looked up.
    pub pathways: Vec<PathwayRecord>,
    /// Decisions, their references to be looked up.
    pub decisions: Vec<DecisionRecord>,
    /// The organizations that courses, outcomes and programs name as theirs, each once, by name.
    pub named_organizations: Vec<NamedOrganization>,
}

/// What came out of a file.
#[derive(Clone, Debug)]
pub struct Reading {
    /// The file.
    pub source: Source,
    /// What could be read.
    pub records: Records,
    /// What a person should know.
    pub findings: Vec<Finding>,
    /// For tables: which column was taken for which field.
    pub mapping: Option<Mapping>,
    /// For courses: what the file says of each, beside what a person put right.
    pub as_read: Vec<ReadCourse>,
}

/// The identity of the file being read.
pub(crate) struct Reader<'a> {
    pub(crate) source: SourceId,
    pub(crate) name: &'a str,
    pub(crate) context: &'a Context,
    pub(crate) progress: &'a dyn Progress,
}

/// Reads a file. Never fails as a whole: what is wrong is in the findings; an error finding means the file should not
/// be written.
#[must_use]
pub fn read(
    kind: Kind,
    file: SourceFile,
    context: &Context,
    mapping: Option<&Mapping>,
    progress: &dyn Progress,
) -> Reading {
    let id = digest(&file.bytes);
    let mut findings = Vec::new();
    let mut result = Reading {
        source: Source {
            id: id.clone(),
            name: file_name(&file.name),
            encoding: "unknown".to_owned(),
            bytes: Vec::new(),
            fields: Vec::new(),
        },
        records: Records::default(),
        findings: Vec::new(),
        mapping: None,
        as_read: Vec::new(),
    };
    if let Some(form) = file.form() {
        result.source.encoding = form.word().to_owned();
        // An outline is read in its own way, which nobody else asks for.
        let outline;
        let read = if kind == Kind::Blueprint {
            outline = document::read_outline(form, &file.bytes, progress, &mut findings);
            outline.as_ref()
        } else {
            file.document(form, progress, &mut findings)
        };
        if let Some(document) = read {
            let reader = Reader { source: id, name: &file.name, context, progress };
            match own_report::in_document(document).filter(|_| mapping.is_none()) {
                Some(finding) => findings.push(finding),
                None => read_document(kind, document, &reader, mapping, &mut result, &mut findings),
            }
        }
    } else if let Some(content) = content(&file.bytes, &mut findings) {
        result.source.encoding = match &content {
            Content::Text(decoded) => decoded.encoding.clone(),
            Content::Workbook(_) => WORKBOOK.to_owned(),
        };
        let reader = Reader { source: id, name: &file.name, context, progress };
        match own_report::in_content(&content).filter(|_| mapping.is_none()) {
            Some(finding) => findings.push(finding),
            None => read_content(kind, &content, &reader, mapping, &mut result, &mut findings),
        }
    }
    result.source.bytes = Arc::unwrap_or_clone(file.bytes);
    result.findings = check::limit(findings).into_iter().map(|finding| plain(finding).in_file(&file.name)).collect();
    result
}

fn read_content(
    kind: Kind,
    content: &Content,
    reader: &Reader<'_>,
    mapping: Option<&Mapping>,
    result: &mut Reading,
    findings: &mut Vec<Finding>,
) {
    if let Content::Text(decoded) = content
        && kind == Kind::Blueprint
        && mapping.is_none()
    {
        if !table::looks_like_table(reader.name, &decoded.text) {
            result.records.blueprints = blueprint::from_text(&decoded.text, reader, findings);
            return;
        }
        if let Some(document) = blueprint::document(&decoded.text) {
            result.records.blueprints.extend(blueprint::from_document(&document, reader, findings));
            return;
        }
    }
    if let Content::Text(decoded) = content
        && kind == Kind::Program
        && mapping.is_none()
        && curriculum::is_curriculum(&decoded.text)
    {
        curriculum::read_records(&decoded.text, reader, &mut result.records, findings);
        return;
    }
    let Some(table) = table::parse_content(kind, reader.name, content, mapping, findings) else { return };
    read_table(kind, &table, reader, mapping, result, findings);
}

/// A document is an outline where it is to be a blueprint and has no table of one, and otherwise a table.
fn read_document(
    kind: Kind,
    document: &Document,
    reader: &Reader<'_>,
    mapping: Option<&Mapping>,
    result: &mut Reading,
    findings: &mut Vec<Finding>,
) {
    if kind == Kind::Blueprint {
        let (text, places) = document::outline(document);
        let before = findings.len();
        let mut blueprints = blueprint::from_text(&text, reader, findings);
        for blueprint in &mut blueprints {
            blueprint.move_places(&mut |place| document::place_in(&places, place));
        }
        for finding in &mut findings[before..] {
            finding.place = document::place_in(&places, &finding.place);
        }
        result.records.blueprints = blueprints;
        return;
    }
    let Some(table) = catalogue::table(kind, document, findings) else { return };
    read_table(kind, &table, reader, mapping, result, findings);
}

fn read_table(
    kind: Kind,
    table: &Table,
    reader: &Reader<'_>,
    mapping: Option<&Mapping>,
    result: &mut Reading,
    findings: &mut Vec<Finding>,
) {
    let mut mapping = match mapping {
        None => crate::mapping::guess_from(kind, table),
        Some(given) if table.is_document() && given.kind == kind => given.for_edition(table),
        Some(given) => given.clone(),
    };
    if mapping.kind != kind {
        findings.push(Finding::new(
            "mapping.kind",
            Severity::Error,
            Place::Whole,
            format!("The mapping is for {}, not for {}.", mapping.kind.word(), kind.word()),
            "Choose a mapping made for this kind of file.",
        ));
        return;
    }
    result.source.fields = mapping.fields.clone();
    let corrected = crate::mapping::make(&mut mapping, table, findings);
    if kind == Kind::Courses {
        result.as_read = as_read(&mapping, table, &corrected);
    }
    records::read(table, &mapping, corrected, reader, &mut result.records, findings);
    result.mapping = Some(mapping);
}

/// What a finding quotes from a file must not command the terminal it is shown in.
fn plain(mut finding: Finding) -> Finding {
    finding.message = finding.message.replace(char::is_control, "\u{fffd}");
    finding
}

fn digest(bytes: &[u8]) -> SourceId {
    let hex: String = Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect();
    #[expect(clippy::expect_used, reason = "a SHA-256 digest always has 64 hexadecimal digits")]
    SourceId::from_hex(&hex).expect("a digest is a source identifier")
}

fn file_name(name: &str) -> Text {
    let short: String = name.chars().filter(|letter| !letter.is_control()).take(255).collect();
    #[expect(clippy::expect_used, reason = "a constant")]
    Text::new(&short).unwrap_or_else(|_| Text::new("unnamed").expect("a constant text is valid"))
}
