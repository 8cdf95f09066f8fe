//! What differs between two contents that are signed, in people's words: what was reworded, decided otherwise, covered
//! more or less.

use std::collections::BTreeMap;

use credway_model::{Ctid, OutcomeLevel, Standing, Strength};
use serde::Serialize;

use super::content::{SignedContent, SignedPair};

/// One thing that differs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ContentChange {
    /// Which part of the content: "Courses", "Decisions", "Coverage" and so on.
    pub part: &'static str,
    /// What it is ("SEC 110 O1").
    pub what: String,
    /// Before; absent where it is new.
    pub before: Option<String>,
    /// After; absent where it is gone.
    pub after: Option<String>,
}

/// A thing by its identifier, with what it is called and what of it can differ, aspect by aspect.
type Things = BTreeMap<String, (String, Vec<(&'static str, Option<String>)>)>;

/// What differs, part by part; `names` are the persons by their identifiers.
pub(crate) fn changes(
    before: &SignedContent,
    after: &SignedContent,
    names: &BTreeMap<String, String>,
) -> Vec<ContentChange> {
    let mut found = Vec::new();
    for (part, one, two) in [
        ("Program", program(before), program(after)),
        ("Courses", courses(before), courses(after)),
        ("Course statements", statements(before), statements(after)),
        ("Blueprint", blueprint(before), blueprint(after)),
        ("Decisions", decisions(before, names), decisions(after, names)),
        ("Coverage", coverage(before), coverage(after)),
        ("Checks", checks(before), checks(after)),
    ] {
        compare(part, &one, &two, &mut found);
    }
    found
}

fn compare(part: &'static str, before: &Things, after: &Things, found: &mut Vec<ContentChange>) {
    let mut say = |what: String, before, after| found.push(ContentChange { part, what, before, after });
    // The first aspect is what the thing is, for those that come and go.
    let main = |aspects: &[(&str, Option<String>)]| aspects.iter().find_map(|(_, value)| value.clone());
    for (key, (name, aspects)) in before {
        let Some((_, other)) = after.get(key) else {
            say(name.clone(), main(aspects), None);
            continue;
        };
        for ((aspect, one), (_, two)) in aspects.iter().zip(other) {
            if one != two {
                let what = if aspect.is_empty() { name.clone() } else { format!("{name}, {aspect}") };
                say(what, one.clone(), two.clone());
            }
        }
    }
    for (_, (name, aspects)) in after.iter().filter(|(key, _)| !before.contains_key(*key)) {
        say(name.clone(), None, main(aspects));
    }
}

fn program(content: &SignedContent) -> Things {
    let program = &content.program;
    let aspects = vec![
        ("title", Some(program.title.clone())),
        ("award", program.award.clone()),
        ("catalogue", program.catalogue_year.clone()),
        ("credits of the award", program.total_credits.clone()),
    ];
    let mut things = Things::from([(program.ctid.to_string(), ("Program".to_owned(), aspects))]);
    for one in &program.requirements {
        let name = format!("Requirement {}", one.name);
        things.insert(format!("requirement/{}", one.name), (name, vec![("", Some(one.line.clone()))]));
    }
    things
}

fn courses(content: &SignedContent) -> Things {
    let course = |course: &super::content::SignedCourse| {
        let aspects = vec![
            ("title", Some(course.title.clone())),
            ("code", Some(course.code.clone())),
            ("credits", course.credits.clone()),
            ("group", course.group.clone()),
        ];
        (course.ctid.to_string(), (course.code.clone(), aspects))
    };
    content.program.courses.iter().map(course).collect()
}

/// What the course statements are called.
fn statement_names(content: &SignedContent) -> BTreeMap<Ctid, String> {
    let mut names = BTreeMap::new();
    for course in &content.program.courses {
        for (number, statement) in course.statements.iter().enumerate() {
            let own = statement.code.clone().unwrap_or_else(|| format!("statement {}", number + 1));
            names.insert(statement.ctid, format!("{} {own}", course.code));
        }
    }
    names
}

fn statements(content: &SignedContent) -> Things {
    let names = statement_names(content);
    let statement = |statement: &super::content::SignedStatement| {
        let aspects = vec![
            ("", Some(statement.text.clone())),
            ("level", statement.level.map(|level| level.word().to_owned())),
            ("assessed by", statement.assessed_by.clone()),
        ];
        let name = names.get(&statement.ctid).cloned().unwrap_or_default();
        (statement.ctid.to_string(), (name, aspects))
    };
    content.program.courses.iter().flat_map(|course| &course.statements).map(statement).collect()
}

fn called(code: Option<&String>, text: &str) -> String {
    code.map_or_else(|| text.chars().take(60).collect(), Clone::clone)
}

fn blueprint(content: &SignedContent) -> Things {
    let blueprint = &content.blueprint;
    let dates = vec![
        ("name", Some(blueprint.name.clone())),
        ("examined from", blueprint.effective.clone()),
        ("last examined", blueprint.retires.clone()),
    ];
    let mut things = Things::from([(blueprint.ctid.to_string(), ("Exam blueprint".to_owned(), dates))]);
    for domain in &blueprint.domains {
        let name = format!("Domain {}", called(domain.code.as_ref(), &domain.title));
        let aspects = vec![("title", Some(domain.title.clone())), ("weight", domain.weight.clone())];
        things.insert(domain.ctid.to_string(), (name, aspects));
        for objective in &domain.objectives {
            let name = format!("Objective {}", called(objective.code.as_ref(), &objective.text));
            things.insert(objective.ctid.to_string(), (name, vec![("", Some(objective.text.clone()))]));
        }
    }
    things
}

/// What the blueprint's statements are called.
fn target_names(content: &SignedContent) -> BTreeMap<Ctid, String> {
    let mut names = BTreeMap::new();
    for domain in &content.blueprint.domains {
        names.insert(domain.ctid, called(domain.code.as_ref(), &domain.title));
        for objective in &domain.objectives {
            names.insert(objective.ctid, called(objective.code.as_ref(), &objective.text));
        }
    }
    names
}

fn decisions(content: &SignedContent, names: &BTreeMap<String, String>) -> Things {
    let (statements, targets) = (statement_names(content), target_names(content));
    let gone = || "a statement that is gone".to_owned();
    let pair = |pair: &SignedPair| {
        let statement = statements.get(&pair.statement).cloned().unwrap_or_else(gone);
        let target = targets.get(&pair.target).cloned().unwrap_or_else(gone);
        let key = format!("{}/{}", pair.statement, pair.target);
        (key, (format!("{statement} → {target}"), vec![("", Some(pair_words(pair, names)))]))
    };
    content.pairs.iter().map(pair).collect()
}

/// What stands for a pair, and by whom, in words.
fn pair_words(pair: &SignedPair, names: &BTreeMap<String, String>) -> String {
    let level = |level: Option<OutcomeLevel>| level.map(|level| format!(", {}", level.word())).unwrap_or_default();
    let stands = match pair.stands {
        Standing::Accepted { strength: Strength::Full, level: at, .. } => format!("accepted in full{}", level(at)),
        Standing::Accepted { strength: Strength::Partial, level: at, .. } => format!("accepted in part{}", level(at)),
        Standing::Rejected => "rejected".to_owned(),
        Standing::Disputed => "disputed".to_owned(),
        Standing::Open => "open".to_owned(),
    };
    let mut who: Vec<&str> = Vec::new();
    for word in &pair.words {
        let name = names.get(&word.person).map_or("somebody", String::as_str);
        if !who.contains(&name) {
            who.push(name);
        }
    }
    let last = pair.words.iter().map(|word| word.decision).max().unwrap_or_default();
    format!("{stands}; by {} (decision {last})", who.join(", "))
}

fn coverage(content: &SignedContent) -> Things {
    let per_cent =
        |value: Option<f64>| Some(value.map_or_else(|| "no total".to_owned(), |value| format!("{value:.1} %")));
    let coverage = &content.coverage;
    let total = vec![
        ("", per_cent(coverage.total)),
        ("assessed in a course", per_cent(coverage.total_assessed)),
        ("formula", Some(coverage.formula.clone())),
        ("weighting", Some(coverage.weighting.clone())),
    ];
    let mut things = Things::from([("0".to_owned(), ("Whole exam".to_owned(), total))]);
    for domain in &content.blueprint.domains {
        let name = format!("Domain {}", called(domain.code.as_ref(), &domain.title));
        things.insert(domain.ctid.to_string(), (name, vec![("", per_cent(domain.coverage))]));
    }
    things
}

fn checks(content: &SignedContent) -> Things {
    let check = |check: &super::content::SignedCheck| {
        let kind = check.code.strip_prefix("signoff.").unwrap_or(&check.code).replace('-', " ");
        (check.message.clone(), (format!("Check: {kind}"), vec![("", Some(check.message.clone()))]))
    };
    content.checks.iter().map(check).collect()
}
