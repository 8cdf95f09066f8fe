//! A blueprint in our own JSON, as `export blueprint --format json` writes it: title, version, dates, domains with
//! weight, objectives with code, text and children.
//!
//! Identifiers are not read: they follow from the words, so that a blueprint taken elsewhere is the same there. What the
//! shape has no place for is named in a note.

use std::collections::BTreeSet;

use credway_model::{Blueprint, Finding, Place, Severity, Text, WeightRange};
use jiff::civil::Date;
use serde_json::{Map, Value};

use super::draft::{DEEPEST, Draft, DraftDomain, DraftObjective};
use super::parents::too_deep;
use super::weights::weight;
use crate::check;
use crate::reading::Reader;

type Members = Map<String, Value>;

/// The document, where the text is one: an object with a title and a list of domains that are objects.
pub(crate) fn document(text: &str) -> Option<Members> {
    if !text.trim_start().starts_with('{') {
        return None;
    }
    let Ok(Value::Object(members)) = serde_json::from_str(text) else { return None };
    let domains = members.get("domains")?.as_array()?;
    (members.contains_key("title") && domains.iter().all(Value::is_object)).then_some(members)
}

/// Reads the blueprint of a document.
pub(crate) fn from_document(members: &Members, reader: &Reader<'_>, findings: &mut Vec<Finding>) -> Option<Blueprint> {
    let mut document = Document { findings, unread: BTreeSet::new() };
    document.known(members, &["id", "title", "version", "effective", "retires", "domains"]);
    let title = document.required(members, "title", "");
    let version = document.text(members, "version", "");
    let (effective, retires) = (document.date(members, "effective"), document.date(members, "retires"));
    let domains =
        entries(members, "domains").map(|(place, domain)| document.domain(domain, &place)).collect::<Vec<_>>();
    document.say_unread();
    let domains = domains.into_iter().flatten().collect();
    let draft = Draft { title: title?, version, effective, retires, domains, place: Place::Whole };
    Some(draft.finish(reader, findings))
}

/// The objects of a list, each with its pointer below the list's holder.
fn entries<'a>(members: &'a Members, name: &str) -> impl Iterator<Item = (String, &'a Members)> {
    let list = members.get(name).and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
    let name = name.to_owned();
    list.iter().enumerate().filter_map(move |(index, entry)| Some((format!("/{name}/{index}"), entry.as_object()?)))
}

/// A document being read.
struct Document<'a> {
    findings: &'a mut Vec<Finding>,
    /// Members that are not ours.
    unread: BTreeSet<String>,
}

impl Document<'_> {
    fn domain(&mut self, members: &Members, pointer: &str) -> Option<DraftDomain> {
        self.known(members, &["id", "code", "title", "weight", "weight_low", "weight_high", "objectives"]);
        let mut objectives = Vec::new();
        for (below, objective) in entries(members, "objectives") {
            self.objective(objective, &format!("{pointer}{below}"), 1, &mut objectives);
        }
        Some(DraftDomain {
            title: self.required(members, "title", pointer)?,
            code: self.text(members, "code", pointer),
            weight: self.weight(members, pointer),
            objectives,
            place: Place::Pointer(pointer.to_owned()),
        })
    }

    /// One that would hang too deep is put beside its parent, with the finding.
    fn objective(&mut self, members: &Members, pointer: &str, level: usize, beside: &mut Vec<DraftObjective>) {
        self.known(members, &["id", "code", "text", "children"]);
        let place = Place::Pointer(pointer.to_owned());
        let Some(text) = self.required(members, "text", pointer) else { return };
        let code = self.text(members, "code", pointer);
        let at = beside.len();
        beside.push(DraftObjective { code, text, children: Vec::new(), place });
        let mut children = Vec::new();
        for (below, child) in entries(members, "children") {
            let pointer = format!("{pointer}{below}");
            if level < DEEPEST {
                self.objective(child, &pointer, level + 1, &mut children);
            } else {
                self.findings.push(too_deep(&Place::Pointer(pointer.clone())));
                self.objective(child, &pointer, level, beside);
            }
        }
        beside[at].children = children;
    }

    fn known(&mut self, members: &Members, names: &[&str]) {
        self.unread.extend(members.keys().filter(|name| !names.contains(&name.as_str())).cloned());
    }

    fn say_unread(&mut self) {
        if self.unread.is_empty() {
            return;
        }
        let names: Vec<&str> = self.unread.iter().map(String::as_str).collect();
        self.findings.push(Finding::new(
            "mapping.unread",
            Severity::Note,
            Place::Whole,
            format!("These members are not read: {}.", names.join(", ")),
            "A blueprint in JSON has the members that “export blueprint --format json” writes.",
        ));
    }

    /// The words of a member, figures as they are written; null is absent.
    fn words(members: &Members, name: &str) -> Option<String> {
        match members.get(name)? {
            Value::String(words) => Some(words.clone()),
            Value::Number(number) => Some(number.to_string()),
            _ => None,
        }
    }

    fn text(&mut self, members: &Members, name: &str, pointer: &str) -> Option<Text> {
        let words = Self::words(members, name)?;
        check::text(&words, name, &Place::Pointer(format!("{pointer}/{name}")), self.findings)
    }

    fn required(&mut self, members: &Members, name: &str, pointer: &str) -> Option<Text> {
        let before = self.findings.len();
        let text = self.text(members, name, pointer);
        if text.is_none() && self.findings.len() == before {
            self.findings.push(Finding::new(
                "record.missing",
                Severity::Error,
                Place::Pointer(pointer.to_owned()),
                format!("The {name} is missing."),
                "Give the member some words, or remove the entry.",
            ));
        }
        text
    }

    fn date(&mut self, members: &Members, name: &str) -> Option<Date> {
        let words = Self::words(members, name)?;
        let date = words.trim().parse().ok();
        if date.is_none() {
            self.findings.push(Finding::new(
                "date.invalid",
                Severity::Error,
                Place::Pointer(format!("/{name}")),
                format!("“{words}” is not a date."),
                "Write it as year-month-day, for example 2026-03-02.",
            ));
        }
        date
    }

    /// The ends where the publisher gives a range (`weight` is then their middle), else the weight.
    fn weight(&mut self, members: &Members, pointer: &str) -> Option<WeightRange> {
        let ends = (Self::words(members, "weight_low"), Self::words(members, "weight_high"));
        let (name, low, high) = match ends {
            (Some(low), Some(high)) => ("weight_low", low, Some(high)),
            _ => ("weight", Self::words(members, "weight")?, None),
        };
        weight(&low, high.as_deref(), &Place::Pointer(format!("{pointer}/{name}")), self.findings)
    }
}
