//! The fields of every kind of file, with the heads by which people call them.

use crate::Kind;

/// A field of a kind of file.
pub(crate) struct Field {
    pub(crate) name: &'static str,
    pub(crate) required: bool,
    /// Heads it goes by besides its name, as letters and digits in lower case, the likeliest first.
    pub(crate) synonyms: &'static [&'static str],
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
    // “Hours” is not among them: it may as well be hours a week or a term.
    field("credits", false, &["credithours", "sch", "semestercredithours", "units", "credit"]),
    field("lecture_hours", false, &["lecture", "lecturehoursweek", "lec"]),
    field("lab_hours", false, &["lab", "laboratory", "labhoursweek"]),
    field("contact_hours", false, &["contact", "clockhours"]),
    field("description", false, &["coursedescription", "catalogdescription", "desc"]),
    field("prerequisites", false, &["prerequisite", "prereqs", "prereq", "prerequisitescoreqfalsecourse"]),
    field("corequisites", false, &["corequisite", "coreqs", "coreq", "prerequisitescoreqtruecourse"]),
    // The tree in our own one-line form, by which a person corrects what was read from the words.
    field("requisites", false, &[]),
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
    field("catalogue_year", false, &["catalogyear", "year"]),
    field("code", false, &["outcomecode", "number", "id", "clo"]),
    field("kind", false, &["type"]),
    field("statement", true, &["outcome", "learningoutcome", "text", "objective", "description"]),
    field("level", false, &["irm", "depth"]),
    field("assessed_by", false, &["assessment", "assessedby", "evidence"]),
];

const PROGRAM: &[Field] = &[
    field("organization", false, &["institution", "college"]),
    // “Title” and “name” are not among them: beside a course's code they are the course's own.
    field(
        "program",
        true,
        &["programtitle", "programname", "programofstudy", "major", "plan", "academicplan", "degree"],
    ),
    field("award", false, &["degreetype", "credential", "awardtype", "degree"]),
    field("cip", false, &["cipcode"]),
    field("soc", false, &["soccodes", "occupations"]),
    field("catalogue_year", false, &["catalogyear", "year"]),
    // “Credits” is not among them: beside a course's code they are the course's own.
    field("total_credits", false, &["totalsch", "totalcredithours", "programcredits", "creditsrequired"]),
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
    field("weight_low", false, &["low", "minweight", "weightmin", "lowpercent", "minpercent"]),
    field("weight_high", false, &["high", "maxweight", "weightmax", "highpercent", "maxpercent"]),
    field("objective_code", false, &["objectiveid", "objectivenumber", "code"]),
    field("objective", false, &["objectivetext", "competency", "task", "statement", "text", "topic"]),
    field(
        "finer_objective",
        false,
        &["knowledgestatement", "knowledgestatements", "knowledge", "subobjective", "enablingobjective", "subtask"],
    ),
    field("parent_code", false, &["parent", "parentid"]),
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
