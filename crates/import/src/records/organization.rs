//! Organizations.

use std::collections::BTreeMap;

use credway_model::{Ctid, Organization, OrganizationKind, Place};

use super::Cells;

pub(super) fn read(cells: &mut Cells<'_>) -> Vec<Organization> {
    let mut organizations: Vec<Organization> = Vec::new();
    let mut places: BTreeMap<Ctid, Place> = BTreeMap::new();
    cells.rows(|cells, row| {
        let Some(name) = cells.required(row, "name") else { return };
        let ctid = cells.reader.context.organization_named(name.as_str());
        if let Some(first) = places.get(&ctid).cloned() {
            cells.duplicate("organization", name.as_str(), &first, row.place());
            return;
        }
        places.insert(ctid, row.place());
        let kind = cells.word(row, "kind", &OrganizationKind::WORDS);
        let organization = Organization {
            ctid,
            name,
            kind,
            city: cells.text(row, "city"),
            region: cells.text(row, "region"),
            url: cells.text(row, "url"),
            origin: Some(cells.origin(row.place())),
        };
        organizations.push(organization);
    });
    organizations
}
