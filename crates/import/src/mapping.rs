//! Mappings: which column (or JSON selector) is which field, guessed from the heads, shown, corrected, saved.

use credway_model::{Finding, Place, Severity};
use serde::{Deserialize, Serialize};

use crate::table::Table;
use crate::{Kind, SourceFile};

/// A value that every row has although no column holds it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Constant {
    /// The field.
    pub field: String,
    /// Its value.
    pub value: String,
}

/// Which column or selector is which field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mapping {
    /// What the file holds.
    pub kind: Kind,
    /// Pairs of field and column (or selector), in the order of the kind's fields.
    pub fields: Vec<(String, String)>,
    /// Values that every row has.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub constants: Vec<Constant>,
}

/// Why a mapping cannot be corrected as asked.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MappingError {
    /// No equals sign.
    #[error("“{given}” is not FIELD=COLUMN")]
    NotAPair {
        /// What was given.
        given: String,
    },
    /// No such field.
    #[error("{kind} has no field “{field}”; its fields are {known}")]
    NoField {
        /// What the file holds.
        kind: &'static str,
        /// What was given.
        field: String,
        /// The fields there are.
        known: String,
    },
}

/// A field of a kind of file.
pub(crate) struct Field {
    pub(crate) name: &'static str,
    pub(crate) required: bool,
    /// Heads it goes by besides its name, as letters and digits in lower case, the likeliest first.
    synonyms: &'static [&'static str],
}

