//! The fields of a component and of a pathway as a form sends them, read with what is wrong said at each field.

use credway_model::{
    Citation, Component, ComponentKey, ComponentKind, EmbeddingModel, Figure, Money, Pathway, PathwayRole, Text,
    TextError,
};
use credway_store::Work;
use serde::Serialize;

use crate::pathways::record::record_of;
use crate::{Workbench, WorkflowError};

/// A field that cannot be taken.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FieldFault {
    /// Its name.
    pub field: &'static str,
    /// What is wrong, as a sentence.
    pub message: String,
}

/// The fields of a component; an empty one is absent.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct ComponentFields {
    /// Key; made of the name when empty.
    pub key: String,
    /// Kind.
    pub kind: String,
    /// Name.
    pub name: String,
    /// What it stands for: a name, a code or an identifier.
    pub stands_for: String,
    /// Condition.
    pub condition: String,
    /// Roles, by word.
    pub roles: Vec<String>,
    /// Code of the embedding model.
    pub embedding: String,
    /// Readiness in per cent.
    pub readiness: String,
    /// Wage a year in dollars.
    pub wage: String,
    /// Where the wage is from.
    pub wage_source: String,
    /// Day of the source.
    pub wage_date: String,
}

/// What the pathway is and what walking it costs; an empty field is absent.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct CostFields {
    /// Description.
    pub description: String,
    /// Tuition a credit, fee a term, a credit for prior learning: amount, source, day.
    pub costs: [[String; 3]; 3],
}

/// Collects what is wrong.
#[derive(Default)]
struct Faults(Vec<FieldFault>);

impl Faults {
    fn say(&mut self, field: &'static str, message: impl Into<String>) {
        self.0.push(FieldFault { field, message: message.into() });
    }

    /// A field that may be empty, read by `read`.
    fn maybe<T, E: std::fmt::Display>(
        &mut self,
        field: &'static str,
        text: &str,
        read: impl Fn(&str) -> Result<T, E>,
    ) -> Option<T> {
        let text = text.trim();
        if text.is_empty() {
            return None;
        }
        match read(text) {
            Ok(value) => Some(value),
            Err(error) => {
                self.say(field, format!("“{text}” cannot be taken: {error}."));
                None
            }
        }
    }

    /// An amount with its source, without which it is not taken.
    fn figure(&mut self, names: [&'static str; 3], texts: [&str; 3]) -> Option<Figure<Money>> {
        let value = self.maybe(names[0], texts[0], str::parse::<Money>)?;
        let date = self.maybe(names[2], texts[2], |text| {
            text.parse().map_err(|_| "write it as year-month-day, for example 2026-03-02")
        });
        match Text::new(texts[1]) {
            Ok(source) => Some(Figure { value, citation: Citation { source, date } }),
            Err(_) => {
                self.say(names[1], "Say where the amount is from; without a source it is not taken.");
                None
            }
        }
    }
}

/// Reads a component, or says what is wrong. `before` is the place of the component that is changed.
pub(super) async fn read(
    desk: &Workbench,
    work: &Work,
    pathway: &Pathway,
    fields: &ComponentFields,
    before: Option<usize>,
) -> Result<Result<Component, Vec<FieldFault>>, WorkflowError> {
    let mut faults = Faults::default();
    let name = Text::name(&fields.name);
    match &name {
        Ok(_) => {}
        Err(TextError::Empty) => faults.say("name", "Give the component a name."),
        Err(error) => faults.say("name", format!("The name cannot be taken: {error}.")),
    }
    let kind = ComponentKind::read(&fields.kind);
    if kind.is_none() {
        faults.say("kind", "Choose what kind of thing it is.");
    }
    let key = faults
        .maybe("key", &fields.key, str::parse::<ComponentKey>)
        .unwrap_or_else(|| ComponentKey::of_name(&fields.name));
    let taken = |(place, one): (usize, &Component)| one.key == key && before != Some(place);
    if pathway.components.iter().enumerate().any(taken) {
        faults.say("key", format!("Another component has the key “{key}”."));
    }
    let condition = faults.maybe("condition", &fields.condition, str::parse::<credway_model::PathwayCondition>);
    let known = |other: &ComponentKey| {
        let renamed = before.is_some_and(|place| pathway.components[place].key == *other && *other != key);
        (*other == key || pathway.component(other).is_some()) && !renamed
    };
    for other in condition.iter().flat_map(credway_model::PathwayCondition::components) {
        if *other == key {
            faults.say("condition", "A component cannot come before itself.");
        } else if !known(other) {
            faults.say("condition", format!("There is no component “{other}”."));
        }
    }
    let readiness = faults.maybe("readiness", &fields.readiness, |text| text.trim_end_matches([' ', '%']).parse());
    let embedding =
        faults.maybe("embedding", &fields.embedding, |text| EmbeddingModel::read(text).ok_or("use M1 to M10"));
    let mut roles: Vec<PathwayRole> = fields.roles.iter().filter_map(|word| PathwayRole::read(word)).collect();
    roles.sort_unstable();
    roles.dedup();
    let wage =
        faults.figure(["wage", "wage_source", "wage_date"], [&fields.wage, &fields.wage_source, &fields.wage_date]);
    let words = fields.stands_for.trim();
    let stands_for = match kind {
        None => None,
        Some(kind) => match kept(desk, work, pathway, (kind, before), words).await? {
            None if !words.is_empty() => {
                let found = record_of(desk, work, kind, words, &pathway.organization).await?;
                if found.is_none() {
                    let message = format!("There is no record “{words}” that a {} can stand for.", kind.word());
                    faults.say("stands_for", message);
                }
                found
            }
            kept => kept,
        },
    };
    let (Ok(name), Some(kind), true) = (name, kind, faults.0.is_empty()) else { return Ok(Err(faults.0)) };
    Ok(Ok(Component { key, kind, name, stands_for, condition, roles, embedding, readiness, wage }))
}

/// What the component stands for already, where the form says nothing new of it: it has the words that the form was opened with, or none
/// because who acts may not read the record. A name alone would not do: editions of a program have the same.
async fn kept(
    desk: &Workbench,
    work: &Work,
    pathway: &Pathway,
    (kind, before): (ComponentKind, Option<usize>),
    words: &str,
) -> Result<Option<credway_model::Ctid>, WorkflowError> {
    let old = before.map(|place| &pathway.components[place]).filter(|old| old.kind == kind);
    let Some(old) = old else { return Ok(None) };
    let shown = desk.stands_for(work, old).await?;
    let nothing_new = shown.map_or(words.is_empty(), |found| found.typed == words);
    Ok(old.stands_for.filter(|_| nothing_new))
}

impl CostFields {
    /// Puts the fields into a pathway; gives what is wrong, and then changes nothing that matters.
    pub(super) fn apply(&self, pathway: &mut Pathway) -> Vec<FieldFault> {
        let mut faults = Faults::default();
        let names = [
            ["tuition", "tuition_source", "tuition_date"],
            ["term", "term_source", "term_date"],
            ["prior", "prior_source", "prior_date"],
        ];
        let mut figures = names
            .iter()
            .zip(&self.costs)
            .map(|(names, texts)| faults.figure(*names, [texts[0].as_str(), texts[1].as_str(), texts[2].as_str()]));
        let (tuition, term, prior_learning) =
            (figures.next().flatten(), figures.next().flatten(), figures.next().flatten());
        drop(figures);
        pathway.costs = credway_model::PathwayCosts { tuition, term, prior_learning };
        pathway.description = faults.maybe("description", &self.description, Text::new);
        faults.0
    }
}
