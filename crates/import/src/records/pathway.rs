//! Pathways: one row a component, and one row for each figure of what walking them costs.

use std::collections::BTreeMap;
use std::str::FromStr;

use credway_model::{
    Citation, Component, ComponentKey, ComponentKind, Ctid, EmbeddingModel, Figure, Money, Origin, Pathway,
    PathwayCondition, PathwayCosts, PathwayRole, Percent, Place, Severity, Text,
};

use super::cells::list;
use super::{Cells, course};
use crate::table::Row;

/// A component whose references are still to be looked up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ComponentRecord {
    /// The component, standing for nothing yet.
    pub component: Component,
    /// Name of what it stands for.
    pub stands_for: Option<Text>,
    /// Where the row stands.
    pub place: Place,
}

/// A pathway as a file gives it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PathwayRecord {
    /// Name of the organization, if the row gives one.
    pub organization: Option<Text>,
    /// Title.
    pub title: Text,
    /// What it is.
    pub description: Option<Text>,
    /// Its components.
    pub components: Vec<ComponentRecord>,
    /// What walking it costs.
    pub costs: PathwayCosts,
    /// Where it begins.
    pub origin: Origin,
}

impl PathwayRecord {
    /// The pathway with its references looked up.
    #[must_use]
    pub fn pathway(&self, organization: Ctid, namespace: &Ctid, components: Vec<Component>) -> Pathway {
        let key = Ctid::key([organization.to_string().as_str(), self.title.as_str()]);
        Pathway {
            ctid: Ctid::derive(namespace, "pathway", &key),
            organization,
            title: self.title.clone(),
            description: self.description.clone(),
            components,
            costs: self.costs.clone(),
            origin: Some(self.origin.clone()),
        }
    }
}

/// Kinds of rows that are no component but a figure of the whole.
const COSTS: [&str; 3] = ["tuition per credit", "fee per term", "prior learning per credit"];

pub(super) fn read(cells: &mut Cells<'_>) -> Vec<PathwayRecord> {
    let mut pathways: Vec<PathwayRecord> = Vec::new();
    let mut known: BTreeMap<(Option<Text>, Text), usize> = BTreeMap::new();
    cells.rows(|cells, row| {
        let (organization, _) = course::organization(cells, row);
        let (Some(title), Some(kind)) = (cells.required(row, "pathway"), cells.required(row, "kind")) else { return };
        let key = (organization.clone(), title.clone());
        let at = *known.entry(key).or_insert_with(|| {
            let origin = cells.origin(row.place());
            let (description, costs) = (None, PathwayCosts::default());
            pathways.push(PathwayRecord { organization, title, description, components: Vec::new(), costs, origin });
            pathways.len() - 1
        });
        let pathway = &mut pathways[at];
        if pathway.description.is_none() {
            pathway.description = cells.text(row, "description");
        }
        let word = kind.as_str().to_lowercase().replace('_', " ");
        if let Some(cost) = COSTS.iter().position(|known| *known == word) {
            costs(cells, row, &mut pathway.costs, cost);
        } else if let Some(record) = component(cells, row, kind.as_str()) {
            let first = pathway.components.iter().find(|other| other.component.key == record.component.key);
            if let Some(first) = first.map(|first| first.place.clone()) {
                let name = format!("{} of {}", record.component.key, pathway.title);
                cells.duplicate("component", &name, &first, row.place());
            } else if pathway.components.len() < Pathway::MOST_COMPONENTS {
                pathway.components.push(record);
            } else {
                let message = format!("“{}” has more than {} components.", pathway.title, Pathway::MOST_COMPONENTS);
                let hint = "Make several pathways of it; a component can stand for a program instead of its courses.";
                cells.say("pathway.too-large", Severity::Error, row.place(), message, hint);
            }
        }
    });
    pathways
}

fn costs(cells: &mut Cells<'_>, row: &Row<'_>, costs: &mut PathwayCosts, which: usize) {
    let Some(figure) = figure(cells, row) else { return };
    let place = match which {
        0 => &mut costs.tuition,
        1 => &mut costs.term,
        _ => &mut costs.prior_learning,
    };
    if place.replace(figure).is_some() {
        cells.duplicate("figure", COSTS[which], &row.place(), row.place());
    }
}