const fn field(name: &'static str, required: bool, synonyms: &'static [&'static str]) -> Field {
    Field { name, required, synonyms }
}

const ORGANIZATION: &[Field] = &[
    field("name", true, &["organization", "institution", "college", "title"]),
    field("kind", false, &["type"]),
    field("city", false, &["town"]),
    field("region", false, &["state", "province"]),
    field("url", false, &["website", "web", "homepage"]),
    field("source", false, &[]),
];

const CREDENTIAL: &[Field] = &[
    field("title", true, &["name", "credential", "certification"]),
    field("type", false, &["kind", "credentialtype"]),
    field("issuer", false, &["vendor", "body", "awardedby", "provider"]),
    field("awarded_for", false, &["awarded"]),
    field("assessment", false, &["exam"]),
    field("validity_months", false, &["validity", "validmonths"]),
    field("renewal", false, &["recertification"]),
    field("revocable", false, &["canberevoked"]),
    field("accreditation", false, &["accredited", "accreditedby"]),
    field("exam_code", false, &["code", "examnumber"]),
    field("cost_usd", false, &["cost", "price", "fee", "examcost"]),
    field("cost_note", false, &["costcomment"]),
    field("source", false, &["costsource"]),
    field("source_date", false, &["date", "asof"]),
];

const COURSES: &[Field] = &[
    field("organization", false, &["institution", "college", "school"]),
    field("code", true, &["coursecode", "courseid", "coursenumber", "course", "number", "id"]),
    field("title", true, &["coursetitle", "name", "coursename", "longtitle"]),
    field("credits", false, &["credithours", "sch", "semestercredithours", "units", "hours", "credit"]),
    field("lecture_hours", false, &["lecture", "lecturehoursweek", "lec"]),
    field("lab_hours", false, &["lab", "laboratory", "labhoursweek"]),
    field("contact_hours", false, &["contact", "clockhours"]),
    field("description", false, &["coursedescription", "catalogdescription", "desc"]),
    field("prerequisites", false, &["prerequisite", "prereqs", "prereq", "prerequisitescoreqfalsecourse"]),
    field("corequisites", false, &["corequisite", "coreqs", "coreq", "prerequisitescoreqtruecourse"]),
    field("terms_offered", false, &["offered", "terms", "termsoffered", "semesters"]),
    field("catalogue_year", false, &["catalogyear", "year", "academicyear"]),
    field(
        "outcomes",
        false,
        &["objectivestext", "outcomestext", "learningoutcomestext", "objectives", "learningoutcomes", "clos", "slos"],
    ),
    field("topics", false, &["topicstext", "contents"]),
];

const OUTCOMES: &[Field] = &[
    field("organization", false, &["institution", "college"]),
    field("course", true, &["coursecode", "courseid", "coursenumber"]),
    field("code", false, &["outcomecode", "number", "id", "clo"]),
    field("kind", false, &["type"]),
    field("statement", true, &["outcome", "learningoutcome", "text", "objective", "description"]),
    field("level", false, &["irm", "depth"]),
    field("assessed_by", false, &["assessment", "assessedby", "evidence"]),
    field("catalogue_year", false, &["catalogyear", "year"]),
];

const PROGRAM: &[Field] = &[
    field("organization", false, &["institution", "college"]),
    field("program", true, &["programtitle", "title", "degree", "name"]),
    field("award", false, &["degreetype", "credential"]),
    field("cip", false, &["cipcode"]),
    field("soc", false, &["soccodes", "occupations"]),
    field("catalogue_year", false, &["catalogyear", "year"]),
    field("total_credits", false, &["credits", "sch", "totalsch"]),
    field("course", true, &["coursecode", "code", "courseid"]),
    field("group", false, &["block", "area", "requirement", "section"]),
];

const BLUEPRINT: &[Field] = &[
    field("issuer", false, &["vendor", "body"]),
    field("credential", false, &["certification", "exam", "standardname", "title", "standard"]),
    field("version", false, &["examcode", "examversion"]),
    field("effective", false, &["effectivedate", "from"]),
    field("retires", false, &["retirement", "retirementdate", "until"]),
    field("domain_code", false, &["domainid", "domainnumber", "knowledgearea"]),
    field("domain", true, &["domaintitle", "domainname", "section", "area", "areanames", "topicarea"]),
    field("weight", false, &["weighting", "percent", "percentage", "share", "domainweight"]),
    field("weight_low", false, &["low", "minweight", "weightmin"]),
    field("weight_high", false, &["high", "maxweight", "weightmax"]),
    field("objective_code", false, &["objectiveid", "objectivenumber", "code"]),
    field("objective", false, &["objectivetext", "competency", "task", "statement", "text", "topic"]),
    field("parent_code", false, &["parent", "parentid"]),
    field("source", false, &[]),
];

const FRAMEWORK: &[Field] = &[
    field("framework", false, &["frameworktitle"]),
    field("code", false, &["uri", "id", "identifier", "elementid", "number"]),
    field("statement", true, &["preferredlabel", "competency", "title", "name", "label", "text", "skill"]),
    field("description", false, &["definition", "longdescription"]),
    field("alternatives", false, &["altlabels", "alternativelabels", "synonyms", "keywords"]),
    field("kind", false, &["type", "elementtype", "skilltype"]),
    field("parent_code", false, &["parent", "parentid", "broader"]),
];

const DECISIONS: &[Field] = &[
    field("program", true, &["programtitle"]),
    field("blueprint", true, &["exam", "certification"]),
    field("course", true, &["coursecode"]),
    field("outcome", false, &["outcomecode", "statement"]),
    field("objective", true, &["objectivecode"]),
    field("decision", true, &["verdict"]),
    field("strength", false, &[]),
    field("level", false, &[]),
    field("reason", false, &["why", "comment", "rationale"]),
    field("reviewer", false, &["person", "by"]),
    field("date", false, &["at", "when"]),
    field("settles", false, &["settled"]),
];

/// The fields of a kind of file, in the order of its template.
pub(crate) const fn fields(kind: Kind) -> &'static [Field] {
    match kind {
        Kind::Organization => ORGANIZATION,
        Kind::Credential => CREDENTIAL,
        Kind::Courses => COURSES,
        Kind::Outcomes => OUTCOMES,
        Kind::Program => PROGRAM,
        Kind::Blueprint => BLUEPRINT,
        Kind::Framework => FRAMEWORK,
        Kind::Decisions => DECISIONS,
    }
}

impl Mapping {
    /// The column or selector of a field.
    #[must_use]
    pub fn selector(&self, field: &str) -> Option<&str> {
        self.fields.iter().find(|(name, _)| name == field).map(|(_, selector)| selector.as_str())
    }

    /// The constant of a field.
    #[must_use]
    pub fn constant(&self, field: &str) -> Option<&str> {
        self.constants.iter().find(|constant| constant.field == field).map(|constant| constant.value.as_str())
    }

    /// Fields with what they are read from, for showing: the column, or the constant in quotes.
    #[must_use]
    pub fn shown(&self) -> Vec<(String, String)> {
        let constants = self.constants.iter().map(|constant| (constant.field.clone(), format!("“{}”", constant.value)));
        self.fields.iter().cloned().chain(constants).collect()
    }

    /// The names of every field of this kind of file, with whether it must be mapped.
    #[must_use]
    pub fn known_fields(kind: Kind) -> Vec<(&'static str, bool)> {
        fields(kind).iter().map(|field| (field.name, field.required)).collect()
    }

