//! Organizations.

use credway_model::{Ctid, Organization, OrganizationKind};

use super::Cells;

pub(super) fn read(cells: &mut Cells<'_>) -> Vec<Organization> {
    let mut organizations: Vec<Organization> = Vec::new();
    cells.rows(|cells, row| {
        let Some(name) = cells.required(row, "name") else { return };
        let ctid = Ctid::derive(&cells.reader.context.namespace, "organization", name.as_str());
        if let Some(first) =
            organizations.iter().find(|known| known.ctid == ctid).and_then(|known| known.origin.clone())
        {
            cells.duplicate("organization", name.as_str(), &first.place, row.place());
            return;
        }
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