fn component(cells: &mut Cells<'_>, row: &Row<'_>, kind: &str) -> Option<ComponentRecord> {
    let Some(kind) = ComponentKind::read(kind) else {
        let words: Vec<&str> = ComponentKind::WORDS.iter().map(|(word, _)| *word).collect();
        let hint = format!("Use one of {}; or, for a figure, one of {}.", words.join(", "), COSTS.join(", "));
        let message = format!("“{kind}” is no kind of component.");
        cells.say("pathway.kind-unknown", Severity::Error, cells.place_of(row, "kind"), message, &hint);
        return None;
    };
    let name = cells.required(row, "name")?;
    let key = match cells.text(row, "key") {
        Some(key) => read_as(cells, row, "key", key.as_str(), "Give the component a short name of its own.")?,
        None => ComponentKey::of_name(name.as_str()),
    };
    let condition = cells.text(row, "condition");
    let condition = condition.and_then(|words| {
        let hint =
            "Write keys joined by “and” or “or”, “2 of (a, b, c)”, “12 credits of (a, b)”, “not a”, or if \"words\".";
        read_as::<PathwayCondition>(cells, row, "condition", words.as_str(), hint)
    });
    let wage = cells.raw(row, "amount_usd").and_then(|_| figure(cells, row));
    let component = Component {
        key,
        kind,
        name,
        stands_for: None,
        condition,
        roles: roles(cells, row),
        embedding: embedding(cells, row),
        readiness: cells.figure::<Percent>(row, "readiness"),
        wage,
    };
    Some(ComponentRecord { component, stands_for: cells.text(row, "stands_for"), place: row.place() })
}

fn read_as<T: FromStr>(cells: &mut Cells<'_>, row: &Row<'_>, field: &str, words: &str, hint: &str) -> Option<T>
where
    T::Err: std::fmt::Display,
{
    match words.parse() {
        Ok(value) => Some(value),
        Err(error) => {
            let message = format!("The {field} “{words}” cannot be taken: {error}.");
            cells.say("pathway.unreadable", Severity::Error, cells.place_of(row, field), message, hint);
            None
        }
    }
}

fn roles(cells: &mut Cells<'_>, row: &Row<'_>) -> Vec<PathwayRole> {
    let Some((words, place)) = cells.raw(row, "roles") else { return Vec::new() };
    let mut roles = Vec::new();
    for word in list(&words) {
        match PathwayRole::read(word) {
            Some(role) => roles.push(role),
            None => cells.say(
                "pathway.role-unknown",
                Severity::Error,
                place.clone(),
                format!("“{word}” is no role."),
                "Use on-ramp, off-ramp or destination, several separated by semicolons.",
            ),
        }
    }
    roles.sort_unstable();
    roles.dedup();
    roles
}

fn embedding(cells: &mut Cells<'_>, row: &Row<'_>) -> Option<EmbeddingModel> {
    let words = cells.text(row, "embedding")?;
    let model = EmbeddingModel::read(words.as_str());
    if model.is_none() {
        let message = format!("“{words}” is no embedding model.");
        let hint = "Use M1 to M10; the guide, “Pathways”, says what each means.";
        cells.say("pathway.embedding-unknown", Severity::Error, cells.place_of(row, "embedding"), message, hint);
    }
    model
}

/// A figure is from outside: without a source it is not taken.
fn figure(cells: &mut Cells<'_>, row: &Row<'_>) -> Option<Figure<Money>> {
    if cells.raw(row, "amount_usd").is_none() {
        let message = "The row names a figure but has no amount.".to_owned();
        cells.say("record.missing", Severity::Error, row.place(), message, "Fill “amount_usd”, or remove the row.");
        return None;
    }
    let value: Money = cells.figure(row, "amount_usd")?;
    let date = cells.date(row, "source_date");
    if let Some(source) = cells.text(row, "source") {
        return Some(Figure { value, citation: Citation { source, date } });
    }
    cells.say(
        "record.missing",
        Severity::Warning,
        cells.place_of(row, "amount_usd"),
        "The amount has no source and was not taken.",
        "Say in “source” where the figure is from.",
    );
    None
}