    /// Corrects one field: `FIELD=COLUMN`, `FIELD=` for no column, `FIELD='VALUE'` for a value every row has.
    ///
    /// # Errors
    /// [`MappingError`] when it is no pair or the kind has no such field.
    pub fn correct(&mut self, pair: &str) -> Result<(), MappingError> {
        let (name, column) = pair.split_once('=').ok_or_else(|| MappingError::NotAPair { given: pair.to_owned() })?;
        let name = name.trim();
        if !fields(self.kind).iter().any(|field| field.name == name) {
            return Err(MappingError::NoField {
                kind: self.kind.word(),
                field: name.to_owned(),
                known: fields(self.kind).iter().map(|field| field.name).collect::<Vec<_>>().join(", "),
            });
        }
        self.fields.retain(|(field, _)| field != name);
        self.constants.retain(|constant| constant.field != name);
        let column = column.trim();
        if let Some(value) = column.strip_prefix('\'').and_then(|value| value.strip_suffix('\'')) {
            self.constants.push(Constant { field: name.to_owned(), value: value.to_owned() });
        } else if !column.is_empty() {
            self.fields.push((name.to_owned(), column.to_owned()));
        }
        Ok(())
    }

    /// Whether every column of the table is read and bears our own field's name: a file made from our template.
    pub(crate) fn is_template(&self, table: &Table) -> bool {
        table.heads.iter().all(|head| self.fields.iter().any(|(field, selector)| field == head && selector == head))
    }

    /// Says which required fields have no column, which mapped columns the table lacks, and which columns are unread.
    pub(crate) fn check(&self, table: &Table, findings: &mut Vec<Finding>) -> bool {
        let mut complete = true;
        let mut say = |code: &str, severity, message: String, hint: String| {
            findings.push(Finding::new(code, severity, Place::Whole, message, hint));
        };
        let heads = table.heads.join(", ");
        for field in fields(self.kind).iter().filter(|field| field.required) {
            if self.selector(field.name).is_none() && self.constant(field.name).is_none() {
                complete = false;
                say(
                    "mapping.missing",
                    Severity::Error,
                    format!("No column was found for “{}”; the columns are: {heads}.", field.name),
                    format!("Say which one it is with --field {}=COLUMN, or on the import page.", field.name),
                );
            }
        }
        let read = |head: &String| self.fields.iter().any(|(_, selector)| touches(selector, head));
        for (name, selector) in &self.fields {
            if !table.heads.iter().any(|head| touches(selector, head)) {
                let required = fields(self.kind).iter().any(|field| field.name == name && field.required);
                complete &= !required;
                say(
                    "mapping.no-column",
                    if required { Severity::Error } else { Severity::Warning },
                    format!("The column “{selector}” for “{name}” is not in the file; its columns are: {heads}."),
                    format!("Correct it with --field {name}=COLUMN."),
                );
            }
        }
        let unread: Vec<&str> =
            table.heads.iter().filter(|head| !head.is_empty() && !read(head)).map(String::as_str).collect();
        if !unread.is_empty() {
            say(
                "mapping.unread",
                Severity::Note,
                format!("These columns are not read: {}.", unread.join(", ")),
                "Map one with --field FIELD=COLUMN if it matters.".to_owned(),
            );
        }
        complete
    }
}

/// Whether a selector reads a head: the same path, conditions in brackets and the lists beside it aside.
fn touches(selector: &str, head: &str) -> bool {
    let mut plain = String::new();
    let mut inside = false;
    let mut members = Vec::new();
    for letter in selector.chars() {
        match letter {
            '[' => {
                inside = true;
                plain.push('[');
                members.push(String::new());
            }
            ']' => {
                inside = false;
                plain.push(']');
            }
            _ if inside => {
                if let Some(member) = members.last_mut() {
                    member.push(letter);
                }
            }
            _ => plain.push(letter),
        }
    }
    if plain == head {
        return true;
    }
    // What stands beside a nested value in the same object, when it is a path or a condition, is read with it.
    let Some((list, _)) = plain.rsplit_once("[].") else { return false };
    let named =
        members.iter().filter_map(|member| member.split_once('=')).map(|(member, _)| format!("{list}[].{member}"));
    head == format!("{list}[].path[]") || named.into_iter().any(|named| named == head)
}

/// The mapping that [`crate::read`] uses for a file when none is given, or `None` for a file that is no table.
#[must_use]
pub fn guess(kind: Kind, file: &SourceFile) -> Option<Mapping> {
    let table = crate::table::table(file).ok()?;
    Some(guess_from(kind, &table))
}

