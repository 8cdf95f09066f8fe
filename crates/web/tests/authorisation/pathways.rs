//! The addresses of pathways.

use crate::addresses::{Asked, Case};

pub(crate) fn cases(asked: &Asked<'_>) -> Option<Vec<Case>> {
    let place = asked.place;
    let case = || asked.case(place.pathway, asked.pathway());
    Some(match (asked.listed.method, asked.listed.pattern) {
        ("POST", "/pathways") => {
            let case = asked.case("", asked.institution()).with("title", "Another way");
            vec![case.with("institution", place.institution)]
        }
        ("GET", "/pathways/{id}" | "/pathways/{id}/component" | "/pathways/{id}/costs" | "/pathways/{id}/plan") => {
            vec![case()]
        }
        ("POST", "/pathways/{id}/component") => {
            vec![case().with("revision", 1).with("kind", "job").with("name", "Guard").with("condition", "award")]
        }
        ("POST", "/pathways/{id}/remove" | "/pathways/{id}/move") => {
            vec![case().with("revision", 1).with("key", "award")]
        }
        ("POST", "/pathways/{id}/undo") => vec![case().with("revision", 1)],
        ("POST", "/pathways/{id}/costs") => vec![case().with("revision", 1).with("description", "Clearer")],
        ("POST", "/pathways/{id}/plan" | "/pathways/{id}/plan.pdf") => vec![case().with("assume_credits", 3)],
        _ => return None,
    })
}
