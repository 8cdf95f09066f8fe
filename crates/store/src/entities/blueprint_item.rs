//! Rows of domains and objectives: the outline laid flat in document order. A domain has no parent.

use credway_model::{Blueprint, Ctid, Domain, Objective, Place, Text, WeightRange};
use sea_orm::Value;

use crate::reader::Reader;
use crate::table::{Table, Values, flag, text, whole};
use crate::{Result, StoreError, value};

pub(crate) static TABLE: Table = Table {
    name: "blueprint_item",
    columns: &[
        text("ce_ctid"),
        text("blueprint"),
        text("parent"),
        whole("position"),
        text("code"),
        text("text"),
        text("weight_low"),
        text("weight_high"),
        text("place"),
        flag("retired"),
    ],
    keys: 1,
    unread: 0,
    page: 1_000,
};

/// A row as it is read.
pub(crate) struct Item {
    ctid: Ctid,
    parent: Option<Ctid>,
    code: Option<Text>,
    text: Text,
    weight: Option<WeightRange>,
    place: Place,
}

/// The rows of a whole outline.
pub(crate) fn values(blueprint: &Blueprint) -> Result<Vec<Values>> {
    let mut rows = Vec::new();
    for domain in &blueprint.domains {
        let mut row = head(blueprint, None, rows.len(), &domain.ctid)?;
        row.extend([
            value::maybe_text(domain.code.as_ref()),
            value::text(&domain.title),
            value::maybe_text(domain.weight.map(WeightRange::low).as_ref()),
            value::maybe_text(domain.weight.map(WeightRange::high).as_ref()),
            value::place(&domain.place)?,
            Value::Bool(Some(false)),
        ]);
        rows.push(row);
        objectives(blueprint, domain.ctid, &domain.objectives, &mut rows)?;
    }
    Ok(rows)
}

fn objectives(blueprint: &Blueprint, parent: Ctid, below: &[Objective], rows: &mut Vec<Values>) -> Result<()> {
    for objective in below {
        let mut row = head(blueprint, Some(parent), rows.len(), &objective.ctid)?;
        row.extend([
            value::maybe_text(objective.code.as_ref()),
            value::text(&objective.text),
            Value::String(None),
            Value::String(None),
            value::place(&objective.place)?,
            Value::Bool(Some(false)),
        ]);
        rows.push(row);
        objectives(blueprint, objective.ctid, &objective.children, rows)?;
    }
    Ok(())
}

fn head(blueprint: &Blueprint, parent: Option<Ctid>, position: usize, ctid: &Ctid) -> Result<Values> {
    let position = crate::table::position(position)?;
    Ok(vec![value::text(ctid), value::text(blueprint.ctid), value::maybe_text(parent.as_ref()), position])
}

pub(crate) fn read(row: &mut Reader<'_>) -> Result<Item> {
    let ctid = row.parse()?;
    row.skip();
    let parent = row.maybe_parse()?;
    row.skip();
    let (code, text) = (row.maybe_take()?, row.take()?);
    let (low, high) = (row.maybe_parse()?, row.maybe_parse()?);
    let weight = match (low, high) {
        (Some(low), Some(high)) => Some(WeightRange::between(low, high).map_err(|error| row.wrong(error))?),
        (None, None) => None,
        _ => return Err(row.wrong("only one end of the weight is there")),
    };
    Ok(Item { ctid, parent, code, text, weight, place: row.json()? })
}

/// The outline from its rows in document order: an item's parent stands before it.
pub(crate) fn outline(items: Vec<Item>) -> Result<Vec<Domain>> {
    let mut domains: Vec<Domain> = Vec::new();
    // The open objectives from the domain down to the last one read, outermost first.
    let mut open: Vec<Objective> = Vec::new();
    for item in items {
        let Some(parent) = item.parent else {
            close(&mut domains, &mut open, None)?;
            domains.push(Domain {
                ctid: item.ctid,
                code: item.code,
                title: item.text,
                weight: item.weight,
                objectives: Vec::new(),
                place: item.place,
            });
            continue;
        };
        close(&mut domains, &mut open, Some(parent))?;
        open.push(Objective {
            ctid: item.ctid,
            code: item.code,
            text: item.text,
            children: Vec::new(),
            place: item.place,
        });
    }
    close(&mut domains, &mut open, None)?;
    Ok(domains)
}

/// Puts open objectives under what stands above them until `parent` is the innermost open one, or none is open.
fn close(domains: &mut [Domain], open: &mut Vec<Objective>, parent: Option<Ctid>) -> Result<()> {
    while open.last().is_some_and(|last| Some(last.ctid) != parent) {
        let Some(done) = open.pop() else { break };
        match (open.last_mut(), domains.last_mut()) {
            (Some(above), _) => above.children.push(done),
            (None, Some(domain)) => domain.objectives.push(done),
            (None, None) => return Err(astray()),
        }
    }
    let domain = domains.last().map(|domain| domain.ctid);
    if open.is_empty() && parent.is_some() && domain != parent { Err(astray()) } else { Ok(()) }
}

fn astray() -> StoreError {
    let why = "an objective does not stand below its parent".to_owned();
    StoreError::Corrupt { table: "blueprint_item", column: "parent", why }
}