/// Guesses by the heads: a field takes the head of its own name, else the first of its synonyms; a head is taken once.
pub(crate) fn guess_from(kind: Kind, table: &Table) -> Mapping {
    let mut mapping = Mapping { kind, fields: Vec::new(), constants: Vec::new() };
    let mut taken: Vec<&str> = Vec::new();
    let candidates = candidates(kind, &table.heads);
    // Exact names first, so that a synonym never takes a head that another field is named after.
    for exact in [true, false] {
        for field in fields(kind) {
            if mapping.selector(field.name).is_some() {
                continue;
            }
            let names: Vec<String> = if exact {
                vec![plain(field.name)]
            } else {
                field.synonyms.iter().map(|synonym| (*synonym).to_owned()).collect()
            };
            let found = names.iter().find_map(|name| {
                candidates.iter().find(|(head, selector)| head == name && !taken.contains(&selector.as_str()))
            });
            if let Some((_, selector)) = found {
                taken.push(selector);
                mapping.fields.push((field.name.to_owned(), selector.clone()));
            }
        }
    }
    let order = |name: &str| fields(kind).iter().position(|field| field.name == name);
    mapping.fields.sort_by_key(|(name, _)| order(name));
    mapping
}

/// Heads in plain letters with the selector each stands for; a nested list with a true-or-false member offers one
/// selector for each.
fn candidates(kind: Kind, heads: &[String]) -> Vec<(String, String)> {
    let mut found: Vec<(String, String)> = Vec::new();
    for head in heads {
        let split = head.rsplit_once("[].").filter(|(list, member)| {
            kind == Kind::Courses && *member == "course" && heads.contains(&format!("{list}[].coreq"))
        });
        // A list that also holds alternatives says more than codes: reading the codes alone would be wrong.
        let alternatives = |list: &str| heads.iter().any(|other| other.starts_with(&format!("{list}[].any")));
        if split.is_some_and(|(list, _)| alternatives(list)) {
            continue;
        }
        if let Some((list, member)) = split {
            for truth in ["false", "true"] {
                let selector = format!("{list}[coreq={truth}].{member}");
                found.push((plain(&selector), selector));
            }
        } else {
            found.push((plain(head), head.clone()));
        }
    }
    found
}

/// Letters and digits in lower case.
fn plain(head: &str) -> String {
    head.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(kind: Kind, name: &str, text: &str, expected: &[(&str, &str)]) {
        let file = SourceFile { name: name.to_owned(), bytes: text.as_bytes().to_vec() };
        let mapping = guess(kind, &file).unwrap();
        let got: Vec<(&str, &str)> =
            mapping.fields.iter().map(|(field, head)| (field.as_str(), head.as_str())).collect();
        assert_eq!(got, expected);
    }

    #[test]
    fn heads_are_recognised() {
        check(
            Kind::Courses,
            "c.csv",
            "Course ID;Name;SCH;Prereqs\nA 1;B;3;\n",
            &[("code", "Course ID"), ("title", "Name"), ("credits", "SCH"), ("prerequisites", "Prereqs")],
        );
        check(
            Kind::Courses,
            "c.json",
            r#"[{"year":"2021","code":"A 1","title":"T","prerequisites":[{"course":"B 1","coreq":false}],"objectives":[{"text":"x"}],"topics":[{"text":"y","path":["z"]}]}]"#,
            &[
                ("code", "code"),
                ("title", "title"),
                ("prerequisites", "prerequisites[coreq=false].course"),
                ("corequisites", "prerequisites[coreq=true].course"),
                ("catalogue_year", "year"),
                ("outcomes", "objectives[].text"),
                ("topics", "topics[].text"),
            ],
        );
    }

    #[test]
    fn a_mapping_is_corrected_and_checked() {
        let file = SourceFile { name: "c.csv".to_owned(), bytes: b"Kurs,Titel,Room\nA 1,B,9\n".to_vec() };
        let mut mapping = guess(Kind::Courses, &file).unwrap();
        let table = crate::table::table(&file).unwrap();
        let mut findings = Vec::new();
        assert!(!mapping.check(&table, &mut findings));
        assert_eq!(findings.iter().filter(|finding| finding.code == "mapping.missing").count(), 2);
        mapping.correct("code=Kurs").unwrap();
        mapping.correct("title=Titel").unwrap();
        mapping.correct("organization='Lantern Bay'").unwrap();
        findings.clear();
        assert!(mapping.check(&table, &mut findings));
        assert_eq!(findings[0].code, "mapping.unread");
        assert!(mapping.correct("colour=Room").is_err());
        assert!(mapping.correct("title").is_err());
    }

    #[test]
    fn profiles_survive_their_own_json() {
        let mapping = Mapping {
            kind: Kind::Courses,
            fields: vec![("code".to_owned(), "Kurs".to_owned())],
            constants: vec![Constant { field: "organization".to_owned(), value: "Lantern Bay".to_owned() }],
        };
        let json = serde_json::to_string(&mapping).unwrap();
        assert_eq!(serde_json::from_str::<Mapping>(&json).unwrap(), mapping);
    }
}
