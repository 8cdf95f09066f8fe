//! A first mapping, guessed from the heads of a table, for a person to look at and correct.

use super::Mapping;
use super::fields::fields;
use super::joined;
use crate::content::{Content, content};
use crate::table::Table;
use crate::{Kind, SourceFile};

/// The mapping that [`crate::read`] uses for a file when none is given, or `None` for a file that is no table.
#[must_use]
pub fn guess(kind: Kind, file: &SourceFile) -> Option<Mapping> {
    guess_in(kind, file, None)
}

/// As [`guess`], in the sheet of this name where the file is a workbook.
#[must_use]
pub fn guess_in(kind: Kind, file: &SourceFile, sheet: Option<&str>) -> Option<Mapping> {
    if file.form().is_some() {
        let table = if kind == Kind::Blueprint { None } else { crate::table::table(kind, file).ok() };
        return table.map(|table| guess_from(kind, &table));
    }
    let content = content(&file.bytes, &mut Vec::new())?;
    if let Content::Text(decoded) = &content
        && kind == Kind::Blueprint
        && crate::blueprint::document(&decoded.text).is_some()
    {
        return None;
    }
    let sheet = sheet.map(str::to_owned);
    let wanted = Mapping { sheet, ..Mapping::empty(kind) };
    let table = crate::table::parse_content(kind, &file.name, &content, Some(&wanted), &mut Vec::new())?;
    Some(Mapping { sheet: wanted.sheet, ..guess_from(kind, &table) })
}

/// Guesses by the heads: a field takes the head of its own name, else the first of its synonyms; a head is taken once.
pub(crate) fn guess_from(kind: Kind, table: &Table) -> Mapping {
    let mut mapping = Mapping::empty(kind);
    let mut taken: Vec<&str> = Vec::new();
    let mut candidates = candidates(kind, &table.heads);
    // A head of two lines may be known by its lower line: “Lecture” below “Hours”.
    candidates.extend(table.joined.iter().map(|(head, lower)| (plain(lower), head.clone())));
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
    weight(&mut mapping, &candidates, &taken);
    joined::course_code(&mut mapping, table);
    let order = |name: &str| fields(kind).iter().position(|field| field.name == name);
    mapping.fields.sort_by_key(|(name, _)| order(name));
    mapping
}

/// Guesses by heads alone.
pub(crate) fn guess_heads(kind: Kind, heads: &[String]) -> Mapping {
    guess_from(kind, &Table::of_entries(heads.to_vec(), Vec::new()))
}

/// A blueprint's weight by a word in its head: “Exam %”, “% of exam”, “Weight (2026)”. Not where several heads could be it.
fn weight(mapping: &mut Mapping, candidates: &[(String, String)], taken: &[&str]) {
    let known = ["weight", "weight_low", "weight_high"].iter().any(|field| mapping.selector(field).is_some());
    if mapping.kind != Kind::Blueprint || known {
        return;
    }
    let mut likely = candidates.iter().filter(|(head, selector)| {
        (head.contains("percent") || head.contains("weight")) && !taken.contains(&selector.as_str())
    });
    if let (Some((_, selector)), None) = (likely.next(), likely.next()) {
        mapping.fields.push(("weight".to_owned(), selector.clone()));
    }
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

/// Whether a head is one that some kind of file has by that name.
pub(crate) fn is_known_head(head: &str) -> bool {
    let head = plain(head);
    let mut all = Kind::ALL.into_iter().flat_map(fields);
    all.any(|field| plain(field.name) == head || field.synonyms.contains(&head.as_str()))
}

/// Whether a head says where the row's figures come from; only the cost of a credential has a place for that.
pub(super) fn is_source(head: &str) -> bool {
    matches!(plain(head).as_str(), "source" | "sources" | "sourcedate" | "citation")
}

/// Letters and digits in lower case; a per cent sign is a word.
pub(super) fn plain(head: &str) -> String {
    head.replace('%', "percent")
        .chars()
        .filter(|letter| letter.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(kind: Kind, name: &str, text: &str, expected: &[(&str, &str)]) {
        let file = SourceFile::new(name.to_owned(), text.as_bytes().to_vec());
        let mapping = guess(kind, &file).unwrap();
        let got: Vec<(&str, &str)> =
            mapping.fields.iter().map(|(field, head)| (field.as_str(), head.as_str())).collect();
        assert_eq!(got, expected);
    }

    #[test]
    fn what_belongs_to_a_course_is_not_taken_for_its_program() {
        let program = |text: &str, expected: &[(&str, &str)]| check(Kind::Program, "p.csv", text, expected);
        program(
            "Degree,Course Code,Title,Credits\nAAS Cyber,A 1,T,3\n",
            &[("program", "Degree"), ("course", "Course Code")],
        );
        program("Program,Course,Title,Credits\nCyber,A 1,T,3\n", &[("program", "Program"), ("course", "Course")]);
        program("Course Code,Title,Credits\nA 1,T,3\n", &[("course", "Course Code")]);
        program(
            "Degree,Major,Course,Total SCH\nAAS,Cyber,A 1,60\n",
            &[("program", "Major"), ("award", "Degree"), ("total_credits", "Total SCH"), ("course", "Course")],
        );
        check(
            Kind::Courses,
            "c.csv",
            "Course Code,Name,Hours\nA 1,T,48\n",
            &[("code", "Course Code"), ("title", "Name")],
        );
    }

    #[test]
    fn a_share_of_the_exam_is_the_weight() {
        let blueprint = |head: &str, weight: &[(&str, &str)]| {
            let expected = [&[("domain", "Domain")], weight, &[("objective", "Objective")]].concat();
            check(Kind::Blueprint, "b.csv", &format!("Domain,{head},Objective\nD,50,5,O\n"), &expected);
        };
        for head in ["Exam %", "% of Exam", "Exam Weight", "Percentage of exam", "Weight (%)"] {
            blueprint(head, &[("weight", head)]);
        }
        blueprint("Low %,High %", &[("weight_low", "Low %"), ("weight_high", "High %")]);
        blueprint("Weight 2025,Weight 2026", &[]);
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
}
