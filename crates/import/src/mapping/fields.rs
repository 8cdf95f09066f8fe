//! The fields of every kind of file, with the heads by which people call them.

use crate::Kind;

/// A field of a kind of file.
pub(crate) struct Field {
    pub(crate) name: &'static str,
    pub(crate) required: bool,
    /// Heads it goes by besides its name, as letters and digits in lower case, the likeliest first.
    pub(crate) synonyms: &'static [&'static str],
    /// What its cells may hold, in words; workbook templates explain their columns with it.
    pub(crate) holds: &'static str,
    /// Whether it is a figure to reckon with. Codes and numbers of versions are none: 2.10 is not 2.1.
    pub(crate) figure: bool,
}

const fn field(name: &'static str, required: bool, synonyms: &'static [&'static str], holds: &'static str) -> Field {
    Field { name, required, synonyms, holds, figure: false }
}

const fn figure(name: &'static str, synonyms: &'static [&'static str], holds: &'static str) -> Field {
    Field { name, required: false, synonyms, holds, figure: true }
}

const ORGANIZATION: &[Field] = &[
    field("name", true, &["organization", "institution", "college", "title"], "The name as the institution writes it"),
    field("kind", false, &["type"], "college, university, certification_body, licensing_body, employer or other"),
    field("city", false, &["town"], "City or town"),
    field("region", false, &["state", "province"], "State or province"),
    field("url", false, &["website", "web", "homepage"], "Its site: https://…"),
];

const CREDENTIAL: &[Field] = &[
    field("title", true, &["name", "credential", "certification"], "The credential's name"),
    field(
        "type",
        false,
        &["kind", "credentialtype"],
        "certification, licence, certificate, microcredential, associate_degree, bachelor_degree or graduate_degree",
    ),
    field("issuer", false, &["vendor", "body", "awardedby", "provider"], "Name of the organization that awards it"),
    field("awarded_for", false, &["awarded"], "assessment or completion"),
    field("assessment", false, &["exam"], "How it is assessed, in words"),
    figure(
        "validity_months",
        &["validity", "validmonths"],
        "Whole months until it must be renewed; empty when unknown",
    ),
    field("renewal", false, &["recertification"], "What renewing takes, in words"),
    field("revocable", false, &["canberevoked"], "yes or no"),
    field("accreditation", false, &["accredited", "accreditedby"], "Who accredits the certification, by what"),
    field("exam_code", false, &["code", "examnumber"], "The publisher's number of the exam"),
    figure("cost_usd", &["cost", "price", "fee", "examcost"], "Cost in US dollars; empty when unknown"),
    field("cost_note", false, &["costcomment"], "What the cost covers"),
    field("source", false, &["costsource"], "Where the cost is from: an address"),
    field("source_date", false, &["date", "asof"], "The day it was looked up: 2026-01-15"),
];

const COURSES: &[Field] = &[
    field("organization", false, &["institution", "college", "school"], "Name of the college; yours when empty"),
    field(
        "code",
        true,
        &["coursecode", "courseid", "coursenumber", "course", "number", "id"],
        "Subject and number: ITSY 1300",
    ),
    field("title", true, &["coursetitle", "name", "coursename", "longtitle"], "The course's title"),
    // “Hours” is not among them: it may as well be hours a week or a term.
    figure(
        "credits",
        &["credithours", "sch", "semestercredithours", "units", "credit"],
        "Semester credit hours; empty is unknown, not zero",
    ),
    figure("lecture_hours", &["lecture", "lecturehoursweek", "lec"], "Hours a week"),
    figure("lab_hours", &["lab", "laboratory", "labhoursweek"], "Hours a week"),
    figure("contact_hours", &["contact", "clockhours"], "Hours a term"),
    field("description", false, &["coursedescription", "catalogdescription", "desc"], "The catalogue's description"),
    field(
        "prerequisites",
        false,
        &["prerequisite", "prereqs", "prereq", "prerequisitescoreqfalsecourse"],
        "The catalogue's words; they are read into a tree of requisites",
    ),
    field(
        "corequisites",
        false,
        &["corequisite", "coreqs", "coreq", "prerequisitescoreqtruecourse"],
        "The catalogue's words for what is taken at the same time",
    ),
    // The tree in our own one-line form, by which a person corrects what was read from the words.
    field(
        "requisites",
        false,
        &[],
        "The tree itself: ITSY 1300 [C] and (MATH 1314 or consent \"approval\"); counts before the words",
    ),
    field(
        "terms_offered",
        false,
        &["offered", "terms", "termsoffered", "semesters"],
        "fall, spring, summer or a term's name; several separated by semicolons",
    ),
    field("catalogue_year", false, &["catalogyear", "year", "academicyear"], "The edition: 2026-2027"),
    field(
        "outcomes",
        false,
        &["objectivestext", "outcomestext", "learningoutcomestext", "objectives", "learningoutcomes", "clos", "slos"],
        "Learning outcomes, one a line in the cell",
    ),
    field("topics", false, &["topicstext", "contents"], "Topics, one a line in the cell"),
];

const OUTCOMES: &[Field] = &[
    field("organization", false, &["institution", "college"], "Name of the college; yours when empty"),
    field("course", true, &["coursecode", "courseid", "coursenumber"], "Code of the course"),
    field("catalogue_year", false, &["catalogyear", "year"], "The course's edition: 2026-2027"),
    field("code", false, &["outcomecode", "number", "id", "clo"], "The outcome's own number: O1"),
    field("kind", false, &["type"], "outcome or topic"),
    field(
        "statement",
        true,
        &["outcome", "learningoutcome", "text", "objective", "description"],
        "What a student can do, as a sentence",
    ),
    field("level", false, &["irm", "depth"], "introduced, reinforced or mastered, or its initial"),
    field("assessed_by", false, &["assessment", "assessedby", "evidence"], "How it is assessed, in words"),
];

const PROGRAM: &[Field] = &[
    field("organization", false, &["institution", "college"], "Name of the college; yours when empty"),
    // “Title” and “name” are not among them: beside a course's code they are the course's own.
    field(
        "program",
        true,
        &["programtitle", "programname", "programofstudy", "major", "plan", "academicplan", "degree"],
        "The program's title, the same in each of its rows",
    ),
    field("award", false, &["degreetype", "credential", "awardtype", "degree"], "AAS, certificate …"),
    field("cip", false, &["cipcode"], "CIP code: 11.1003"),
    field("soc", false, &["soccodes", "occupations"], "SOC codes, separated by semicolons"),
    field("catalogue_year", false, &["catalogyear", "year"], "The edition: 2026-2027"),
    // “Credits” is not among them: beside a course's code they are the course's own.
    figure(
        "total_credits",
        &["totalsch", "totalcredithours", "programcredits", "creditsrequired"],
        "Semester credit hours of the whole program",
    ),
    field("course", true, &["coursecode", "code", "courseid"], "Code of one course of the program: one row each"),
    field("group", false, &["block", "area", "requirement", "section"], "The part of the program the course stands in"),
];

const REQUIREMENTS: &[Field] = &[
    field("organization", false, &["institution", "college"], "Name of the college; yours when empty"),
    field(
        "program",
        true,
        &["programtitle", "programname", "programofstudy", "major", "plan", "degree"],
        "The program's title, or title and award, the same in each of its rows",
    ),
    field(
        "award",
        false,
        &["degreetype", "credential", "awardtype"],
        "AAS, certificate …; where titles alone are not clear",
    ),
    field("catalogue_year", false, &["catalogyear", "year"], "The edition: 2026-2027; where there are several"),
    field(
        "requirement",
        false,
        &["name", "requirementname", "group", "block", "area"],
        "Its name, which rows below it give as “under”; the name of a limit",
    ),
    field(
        "under",
        false,
        &["parent", "partof", "within", "below"],
        "Name of the requirement it is part of; empty at the top",
    ),
    field(
        "needs",
        false,
        &["need", "rule", "asks", "required"],
        "all, 2 of these, 3 courses, 12 credits; for the whole award total 60 credits, residency 15 credits, upper division 45 credits, average 2.00, transfer at most 45 credits, prior learning at most 15 credits, share at most 9 credits, one of, at most 6 credits",
    ),
    field(
        "courses",
        false,
        &["course", "courseset", "from", "set"],
        "ITSY 1300, ITSY 1342 · HIST courses · HIST 3000-4999 · numbered 3000-4999 · marked \"humanities\" · teaches \"O1\" · any course · … but not HIST 3301",
    ),
    field(
        "least_grade",
        false,
        &["mingrade", "minimumgrade", "grade"],
        "A letter (by the usual four-point scale) or points: C or 2.00",
    ),
    field("overlay", false, &["overlays"], "yes where its courses may count elsewhere, too"),
];

const PATHWAY: &[Field] = &[
    field("organization", false, &["institution", "college"], "Name of the college; yours when empty"),
    field("pathway", true, &["pathwaytitle", "pathwayname"], "The pathway's title, the same in each of its rows"),
    field("description", false, &["about"], "What the pathway is, for whom; in one row"),
    field(
        "key",
        false,
        &["id", "short", "shortname"],
        "A short name for conditions: security-plus; made of the name when empty",
    ),
    field(
        "kind",
        true,
        &["type", "componenttype"],
        "course, credential, assessment, job, work experience, competency, cocurricular, extracurricular or basic; for a figure: tuition per credit, fee per term or prior learning per credit",
    ),
    field("name", false, &["component", "title", "step"], "What the component is called; empty for a figure"),
    field(
        "stands_for",
        false,
        &["proxyfor", "record"],
        "The program, credential, blueprint or course it stands for, by name or code",
    ),
    field(
        "condition",
        false,
        &["requires", "after", "needs"],
        "What comes before: certificate and (security-plus or network-plus)",
    ),
    field("roles", false, &["role"], "on-ramp, off-ramp, destination; several separated by semicolons"),
    field("embedding", false, &["embeddingmodel", "model"], "M1 to M10: how the certification fits the program"),
    field(
        "readiness",
        false,
        &["threshold", "readycoverage"],
        "Per cent of the blueprint covered from which a learner is ready for the exam",
    ),
    figure(
        "amount_usd",
        &["amount", "figure", "wage", "annualwage"],
        "US dollars: a figure of the pathway, or what who leaves there can earn a year",
    ),
    field("source", false, &["figuresource"], "Where the amount is from: an address"),
    field("source_date", false, &["date", "asof"], "The day it was looked up: 2026-01-15"),
];

const BLUEPRINT: &[Field] = &[
    field("issuer", false, &["vendor", "body"], "Name of the exam's publisher"),
    field(
        "credential",
        false,
        &["certification", "exam", "standardname", "title", "standard"],
        "The exam's or certification's name, the same in each of its rows",
    ),
    field("version", false, &["examcode", "examversion"], "The publisher's number of this version"),
    field("effective", false, &["effectivedate", "from"], "First day it is valid: 2026-01-02"),
    field("retires", false, &["retirement", "retirementdate", "until"], "Last day it is valid: 2026-01-02"),
    field("domain_code", false, &["domainid", "domainnumber", "knowledgearea"], "The domain's number"),
    field(
        "domain",
        true,
        &["domaintitle", "domainname", "section", "area", "areanames", "topicarea"],
        "The domain's title, in each row",
    ),
    field(
        "weight",
        false,
        &["weighting", "percent", "percentage", "share", "domainweight"],
        "Per cent of the exam, in the domain's row: 12.5% or 20-25%",
    ),
    field(
        "weight_low",
        false,
        &["low", "minweight", "weightmin", "lowpercent", "minpercent"],
        "Lower end of a range of per cent",
    ),
    field(
        "weight_high",
        false,
        &["high", "maxweight", "weightmax", "highpercent", "maxpercent"],
        "Upper end of a range of per cent",
    ),
    field("objective_code", false, &["objectiveid", "objectivenumber", "code"], "The objective's number: 1.1"),
    field(
        "objective",
        false,
        &["objectivetext", "competency", "task", "statement", "text", "topic"],
        "The objective's words; empty in the domain's row",
    ),
    field(
        "finer_objective",
        false,
        &["knowledgestatement", "knowledgestatements", "knowledge", "subobjective", "enablingobjective", "subtask"],
        "What is finer, where each row repeats the objective above it",
    ),
    field("parent_code", false, &["parent", "parentid"], "Number of the objective it stands below"),
];

const FRAMEWORK: &[Field] = &[
    field("framework", false, &["frameworktitle"], "The framework's title"),
    field("code", false, &["uri", "id", "identifier", "elementid", "number"], "The competency's number or address"),
    field(
        "statement",
        true,
        &["preferredlabel", "competency", "title", "name", "label", "text", "skill"],
        "The competency in words",
    ),
    field("description", false, &["definition", "longdescription"], "What it means, in more words"),
    field(
        "alternatives",
        false,
        &["altlabels", "alternativelabels", "synonyms", "keywords"],
        "Other names, separated by semicolons",
    ),
    field(
        "kind",
        false,
        &["type", "elementtype", "skilltype"],
        "skill, knowledge, ability, task, or a word of your own",
    ),
    field("parent_code", false, &["parent", "parentid", "broader"], "Code of the competency it stands below"),
];

const DECISIONS: &[Field] = &[
    field("program", true, &["programtitle"], "Title of the program"),
    field("blueprint", true, &["exam", "certification"], "Title and version of the blueprint"),
    field("course", true, &["coursecode"], "Code of the course"),
    field(
        "outcome",
        false,
        &["outcomecode", "statement"],
        "The outcome's number or words; the course as a whole when empty",
    ),
    field("objective", true, &["objectivecode"], "The objective's number or words"),
    field("decision", true, &["verdict"], "accept, reject or withdraw"),
    field("strength", false, &[], "full or partial, with accept"),
    field("level", false, &[], "introduced, reinforced or mastered"),
    field("reason", false, &["why", "comment", "rationale"], "Why, in words"),
    field("reviewer", false, &["person", "by"], "Who says so; the person who imports when empty"),
    field("date", false, &["at", "when"], "The day it was said: 2026-03-02; today when empty"),
    field("settles", false, &["settled"], "yes where the word settles a disagreement"),
];

/// The fields of a kind of file, in the order of its template.
pub(crate) const fn fields(kind: Kind) -> &'static [Field] {
    match kind {
        Kind::Organization => ORGANIZATION,
        Kind::Credential => CREDENTIAL,
        Kind::Courses => COURSES,
        Kind::Outcomes => OUTCOMES,
        Kind::Program => PROGRAM,
        Kind::Requirements => REQUIREMENTS,
        Kind::Pathway => PATHWAY,
        Kind::Blueprint => BLUEPRINT,
        Kind::Framework => FRAMEWORK,
        Kind::Decisions => DECISIONS,
    }
}
